using MLNetNlp.Transformers.Quantization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A linear layer's weights as a forward pass has them.</summary>
/// <param name="Values">The weights: [output, input].</param>
/// <param name="Packed">What they were restored from; null: they are the layer's own.</param>
internal readonly record struct LinearWeight(Tensor Values, QuantizedWeight? Packed)
{
    /// <summary><c>x W^T + b</c>: [..., input] to [..., output].</summary>
    public Tensor Linear(Tensor input, Tensor? bias)
    {
        if (Packed is null || !input.requires_grad || !is_grad_enabled())
            return F.linear(input, Values, bias);
        var product = PackedProduct.Compute(input, Values, Packed);
        return bias is null ? product : product.add_(bias);
    }
}
