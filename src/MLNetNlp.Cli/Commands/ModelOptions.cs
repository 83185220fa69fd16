using System.CommandLine;

namespace MLNetNlp.Cli.Commands;

/// <summary>The option that says which model a command starts from; the embedded one where it is not given.</summary>
internal static class ModelOptions
{
    /// <summary>A pretrained encoder.</summary>
    public static Option<string> Pretrained(string what = "The pretrained encoder") => Create($"{what}: the embedded one, a folder, or a hub id.", "mini|DIR|org/name");

    /// <summary>A pretrained encoder, or the zip of a trained model.</summary>
    public static Option<string> Embedder(string description) => Create(description, "FILE.zip|mini|DIR|org/name");

    private static Option<string> Create(string description, string form) =>
        new("--model") { Description = description, HelpName = form, DefaultValueFactory = _ => "mini" };
}
