namespace MLNetNlp;

/// <summary>How mined negatives stand beside their pairs.</summary>
public enum NegativeFormat
{
    /// <summary>A row for each negative: anchor, positive, negative. A pair with fewer negatives than asked for has fewer rows.</summary>
    Triplet,

    /// <summary>A row for each pair, with all its negatives in columns of their own. A pair with fewer negatives than asked for has none.</summary>
    Tuple,
}
