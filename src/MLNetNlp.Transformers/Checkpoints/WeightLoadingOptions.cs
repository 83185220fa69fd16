namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>How a checkpoint's tensors are matched with a module's.</summary>
public sealed record WeightLoadingOptions
{
    /// <summary>
    /// Name of the encoder inside a model with a head, without the dot. Default "bert".
    /// A tensor is found whether checkpoint and module both have the prefix, neither, or one of them.
    /// </summary>
    public string BaseModelPrefix { get; init; } = "bert";

    /// <summary>The module's tensors that the checkpoint may lack: full names, or with a final dot everything below ("classifier."). Default: none.</summary>
    public IReadOnlyList<string> MayBeMissing { get; init; } = [];

    /// <summary>
    /// The module's tensors that count as missing, instead of being an error, where the checkpoint has them in another shape (a head for another number
    /// of classes); written as in <see cref="MayBeMissing"/>. Default: none.
    /// </summary>
    public IReadOnlyList<string> MayHaveAnotherShape { get; init; } = [];

    internal bool Allows(string name) => Matches(MayBeMissing, name);

    internal bool AllowsOtherShape(string name) => Matches(MayHaveAnotherShape, name);

    private static bool Matches(IReadOnlyList<string> allowed, string name) =>
        allowed.Any(entry => entry.EndsWith('.') ? name.StartsWith(entry, StringComparison.Ordinal) : name == entry);
}
