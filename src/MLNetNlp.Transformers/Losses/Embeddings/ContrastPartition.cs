namespace MLNetNlp.Transformers.Losses;

/// <summary>How <see cref="MultipleNegativesRankingLoss"/> joins several directions.</summary>
public enum ContrastPartition
{
    /// <summary>One softmax over the candidates of all directions.</summary>
    Joint,

    /// <summary>A softmax for each direction; the loss is their mean.</summary>
    PerDirection,
}
