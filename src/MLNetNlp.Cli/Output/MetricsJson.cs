using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace MLNetNlp.Cli.Output;

/// <summary>ML.NET's metrics objects as JSON: their property names in camelCase. A figure that is not defined (NaN) is null.</summary>
internal static class MetricsJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(MulticlassClassificationMetrics metrics) => new()
    {
        ["microAccuracy"] = Number(metrics.MicroAccuracy),
        ["macroAccuracy"] = Number(metrics.MacroAccuracy),
        ["logLoss"] = Number(metrics.LogLoss),
        ["logLossReduction"] = Number(metrics.LogLossReduction),
        ["perClassLogLoss"] = Numbers(metrics.PerClassLogLoss),
        ["confusionMatrix"] = Of(metrics.ConfusionMatrix),
    };

    public static JsonObject Of(CalibratedBinaryClassificationMetrics metrics) => new()
    {
        ["accuracy"] = Number(metrics.Accuracy),
        ["areaUnderRocCurve"] = Number(metrics.AreaUnderRocCurve),
        ["areaUnderPrecisionRecallCurve"] = Number(metrics.AreaUnderPrecisionRecallCurve),
        ["f1Score"] = Number(metrics.F1Score),
        ["positivePrecision"] = Number(metrics.PositivePrecision),
        ["positiveRecall"] = Number(metrics.PositiveRecall),
        ["negativePrecision"] = Number(metrics.NegativePrecision),
        ["negativeRecall"] = Number(metrics.NegativeRecall),
        ["logLoss"] = Number(metrics.LogLoss),
        ["logLossReduction"] = Number(metrics.LogLossReduction),
        ["entropy"] = Number(metrics.Entropy),
        ["confusionMatrix"] = Of(metrics.ConfusionMatrix),
    };

    public static JsonObject Of(RegressionMetrics metrics) => new()
    {
        ["rSquared"] = Number(metrics.RSquared),
        ["rootMeanSquaredError"] = Number(metrics.RootMeanSquaredError),
        ["meanSquaredError"] = Number(metrics.MeanSquaredError),
        ["meanAbsoluteError"] = Number(metrics.MeanAbsoluteError),
    };

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    public static void Write(OutputFile file, JsonObject json) => file.Write(stream =>
    {
        JsonSerializer.Serialize(stream, json, Options);
        stream.WriteByte((byte)'\n');
    });

    private static JsonObject Of(ConfusionMatrix matrix) => new()
    {
        ["numberOfClasses"] = matrix.NumberOfClasses,
        ["counts"] = new JsonArray([.. matrix.Counts.Select(row => (JsonNode?)Numbers(row))]),
        ["perClassPrecision"] = Numbers(matrix.PerClassPrecision),
        ["perClassRecall"] = Numbers(matrix.PerClassRecall),
    };
}
