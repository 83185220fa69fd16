using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Each dimension's smallest and largest number over some texts: what bytes are counted in.</summary>
internal sealed record EmbeddingRanges(float[] Lowest, float[] Highest)
{
    private const int TextsAtOnce = 512;

    /// <summary>Embeds the first rows of the data and notes the ranges.</summary>
    /// <exception cref="ArgumentException">The data has no row.</exception>
    public static EmbeddingRanges Measure(SentenceEmbedder embedder, TextColumns columns, IDataView data, int rowCount)
    {
        var (lowest, highest) = (new float[embedder.Dimension], new float[embedder.Dimension]);
        Array.Fill(lowest, float.PositiveInfinity);
        Array.Fill(highest, float.NegativeInfinity);
        using var cursor = data.GetRowCursor(columns.Find(data.Schema, SentenceEmbeddingTransformer.Check));
        var read = columns.Reader(cursor, embedder.Tokenizer, embedder.MaxLength);
        var texts = new TokenizedTexts();
        var rows = 0;
        while (rows < rowCount && cursor.MoveNext())
        {
            read(texts);
            rows++;
            if (texts.Count == TextsAtOnce)
                Note();
        }

        Note();
        return rows > 0 ? new EmbeddingRanges(lowest, highest) : throw new ArgumentException(
            $"'{nameof(SentenceEmbeddingEstimator.Options.Precision)}' needs the range of each dimension, but the data has no row to find it from.", nameof(data));

        void Note()
        {
            var vectors = new float[texts.Count * lowest.Length];
            embedder.Embed(texts, vectors, embedder);
            for (var i = 0; i < vectors.Length; i++)
            {
                var dimension = i % lowest.Length;
                lowest[dimension] = Math.Min(lowest[dimension], vectors[i]);
                highest[dimension] = Math.Max(highest[dimension], vectors[i]);
            }

            texts.Clear();
        }
    }

    /// <summary>Where in its dimension's range a number is: 0 at the lowest, 255 at the highest; 0 where all were alike.</summary>
    public float Place(int dimension, float number)
    {
        var step = (Highest[dimension] - Lowest[dimension]) / 255;
        return step > 0 ? (number - Lowest[dimension]) / step : 0;
    }
}
