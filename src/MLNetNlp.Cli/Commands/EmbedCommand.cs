using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp embed</c>.</summary>
internal sealed class EmbedCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = ModelOptions.Embedder("The zip of a trained model, or an encoder as it is: the embedded one, a folder, or a hub id.");

    private readonly Option<string> _data = new("--data") { Description = "Rows to embed.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _text = new("--text") { Description = "The file's text column. [default: as when trained]", HelpName = "COL" };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Where the vectors go: .jsonl, .tsv or .csv with the rows' columns, .npy with the numbers alone.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(Option<bool> verbose)
    {
        var self = new EmbedCommand(verbose);
        var command = new Command("embed", "Turn texts into vectors.") { self._model, self._data, self._text, self._output };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var target = parsed.GetValue(_output)!;
        VectorWriter.Check(target);
        using var file = new OutputFile(target, "--output");
        var ml = MlContexts.Create(null, parsed.InvocationConfiguration.Error, parsed.GetValue(verbose));
        var path = parsed.GetValue(_data)!;
        var fileColumns = FileColumns.Of(path);
        using var model = EmbeddingModel.Open(ml, parsed.GetValue(_model)!);

        // The file's own columns travel beside the model's, under names that cannot collide with them.
        List<ViewColumn> columns = [new(model.TextColumn, TextDataViewType.Instance, parsed.GetValue(_text) ?? model.TextColumn)];
        columns.AddRange(fileColumns.Select((name, i) => new ViewColumn($"\0{i}", TextDataViewType.Instance, name, i)));
        columns.Add(new ViewColumn(ViewColumn.JsonHeader, TextDataViewType.Instance, ViewColumn.JsonHeader));
        var embedded = model.Transform(new RecordView([RecordSource.File(path)], columns));
        if (embedded.Schema[model.VectorColumn].Type is not VectorDataViewType { ItemType: var item } || item != NumberDataViewType.Single)
            throw new CliException($"'{parsed.GetValue(_model)}' gives vectors of {embedded.Schema[model.VectorColumn].Type}; vectors of Single are needed here.");
        var rows = Write(embedded, model, file, fileColumns, [.. columns.Skip(1).Select(column => embedded.Schema[column.Name])], cancellation);
        parsed.InvocationConfiguration.Output.WriteLine($"{rows} vectors of {model.Dimension} numbers written to {target}");
        return CommandLine.Done;
    }

    private static long Write(IDataView embedded, EmbeddingModel model, OutputFile file, IReadOnlyList<string> fileColumns, DataViewSchema.Column[] carried,
        CancellationToken cancellation)
    {
        using var cursor = embedded.GetRowCursor([embedded.Schema[model.VectorColumn], .. carried]);
        var readVector = cursor.GetGetter<VBuffer<float>>(cursor.Schema[model.VectorColumn]);
        var getters = carried.Select(column => cursor.GetGetter<ReadOnlyMemory<char>>(column)).ToArray();
        long rows = 0;
        file.Write(stream =>
        {
            using var writer = VectorWriter.Create(stream, file.Path, fileColumns, model.Dimension);
            var (fields, text, vector) = (new string[getters.Length], default(ReadOnlyMemory<char>), default(VBuffer<float>));
            while (cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < fields.Length; i++)
                {
                    getters[i](ref text);
                    fields[i] = text.ToString();
                }

                readVector(ref vector);
                writer.Write(fields[..^1], fields[^1], vector.GetValues());
                rows++;
            }
        });
        return rows;
    }
}
