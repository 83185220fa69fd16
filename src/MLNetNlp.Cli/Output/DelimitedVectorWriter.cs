using System.Globalization;
using System.Text;

namespace MLNetNlp.Cli.Output;

/// <summary>Vectors as <c>.csv</c> or <c>.tsv</c>: the columns that were read, then <c>vector</c>, its numbers separated by spaces.</summary>
internal sealed class DelimitedVectorWriter : VectorWriter
{
    private readonly StreamWriter _text;
    private readonly char _separator;
    private readonly int[] _kept;

    public DelimitedVectorWriter(Stream stream, char separator, IReadOnlyList<string> columns)
    {
        _text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        _separator = separator;
        _kept = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i] != Column)];
        DelimitedRow.Write(_text, separator, [.. _kept.Select(i => columns[i]), Column]);
    }

    public override void Write(IReadOnlyList<string> fields, string json, ReadOnlySpan<float> vector)
    {
        var numbers = new StringBuilder();
        foreach (var number in vector)
            numbers.Append(numbers.Length == 0 ? "" : " ").Append(number.ToString("R", CultureInfo.InvariantCulture));
        DelimitedRow.Write(_text, _separator, [.. _kept.Select(i => fields[i]), numbers.ToString()]);
    }

    public override void Dispose() => _text.Dispose();
}
