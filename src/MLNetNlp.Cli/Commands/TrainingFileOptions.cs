using System.CommandLine;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary>The files of every <c>train</c> command: rows to learn from and to validate on, and where model and figures go.</summary>
/// <param name="train">What the training files hold, "Labelled rows to learn from"; that there may be several is added.</param>
/// <param name="validation">What <c>--validation</c> is for.</param>
/// <param name="heldBack">What <c>--validation-fraction</c> takes its share of; null: there is no such option.</param>
internal sealed class TrainingFileOptions(string train, string validation, string? heldBack = "training rows")
{
    private readonly Option<string[]> _train = new("--train")
    {
        Description = $"{train}; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _validation = new("--validation") { Description = validation, HelpName = "FILE" };

    private readonly Option<double?>? _validationFraction = heldBack is null ? null
        : NumberOptions.RealOrNone("--validation-fraction", $"Hold this share of the {heldBack} back to validate on.", x => x is > 0 and < 1, "a number between 0 and 1");

    private readonly Option<string> _output = new("--output") { Description = "Where the trained model goes.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    /// <summary>Adds the options that say what is read.</summary>
    public void AddInputsTo(Command command)
    {
        command.Options.Add(_train);
        command.Options.Add(_validation);
        if (_validationFraction is not null)
            command.Options.Add(_validationFraction);
    }

    /// <summary>Adds the options that say what is written.</summary>
    public void AddOutputsTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_metrics);
    }

    public IReadOnlyList<string> Train(ParseResult parsed) => parsed.GetValue(_train)!;

    public string? Validation(ParseResult parsed) => parsed.GetValue(_validation);

    public double? ValidationFraction(ParseResult parsed) => _validationFraction is null ? null : parsed.GetValue(_validationFraction);

    /// <summary>Which training rows to validate on; null: none.</summary>
    public SampleSplit? Split(ParseResult parsed, int? seed) => ValidationFraction(parsed) is { } fraction ? new SampleSplit(fraction, seed ?? 0) : null;

    /// <summary>Checks that there is at most one validation set, and one where it is needed.</summary>
    /// <exception cref="UsageException">There is not.</exception>
    public void CheckValidation(ParseResult parsed, bool stopsEarly)
    {
        var (file, fraction) = (Validation(parsed), ValidationFraction(parsed));
        if (file is not null && fraction is not null)
            throw new UsageException("--validation and --validation-fraction exclude each other.");
        if (stopsEarly && file is null && fraction is null)
            throw new UsageException("--early-stopping needs --validation FILE or --validation-fraction X.");
    }

    /// <summary>Proves that the model can be written.</summary>
    public OutputFile OpenOutput(ParseResult parsed) => new(parsed.GetValue(_output)!, "--output");

    /// <summary>Proves that the figures can be written; null: nobody asked for them.</summary>
    public OutputFile? OpenMetrics(ParseResult parsed) => parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
}
