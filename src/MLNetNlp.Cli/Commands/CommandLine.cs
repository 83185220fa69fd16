using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MLNetNlp.Cli.Commands;

/// <summary>The whole command line: parses, runs, and turns every failure into one line and an exit code.</summary>
internal static partial class CommandLine
{
    /// <summary>Exit code: done.</summary>
    public const int Done = 0;

    /// <summary>Exit code: the command was understood and failed, or was stopped.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the command was not understood.</summary>
    public const int WrongUsage = 2;

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show ML.NET's log, and where in the code a failure came from.",
        Recursive = true,
    };

    /// <summary>Runs <c>mlnetnlp</c> with the arguments of a shell.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        // A text to classify may begin with '@', which would else name a file of further arguments.
        var parsed = CreateRoot().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"mlnetnlp: {UsageError(parsed)} (see '{CommandPath(parsed)} --help')");
            return WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,

                // Ctrl+C lets the current step end and its checkpoint be written.
                ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
            };
            return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var cause = CauseOf(e);
            error.WriteLine($"mlnetnlp: {Describe(cause)}");
            if (parsed.GetValue(Verbose))
                error.WriteLine(e);
            return cause is UsageException ? WrongUsage : Failed;
        }
    }

    private static Command CreateRoot()
    {
        var train = new Command("train", "Fine-tune a model and save it as one zip.")
        {
            TrainClassificationCommand.Create(Verbose),
            TrainRegressionCommand.Create(Verbose),
            TrainRankingCommand.Create(Verbose),
            TrainNerCommand.Create(Verbose),
            TrainEmbeddingsCommand.Create(Verbose),
            TrainSetFitCommand.Create(Verbose),
        };
        var benchmark = new Command("benchmark", "Measure a way of training on samples of your own data.")
        {
            BenchmarkSetFitCommand.Create(Verbose),
        };
        var help = new HelpOption();
        help.Action = new ExampleHelpAction((HelpAction)help.Action!);
        var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        // Not a RootCommand: that one is called after the assembly, which cannot have the command's name, for it differs from the library's in nothing but case.
        return new Command("mlnetnlp", "Fine-tunes text models inside ML.NET, measures them, and predicts with the saved zip.")
        {
            train,
            benchmark,
            AdapterCommand.Create(Verbose),
            EvaluateCommand.Create(Verbose),
            PredictCommand.Create(Verbose),
            EmbedCommand.Create(Verbose),
            SearchCommand.Create(Verbose),
            MineCommand.Create(Verbose),
            InspectCommand.Create(),
            NewCommand.Create(),
            Verbose,
            help,
            new VersionOption { Action = new VersionAction(version) },
        };
    }

    private static string UsageError(ParseResult parsed) => parsed switch
    {
        { UnmatchedTokens: [var token, ..] } => $"'{token}' is not understood here.",
        { CommandResult.Command.Subcommands: { Count: > 0 } commands } => $"a command is needed: {string.Join(", ", commands.Select(command => command.Name))}.",
        _ => OneLine(parsed.Errors[0].Message),
    };

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>The exception that tells the user most: ML.NET and tasks wrap what happened inside a cursor.</summary>
    private static Exception CauseOf(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is CliException or UsageException or OperationCanceledException)
                return inner;
        }

        while (e is AggregateException or TargetInvocationException && e.InnerException is not null)
            e = e.InnerException;
        return e;
    }

    private static string Describe(Exception e) => e switch
    {
        OperationCanceledException => "stopped before the end; nothing was saved.",
        OutOfMemoryException => "out of memory; a smaller --batch-size or --max-length needs less.",
        _ => OneLine(ParameterSuffix().Replace(e.Message, "")),
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(\s*Actual value was .*)?$", RegexOptions.Singleline)]
    private static partial Regex ParameterSuffix();
}
