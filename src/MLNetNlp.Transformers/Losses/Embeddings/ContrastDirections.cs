namespace MLNetNlp.Transformers.Losses;

/// <summary>What <see cref="MultipleNegativesRankingLoss"/> holds against each other in a batch. Documents are the positives and the hard negatives.</summary>
[Flags]
public enum ContrastDirections
{
    /// <summary>Each anchor against all documents. Always there: it holds the positive.</summary>
    QueryToDocument = 1,

    /// <summary>Each positive against all anchors.</summary>
    DocumentToQuery = 2,

    /// <summary>Each anchor against the other anchors.</summary>
    QueryToQuery = 4,

    /// <summary>Each positive against the documents of other rows.</summary>
    DocumentToDocument = 8,

    /// <summary>All four, as Li et al. 2023 have it in "Towards General Text Embeddings with Multi-stage Contrastive Learning" (GTE).</summary>
    All = QueryToDocument | DocumentToQuery | QueryToQuery | DocumentToDocument,
}
