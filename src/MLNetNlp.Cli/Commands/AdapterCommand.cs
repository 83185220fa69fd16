using System.CommandLine;
using System.Globalization;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp adapter</c>: what to do with the adapter of a trained model, whatever its task.</summary>
internal static class AdapterCommand
{
    private const int MostNames = 12;

    public static Command Create(Option<bool> verbose) => new("adapter", "Work with the adapter of a trained model.")
    {
        CreateInspect(),
        CreateExport(),
        CreateMerge(verbose),
        CreateUnmerge(verbose),
    };

    private static Option<string> Model() => new("--model") { Description = "A model that was trained with --adapter.", HelpName = "FILE.zip", Required = true };

    private static Option<string> OutputZip() => new("--output") { Description = "Where the new zip goes.", HelpName = "FILE.zip", Required = true };

    private static Command CreateInspect()
    {
        var model = Model();
        var command = new Command("inspect", "Say what an adapter is: kind, base model, what trained. The base model is not needed.") { model };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(model)!;
            var adapter = ZippedModel.ReadAdapter(path, files => AdapterDescription.TryRead(files)!);
            foreach (var (name, value) in Facts(adapter))
                parsed.InvocationConfiguration.Output.WriteLine($"{name,-12} {value}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command CreateExport()
    {
        var model = Model();
        var folder = new Option<string>("--output") { Description = "The folder, as Hugging Face PEFT opens it.", HelpName = "DIR", Required = true };
        var command = new Command("export", "Write the adapter alone, with the head: a small part of the model's size.") { model, folder };
        command.SetAction(parsed =>
        {
            var target = parsed.GetValue(folder)!;
            var bytes = ZippedModel.ReadAdapter(parsed.GetValue(model)!, files => Copy(files, target));
            parsed.InvocationConfiguration.Output.WriteLine(FormattableString.Invariant($"saved {target} ({bytes / 1e3:0.0} kB)"));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command CreateMerge(Option<bool> verbose)
    {
        var (model, output) = (Model(), OutputZip());
        var command = new Command("merge", "Make a zip with the adapter merged into the weights: a plain model, which needs no base model.") { model, output };
        command.SetAction(parsed => Convert(parsed, parsed.GetValue(model)!, parsed.GetValue(output)!, AdapterStorage.Merged, parsed.GetValue(verbose)));
        return command;
    }

    private static Command CreateUnmerge(Option<bool> verbose)
    {
        var (model, output) = (Model(), OutputZip());
        var alone = new Option<bool>("--alone") { Description = "Leave the base model out: the zip then needs it where it is loaded." };
        var command = new Command("unmerge", "Make a zip with base model and adapter apart. The base model is needed.") { model, output, alone };
        command.SetAction(parsed => Convert(parsed, parsed.GetValue(model)!, parsed.GetValue(output)!,
            parsed.GetValue(alone) ? AdapterStorage.AdapterOnly : AdapterStorage.BaseAndAdapter, parsed.GetValue(verbose)));
        return command;
    }

    private static int Convert(ParseResult parsed, string path, string target, AdapterStorage storage, bool verbose)
    {
        var console = parsed.InvocationConfiguration.Output;
        // A clear error before anything is loaded.
        var present = ZippedModel.ReadAdapter(path, files => AdapterDescription.TryRead(files)!.Storage);
        if (present == storage)
            throw new CliException($"'{path}' is {Name(storage)} already.");
        using var output = new OutputFile(target, "--output");
        var ml = MlContexts.Create(null, console, verbose);
        var (transformer, input) = SavedModel.Load(ml, path);
        using var disposable = transformer as IDisposable;
        output.Write(stream => ml.Model.Save(transformer, input, stream, storage));
        console.WriteLine(FormattableString.Invariant($"saved {output.Path} ({new FileInfo(output.Path).Length / 1e6:0.0} MB), {Name(storage)}"));
        return CommandLine.Done;
    }

    private static string Name(AdapterStorage? storage) => storage switch
    {
        AdapterStorage.Merged => "merged",
        AdapterStorage.BaseAndAdapter => "base model and adapter",
        AdapterStorage.AdapterOnly => "the adapter alone",
        _ => "not stated",
    };

    private static long Copy(ModelFiles files, string folder)
    {
        Directory.CreateDirectory(folder);
        var bytes = 0L;
        foreach (var name in AdapterFiles.NamesIn(files))
        {
            var content = files.ReadAllBytes(name);
            File.WriteAllBytes(Path.Combine(folder, name), content);
            bytes += content.Length;
        }

        return bytes;
    }

    private static IEnumerable<(string Name, string Value)> Facts(AdapterDescription adapter)
    {
        yield return ("kind", adapter.Kind);
        yield return ("base model", (adapter.BaseModel ?? "not stated") + (adapter.BaseRevision is null ? "" : $" at {adapter.BaseRevision}"));
        yield return ("base SHA-256", adapter.BaseSha256 ?? "not stated");
        yield return ("the zip holds", Name(adapter.Storage));
        yield return ("parameters", string.Create(CultureInfo.InvariantCulture, $"{adapter.ParameterCount:N0} in {adapter.Parameters.Count} tensors, {adapter.Bytes / 1e3:0.0} kB"));
        foreach (var (name, shape) in adapter.Parameters.Take(MostNames))
            yield return ("", $"{name} [{string.Join(", ", shape)}]");
        if (adapter.Parameters.Count > MostNames)
            yield return ("", $"and {adapter.Parameters.Count - MostNames} more");
    }
}
