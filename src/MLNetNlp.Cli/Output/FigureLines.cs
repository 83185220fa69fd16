using System.Text.Json.Nodes;

namespace MLNetNlp.Cli.Output;

/// <summary>Figures for both readers: the JSON file and the screen.</summary>
internal static class FigureLines
{
    /// <summary>Adds figures to those of a file, and returns a line for each that is a number.</summary>
    public static List<string> Add(JsonObject json, JsonObject figures)
    {
        List<string> lines = [];
        foreach (var (name, value) in figures)
        {
            if (value is JsonValue number && number.TryGetValue<double>(out var figure))
                lines.Add(FormattableString.Invariant($"{name,-30} {figure:0.0000}"));
            json[name] = value?.DeepClone();
        }

        return lines;
    }
}
