using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>The columns and labels that a loss needs, with the checks that follow from it.</summary>
/// <param name="LossName">The loss, as messages call it.</param>
/// <param name="Columns">What each text column is, in order: "anchor", "positive" ...</param>
public sealed record EmbeddingLossInputs(string LossName, IReadOnlyList<string> Columns)
{
    /// <summary>Name of the columns that may follow the others, as many as there are; null: none may. Hard negatives, for example.</summary>
    public string? FurtherColumns { get; init; }

    /// <summary>What the label is. Default: there is none.</summary>
    public EmbeddingLabelKind Label { get; init; }

    /// <summary>The smallest score. Default negative infinity: any finite number.</summary>
    public float LowestScore { get; init; } = float.NegativeInfinity;

    /// <summary>The largest score. Default infinity: any finite number.</summary>
    public float HighestScore { get; init; } = float.PositiveInfinity;

    /// <summary>Whether <see cref="SentenceBatch.GuideEmbeddings"/> must be there.</summary>
    public bool NeedsGuide { get; init; }

    /// <summary>Whether the loss lives on dropout, so that <see cref="TrainingOptions.Dropout"/> cannot be off.</summary>
    public bool NeedsDropout { get; init; }

    /// <summary>
    /// How the trainer damages a copy of each text, anew in every epoch: the batch then has two columns for the data's one, the damaged texts and the whole
    /// ones. Null: not at all.
    /// </summary>
    public DeletionNoise? Noise { get; init; }

    /// <summary>Whether rows of one class must meet in a batch for the loss to be above 0: use a sampler that groups by label.</summary>
    public bool ContrastsClasses { get; init; }

    /// <summary>Whether every other row of the batch counts as a negative, so that no text should occur twice in it: use the no-duplicates sampler.</summary>
    public bool ContrastsRows { get; init; }

    /// <summary>Checks the number of text columns.</summary>
    /// <exception cref="ArgumentException">Too few or too many.</exception>
    public void CheckColumnCount(int count)
    {
        if (count == Columns.Count || (count > Columns.Count && FurtherColumns is not null))
            return;
        var further = FurtherColumns is null ? "" : $", then any number of {FurtherColumns}";
        throw new ArgumentException($"{LossName} takes {Columns.Count} text {(Columns.Count == 1 ? "column" : "columns")} ({string.Join(", ", Columns)}{further}), "
            + $"but {count} {(count == 1 ? "was" : "were")} given.");
    }

    /// <summary>Checks one score, or one number of a vector.</summary>
    /// <param name="score">Of the label.</param>
    /// <param name="where">Column and row, for the message: "Column 'Score', row 5".</param>
    /// <exception cref="ArgumentException">Not finite, or outside the loss's range.</exception>
    public void CheckScore(float score, string where)
    {
        if (float.IsFinite(score) && score >= LowestScore && score <= HighestScore)
            return;
        var needed = float.IsFinite(LowestScore) ? $"a number from {LowestScore} to {HighestScore}" : "a finite number";
        throw new ArgumentException(FormattableString.Invariant($"{where} is {score}; {LossName} needs ") + FormattableString.Invariant($"{needed}."));
    }

    /// <summary>Checks what a batch has: as many columns as wanted, all of one shape, and one label a row.</summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public void CheckBatch(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        CheckColumnCount(embeddings.Count);
        foreach (var column in embeddings)
        {
            if (column.dim() != 2 || !column.shape.AsSpan().SequenceEqual(embeddings[0].shape))
            {
                throw new ArgumentException($"{LossName} takes columns of one shape [batch, dimension], but they are "
                    + $"{string.Join(" and ", embeddings.Select(e => $"[{string.Join(", ", e.shape)}]"))}.", nameof(embeddings));
            }
        }

        if (Label == EmbeddingLabelKind.None)
            return;
        if (labels is null)
            throw new ArgumentException($"{LossName} needs a label ({Label}), but none was given.", nameof(labels));
        if (labels.dim() < 1 || labels.shape[0] != embeddings[0].shape[0] || (labels.dim() > 1 && Label != EmbeddingLabelKind.Vector))
        {
            throw new ArgumentException($"{LossName} needs a label ({Label}) for each of {embeddings[0].shape[0]} rows, but the labels are "
                + $"[{string.Join(", ", labels.shape)}].", nameof(labels));
        }
    }
}
