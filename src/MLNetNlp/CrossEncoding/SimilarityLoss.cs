namespace MLNetNlp;

/// <summary>What a model of similarity learns to make small.</summary>
public enum SimilarityLoss
{
    /// <summary>The squared difference of score and label; the score is the logit. The default, as Hugging Face has it for one label.</summary>
    MeanSquaredError,

    /// <summary>
    /// The cross-entropy of the sigmoid of the logit, as sentence-transformers' <c>CrossEncoder</c> has it for one label: labels and scores lie between
    /// two limits.
    /// </summary>
    BinaryCrossEntropy,
}
