using MLNetNlp.Cli.Models;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>What is trained: "full", or an adapter as the command line's <c>--adapter</c> names it.</summary>
internal sealed record Kind(string Name, AdapterOptions? Adapter)
{
    /// <summary>The learning rate that suits the kind where none is given.</summary>
    public double LearningRate => Adapter?.DefaultLearningRate ?? TrainingOptions.DefaultLearningRate;

    public static Kind Parse(string text) => new(text, text == "full" ? null : AdapterChoice.Parse(text));
}
