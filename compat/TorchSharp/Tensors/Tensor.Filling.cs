using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Setting all elements. Random draws come from the given generator, else from the device's own, which manual_seed seeds.
    public partial class Tensor
    {
        /// <summary>Sets all elements to 0.</summary>
        public Tensor zero_() => InPlace(Ops.ZeroInPlace);

        /// <summary>Sets all elements to a number.</summary>
        public Tensor fill_(Scalar value) => InPlace(Ops.FillInPlace, value);

        /// <summary>Draws all elements from a normal distribution.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => InPlace(Ops.NormalInPlace, mean, std, generator);

        /// <summary>Draws all elements evenly from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace(Ops.UniformInPlace, from, to, generator);

        /// <summary>Sets each element to 1 with probability <paramref name="p"/>, else to 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace(Ops.BernoulliInPlace, p, generator);

        /// <summary>1 with each element as its probability, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Ops.Bernoulli.Call(this, generator);

        /// <summary>Draws all elements from an exponential distribution.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => InPlace(Ops.ExponentialInPlace, lambda, generator);

        /// <summary>Draws all elements evenly from the whole numbers in [from, to).</summary>
        public Tensor random_(double from, double to, Generator? generator = null) => InPlace(Ops.RandomInPlace, (long)from, (long)to, generator);

        /// <summary>Draws indices with the elements (of each row) as weights.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Ops.Multinomial.Call(this, num_samples, replacement, generator);

        /// <summary>Zeros of this tensor's shape; its type and device unless given.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.ZerosLike.Call(this, dtype, Value.None, device).requires_grad_(requires_grad);

        /// <summary>Ones of this tensor's shape; its type and device unless given.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.OnesLike.Call(this, dtype, Value.None, device).requires_grad_(requires_grad);

        /// <summary>A tensor of this one's shape with whatever is in memory; its type and device unless given.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.EmptyLike.Call(this, dtype, Value.None, device).requires_grad_(requires_grad);

        /// <summary>One number in this tensor's shape; its type and device unless given.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.FullLike.Call(this, value, dtype, Value.None, device).requires_grad_(requires_grad);

        /// <summary>Even draws from [0, 1) in this tensor's shape; its type and device unless given.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.RandLike.Call(this, dtype, Value.None, device).requires_grad_(requires_grad);

        /// <summary>Draws from the standard normal distribution in this tensor's shape; its type and device unless given.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.RandnLike.Call(this, dtype, Value.None, device).requires_grad_(requires_grad);
    }
}
