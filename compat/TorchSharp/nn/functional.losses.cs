using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a loss does with the losses of the elements.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>-log softmax(input) at the target class.</summary>
            /// <param name="input">Scores [batch, classes] (or [batch, classes, ...]).</param>
            /// <param name="target">Class numbers [batch] (or [batch, ...]), Int64, or probabilities of input's shape.</param>
            /// <param name="weight">One weight a class; the mean is then a weighted one.</param>
            /// <param name="ignore_index">A class number that does not count.</param>
            /// <param name="label_smoothing">How much of the target is spread evenly over all classes, 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0) =>
                Ops.CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Minus the input (log-probabilities) at the target class.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.NllLoss.Call(input, target, weight, (long)reduction);

            /// <summary>(input - target)^2.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.MseLoss.Call(input, target, (long)reduction);

            /// <summary>|input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Ops.L1Loss.Call(input, target, (long)reduction);

            /// <summary>0.5 d^2 / beta where d = |input - target| is below beta, else d - 0.5 beta.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                Ops.SmoothL1Loss.Call(input, target, (long)reduction, beta);

            /// <summary>0.5 d^2 where d = |input - target| is below delta, else delta (d - 0.5 delta).</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                Ops.HuberLoss.Call(input, target, (long)reduction, delta);

            /// <summary>Binary cross-entropy of probabilities.</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.BinaryCrossEntropy.Call(input, target, weight, (long)reduction);

            /// <summary>Binary cross-entropy of scores before the sigmoid.</summary>
            /// <param name="pos_weights">Weight of the positive class.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Ops.BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            /// <summary>target (log target - input), where input holds log-probabilities; target too unless <paramref name="log_target"/> is false.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Ops.KlDiv.Call(input, target, (long)reduction, log_target);

            /// <summary>1 - cos where the target is 1, max(0, cos - margin) where it is -1.</summary>
            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Ops.CosineEmbeddingLoss.Call(input1, input2, target, margin, (long)reduction);
        }
    }
}
