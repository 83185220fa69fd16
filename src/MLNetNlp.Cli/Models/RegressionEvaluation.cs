using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Cli.Models;

/// <summary>Measures scores of pairs with ML.NET's evaluator, and by correlation.</summary>
/// <param name="Json">Every figure.</param>
/// <param name="Report">The figures for a reader.</param>
internal sealed record RegressionEvaluation(JsonObject Json, IReadOnlyList<string> Report)
{
    /// <summary>Scores and measures.</summary>
    /// <param name="view">The rows; the last column is the label.</param>
    /// <param name="transform">The fitted pipeline.</param>
    /// <param name="scoreColumn">Where it puts the score.</param>
    /// <exception cref="CliException">No row can be measured.</exception>
    public static RegressionEvaluation Of(MLContext ml, RecordView view, Func<IDataView, IDataView> transform, string scoreColumn)
    {
        var (rows, skipped) = RegressionData.Count(view);
        var label = view.Columns[^1].Name;
        if (rows == 0)
            throw new CliException($"{string.Join(", ", view.Sources.Select(source => source.Name))}: no row has a label in column '{view.Columns[^1].Header}'.");
        // Read several times below, scored once.
        var scored = ml.Data.Cache(transform(RegressionData.Labelled(view)), label, scoreColumn);
        var json = new JsonObject { ["rows"] = rows, ["skippedRows"] = skipped };
        var (scores, labels) = (Column(scored, scoreColumn), Column(scored, label));
        var figures = MetricsJson.Of(ml.Regression.Evaluate(scored, label, scoreColumn));
        figures["pearson"] = MetricsJson.Number(Correlation.Pearson(scores, labels));
        figures["spearman"] = MetricsJson.Number(Correlation.Spearman(scores, labels));
        return new RegressionEvaluation(json, [$"{rows} rows{(skipped > 0 ? $", {skipped} left out without a label" : "")}", .. FigureLines.Add(json, figures)]);
    }

    private static double[] Column(IDataView data, string name) => [.. data.GetColumn<float>(name).Select(value => (double)value)];
}
