namespace MLNetNlp.Transformers.Search;

/// <summary>A heap of hits whose top is the best of them, or the worst. Equal scores: the lower position is better, so that the order is always one.</summary>
internal sealed class HitHeap(bool bestFirst)
{
    private VectorHit[] _hits = new VectorHit[64];

    public int Count { get; private set; }

    public VectorHit Top => _hits[0];

    public static bool IsBetter(VectorHit a, VectorHit b) => a.Score > b.Score || (a.Score == b.Score && a.Position < b.Position);

    public void Clear() => Count = 0;

    public void Push(VectorHit hit)
    {
        if (Count == _hits.Length)
            Array.Resize(ref _hits, Count * 2);
        var at = Count++;
        for (; at > 0 && Precedes(hit, _hits[(at - 1) / 2]); at = (at - 1) / 2)
            _hits[at] = _hits[(at - 1) / 2];
        _hits[at] = hit;
    }

    public VectorHit Pop()
    {
        var top = _hits[0];
        var last = _hits[--Count];
        var at = 0;
        for (var child = 1; child < Count; child = 2 * at + 1)
        {
            if (child + 1 < Count && Precedes(_hits[child + 1], _hits[child]))
                child++;
            if (!Precedes(_hits[child], last))
                break;
            _hits[at] = _hits[child];
            at = child;
        }

        _hits[at] = last;
        return top;
    }

    /// <summary>Empties a heap whose top is the worst: the best hits first, <paramref name="most"/> of them at most.</summary>
    public VectorHit[] TakeBest(int most)
    {
        while (Count > most)
            Pop();
        var hits = new VectorHit[Count];
        for (var i = hits.Length - 1; i >= 0; i--)
            hits[i] = Pop();
        return hits;
    }

    private bool Precedes(VectorHit a, VectorHit b) => bestFirst ? IsBetter(a, b) : IsBetter(b, a);
}
