using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;
using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Cli.Models;

/// <summary>Measures a sentence embedder on pairs of texts with a score, or with a label that says whether they belong together.</summary>
/// <param name="Json">Every figure.</param>
/// <param name="Report">The figures for a reader.</param>
internal sealed record EmbeddingEvaluation(JsonObject Json, string Report)
{
    private const int TextsAtOnce = 1024;

    /// <summary>Reads, embeds and measures. Where every label is true or false (1 or 0), pairs are told apart; else scores are compared.</summary>
    /// <exception cref="CliException">No row can be measured, or a label is no number.</exception>
    public static EmbeddingEvaluation Of(
        SentenceEmbeddingTransformer embedder, string dataPath, string text, string text2, string label, CancellationToken cancellation)
    {
        var view = new RecordView([RecordSource.File(dataPath)],
            [new("First", TextDataViewType.Instance, text), new("Second", TextDataViewType.Instance, text2), new("Label", TextDataViewType.Instance, label)]);
        var all = view.Rows().ToList();
        var rows = all.FindAll(row => row.Values[2].Length > 0);
        if (rows.Count == 0)
            throw new CliException($"'{dataPath}': no row has a label in column '{label}'.");
        var first = Embed(embedder, [.. rows.Select(row => row.Values[0])], cancellation);
        var second = Embed(embedder, [.. rows.Select(row => row.Values[1])], cancellation);
        var json = new JsonObject { ["rows"] = rows.Count, ["skippedRows"] = all.Count - rows.Count, ["dimension"] = embedder.Dimension };
        if (rows.TrueForAll(row => FieldParser.ParseBool(row.Values[2], out _)))
        {
            var labels = rows.Select(row => FieldParser.ParseBool(row.Values[2], out var value) && value).ToArray();
            var pairs = PairClassificationEvaluator.Evaluate(first, second, embedder.Dimension, labels);
            foreach (var function in VectorSimilarity.Functions)
                json[Name(function)] = Of(pairs[function]);
            return new EmbeddingEvaluation(json, pairs.ToString());
        }

        var scores = rows.Select(row => Score(dataPath, row.Line, row.Values[2])).ToArray();
        var similarity = SimilarityEvaluator.Evaluate(first, second, embedder.Dimension, scores);
        foreach (var function in VectorSimilarity.Functions)
        {
            json[Name(function)] = new JsonObject
            {
                ["pearson"] = MetricsJson.Number(similarity[function].Pearson),
                ["spearman"] = MetricsJson.Number(similarity[function].Spearman),
            };
        }

        return new EmbeddingEvaluation(json, similarity.ToString());
    }

    private static float[] Embed(SentenceEmbeddingTransformer embedder, string[] texts, CancellationToken cancellation)
    {
        var vectors = new float[texts.Length * embedder.Dimension];
        var at = 0;
        foreach (var part in texts.Chunk(TextsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var vector in embedder.Embed(part))
            {
                vector.CopyTo(vectors, at);
                at += vector.Length;
            }
        }

        return vectors;
    }

    private static float Score(string file, long line, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && float.IsFinite(score) ? score
            : throw new CliException($"'{file}', line {line}: the score is '{text}'; a number is needed.");

    private static string Name(SimilarityFunction function) => function.ToString().ToLowerInvariant();

    private static JsonObject Of(ThresholdScore score) => new()
    {
        ["accuracy"] = score.Accuracy,
        ["accuracyThreshold"] = score.AccuracyThreshold,
        ["f1"] = score.F1,
        ["f1Threshold"] = score.F1Threshold,
        ["precision"] = score.Precision,
        ["recall"] = score.Recall,
        ["averagePrecision"] = score.AveragePrecision,
        ["matthewsCorrelation"] = score.MatthewsCorrelation,
    };
}
