using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Models;

/// <summary>Scores pairs of a file, and writes each row with its score.</summary>
internal static class PairScoring
{
    /// <summary>The column of the score.</summary>
    public const string ScoreColumn = "score";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Scores a file into another, whose extension tells the format; the number of rows.</summary>
    public static long Run(PairModel model, string path, ColumnHeaders headers, OutputFile target, CancellationToken cancellation)
    {
        var fileColumns = FileColumns.Of(path);
        var columns = model.ColumnsToPredict(fileColumns, headers);
        var own = columns.Count;

        // The file's own columns travel beside the model's, under names that cannot collide with them.
        columns.AddRange(fileColumns.Select((name, i) => new ViewColumn($"\0{i}", TextDataViewType.Instance, name, i)));
        columns.Add(new ViewColumn(ViewColumn.JsonHeader, TextDataViewType.Instance, ViewColumn.JsonHeader));
        var scored = model.Transform(new RecordView([RecordSource.File(path)], columns));
        var carried = columns.Skip(own).Select(column => scored.Schema[column.Name]).ToArray();
        var score = scored.Schema[model.ScoreColumn];
        using var cursor = scored.GetRowCursor([score, .. carried]);
        var readScore = cursor.GetGetter<float>(score);
        var getters = Array.ConvertAll(carried, column => cursor.GetGetter<ReadOnlyMemory<char>>(column));
        long rows = 0;
        target.Write(stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            var format = FileFormats.Of(target.Path);
            int[] kept = [.. Enumerable.Range(0, fileColumns.Count).Where(i => fileColumns[i] != ScoreColumn)];
            if (format != FileFormat.JsonLines)
                DelimitedRow.Write(writer, Separator(format), [.. kept.Select(i => fileColumns[i]), ScoreColumn]);
            var (value, number) = (default(ReadOnlyMemory<char>), 0f);
            var fields = new string[getters.Length];
            for (; cursor.MoveNext(); rows++)
            {
                cancellation.ThrowIfCancellationRequested();
                readScore(ref number);
                for (var i = 0; i < fields.Length; i++)
                {
                    getters[i](ref value);
                    fields[i] = value.ToString();
                }

                if (format == FileFormat.JsonLines)
                    writer.WriteLine(JsonLine(fileColumns, fields, number));
                else
                    DelimitedRow.Write(writer, Separator(format), [.. kept.Select(i => fields[i]), number.ToString("0.######", CultureInfo.InvariantCulture)]);
            }
        });
        return rows;
    }

    private static char Separator(FileFormat format) => format == FileFormat.Tsv ? '\t' : ',';

    // An object that was read keeps its properties as they were; fields of other files become strings.
    private static string JsonLine(IReadOnlyList<string> columns, string[] fields, float score)
    {
        var line = fields[^1].Length > 0 ? JsonNode.Parse(fields[^1])!.AsObject() : [];
        if (fields[^1].Length == 0)
        {
            for (var i = 0; i < columns.Count; i++)
                line[columns[i]] = fields[i];
        }

        line[ScoreColumn] = MathF.Round(score, 6);
        return line.ToJsonString(Json);
    }
}
