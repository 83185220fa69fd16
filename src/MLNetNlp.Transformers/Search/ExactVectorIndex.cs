using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Search;

/// <summary>Compares every query with every vector, by products of blocks of both.</summary>
public sealed class ExactVectorIndex : VectorIndex
{
    // The scores of so many queries against a block of vectors fit into the processor's cache.
    private const int QueriesAtOnce = 256;

    // Below this a product has to wait for memory anyway, and torch would only copy the vectors first.
    private const int FewQueries = 8;

    private ExactVectorIndex(VectorBlocks vectors, bool normalizes)
        : base(vectors, normalizes)
    {
    }

    /// <summary>An index without vectors.</summary>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="normalize">Whether scores are cosines (true) or dot products.</param>
    public static ExactVectorIndex Empty(int dimension, bool normalize = true) => new(VectorBlocks.Empty(dimension), normalize);

    /// <inheritdoc/>
    public override ExactVectorIndex Add(ReadOnlySpan<float> vectors) => new(Vectors.Append(Prepare(vectors)), Normalizes);

    internal static ExactVectorIndex Of(VectorBlocks vectors, bool normalizes) => new(vectors, normalizes);

    private protected override VectorHit[][] SearchPrepared(float[] queries, int count, int top)
    {
        var best = new TopScores[count];
        for (var i = 0; i < count; i++)
            best[i] = new TopScores(top);
        if (count < FewQueries)
            Compare(queries, best);
        else
            Multiply(queries, best);
        return Array.ConvertAll(best, scores => scores.ToSorted());
    }

    private void Compare(float[] queries, TopScores[] best)
    {
        var scores = new float[Vectors.RowsPerBlock];
        for (var block = 0; block < Vectors.Blocks.Count; block++)
        {
            var vectors = Vectors.Blocks[block];
            var rows = vectors.Length / Dimension;
            for (var query = 0; query < best.Length; query++)
            {
                for (var row = 0; row < rows; row++)
                    scores[row] = VectorMath.Dot(queries.AsSpan(query * Dimension, Dimension), vectors.AsSpan(row * Dimension, Dimension));
                best[query].Add(scores.AsSpan(0, rows), block * Vectors.RowsPerBlock);
            }
        }
    }

    private void Multiply(float[] queries, TopScores[] best)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var all = frombuffer(queries, ScalarType.Float32).reshape(best.Length, Dimension);
        for (var block = 0; block < Vectors.Blocks.Count; block++)
        {
            using var inner = NewDisposeScope();
            var vectors = frombuffer(Vectors.Blocks[block], ScalarType.Float32).reshape(-1, Dimension).t();
            for (var first = 0; first < best.Length; first += QueriesAtOnce)
            {
                var count = Math.Min(QueriesAtOnce, best.Length - first);
                using var product = all.narrow(0, first, count).matmul(vectors);
                var scores = MemoryMarshal.Cast<byte, float>(product.bytes);
                var rows = scores.Length / count;
                for (var i = 0; i < count; i++)
                    best[first + i].Add(scores.Slice(i * rows, rows), block * Vectors.RowsPerBlock);
            }
        }
    }
}
