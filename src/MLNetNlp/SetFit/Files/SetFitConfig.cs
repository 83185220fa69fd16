using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary><c>config_setfit.json</c>: what setfit keeps of a model beside body and head.</summary>
/// <param name="NormalizeEmbeddings">Whether vectors are scaled to length 1 before they reach the head.</param>
/// <param name="Labels">The classes in the order of the head's outputs; null: not kept.</param>
internal sealed record SetFitConfig(bool NormalizeEmbeddings, IReadOnlyList<string>? Labels)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config_setfit.json";

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SetFitConfig? TryRead(ModelFiles files)
    {
        using var stream = files.TryOpenRead(FileName);
        if (stream is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            var normalize = root.TryGetProperty("normalize_embeddings", out var value) && value.GetBoolean();
            string[]? labels = root.TryGetProperty("labels", out var names) && names.ValueKind == JsonValueKind.Array
                ? [.. names.EnumerateArray().Select(n => n.ToString())]
                : null;
            return new SetFitConfig(normalize, labels);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{files.NameOf(FileName)}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Save(Func<string, Stream> createFile)
    {
        using var stream = createFile(FileName);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteBoolean("normalize_embeddings", NormalizeEmbeddings);
        writer.WriteStartArray("labels");
        foreach (var label in Labels ?? [])
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
