namespace MLNetNlp;

/// <summary>What a ranking cross-encoder learns to make small. Pairwise losses compare the rows of one group with each other.</summary>
public enum RankingLoss
{
    /// <summary>
    /// Pointwise: cross-entropy of the sigmoid of the logit; labels lie between 0 and 1. The default of sentence-transformers' rerankers. Scores are
    /// probabilities.
    /// </summary>
    BinaryCrossEntropy,

    /// <summary>Pointwise: squared difference of score and label, for graded relevance or a teacher's scores.</summary>
    MeanSquaredError,

    /// <summary>Pairwise, RankNet: <c>log(1 + exp(-(better - worse)))</c>. Burges et al. 2005. The default.</summary>
    PairwiseLogistic,

    /// <summary>Pairwise: <c>max(0, margin - (better - worse))</c>.</summary>
    PairwiseMargin,

    /// <summary>
    /// Pairwise distillation: the label is a teacher's score, and differences of scores are to equal the teacher's. Hofstätter et al. 2020 (MarginMSE).
    /// </summary>
    MarginMse,
}
