using System.Collections.Concurrent;

namespace MLNetNlp.Transformers.Search;

/// <summary>Finds almost always the most alike vectors while comparing a query with a small part of them.</summary>
/// <remarks>
/// Deterministic: the same vectors in the same order with the same seed make the same graph, whether added at once or in parts. A search costs about
/// the logarithm of the number of vectors. See <see cref="HnswOptions"/>.
/// </remarks>
public sealed class HnswVectorIndex : VectorIndex
{
    private readonly HnswGraph _graph;
    private readonly ConcurrentBag<HnswWalk> _walks = [];

    private HnswVectorIndex(VectorBlocks vectors, bool normalizes, HnswGraph graph, HnswOptions options)
        : base(vectors, normalizes)
    {
        _graph = graph;
        Options = options;
    }

    /// <summary>How the graph is built and walked.</summary>
    public HnswOptions Options { get; }

    internal HnswGraph Graph => _graph;

    /// <summary>An index without vectors.</summary>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="normalize">Whether scores are cosines (true) or dot products.</param>
    /// <param name="options">How the graph is built and walked; null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public static HnswVectorIndex Empty(int dimension, bool normalize = true, HnswOptions? options = null)
    {
        options ??= new HnswOptions();
        options.Validate();
        return new HnswVectorIndex(VectorBlocks.Empty(dimension), normalize, new HnswGraph(options.M, 0), options);
    }

    /// <inheritdoc/>
    public override HnswVectorIndex Add(ReadOnlySpan<float> vectors)
    {
        var all = Vectors.Append(Prepare(vectors));
        var graph = _graph.Grow(all.Count);
        var builder = new HnswBuilder(graph, all, Options);
        for (var i = Count; i < all.Count; i++)
            builder.Add(i);
        return new HnswVectorIndex(all, Normalizes, graph, Options);
    }

    /// <summary>The same graph, walked with another number of candidates.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="efSearch"/> is below 1.</exception>
    public HnswVectorIndex WithEfSearch(int efSearch)
    {
        var options = Options with { EfSearch = efSearch };
        options.Validate();
        return new HnswVectorIndex(Vectors, Normalizes, _graph, options);
    }

    internal static HnswVectorIndex Of(VectorBlocks vectors, bool normalizes, HnswGraph graph, HnswOptions options) => new(vectors, normalizes, graph, options);

    private protected override VectorHit[][] SearchPrepared(float[] queries, int count, int top)
    {
        var hits = new VectorHit[count][];
        Parallel.For(0, count, () => _walks.TryTake(out var walk) ? walk : new HnswWalk(_graph, Vectors), (i, _, walk) =>
        {
            hits[i] = Find(walk, queries.AsSpan(i * Dimension, Dimension), top);
            return walk;
        }, _walks.Add);
        return hits;
    }

    private VectorHit[] Find(HnswWalk walk, ReadOnlySpan<float> query, int top)
    {
        var nearest = new VectorHit(_graph.Entry, VectorMath.Dot(query, Vectors.Row(_graph.Entry)));
        for (var layer = _graph.LayerOf(_graph.Entry); layer > 0; layer--)
            nearest = walk.Descend(query, nearest, layer);
        return walk.Search(query, nearest, 0, Math.Max(Options.EfSearch, top)).TakeBest(top);
    }
}
