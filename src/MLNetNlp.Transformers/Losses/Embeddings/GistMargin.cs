namespace MLNetNlp.Transformers.Losses;

/// <summary>How <see cref="GistEmbedLoss"/> reads its margin.</summary>
public enum GistMargin
{
    /// <summary>A candidate goes when the guide's cosine is above the positive's minus the margin.</summary>
    Absolute,

    /// <summary>A candidate goes when the guide's cosine is above the positive's minus that share of it.</summary>
    Relative,
}
