namespace MLNetNlp;

/// <summary>What becomes of a cross-encoder's single logit before it is the score.</summary>
public enum ScoreActivation
{
    /// <summary>The logit is the score: any number.</summary>
    Identity,

    /// <summary><c>1 / (1 + exp(-logit))</c>: a score from 0 to 1.</summary>
    Sigmoid,
}
