namespace MLNetNlp;

/// <summary>What the options of every task share that learns classes: of texts, or of words.</summary>
public abstract record ClassifierTrainingOptions : FineTuningOptions
{
    private protected ClassifierTrainingOptions()
    {
    }

    /// <summary>How much each class counts in the loss. Default: all the same.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    internal override void Validate()
    {
        base.Validate();
        NotNull(ClassWeights, nameof(ClassWeights));
    }
}
