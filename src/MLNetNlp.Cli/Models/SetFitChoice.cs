using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Cli.Models;

/// <summary>What the command line says about pairs, loss and head of SetFit.</summary>
internal sealed record SetFitChoice
{
    public required string Sampling { get; init; }

    public int? Iterations { get; init; }

    public required string Loss { get; init; }

    public required string Head { get; init; }

    public required double C { get; init; }

    public MultiLabelStrategy Strategy { get; init; }

    public required double Temperature { get; init; }

    public required bool EndToEnd { get; init; }

    public required bool FreezeBody { get; init; }

    public required bool BalanceClasses { get; init; }

    public required int MaxLength { get; init; }

    public required PretrainedModel Model { get; init; }

    public AdapterOptions? Adapter { get; init; }

    public AdapterStorage? AdapterStorage { get; init; }

    public required FreezingOptions Freezing { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>The losses by their names here; the first is the default.</summary>
    public static IReadOnlyDictionary<string, Func<ISentenceLoss>> Losses { get; } = new Dictionary<string, Func<ISentenceLoss>>
    {
        ["cosine"] = () => new CosineSimilarityLoss(),
        ["triplet"] = () => new TripletLoss(),
        ["batch-hard-triplet"] = () => new BatchHardTripletLoss(EmbeddingDistance.Cosine, SetFitMargin),
        ["batch-hard-soft-margin-triplet"] = () => new BatchHardSoftMarginTripletLoss(EmbeddingDistance.Cosine),
        ["batch-semi-hard-triplet"] = () => new BatchSemiHardTripletLoss(EmbeddingDistance.Cosine, SetFitMargin),
        ["batch-all-triplet"] = () => new BatchAllTripletLoss(EmbeddingDistance.Cosine, SetFitMargin),
        ["supervised-contrastive"] = () => new SupervisedContrastiveLoss(),
    };

    // setfit's default for all batch triplets.
    private const float SetFitMargin = 0.25f;

    /// <summary>Options with these choices.</summary>
    public TOptions Configure<TOptions>(TOptions options, string text, string label)
        where TOptions : SetFitOptions => options with
        {
            Sentence1ColumnName = text,
            LabelColumnName = label,
            Sampling = Enum.Parse<PairSampling>(Sampling, ignoreCase: true),
            Iterations = Iterations,
            Loss = Losses[Loss](),
            Head = Head == "logistic"
                ? new LogisticRegressionHeadOptions { C = C, Strategy = Strategy }
                : new DifferentiableHeadOptions { Temperature = Temperature, EndToEnd = EndToEnd },
            TrainBody = !FreezeBody,
            ClassWeights = BalanceClasses ? ClassWeights.Balanced : ClassWeights.None,
            Tokenization = new() { MaxLength = MaxLength },
            Model = Model,
            Adapter = Adapter,
            AdapterStorage = AdapterStorage,
            Freezing = Freezing,
            Training = Training,
        };
}
