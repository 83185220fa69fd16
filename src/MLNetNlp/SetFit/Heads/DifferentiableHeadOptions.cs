namespace MLNetNlp;

/// <summary>A linear layer trained by gradient descent as head, alone or together with the body. Defaults are those of setfit 1.2.</summary>
public sealed record DifferentiableHeadOptions : SetFitHeadOptions
{
    /// <summary>What logits are divided by. Default 1; more makes softer probabilities.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether the body trains along, by its own learning rate. Default false.</summary>
    public bool EndToEnd { get; init; }

    /// <summary>Passes over the examples. Default 16.</summary>
    public int MaxEpochs { get; init; } = 16;

    /// <summary>Examples in a step. Default 2.</summary>
    public int BatchSize { get; init; } = 2;

    /// <summary>The head's learning rate, halved every 5 epochs. Default 1e-2.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>The body's learning rate with <see cref="EndToEnd"/>, halved as often. Default 1e-5.</summary>
    public double BodyLearningRate { get; init; } = 1e-5;

    /// <summary>Weight decay of weights (not of biases): setfit's <c>l2_weight</c>. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    internal override void Validate()
    {
        Check(Temperature > 0 && double.IsFinite(Temperature), Temperature, nameof(Temperature), "a finite number above 0");
        Check(MaxEpochs >= 1, MaxEpochs, nameof(MaxEpochs), "1 or more");
        Check(BatchSize >= 1, BatchSize, nameof(BatchSize), "1 or more");
        Check(LearningRate > 0 && double.IsFinite(LearningRate), LearningRate, nameof(LearningRate), "a finite number above 0");
        Check(BodyLearningRate > 0 && double.IsFinite(BodyLearningRate), BodyLearningRate, nameof(BodyLearningRate), "a finite number above 0");
        Check(WeightDecay >= 0 && double.IsFinite(WeightDecay), WeightDecay, nameof(WeightDecay), "a finite number of at least 0");
    }
}
