using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        /// <summary>The singular value decomposition: <c>input = U diag(S) Vh</c>, the values from the largest.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Ops.LinalgSvd.CallForThree(input, fullMatrices);
    }
}
