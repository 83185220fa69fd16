using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Search;

/// <summary>Vectors that can be searched for those most alike to a query.</summary>
/// <remarks>
/// Immutable and thread-safe; <see cref="Add"/> makes a new index that shares the vectors of the old one. Among equal scores the vector that was added
/// first comes first. Vectors are kept in managed memory: nothing has to be disposed.
/// </remarks>
public abstract class VectorIndex
{
    /// <summary>The file in a model folder.</summary>
    internal const string FileName = "search_index.safetensors";

    private protected VectorIndex(VectorBlocks vectors, bool normalizes)
    {
        Vectors = vectors;
        Normalizes = normalizes;
    }

    /// <summary>Number of vectors.</summary>
    public int Count => Vectors.Count;

    /// <summary>Numbers per vector.</summary>
    public int Dimension => Vectors.Dimension;

    /// <summary>Whether vectors and queries are scaled to length 1, which makes scores cosines; else scores are dot products.</summary>
    public bool Normalizes { get; }

    internal VectorBlocks Vectors { get; }

    /// <summary>The most alike vectors of each query, best first: <paramref name="top"/> of them, or fewer where the index has fewer.</summary>
    /// <param name="queries">[queries, dimension], row by row.</param>
    /// <param name="top">How many; 1 or more.</param>
    /// <exception cref="ArgumentException">The queries have another dimension, or hold a number that is NaN or infinite.</exception>
    public IReadOnlyList<VectorHit[]> Search(ReadOnlySpan<float> queries, int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var rows = Prepare(queries);
        var count = rows.Length / Dimension;
        if (count == 0)
            return [];
        return Count == 0 ? [.. Enumerable.Repeat(Array.Empty<VectorHit>(), count)] : SearchPrepared(rows, count, Math.Min(top, Count));
    }

    /// <summary>An index with more vectors; this one stays as it is.</summary>
    /// <param name="vectors">[vectors, dimension], row by row; they are copied.</param>
    /// <exception cref="ArgumentException">The vectors have another dimension, or hold a number that is NaN or infinite.</exception>
    public abstract VectorIndex Add(ReadOnlySpan<float> vectors);

    /// <summary>Writes the index as a safetensors file.</summary>
    internal void Save(Func<string, Stream> createFile) => VectorIndexFile.Save(this, createFile);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message says how.</exception>
    internal static VectorIndex Load(ModelFiles files) => VectorIndexFile.Load(files);

    /// <summary>Finds the best vectors for prepared queries in a non-empty index.</summary>
    private protected abstract VectorHit[][] SearchPrepared(float[] queries, int count, int top);

    /// <summary>A copy of the rows, scaled to length 1 where the index does that. A row of zeros stays.</summary>
    private protected float[] Prepare(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Dimension != 0)
            throw new ArgumentException($"{rows.Length} numbers are not whole vectors of {Dimension}, the index's dimension.", nameof(rows));
        var copy = rows.ToArray();
        for (var at = 0; at < copy.Length; at += Dimension)
        {
            var row = copy.AsSpan(at, Dimension);
            foreach (var number in row)
            {
                if (!float.IsFinite(number))
                    throw new ArgumentException($"Vector {at / Dimension} holds {number}; only finite numbers can be searched.", nameof(rows));
            }

            if (Normalizes)
                VectorMath.Normalize(row);
        }

        return copy;
    }
}
