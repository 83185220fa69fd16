using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>Examples with the loss that they are trained by, and how batches are made of them.</summary>
/// <param name="Examples">The examples; at least one.</param>
/// <param name="Loss">The loss; its inputs are the examples' columns.</param>
internal sealed record EmbeddingSet(EmbeddingExamples Examples, ISentenceLoss Loss)
{
    /// <summary>How batches are made; null: as the loss wants it.</summary>
    public BatchSampling? Sampling { get; init; }

    /// <summary>Examples of one class in a group, for <see cref="BatchSampling.GroupedByLabel"/>.</summary>
    public int SamplesPerLabel { get; init; } = DefaultSamplesPerLabel;

    public const int DefaultSamplesPerLabel = 4;

    /// <summary>The guide's vectors of the texts, for a loss that needs them.</summary>
    public GuideVectors? Guide { get; init; }

    /// <summary>The batches of an epoch (counted from 0), as numbers of examples, where they are made elsewhere; null: by <see cref="Sampling"/>.</summary>
    public Func<int, IReadOnlyList<int[]>>? Epoch { get; init; }

    /// <summary>The batches of one epoch, as numbers of examples.</summary>
    public IReadOnlyList<int[]> Batches(int batchSize, int seed, int epoch) => (Sampling ?? Wanted) switch
    {
        _ when Epoch is not null => Epoch(epoch),
        BatchSampling.NoDuplicates => NoDuplicateBatches.Epoch(Examples, batchSize, seed, epoch),
        BatchSampling.GroupedByLabel => LabelGroupBatches.Epoch(Examples, batchSize, SamplesPerLabel, seed, epoch),
        BatchSampling.BucketedByLength => LengthBuckets.Epoch(Examples.Count, Examples.Length, batchSize, seed, epoch),
        _ => RandomBatches.Epoch(Examples.Count, batchSize, seed, epoch),
    };

    /// <summary>What is wrong with batches that teach nothing, of which the loss is 0: for the log; null: none is.</summary>
    public string? DescribeIdle(IReadOnlyList<int[]> batches)
    {
        var idle = Loss.Inputs switch
        {
            { ContrastsClasses: true } => batches.Count(batch => batch.Select(Examples.ClassOf).Distinct().Count() == batch.Length),
            { ContrastsRows: true } when Examples.Columns <= Loss.Inputs.Columns.Count => batches.Count(batch => batch.Length == 1),
            _ => 0,
        };
        var what = Loss.Inputs.ContrastsClasses ? "no two examples of one class, so no positive" : "one example only, so no negative";
        return idle == 0 ? null : $"{idle} of {batches.Count} batches have {what}: {Loss.Inputs.LossName} learns nothing from them.";
    }

    private BatchSampling Wanted => Loss.Inputs switch
    {
        { ContrastsClasses: true } => BatchSampling.GroupedByLabel,
        { ContrastsRows: true } => BatchSampling.NoDuplicates,
        _ => BatchSampling.Random,
    };
}
