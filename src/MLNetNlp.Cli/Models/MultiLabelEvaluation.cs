using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Models;

/// <summary>Measures a model that gives any number of labels, as scikit-learn does.</summary>
/// <param name="Json">Every figure.</param>
/// <param name="Report">The figures for a reader.</param>
internal sealed record MultiLabelEvaluation(JsonObject Json, IReadOnlyList<string> Report)
{
    /// <summary>Scores and measures.</summary>
    /// <param name="view">The rows; the last column holds the labels.</param>
    /// <param name="transform">The fitted pipeline.</param>
    /// <param name="separator">What keeps labels apart.</param>
    /// <param name="model">How errors name the model.</param>
    /// <exception cref="CliException">No row can be measured.</exception>
    public static MultiLabelEvaluation Of(RecordView view, Func<IDataView, IDataView> transform, string separator, string model, CancellationToken cancellation)
    {
        var scored = transform(view);
        var columns = new ScoredColumns(scored.Schema, model, separator);
        var (places, label) = (columns.Classes.Select((name, i) => (name, i)).ToDictionary(place => place.name, place => place.i, StringComparer.Ordinal), scored.Schema[view.Columns[^1].Name]);
        using var cursor = scored.GetRowCursor([.. columns.Columns, label]);
        var (read, readLabel) = (columns.FlagsReader(cursor), cursor.GetGetter<ReadOnlyMemory<char>>(label));
        var field = default(ReadOnlyMemory<char>);
        List<(bool[] Expected, bool[] Predicted)> rows = [];
        long unlabelled = 0, unknown = 0;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            readLabel(ref field);
            var labels = MultiLabelData.Split(field.ToString(), separator);
            if (field.IsEmpty)
            {
                unlabelled++;
            }
            else if (!labels.All(places.ContainsKey))
            {
                unknown++;
            }
            else
            {
                var expected = new bool[places.Count];
                foreach (var name in labels)
                    expected[places[name]] = true;
                rows.Add((expected, read()));
            }
        }

        if (rows.Count == 0)
        {
            throw new CliException($"{string.Join(", ", view.Sources.Select(source => source.Name))}: none of the {unlabelled + unknown} rows has only labels that the model knows "
                + $"({string.Join(", ", columns.Classes.Take(20))}) with '{separator}' between them.");
        }

        var json = new JsonObject { ["rows"] = rows.Count, ["skippedRows"] = unlabelled, ["unknownLabelRows"] = unknown };
        List<string> report = [$"{rows.Count} rows{Left(unlabelled, "without a label")}{Left(unknown, "with a label the model does not know")}"];
        report.AddRange(FigureLines.Add(json, Measure(columns.Classes, rows)));
        return new MultiLabelEvaluation(json, report);
    }

    /// <summary>The figures of what was expected and what was predicted: a flag a label, row by row.</summary>
    public static JsonObject Measure(IReadOnlyList<string> labels, IReadOnlyList<(bool[] Expected, bool[] Predicted)> rows)
    {
        var (correct, predicted, expected) = (new int[labels.Count], new int[labels.Count], new int[labels.Count]);
        foreach (var row in rows)
        {
            for (var i = 0; i < labels.Count; i++)
            {
                correct[i] += row.Expected[i] && row.Predicted[i] ? 1 : 0;
                predicted[i] += row.Predicted[i] ? 1 : 0;
                expected[i] += row.Expected[i] ? 1 : 0;
            }
        }

        var all = Score(correct.Sum(), predicted.Sum(), expected.Sum());
        JsonObject[] each = [.. labels.Select((_, i) => Score(correct[i], predicted[i], expected[i]))];
        var perLabel = new JsonObject();
        for (var i = 0; i < labels.Count; i++)
            perLabel[labels[i]] = each[i];
        var wrong = predicted.Sum() + expected.Sum() - (2 * correct.Sum());
        return new JsonObject
        {
            ["subsetAccuracy"] = rows.Count(row => row.Expected.AsSpan().SequenceEqual(row.Predicted)) / (double)rows.Count,
            ["hammingLoss"] = wrong / ((double)rows.Count * labels.Count),
            ["f1"] = all["f1"]!.GetValue<double>(),
            ["precision"] = all["precision"]!.GetValue<double>(),
            ["recall"] = all["recall"]!.GetValue<double>(),
            ["macroF1"] = each.Average(score => score["f1"]!.GetValue<double>()),
            ["perLabel"] = perLabel,
        };
    }

    private static JsonObject Score(int correct, int predicted, int expected) => new()
    {
        ["f1"] = predicted + expected == 0 ? 0.0 : 2.0 * correct / (predicted + expected),
        ["precision"] = predicted == 0 ? 0.0 : (double)correct / predicted,
        ["recall"] = expected == 0 ? 0.0 : (double)correct / expected,
        ["support"] = expected,
    };

    private static string Left(long rows, string why) => rows > 0 ? $", {rows} left out {why}" : "";
}
