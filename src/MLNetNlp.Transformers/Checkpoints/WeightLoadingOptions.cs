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
    /// Whether a tensor of <see cref="MayBeMissing"/> whose shape differs in the checkpoint counts as missing (a head for another number of classes)
    /// instead of being an error. Default false.
    /// </summary>
    public bool SkipMismatched { get; init; }

    internal bool Allows(string name) =>
        MayBeMissing.Any(allowed => allowed.EndsWith('.') ? name.StartsWith(allowed, StringComparison.Ordinal) : name == allowed);
}
