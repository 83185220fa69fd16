using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Keys and values that every query of a layer sees before those of the text; they have no position.</summary>
/// <param name="Keys">[batch * heads, count, head size].</param>
/// <param name="Values">As the keys.</param>
internal sealed record KeyValuePrefix(Tensor Keys, Tensor Values);
