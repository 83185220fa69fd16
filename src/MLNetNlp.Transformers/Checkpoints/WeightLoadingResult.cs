namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>What did not match when a checkpoint was loaded.</summary>
/// <param name="Missing">The module's tensors that were left as they were, among those that may be missing; the module's names.</param>
/// <param name="Unexpected">The checkpoint's tensors that the module has no place for; the checkpoint's names. Position ids, which old checkpoints hold, are
/// not listed.</param>
public sealed record WeightLoadingResult(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);
