using System.Runtime.InteropServices;
using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Finds the most alike pairs of an index.</summary>
internal static class ParaphraseMiner
{
    private const int QueriesAtOnce = 1024;

    /// <summary>Each vector is paired with those nearest to it; the best pairs come first, each once.</summary>
    /// <param name="index">The vectors.</param>
    /// <param name="top">How many of the nearest; a vector is not near to itself.</param>
    /// <param name="maxPairs">Most pairs.</param>
    /// <param name="minScore">Least similarity; null: no limit.</param>
    public static IReadOnlyList<ScoredPair> Mine(VectorIndex index, int top, int maxPairs, float? minScore)
    {
        // The worst of the kept pairs on top, so that it makes way for a better one.
        PriorityQueue<ScoredPair, ScoredPair> kept = new(Comparer<ScoredPair>.Create(WorseFirst));
        HashSet<(int, int)> known = [];
        var queries = new List<float>();
        for (var first = 0; first < index.Count; first += QueriesAtOnce)
        {
            queries.Clear();
            var count = Math.Min(QueriesAtOnce, index.Count - first);
            for (var i = first; i < first + count; i++)
                queries.AddRange(index.Vectors.Row(i));
            var hits = index.Search(CollectionsMarshal.AsSpan(queries), (int)Math.Min((long)top + 1, int.MaxValue));
            for (var i = 0; i < count; i++)
            {
                foreach (var hit in Others(hits[i], first + i, top))
                {
                    var pair = new ScoredPair(Math.Min(first + i, hit.Position), Math.Max(first + i, hit.Position), hit.Score);
                    if (hit.Score < minScore || !known.Add((pair.First, pair.Second)))
                        continue;
                    if (kept.Count < maxPairs)
                        kept.Enqueue(pair, pair);
                    else
                        kept.EnqueueDequeue(pair, pair);
                }
            }
        }

        var pairs = new ScoredPair[kept.Count];
        for (var i = pairs.Length - 1; i >= 0; i--)
            pairs[i] = kept.Dequeue();
        return pairs;
    }

    private static IEnumerable<VectorHit> Others(VectorHit[] hits, int own, int top) => hits.Where(hit => hit.Position != own).Take(top);

    private static int WorseFirst(ScoredPair a, ScoredPair b) => a.Score != b.Score ? a.Score.CompareTo(b.Score)
        : a.First != b.First ? b.First.CompareTo(a.First)
        : b.Second.CompareTo(a.Second);
}
