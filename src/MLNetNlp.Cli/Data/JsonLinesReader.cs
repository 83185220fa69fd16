using System.Text.Json;

namespace MLNetNlp.Cli.Data;

/// <summary>
/// One JSON object a line. The columns are the properties of the first hundred objects; a missing property or null is an empty field, and what is not a string is
/// taken as it is written (<c>3</c>, <c>true</c>). Empty lines are passed over.
/// </summary>
internal sealed class JsonLinesReader : RecordReader
{
    private const int LinesThatNameColumns = 100;

    private readonly string _path;
    private readonly StreamReader _text;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private long _line;

    public JsonLinesReader(string path)
    {
        _path = path;
        using (_text = OpenText(path))
            ReadColumns();
        _text = OpenText(path);
        _line = 0;
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool TryRead(out Record record)
    {
        if (NextObject() is not { } json)
        {
            record = default;
            return false;
        }

        using (json)
        {
            var fields = new string[_columns.Count];
            Array.Fill(fields, "");
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (_index.TryGetValue(property.Name, out var column))
                    fields[column] = TextOf(property.Value);
            }

            record = new Record(_line, fields, json.RootElement.GetRawText());
            return true;
        }
    }

    public override void Dispose() => _text.Dispose();

    private void ReadColumns()
    {
        for (var i = 0; i < LinesThatNameColumns && NextObject() is { } json; i++)
        {
            using (json)
            {
                foreach (var property in json.RootElement.EnumerateObject())
                {
                    if (_index.TryAdd(property.Name, _columns.Count))
                        _columns.Add(property.Name);
                }
            }
        }

        if (_columns.Count == 0)
            throw new CliException($"'{_path}' holds no JSON object with a property.");
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private JsonDocument? NextObject()
    {
        string? line;
        do
        {
            line = _text.ReadLine();
            _line++;
        }
        while (line is not null && string.IsNullOrWhiteSpace(line));

        if (line is null)
            return null;
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw Malformed(_path, _line, $"not a JSON object ({e.Message.Split(". LineNumber")[0].TrimEnd('.')}).");
        }

        if (json.RootElement.ValueKind == JsonValueKind.Object)
            return json;
        var kind = json.RootElement.ValueKind;
        json.Dispose();
        throw Malformed(_path, _line, $"each line must be a JSON object, this one is {kind}.");
    }
}
