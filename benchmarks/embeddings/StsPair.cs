using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Benchmarks.Embeddings;

/// <summary>A row of STS-B, scores from 0 to 1.</summary>
internal sealed class StsPair
{
    public string First { get; set; } = "";

    public string Second { get; set; } = "";

    public float Score { get; set; }

    /// <summary>Reads one of the files: tabs, no header, the score from 0 to 5 in the fifth column and the texts after it; some rows have a source behind.</summary>
    public static List<StsPair> Read(string path) => [.. File.ReadLines(path).Select(line => line.Split('\t')).Select(fields => new StsPair
    {
        First = fields[5],
        Second = fields[6],
        Score = float.Parse(fields[4], CultureInfo.InvariantCulture) / 5,
    })];

    /// <summary>Spearman and Pearson of cosine and score.</summary>
    public static (double Spearman, double Pearson) Measure(MLContext ml, ITransformer embedder, string textColumn, string vectorColumn, IReadOnlyList<StsPair> pairs)
    {
        var first = Vectors(pairs.Select(pair => pair.First));
        var second = Vectors(pairs.Select(pair => pair.Second));
        double[] cosines = [.. first.Zip(second, Cosine)];
        double[] scores = [.. pairs.Select(pair => (double)pair.Score)];
        return (Correlation.Spearman(cosines, scores), Correlation.Pearson(cosines, scores));

        List<float[]> Vectors(IEnumerable<string> texts)
        {
            var definition = SchemaDefinition.Create(typeof(Text));
            definition[nameof(Text.Value)].ColumnName = textColumn;
            return [.. embedder.Transform(ml.Data.LoadFromEnumerable(texts.Select(text => new Text { Value = text }), definition)).GetColumn<float[]>(vectorColumn)];
        }
    }

    private static double Cosine(float[] x, float[] y)
    {
        var (dot, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
            (dot, xx, yy) = (dot + x[i] * (double)y[i], xx + x[i] * (double)x[i], yy + y[i] * (double)y[i]);
        return dot / Math.Sqrt(xx * yy);
    }

    private sealed class Text
    {
        public string Value { get; set; } = "";
    }
}
