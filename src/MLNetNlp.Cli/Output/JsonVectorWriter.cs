using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLNetNlp.Cli.Output;

/// <summary>Vectors as JSON lines: the properties that were read, then <c>vector</c>, a list of numbers.</summary>
internal sealed class JsonVectorWriter(Stream stream, IReadOnlyList<string> columns) : VectorWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream _stream = new(stream, 1 << 16);

    public override void Write(IReadOnlyList<string> fields, string json, ReadOnlySpan<float> vector)
    {
        using (var writer = new Utf8JsonWriter(_stream, Options))
        {
            writer.WriteStartObject();
            if (json.Length > 0)
                CopyObject(json, writer);
            else
                CopyFields(fields, writer);
            writer.WriteStartArray(Column);
            foreach (var number in vector)
                writer.WriteNumberValue(number);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        _stream.WriteByte((byte)'\n');
    }

    // The stream under it is its owner's.
    public override void Dispose() => _stream.Flush();

    private static void CopyObject(string json, Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != Column))
            property.WriteTo(writer);
    }

    private void CopyFields(IReadOnlyList<string> fields, Utf8JsonWriter writer)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (columns[i] != Column)
                writer.WriteString(columns[i], fields[i]);
        }
    }
}
