using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>What a search gives back of the entries of its corpus, by position in the index. Immutable.</summary>
/// <param name="Ids">Ids, each once.</param>
/// <param name="Texts">Texts; null: there are none.</param>
/// <param name="RowCount">Rows read so far, left-out ones included: the next row's number.</param>
internal sealed record SearchCorpus(IReadOnlyList<string> Ids, IReadOnlyList<string>? Texts, long RowCount)
{
    public const string FileName = "search_corpus.jsonl";

    /// <summary>Writes an object for each entry on a line of its own.</summary>
    public void Save(Func<string, Stream> createFile)
    {
        using var stream = createFile(FileName);
        for (var i = 0; i < Ids.Count; i++)
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("id", Ids[i]);
                if (Texts is not null)
                    json.WriteString("text", Texts[i]);
                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SearchCorpus Load(ModelFiles files, bool hasTexts, long rowCount)
    {
        List<string> ids = [];
        List<string> texts = [];
        using var reader = new StreamReader(files.OpenRead(FileName));
        while (reader.ReadLine() is { } line)
        {
            try
            {
                using var entry = JsonDocument.Parse(line);
                ids.Add(entry.RootElement.GetProperty("id").GetString()!);
                if (hasTexts)
                    texts.Add(entry.RootElement.GetProperty("text").GetString()!);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"'{FileName}' cannot be read at line {ids.Count + 1}: {e.Message}", e);
            }
        }

        return new SearchCorpus(ids, hasTexts ? texts : null, rowCount);
    }
}
