using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Models;

/// <summary>Measures a classification model on labelled rows with ML.NET's evaluators.</summary>
/// <param name="Json">Every figure.</param>
/// <param name="Report">The figures for a reader.</param>
internal sealed record ClassificationEvaluation(JsonObject Json, IReadOnlyList<string> Report)
{
    /// <summary>Scores and measures.</summary>
    /// <param name="labelName">The label's column, which must be the view's last.</param>
    /// <param name="transform">The fitted pipeline.</param>
    /// <param name="model">How errors name the model.</param>
    /// <exception cref="CliException">No row can be measured.</exception>
    public static ClassificationEvaluation Of(MLContext ml, RecordView view, string labelName, Func<IDataView, IDataView> transform, string model, CancellationToken cancellation)
    {
        var scored = new ScoredColumns(transform(view).Schema, model, ClassificationModel.Separator);
        var label = view.Columns.Count - 1;
        var known = scored.Classes.ToHashSet(StringComparer.Ordinal);
        var byName = view.Columns[label].Type is TextDataViewType;
        long rows = 0, unlabelled = 0, unknown = 0;
        foreach (var (_, _, values) in view.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (string.IsNullOrEmpty(values[label]))
                unlabelled++;
            else if (byName && !known.Contains(values[label]))
                unknown++;
            else
                rows++;
        }

        var data = string.Join(", ", view.Sources.Select(source => source.Name));
        if (rows == 0)
            throw new CliException($"{data}: none of the {unlabelled + unknown} rows has a label that the model knows ({string.Join(", ", scored.Classes.Take(20))}).");

        // A Boolean label has no missing value, and would count as false.
        var measured = transform(view.Where((_, values) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return values[label].Length > 0 && (!byName || known.Contains(values[label]));
        }));
        var json = new JsonObject
        {
            ["rows"] = rows,
            ["skippedRows"] = unlabelled,
            ["unknownLabelRows"] = unknown,
            ["classes"] = new JsonArray([.. scored.Classes.Select(name => (JsonNode?)name)]),
        };
        var report = new List<string> { $"{rows} rows{Left(unlabelled, "without a label")}{Left(unknown, "with a label the model does not know")}" };
        var (figures, matrix) = scored.IsBinary ? Binary(ml, measured, labelName) : Multiclass(ml, measured, labelName);
        report.AddRange(FigureLines.Add(json, figures));
        report.AddRange(ConfusionTable.Lines(matrix, scored.IsBinary ? ["true", "false"] : scored.Classes));
        return new ClassificationEvaluation(json, report);
    }

    private static (JsonObject Figures, ConfusionMatrix Matrix) Multiclass(MLContext ml, IDataView scored, string label)
    {
        var metrics = ml.MulticlassClassification.Evaluate(scored, label);
        return (MetricsJson.Of(metrics), metrics.ConfusionMatrix);
    }

    private static (JsonObject Figures, ConfusionMatrix Matrix) Binary(MLContext ml, IDataView scored, string label)
    {
        var metrics = ml.BinaryClassification.Evaluate(scored, label);
        return (MetricsJson.Of(metrics), metrics.ConfusionMatrix);
    }

    private static string Left(long rows, string why) => rows > 0 ? $", {rows} left out {why}" : "";
}
