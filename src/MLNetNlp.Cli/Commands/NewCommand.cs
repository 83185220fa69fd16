using System.CommandLine;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Scaffolding;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp new</c>.</summary>
internal sealed class NewCommand
{
    private readonly Option<string> _task = ChoiceOptions.OneOf("--task", "What the model is to do.", "classification");
    private readonly Option<string> _data = new("--data") { Description = "Labelled rows, .tsv or .csv; the project trains on them.", HelpName = "FILE", Required = true };
    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The second text column, to classify pairs.", HelpName = "COL" };
    private readonly Option<string> _label = new("--label") { Description = "The label column.", HelpName = "COL", Required = true };
    private readonly Option<string> _output = new("--output") { Description = "The project's folder.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _name = new("--name") { Description = "The model's class and the files' name. [default: the folder's name]", HelpName = "NAME" };

    private readonly Option<string> _model = ModelOptions.Pretrained();

    private readonly Option<int> _epochs = NumberOptions.Whole("--epochs", "Passes over the data.", 1, new TrainingOptions().MaxEpochs);
    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a text or pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);

    private readonly Option<string?> _source = new("--source")
    {
        Description = "A checkout of MLNetNlp to refer to. [default: the one this program was built in, if it is there]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _package = new("--package") { Description = "Refer to the package MLNetNlp of this version instead.", HelpName = "VERSION" };

    public static Command Create()
    {
        var self = new NewCommand();
        var command = new Command("new", "Write a C# project in Model Builder's shape for your own data.")
        {
            self._task, self._data, self._text, self._text2, self._label, self._output, self._name, self._model, self._epochs, self._maxLength, self._source,
            self._package,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_source) is not null && parsed.GetValue(_package) is not null)
            throw new UsageException("--source and --package exclude each other.");
        var output = parsed.InvocationConfiguration.Output;
        var folder = parsed.GetValue(_output)!;
        var template = Template(parsed, folder);
        var files = ProjectFiles.Write(template, folder);
        output.WriteLine($"wrote {string.Join(", ", files)} to {folder}");
        output.WriteLine($"next: dotnet run -c Release --project {folder}");
        return CommandLine.Done;
    }

    private ProjectTemplate Template(ParseResult parsed, string folder)
    {
        var data = parsed.GetValue(_data)!;
        if (FileFormats.Of(data) == FileFormat.JsonLines)
            throw new CliException($"--data: ML.NET's text loader, which the project reads with, does not read '{data}'; a .tsv or .csv file is needed.");
        var columns = ReadColumns(data, parsed.GetValue(_label)!);
        var name = parsed.GetValue(_name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new ProjectTemplate
        {
            Name = Identifiers.Of(name),
            Columns = columns,
            Text = Column(parsed.GetValue(_text))!,
            Text2 = Column(parsed.GetValue(_text2)),
            Label = Column(parsed.GetValue(_label))!,
            DataPath = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(data)).Replace('\\', '/'),
            IsCsv = FileFormats.Of(data) == FileFormat.Csv,
            Model = ModelSource(parsed.GetValue(_model)!),
            Epochs = parsed.GetValue(_epochs),
            MaxLength = parsed.GetValue(_maxLength),
            References = parsed.GetValue(_source) is { } checkout ? LibraryReference.Checkout(checkout)
                : parsed.GetValue(_package) is { } version ? LibraryReference.Packages(version)
                : LibraryReference.Default(),
        };

        ProjectColumn? Column(string? header) =>
            header is not null ? columns[FileColumns.Find($"'{data}'", [.. columns.Select(c => c.Header)], header)] : null;
    }

    /// <summary>The columns, with the values of the first row that has a label. Reads all rows, so that a malformed one is told here and not by the project.</summary>
    private static List<ProjectColumn> ReadColumns(string data, string label)
    {
        using var reader = RecordReader.Open(data);
        var labelIndex = FileColumns.Find($"'{data}'", reader.Columns, label);
        IReadOnlyList<string>? sample = null;
        while (reader.TryRead(out var record))
            sample ??= record.Fields[labelIndex].Length > 0 ? record.Fields : null;
        if (sample is null)
            throw new CliException($"'{data}': no row has a label in column '{label}'.");
        var properties = Identifiers.OfAll(reader.Columns);
        return [.. reader.Columns.Select((header, i) => new ProjectColumn(header, properties[i], sample[i]))];
    }

    private static string ModelSource(string choice)
    {
        // Says now what is wrong with it.
        _ = ModelChoice.Parse(choice);
        if (Directory.Exists(choice))
            return $"PretrainedModel.FromDirectory({Identifiers.Literal(Path.GetFullPath(choice))})";
        if (choice.Equals("mini", StringComparison.OrdinalIgnoreCase))
            return "PretrainedModel.Mini";
        return choice.Split('@') is [var id, var revision]
            ? $"PretrainedModel.FromHub({Identifiers.Literal(id)}, {Identifiers.Literal(revision)})"
            : $"PretrainedModel.FromHub({Identifiers.Literal(choice)})";
    }
}
