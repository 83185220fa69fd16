using System.Runtime.InteropServices;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Embeds the texts of some examples, column by column, each distinct text once.</summary>
internal static class ColumnEmbeddings
{
    /// <summary>One tensor [rows, dimension] a column, with its graph where gradients are on.</summary>
    /// <param name="encoder">Padded texts to [batch, dimension].</param>
    /// <param name="examples">All examples.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="paddingId">The id that fills up short texts.</param>
    /// <param name="device">Where the encoder is.</param>
    public static Tensor[] Compute(nn.Module<TokenBatch, Tensor> encoder, EmbeddingExamples examples, ReadOnlySpan<int> rows, int paddingId, Device device)
    {
        var (texts, places) = Distinct(examples, rows);
        using var batch = TokenBatch.Create(examples.Pool.Texts, CollectionsMarshal.AsSpan(texts), paddingId, device);
        return Gather(encoder.call(batch), places, rows.Length, texts.Count);
    }

    /// <summary>One tensor [rows, dimension] a column, from the embeddings [texts, dimension] of all texts of the pool.</summary>
    public static Tensor[] Lookup(Tensor vectors, EmbeddingExamples examples, ReadOnlySpan<int> rows)
    {
        var (texts, places) = Distinct(examples, rows);
        using var numbers = tensor(texts.Select(text => (long)text).ToArray(), device: vectors.device);
        return Gather(vectors.index_select(0, numbers), places, rows.Length, texts.Count);
    }

    // Places are column by column, so that columns of nothing but distinct texts are plain slices.
    private static (List<int> Texts, long[] Places) Distinct(EmbeddingExamples examples, ReadOnlySpan<int> rows)
    {
        var numbers = new Dictionary<int, int>();
        var texts = new List<int>();
        var places = new long[examples.Columns * rows.Length];
        for (var column = 0; column < examples.Columns; column++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var text = examples.TextsOf(rows[i])[column];
                if (!numbers.TryGetValue(text, out var number))
                {
                    number = numbers[text] = texts.Count;
                    texts.Add(text);
                }

                places[column * rows.Length + i] = number;
            }
        }

        return (texts, places);
    }

    private static Tensor[] Gather(Tensor vectors, long[] places, int rowCount, int textCount)
    {
        var columns = new Tensor[places.Length / rowCount];
        for (var column = 0; column < columns.Length; column++)
        {
            if (textCount == places.Length)
            {
                columns[column] = vectors.narrow(0, (long)column * rowCount, rowCount);
                continue;
            }

            using var index = tensor(places[(column * rowCount)..((column + 1) * rowCount)], device: vectors.device);
            columns[column] = vectors.index_select(0, index);
        }

        return columns;
    }
}
