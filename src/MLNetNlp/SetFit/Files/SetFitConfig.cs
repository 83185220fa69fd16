using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary><c>config_setfit.json</c>: what setfit keeps of a model beside body and head.</summary>
internal static class SetFitConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config_setfit.json";

    /// <summary>Whether vectors are scaled to length 1 before they reach the head; null where there is no file, or it does not say so.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static bool? ReadNormalizes(ModelFiles files)
    {
        using var stream = files.TryOpenRead(FileName);
        if (stream is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.TryGetProperty("normalize_embeddings", out var value) && value.GetBoolean() ? true : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{files.NameOf(FileName)}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public static void Save(bool normalizes, IReadOnlyList<string> labels, Func<string, Stream> createFile)
    {
        using var stream = createFile(FileName);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteBoolean("normalize_embeddings", normalizes);
        writer.WriteStartArray("labels");
        foreach (var label in labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
