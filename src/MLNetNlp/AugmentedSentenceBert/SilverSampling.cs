namespace MLNetNlp;

/// <summary>How unlabelled pairs are chosen for the cross-encoder to label. Pairs at random are nearly all unlike, so the others mostly do better.</summary>
public enum SilverSampling
{
    /// <summary>Any two texts.</summary>
    Random,

    /// <summary>Each text with those that share the most telling words with it, by Okapi BM25.</summary>
    Bm25,

    /// <summary>Each text with those whose embeddings lie nearest.</summary>
    Semantic,

    /// <summary>Both: the pairs of BM25 and those of the embeddings.</summary>
    Bm25AndSemantic,
}
