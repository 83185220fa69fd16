namespace MLNetNlp;

/// <summary>Which examples training puts into one batch. Matters to losses that take the other examples of a batch as negatives.</summary>
public enum BatchSampling
{
    /// <summary>Any.</summary>
    Random,

    /// <summary>
    /// Any, of about one length: less padding and faster steps, but a loss that compares the examples of a batch then compares like lengths alone, and
    /// learns less.
    /// </summary>
    BucketedByLength,

    /// <summary>None that share a text, so that no example's positive is another's negative: for <c>MultipleNegativesRankingLoss</c> and its kin.</summary>
    NoDuplicates,

    /// <summary>Several of each class: for the batch triplet losses.</summary>
    GroupedByLabel,
}
