using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Finds texts that are like an anchor and not one of its positives, by the rules of sentence-transformers' <c>mine_hard_negatives</c>.</summary>
/// <param name="options">The limits.</param>
/// <param name="corpus">All texts that can be negatives, each once.</param>
internal sealed class HardNegativeMiner(HardNegativeOptions options, IReadOnlyList<string> corpus)
{
    /// <summary>The negatives of each anchor, the highest score first.</summary>
    /// <param name="pairs">Anchor, and the number of its positive in the corpus.</param>
    /// <param name="embedder">Makes the vectors.</param>
    public IReadOnlyDictionary<string, string[]> Mine(IReadOnlyList<(string Anchor, int Positive)> pairs, SentenceEmbeddingTransformer embedder)
    {
        var anchors = Anchors(pairs);
        string[] texts = [.. anchors.Select(anchor => anchor.Text)];
        return Mine(anchors, TextVectors.Of(embedder.Embedder, texts, embedder), TextVectors.Of(embedder.Embedder, corpus, embedder));
    }

    /// <summary>The negatives of each anchor, the highest score first.</summary>
    /// <param name="anchors">What <see cref="Anchors"/> makes.</param>
    /// <param name="queries">The anchors' vectors, one after the other.</param>
    /// <param name="vectors">The corpus's.</param>
    public IReadOnlyDictionary<string, string[]> Mine(IReadOnlyList<Anchor> anchors, float[] queries, float[] vectors)
    {
        var dimension = vectors.Length / corpus.Count;
        var mostPositives = anchors.Max(anchor => anchor.Positives.Count);
        var rangeMax = options.RangeMaxFor(mostPositives);
        var window = (int)Math.Min(corpus.Count, (long)rangeMax + mostPositives);
        // The anchor itself may be in the corpus too.
        var hits = ExactVectorIndex.Empty(dimension).Add(vectors).Search(queries, Math.Min(window + 1, corpus.Count));
        var leastPositives = LeastPositives(anchors, queries, vectors, dimension);
        var random = new SeededRandom(SeededRandom.Derive(options.Seed, "hard negatives"));
        var mined = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < anchors.Count; i++)
        {
            var (text, own) = anchors[i];
            var candidates = hits[i].Where(hit => corpus[hit.Position] != text).Take(window).Where(hit => !own.Contains(hit.Position));
            mined[text] = Choose(Score(text, [.. candidates.Select(hit => (hit.Position, hit.Score))]), leastPositives[i], rangeMax, random);
        }

        return mined;
    }

    /// <summary>Each anchor once, with all of its positives.</summary>
    public static IReadOnlyList<Anchor> Anchors(IReadOnlyList<(string Anchor, int Positive)> pairs) =>
        [.. pairs.GroupBy(pair => pair.Anchor, StringComparer.Ordinal).Select(own => new Anchor(own.Key, own.Select(pair => pair.Positive).ToHashSet()))];

    /// <summary>The lowest score that each anchor has with one of its positives: what margins are measured from.</summary>
    private float[] LeastPositives(IReadOnlyList<Anchor> anchors, float[] queries, float[] vectors, int dimension)
    {
        if (options is { AbsoluteMargin: null, RelativeMargin: null })
            return new float[anchors.Count];
        float[] scores = options.CrossEncoder is { } model
            ? model.Scorer.Run([.. anchors.SelectMany(anchor => anchor.Positives.Select(positive => (anchor.Text, corpus[positive])))], model)
            : [.. anchors.SelectMany((anchor, i) => anchor.Positives.Select(positive => VectorSimilarity.Compute(
                SimilarityFunction.Cosine, queries.AsSpan(i * dimension, dimension), vectors.AsSpan(positive * dimension, dimension))))];
        var start = 0;
        return [.. anchors.Select(anchor => scores[start..(start += anchor.Positives.Count)].Min())];
    }

    private (int Text, float Score)[] Score(string anchor, (int Text, float Cosine)[] candidates)
    {
        if (options.CrossEncoder is not { } model)
            return candidates;
        var scores = model.Scorer.Run([.. candidates.Select(candidate => (anchor, corpus[candidate.Text]))], model);
        return [.. candidates.Select((candidate, i) => (candidate.Text, scores[i]))];
    }

    private string[] Choose((int Text, float Score)[] candidates, float leastPositive, int rangeMax, SeededRandom random)
    {
        // OrderBy is stable: of equal scores the one that was nearer by its vector.
        var left = candidates.Where(candidate => Fits(candidate.Score, leastPositive)).OrderByDescending(candidate => candidate.Score)
            .Take(rangeMax).Skip(options.RangeMin).Select(candidate => corpus[candidate.Text]).ToArray();
        var chosen = Enumerable.Range(0, left.Length).ToArray();
        if (options.Sampling == NegativeSampling.Random)
            random.Shuffle<int>(chosen);
        return [.. chosen.Take(options.NumberOfNegatives).Order().Select(i => left[i])];
    }

    private bool Fits(float score, float positive) => !float.IsNaN(score)
        && !(score > options.MaxScore) && !(score < options.MinScore)
        && (options.AbsoluteMargin is not { } margin || score <= positive - margin)
        && (options.RelativeMargin is not { } share || score <= positive - (MathF.Abs(positive) * share));

    /// <summary>A text that negatives are wanted for.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Positives">The numbers of its positives in the corpus.</param>
    internal sealed record Anchor(string Text, IReadOnlySet<int> Positives);
}
