using Microsoft.ML;

namespace MLNetNlp;

/// <summary>How hard negatives are mined. Names and order of the limits are those of sentence-transformers' <c>mine_hard_negatives</c>.</summary>
public sealed record HardNegativeOptions
{
    /// <summary>Text column of the anchors (queries). Default <c>Sentence1</c>.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Text column of the positives. Default <c>Sentence2</c>.</summary>
    public string Sentence2ColumnName { get; init; } = "Sentence2";

    /// <summary>Output column of the negative; for <see cref="NegativeFormat.Tuple"/> with a number from 1 behind it. Default <c>Negative</c>.</summary>
    public string NegativeColumnName { get; init; } = "Negative";

    /// <summary>Further texts that can be negatives, beside the positives of other anchors. Default null: none.</summary>
    public IDataView? Corpus { get; init; }

    /// <summary>Text column of <see cref="Corpus"/>. Default <c>Text</c>.</summary>
    public string CorpusColumnName { get; init; } = "Text";

    /// <summary>Negatives of a pair. Default 3.</summary>
    public int NumberOfNegatives { get; init; } = 3;

    /// <summary>So many of the best candidates are passed over, as too likely to be positives that nobody marked. Default 0.</summary>
    public int RangeMin { get; init; }

    /// <summary>
    /// Only the best so many candidates are looked at. Default null: <see cref="RangeMin"/>, the most positives of an anchor, and as many as are needed; ten
    /// times as many where <see cref="MaxScore"/> or a margin drops some, three times for random sampling.
    /// </summary>
    public int? RangeMax { get; init; }

    /// <summary>Highest score of a negative. Default null: any.</summary>
    public float? MaxScore { get; init; }

    /// <summary>Lowest score of a negative. Default null: any.</summary>
    public float? MinScore { get; init; }

    /// <summary>A negative scores lower than its anchor's positive (the least alike of several) by at least this. Default null: it need not.</summary>
    public float? AbsoluteMargin { get; init; }

    /// <summary>
    /// A negative scores lower than its anchor's positive (the least alike of several) by at least this share of the positive's score: 0.05 is 5 %. Default
    /// null: it need not.
    /// </summary>
    public float? RelativeMargin { get; init; }

    /// <summary>Which of the remaining candidates are taken. Default the hardest.</summary>
    public NegativeSampling Sampling { get; init; } = NegativeSampling.Top;

    /// <summary>How rows are made. Default a row for each negative.</summary>
    public NegativeFormat Format { get; init; } = NegativeFormat.Triplet;

    /// <summary>
    /// Scores candidates and positives anew: order, limits and margins then hold for its scores. It takes the anchor as the first text. Default null: scores are the
    /// cosines of embeddings.
    /// </summary>
    public CrossEncoderTransformer? CrossEncoder { get; init; }

    /// <summary>Seed of random sampling. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>How many candidates are looked at where no anchor has more positives than these.</summary>
    internal int RangeMaxFor(int mostPositives) => RangeMax ?? (int)Math.Min(int.MaxValue, (long)RangeMin + mostPositives + ((long)NumberOfNegatives * this switch
    {
        { MaxScore: not null } or { AbsoluteMargin: not null } or { RelativeMargin: not null } => 10,
        { Sampling: NegativeSampling.Random } => 3,
        _ => 1,
    }));

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense, or two contradict each other; the message names them.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Sentence1ColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(Sentence2ColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(NegativeColumnName);
        Check(NumberOfNegatives >= 1, NumberOfNegatives, nameof(NumberOfNegatives), "1 or more");
        Check(RangeMin >= 0, RangeMin, nameof(RangeMin), "0 or more");
        Check(RangeMax is null || RangeMax > RangeMin, RangeMax, nameof(RangeMax), $"more than '{nameof(RangeMin)}', which is {RangeMin},");
        Check(RangeMax is null || RangeMax - RangeMin >= NumberOfNegatives, RangeMax, nameof(RangeMax),
            FormattableString.Invariant($"at least {(long)RangeMin + NumberOfNegatives}, the sum of '{nameof(RangeMin)}' and '{nameof(NumberOfNegatives)}',"));
        Check(MaxScore is not { } max || MinScore is not { } min || min < max, MinScore, nameof(MinScore),
            FormattableString.Invariant($"less than '{nameof(MaxScore)}', which is {MaxScore},"));
        Check(MaxScore is not { } highest || float.IsFinite(highest), MaxScore, nameof(MaxScore), "a finite number");
        Check(MinScore is not { } lowest || float.IsFinite(lowest), MinScore, nameof(MinScore), "a finite number");
        Check(AbsoluteMargin is not { } margin || margin >= 0, AbsoluteMargin, nameof(AbsoluteMargin), "a number of at least 0");
        Check(RelativeMargin is not { } share || share is >= 0 and < 1, RelativeMargin, nameof(RelativeMargin), "a number from 0 to below 1");
        Check(Enum.IsDefined(Sampling), Sampling, nameof(Sampling), "one of " + string.Join(", ", Enum.GetNames<NegativeSampling>()));
        Check(Enum.IsDefined(Format), Format, nameof(Format), "one of " + string.Join(", ", Enum.GetNames<NegativeFormat>()));
    }

    private static void Check<T>(bool good, T value, string option, string needed)
    {
        if (!good)
            throw new ArgumentOutOfRangeException(option, value, FormattableString.Invariant($"'{option}' is {value}; {needed} is needed."));
    }
}
