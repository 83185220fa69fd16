using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLNetNlp.Cli.Output;

/// <summary>
/// Predictions as JSON lines: the properties that were read, then <c>predictedLabel</c> and <c>probabilities</c>, an object with a number a class. Objects read from JSON
/// lines keep all their properties as they were; fields of other files become strings.
/// </summary>
internal sealed class JsonPredictionWriter(Stream stream, IReadOnlyList<string> columns, IReadOnlyList<string> classes) : PredictionWriter(stream)
{
    private const string Probabilities = "probabilities";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _line = new();

    public override void Write(IReadOnlyList<string> fields, string json, Prediction prediction)
    {
        _line.SetLength(0);
        using (var writer = new Utf8JsonWriter(_line, Options))
        {
            writer.WriteStartObject();
            if (json.Length > 0)
                CopyObject(json, writer);
            else
                CopyFields(fields, writer);
            writer.WriteString(LabelColumn, prediction.Label);
            writer.WriteStartObject(Probabilities);
            for (var i = 0; i < classes.Count; i++)
                writer.WriteNumber(classes[i], MathF.Round(prediction.Probabilities[i], 6));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        Text.WriteLine(System.Text.Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length));
    }

    private static void CopyObject(string json, Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name is not (LabelColumn or Probabilities))
                property.WriteTo(writer);
        }
    }

    private void CopyFields(IReadOnlyList<string> fields, Utf8JsonWriter writer)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (!IsOwn(columns[i]) && columns[i] != Probabilities)
                writer.WriteString(columns[i], fields[i]);
        }
    }
}
