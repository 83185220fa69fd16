using MLNetNlp.Cli.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Cli.Models;

/// <summary>What <c>--loss</c> of <c>train embeddings</c> can be.</summary>
internal static class LossChoice
{
    /// <summary>By the columns, as the library has it.</summary>
    public const string Auto = "auto";

    private static readonly Dictionary<string, Func<ISentenceLoss>> Losses = new()
    {
        ["cosent"] = () => new CoSentLoss(),
        ["cosine"] = () => new CosineSimilarityLoss(),
        ["angle"] = () => new AngleLoss(),
        ["mnrl"] = () => new MultipleNegativesRankingLoss(),
        ["mnrl-symmetric"] = () => new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl-cached"] = () => new GradientCachedLoss(new MultipleNegativesRankingLoss()),
        ["gist"] = () => new GistEmbedLoss(),
        ["contrastive"] = () => new ContrastiveLoss(),
        ["online-contrastive"] = () => new OnlineContrastiveLoss(),
        ["softmax"] = () => new SoftmaxLoss(),
        ["triplet"] = () => new TripletLoss(),
        ["batch-all-triplet"] = () => new BatchAllTripletLoss(),
        ["batch-hard-triplet"] = () => new BatchHardTripletLoss(),
        ["batch-hard-soft-margin-triplet"] = () => new BatchHardSoftMarginTripletLoss(),
        ["batch-semi-hard-triplet"] = () => new BatchSemiHardTripletLoss(),
        ["supervised-contrastive"] = () => new SupervisedContrastiveLoss(),
        ["margin-mse"] = () => new MarginMseLoss(),
        ["simcse"] = () => new SimCseLoss(),
        ["tsdae"] = () => new DenoisingAutoEncoderLoss(),
    };

    /// <summary>All words that <see cref="Parse"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. Losses.Keys];

    /// <summary>The loss of one of <see cref="Names"/>.</summary>
    /// <param name="name">The word.</param>
    /// <param name="texts">Text columns there are.</param>
    /// <param name="labels">The labels; empty: there is no label column.</param>
    /// <param name="matryoshka">Dimensions that are trained too; null: none.</param>
    /// <exception cref="UsageException">The dimensions do not go with the loss.</exception>
    public static ISentenceLoss Parse(string name, int texts, IReadOnlyCollection<string> labels, int[]? matryoshka)
    {
        var loss = name == Auto ? ByColumns(texts, labels) : Losses[name]();
        if (matryoshka is null)
            return loss;
        return loss is IEmbeddingLoss inner
            ? new MatryoshkaLoss(inner, matryoshka)
            : throw new UsageException($"--matryoshka does not go with {loss.Inputs.LossName}, which needs more than vectors.");
    }

    private static ISentenceLoss ByColumns(int texts, IReadOnlyCollection<string> labels) => (texts, labels.Count) switch
    {
        (1, 0) => new SimCseLoss(),
        (1, _) => new BatchAllTripletLoss(),
        (_, 0) => new MultipleNegativesRankingLoss(),
        (2, _) when labels.All(FieldParser.IsNumber) => new CoSentLoss(),
        (2, _) when labels.All(label => FieldParser.ParseBool(label, out _)) => new ContrastiveLoss(),
        (2, _) => new SoftmaxLoss(),
        _ => new MarginMseLoss(),
    };
}
