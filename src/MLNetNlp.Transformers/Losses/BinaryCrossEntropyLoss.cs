using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Cross-entropy of independent yes/no scores: multi-label classification.</summary>
/// <remarks><c>loss = mean of -(y log s(x) + (1 - y) log(1 - s(x)))</c> over batch and labels, <c>s</c> the logistic function.</remarks>
public static class BinaryCrossEntropyLoss
{
    /// <summary>The mean loss, a scalar.</summary>
    /// <param name="logits">[batch, labels].</param>
    /// <param name="targets">[batch, labels], float32, 0 to 1.</param>
    public static Tensor Compute(Tensor logits, Tensor targets) => F.binary_cross_entropy_with_logits(logits, targets);
}
