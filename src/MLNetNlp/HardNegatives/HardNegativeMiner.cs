using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Finds texts that are like an anchor and not one of its positives.</summary>
/// <param name="options">The limits.</param>
/// <param name="corpus">All texts that can be negatives, each once; positives first.</param>
internal sealed class HardNegativeMiner(HardNegativeOptions options, IReadOnlyList<string> corpus)
{
    /// <summary>The negatives of each pair, the highest score first where they are the hardest.</summary>
    /// <param name="pairs">Anchor, and the number of its positive in the corpus.</param>
    /// <param name="embedder">Makes the vectors.</param>
    public IReadOnlyList<string>[] Mine(IReadOnlyList<(string Anchor, int Positive)> pairs, SentenceEmbeddingTransformer embedder)
    {
        string[] anchors = [.. pairs.Select(pair => pair.Anchor).Distinct(StringComparer.Ordinal)];
        var positives = pairs.GroupBy(pair => pair.Anchor, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Positive).ToHashSet(), StringComparer.Ordinal);
        var (queries, vectors) = (TextVectors.Of(embedder.Embedder, anchors, embedder), TextVectors.Of(embedder.Embedder, corpus, embedder));
        // The anchor itself may be in the corpus too.
        var top = options.RangeMaxOrDefault + positives.Values.Max(own => own.Count) + 1;
        var hits = ExactVectorIndex.Empty(embedder.Dimension).Add(vectors).Search(queries, Math.Min(top, corpus.Count));
        var ofAnchor = new Dictionary<string, (int Number, (int Text, float Score)[] Candidates)>(StringComparer.Ordinal);
        for (var i = 0; i < anchors.Length; i++)
        {
            var own = positives[anchors[i]];
            (int, float)[] candidates = [.. hits[i].Where(hit => !own.Contains(hit.Position) && corpus[hit.Position] != anchors[i]).Select(hit => (hit.Position, hit.Score))];
            ofAnchor[anchors[i]] = (i, Rescore(anchors[i], candidates));
        }

        var random = new SeededRandom(SeededRandom.Derive(options.Seed, "hard negatives"));
        // Only margins look at the positives' scores.
        var positiveScores = options is { AbsoluteMargin: null, RelativeMargin: null } ? new float[pairs.Count]
            : ScoresOf(pairs, pair => queries.AsSpan(ofAnchor[pair.Anchor].Number * embedder.Dimension, embedder.Dimension), vectors, embedder.Dimension);
        var mined = new IReadOnlyList<string>[pairs.Count];
        for (var i = 0; i < mined.Length; i++)
            mined[i] = Choose(ofAnchor[pairs[i].Anchor].Candidates, positiveScores[i], random);
        return mined;
    }

    private delegate ReadOnlySpan<float> VectorOfPair((string Anchor, int Positive) pair);

    private float[] ScoresOf(IReadOnlyList<(string Anchor, int Positive)> pairs, VectorOfPair anchorVector, float[] vectors, int dimension)
    {
        if (options.CrossEncoder is { } model)
            return model.Scorer.Run([.. pairs.Select(pair => (pair.Anchor, corpus[pair.Positive]))], model);
        var scores = new float[pairs.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = VectorSimilarity.Compute(
                SimilarityFunction.Cosine, anchorVector(pairs[i]), vectors.AsSpan(pairs[i].Positive * dimension, dimension));
        }

        return scores;
    }

    private (int, float)[] Rescore(string anchor, (int Text, float Score)[] candidates)
    {
        if (options.CrossEncoder is not { } model)
            return candidates;
        var scores = model.Scorer.Run([.. candidates.Select(candidate => (anchor, corpus[candidate.Text]))], model);
        return [.. candidates.Select((candidate, i) => (candidate.Text, scores[i]))];
    }

    private IReadOnlyList<string> Choose((int Text, float Score)[] candidates, float positive, SeededRandom random)
    {
        // OrderBy is stable: of equal scores the one that was nearer by its vector.
        var left = candidates.Where(candidate => Fits(candidate.Score, positive)).OrderByDescending(candidate => candidate.Score)
            .Take(options.RangeMaxOrDefault).Skip(options.RangeMin).Select(candidate => candidate.Text).ToArray();
        if (options.Sampling == NegativeSampling.Random)
            random.Shuffle<int>(left);
        return [.. left.Take(options.NumberOfNegatives).Select(text => corpus[text])];
    }

    private bool Fits(float score, float positive) => !float.IsNaN(score)
        && !(score > options.MaxScore) && !(score < options.MinScore)
        && !(options.AbsoluteMargin is { } margin && score > positive - margin)
        && !(options.RelativeMargin is { } share && score > positive - (MathF.Abs(positive) * share));
}
