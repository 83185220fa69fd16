namespace MLNetNlp;

/// <summary>Which of the texts that are left after all limits become negatives.</summary>
public enum NegativeSampling
{
    /// <summary>Those with the highest scores: the hardest.</summary>
    Top,

    /// <summary>Any of them.</summary>
    Random,
}
