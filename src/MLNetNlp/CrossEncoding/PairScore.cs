namespace MLNetNlp;

/// <summary>How a logit becomes a score, and how ML.NET's tools are told what the score is.</summary>
/// <param name="Activation">What is applied to the logit.</param>
/// <param name="Kind">ML.NET's name of the task that the score belongs to.</param>
internal sealed record PairScore(ScoreActivation Activation, string Kind)
{
    public const string Regression = "Regression";
    public const string Ranking = "Ranking";

    /// <summary>The score of a logit 0 to 1 becomes one from here; the sigmoid's alone.</summary>
    public float Minimum { get; init; }

    /// <summary>... to here.</summary>
    public float Maximum { get; init; } = 1;

    /// <summary>The score.</summary>
    public float Of(float logit) => Activation == ScoreActivation.Identity ? logit : Minimum + ((Maximum - Minimum) * Probabilities.Sigmoid(logit));

    /// <summary>The target between 0 and 1 that stands for a label.</summary>
    public float Target(float label) => (label - Minimum) / (Maximum - Minimum);
}
