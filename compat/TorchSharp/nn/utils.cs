using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers for training.</summary>
        public static class utils
        {
            /// <summary>
            /// Scales all gradients by one factor so that the norm of them all together is at most <paramref name="max_norm"/>; returns the norm before.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                Tensor[] gradients = [.. tensors.Select(t => t.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                    return 0;
                var norms = stack(gradients.Select(g => g.norm((float)norm_type)));
                var total = (double.IsPositiveInfinity(norm_type) ? norms.max() : norms.norm((float)norm_type)).ToDouble();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                {
                    foreach (var gradient in gradients)
                        Ops.MulScalarInPlace.Run(gradient, factor);
                }

                return total;
            }

            /// <summary>Limits each gradient element to ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                foreach (var gradient in tensors.Select(t => t.grad).OfType<Tensor>())
                    gradient.clamp_((Scalar)(-clip_value), (Scalar)clip_value);
            }
        }
    }
}
