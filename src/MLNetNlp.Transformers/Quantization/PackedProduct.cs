using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Quantization;

/// <summary><c>x W^T</c> with packed W, whose backward pass restores W anew: libtorch would keep every layer's whole weights from the forward pass on.</summary>
internal sealed class PackedProduct : autograd.SingleTensorFunction<PackedProduct>
{
    [ThreadStatic]
    private static Tensor? _last;

    public override string Name => nameof(PackedProduct);

    /// <summary>[..., input] to [..., output].</summary>
    /// <param name="input">A tensor that may need a gradient.</param>
    /// <param name="whole">The weights, restored for this call.</param>
    /// <param name="packed">The same weights, for the backward pass.</param>
    public static Tensor Compute(Tensor input, Tensor whole, QuantizedWeight packed) => apply(input, whole, packed);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data(nameof(QuantizedWeight), vars[2]);
        return F.linear((Tensor)vars[0], (Tensor)vars[1]);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // libtorch takes the result after this returns, and the graph of a large model has many of them before any dispose scope ends: each call frees the one before.
        _last?.Dispose();
        using var scope = NewDisposeScope();
        var packed = (QuantizedWeight)ctx.get_data(nameof(QuantizedWeight))!;
        _last = grad_output.matmul(packed.Dequantize()).DetachFromDisposeScope();
        grad_output.Dispose();
        return [_last, null!, null!];
    }
}
