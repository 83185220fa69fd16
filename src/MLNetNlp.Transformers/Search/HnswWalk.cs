namespace MLNetNlp.Transformers.Search;

/// <summary>Walks a graph to the vectors nearest a query. Holds what one walk at a time needs; not thread-safe.</summary>
internal sealed class HnswWalk(HnswGraph graph, VectorBlocks vectors)
{
    private readonly HitHeap _candidates = new(bestFirst: true);
    private readonly HitHeap _found = new(bestFirst: false);
    private readonly int[] _seen = new int[graph.Count];
    private int _walk;

    /// <summary>The nearest vector of a layer, from where a walk that always goes to a nearer one ends.</summary>
    public VectorHit Descend(ReadOnlySpan<float> query, VectorHit from, int layer)
    {
        while (true)
        {
            var best = from;
            foreach (var other in graph.Links(from.Position, layer))
            {
                var hit = new VectorHit(other, VectorMath.Dot(query, vectors.Row(other)));
                if (HitHeap.IsBetter(hit, best))
                    best = hit;
            }

            if (best.Position == from.Position)
                return best;
            from = best;
        }
    }

    /// <summary>About the nearest <paramref name="ef"/> vectors of a layer, the worst first.</summary>
    public HitHeap Search(ReadOnlySpan<float> query, VectorHit from, int layer, int ef)
    {
        _walk++;
        _candidates.Clear();
        _found.Clear();
        _candidates.Push(from);
        _found.Push(from);
        _seen[from.Position] = _walk;
        while (_candidates.Count > 0)
        {
            var next = _candidates.Pop();
            if (_found.Count >= ef && HitHeap.IsBetter(_found.Top, next))
                break;
            foreach (var other in graph.Links(next.Position, layer))
            {
                if (_seen[other] == _walk)
                    continue;
                _seen[other] = _walk;
                var hit = new VectorHit(other, VectorMath.Dot(query, vectors.Row(other)));
                if (_found.Count >= ef && !HitHeap.IsBetter(hit, _found.Top))
                    continue;
                _candidates.Push(hit);
                _found.Push(hit);
                if (_found.Count > ef)
                    _found.Pop();
            }
        }

        return _found;
    }
}
