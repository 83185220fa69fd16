using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded so that a gradient can be computed for it.</summary>
        public bool requires_grad
        {
            get
            {
                var value = Native.tb_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return value;
            }
            set
            {
                Native.Check(Native.tb_set_requires_grad(Handle, value ? 1 : 0), nameof(requires_grad));
                GC.KeepAlive(this);
            }
        }

        /// <summary>Whether the tensor was made by the user, not by an operation that is recorded.</summary>
        public bool is_leaf
        {
            get
            {
                var value = Native.Check(Native.tb_is_leaf(Handle), nameof(is_leaf)) != 0;
                GC.KeepAlive(this);
                return value;
            }
        }

        /// <summary>The gradient that backward passes have added up, or null. Each read makes a new handle on it.</summary>
        public Tensor? grad
        {
            get
            {
                var handle = Native.tb_grad(Handle);
                GC.KeepAlive(this);
                return handle == 0 ? null : new Tensor(handle);
            }
            set
            {
                Native.Check(Native.tb_set_grad(Handle, value is null ? 0 : value.Handle), nameof(grad));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Sets <see cref="requires_grad"/> and returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets <see cref="requires_grad"/> and returns this tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps this tensor's gradient in backward passes although it is not a leaf.</summary>
        public void retain_grad()
        {
            Native.Check(Native.tb_retain_grad(Handle), nameof(retain_grad));
            GC.KeepAlive(this);
        }

        /// <summary>The same values without their history.</summary>
        public Tensor detach() => Ops.Detach.Call(this);

        /// <summary>Cuts this tensor off from its history.</summary>
        public Tensor detach_()
        {
            Ops.DetachInPlace.Run(this);
            return this;
        }

        /// <summary>Adds the gradient of this number with respect to each leaf that it depends on to the leaf's <see cref="grad"/>.</summary>
        public void backward() => autograd.Backward([this], null, null, false, null);

        /// <summary>
        /// Adds the gradient of this tensor, weighted by <paramref name="grad_tensors"/>, to the <see cref="grad"/> of each leaf it depends on.
        /// </summary>
        /// <param name="grad_tensors">One tensor of this tensor's shape; may be left out for a single number.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated in turn.</param>
        /// <param name="retain_graph">Whether the history is kept, so that another backward pass can follow.</param>
        /// <param name="inputs">The leaves to compute gradients for; all when left out.</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null) =>
            autograd.Backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        /// <summary>Gives this tensor another's memory and shape; what it had is freed when nothing else uses it.</summary>
        public Tensor set_(Tensor source) => InPlace(Ops.SetInPlace, source);

        /// <summary>Drops the gradient, or sets it to zero.</summary>
        internal void ClearGrad(bool drop)
        {
            if (drop)
            {
                grad = null;
                return;
            }

            using var own = grad;
            if (own is null)
                return;
            using var _ = no_grad();
            own.detach_().zero_();
        }

        /// <summary>Gives the tensor the values (and shape, type and device) of another and keeps its identity: Python's <c>t.data = other</c>.</summary>
        internal void SetData(Tensor other)
        {
            Native.Check(Native.tb_set_data(Handle, other.Handle), "set_data");
            GC.KeepAlive(this);
            GC.KeepAlive(other);
        }
    }
}
