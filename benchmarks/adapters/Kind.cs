using MLNetNlp.Cli.Models;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>What is trained: "full", or an adapter as the command line's <c>--adapter</c> names it.</summary>
internal sealed record Kind(string Name, AdapterOptions? Adapter)
{
    /// <summary>The learning rate that suits the kind where none is given.</summary>
    public double LearningRate => Adapter is null ? 5e-5 : Name.Split(':')[0] switch
    {
        "ia3" => 5e-3,
        "prompt" or "ptuning" or "p-tuning" or "prefix" => 1e-2,
        _ => 1e-3,
    };

    public static Kind Parse(string text) => new(text, text == "full" ? null : AdapterChoice.Parse(text));
}
