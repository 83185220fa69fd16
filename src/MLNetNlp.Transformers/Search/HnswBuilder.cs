using System.Runtime.InteropServices;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Search;

/// <summary>Adds vectors to a graph, one after the other.</summary>
/// <remarks>
/// Algorithms 1 and 4 of the paper. A vector's layer depends on the seed and its position alone, so that vectors added later make the graph that they would
/// have made at once.
/// </remarks>
internal sealed class HnswBuilder(HnswGraph graph, VectorBlocks vectors, HnswOptions options)
{
    private readonly HnswWalk _walk = new(graph, vectors);
    private readonly double _layerScale = 1 / Math.Log(options.M);
    private readonly List<int> _kept = [];
    private readonly List<VectorHit> _crowd = [];

    public void Add(int position)
    {
        var layer = DrawLayer(position);
        graph.SetLayer(position, layer);
        if (graph.Entry < 0)
        {
            graph.Entry = position;
            return;
        }

        var query = vectors.Row(position);
        var highest = graph.LayerOf(graph.Entry);
        var nearest = new VectorHit(graph.Entry, VectorMath.Dot(query, vectors.Row(graph.Entry)));
        for (var above = highest; above > layer; above--)
            nearest = _walk.Descend(query, nearest, above);
        for (var at = Math.Min(layer, highest); at >= 0; at--)
        {
            var found = _walk.Search(query, nearest, at, options.EfConstruction).TakeBest(options.EfConstruction);
            nearest = found[0];
            Select(found, graph.M);
            graph.SetLinks(position, at, CollectionsMarshal.AsSpan(_kept));
            foreach (var other in graph.Links(position, at))
                LinkBack(other, at, position);
        }

        if (layer > highest)
            graph.Entry = position;
    }

    private int DrawLayer(int position)
    {
        var draw = new SeededRandom(SeededRandom.Derive(options.Seed, (long)position)).NextDouble();
        return (int)(-Math.Log(1 - draw) * _layerScale);
    }

    // Of candidates, best first, those that are nearer to the vector than to any taken before: links in all directions, not only into the densest.
    private void Select(ReadOnlySpan<VectorHit> candidates, int most)
    {
        _kept.Clear();
        foreach (var candidate in candidates)
        {
            if (_kept.Count == most)
                break;
            var row = vectors.Row(candidate.Position);
            var isApart = true;
            foreach (var kept in _kept)
            {
                if (VectorMath.Dot(row, vectors.Row(kept)) > candidate.Score)
                {
                    isApart = false;
                    break;
                }
            }

            if (isApart)
                _kept.Add(candidate.Position);
        }
    }

    private void LinkBack(int from, int layer, int to)
    {
        if (graph.TryLink(from, layer, to))
            return;
        var row = vectors.Row(from);
        _crowd.Clear();
        _crowd.Add(new VectorHit(to, VectorMath.Dot(row, vectors.Row(to))));
        foreach (var other in graph.Links(from, layer))
            _crowd.Add(new VectorHit(other, VectorMath.Dot(row, vectors.Row(other))));
        _crowd.Sort(static (a, b) => HitHeap.IsBetter(a, b) ? -1 : HitHeap.IsBetter(b, a) ? 1 : 0);
        Select(CollectionsMarshal.AsSpan(_crowd), graph.MostLinks(layer));
        graph.SetLinks(from, layer, CollectionsMarshal.AsSpan(_kept));
    }
}
