using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Chooses pairs of texts that have no label yet.</summary>
/// <param name="texts">The texts, each once.</param>
/// <param name="known">Pairs that have a label: they are not chosen. Lower number first.</param>
internal sealed class CandidatePairs(IReadOnlyList<string> texts, IReadOnlySet<(int, int)> known)
{
    private readonly HashSet<(int, int)> _chosen = [];
    private readonly List<(int, int)> _pairs = [];

    /// <summary>The pairs that were chosen: numbers of texts.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs => _pairs;

    /// <summary>Each text with its best matches by shared words.</summary>
    public void AddByWords(int perText)
    {
        var index = new Bm25Index(texts);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var (text, _) in index.Search(texts[i], perText, except: i))
                Add(i, text);
        }
    }

    /// <summary>Each text with its nearest by the vectors' cosines.</summary>
    public void AddByVectors(float[] vectors, int perText)
    {
        var dimension = vectors.Length / texts.Count;
        var hits = ExactVectorIndex.Empty(dimension).Add(vectors).Search(vectors, perText + 1);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var hit in hits[i].Where(hit => hit.Position != i).Take(perText))
                Add(i, hit.Position);
        }
    }

    /// <summary>Pairs at random, <paramref name="count"/> of them, or as many as there are.</summary>
    public void AddRandom(int count, SeededRandom random)
    {
        // Where nearly all pairs are taken, drawing finds no more; so it ends.
        var target = _pairs.Count + count;
        for (var draws = 0L; _pairs.Count < target && draws < 20L * count; draws++)
        {
            var (a, b) = (random.Next(texts.Count), random.Next(texts.Count));
            if (a != b)
                Add(a, b);
        }
    }

    /// <summary>Keeps a random part of the pairs where there are more than <paramref name="most"/>.</summary>
    public void Limit(int most, SeededRandom random)
    {
        if (_pairs.Count <= most)
            return;
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pairs));
        _pairs.RemoveRange(most, _pairs.Count - most);
    }

    private void Add(int a, int b)
    {
        var pair = a < b ? (a, b) : (b, a);
        if (!known.Contains(pair) && _chosen.Add(pair))
            _pairs.Add(pair);
    }
}
