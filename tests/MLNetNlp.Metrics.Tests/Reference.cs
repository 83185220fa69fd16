using System.Text.Json;

namespace MLNetNlp.Metrics.Tests;

/// <summary>Figures of reference implementations, and how they are compared.</summary>
internal static class Reference
{
    public static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("metrics", name))).RootElement;

    /// <summary>A list of vectors, row by row, and their dimension.</summary>
    public static (float[] Values, int Dimension) Vectors(JsonElement rows) =>
        ([.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(n => n.GetSingle()))], rows[0].GetArrayLength());

    public static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    public static float[] Singles(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetSingle())];

    /// <summary>A number; NaN is written as text.</summary>
    public static double Number(JsonElement number) => number.ValueKind == JsonValueKind.String ? double.NaN : number.GetDouble();

    public static void AreClose(JsonElement expected, double actual, double absolute, string what)
    {
        var right = Number(expected);
        if (double.IsNaN(right) != double.IsNaN(actual) || Math.Abs(right - actual) > absolute)
            Assert.Fail($"{what} is {actual:R}, expected {right:R}");
    }
}
