using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Automatic differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>Adds the gradients of the tensors to the <see cref="Tensor.grad"/> of the leaves that they depend on.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward(tensors, grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradient of the tensor to the <see cref="Tensor.grad"/> of the leaves that it depends on.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>
        /// Adds the gradient of the tensor, weighted by another of its shape, to the <see cref="Tensor.grad"/> of the leaves that it depends on.
        /// </summary>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the outputs with respect to the inputs; leaves <see cref="Tensor.grad"/> alone.</summary>
        /// <param name="allow_unused">Whether an input that no output depends on gives null rather than an exception.</param>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            fixed (nint* o = Handles(outputs), w = Handles(grad_outputs), i = Handles(inputs), r = results)
            {
                Native.Check(
                    Native.tb_gradients(
                        o, w, outputs.Count, i, inputs.Count, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r), nameof(grad));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        internal static unsafe void Backward(
            IList<Tensor> tensors, IList<Tensor>? gradients, bool? retainGraph, bool createGraph, IList<Tensor>? inputs)
        {
            var retain = retainGraph is null ? -1 : retainGraph.Value ? 1 : 0;
            fixed (nint* t = Handles(tensors), g = Handles(gradients), i = Handles(inputs))
                Native.Check(Native.tb_backward(t, g, tensors.Count, retain, createGraph ? 1 : 0, i, inputs?.Count ?? 0), nameof(backward));

            GC.KeepAlive(tensors);
            GC.KeepAlive(gradients);
            GC.KeepAlive(inputs);
        }

        private static nint[]? Handles(IList<Tensor>? tensors) => tensors is null || tensors.Count == 0 ? null : [.. tensors.Select(t => t.Handle)];
    }
}
