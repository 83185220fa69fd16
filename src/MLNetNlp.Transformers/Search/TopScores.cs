using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetNlp.Transformers.Search;

/// <summary>The best of many scores that come one after the other by rising position: a heap whose root is the worst of them.</summary>
internal sealed class TopScores(int capacity)
{
    private readonly VectorHit[] _heap = new VectorHit[capacity];
    private int _count;

    private float Worst => _count < _heap.Length ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Takes in the scores of the positions from <paramref name="first"/> on.</summary>
    public void Add(ReadOnlySpan<float> scores, int first)
    {
        var i = 0;
        for (; i < scores.Length && _count < _heap.Length; i++)
            Add(scores[i], first + i);
        var width = Vector<float>.Count;
        ref var start = ref MemoryMarshal.GetReference(scores);

        // Once the heap is full, most scores are too low, and are passed over many at a time.
        for (; i <= scores.Length - width; i += width)
        {
            if (!Vector.GreaterThanAny(Vector.LoadUnsafe(ref start, (nuint)i), new Vector<float>(Worst)))
                continue;
            for (var j = i; j < i + width; j++)
                Add(scores[j], first + j);
        }

        for (; i < scores.Length; i++)
            Add(scores[i], first + i);
    }

    /// <summary>The best, first the best of all.</summary>
    public VectorHit[] ToSorted()
    {
        var hits = _heap.AsSpan(0, _count).ToArray();
        Array.Sort(hits, static (a, b) => IsWorse(a, b) ? 1 : IsWorse(b, a) ? -1 : 0);
        return hits;
    }

    private void Add(float score, int position)
    {
        var hit = new VectorHit(position, score);
        if (_count < _heap.Length)
            Rise(hit);
        else if (score > _heap[0].Score)
            Sink(hit);
    }

    private void Rise(VectorHit hit)
    {
        var at = _count++;
        for (; at > 0 && IsWorse(hit, _heap[(at - 1) / 2]); at = (at - 1) / 2)
            _heap[at] = _heap[(at - 1) / 2];
        _heap[at] = hit;
    }

    private void Sink(VectorHit hit)
    {
        var at = 0;
        for (var child = 1; child < _count; child = 2 * at + 1)
        {
            if (child + 1 < _count && IsWorse(_heap[child + 1], _heap[child]))
                child++;
            if (!IsWorse(_heap[child], hit))
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = hit;
    }

    private static bool IsWorse(VectorHit a, VectorHit b) => a.Score < b.Score || (a.Score == b.Score && a.Position > b.Position);
}
