using System.Runtime.InteropServices;
using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom operation's forward pass leaves for its backward pass.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);

            internal AutogradContext()
            {
            }

            /// <summary>Keeps something that is no tensor.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>Something that was kept; null when there is no such thing.</summary>
            public object? get_data(string key) => _data.GetValueOrDefault(key);

            /// <summary>Forgets everything.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <inheritdoc cref="Dispose()"/>
            protected virtual void Dispose(bool disposing) => _data.Clear();
        }

        /// <summary>An operation whose gradient is its own affair.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            private protected static readonly T Instance = new();

            /// <summary>What errors call it.</summary>
            public abstract string Name { get; }
        }

        /// <summary>An operation that makes one tensor, and whose gradient is its own affair. Call <see cref="apply"/>, which makes it part of the graph.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Computes the tensor.</summary>
            /// <param name="vars">What <see cref="forward"/> gets; those that are tensors are the operation's inputs.</param>
            public static unsafe Tensor apply(params object[] vars)
            {
                var context = new AutogradContext();
                Tensor output;
                using (no_grad())
                    output = Instance.forward(context, vars);
                var inputs = vars.OfType<Tensor>().ToArray();
                if (!is_grad_enabled() || !inputs.Any(t => t.requires_grad))
                    return output;
                var node = new CustomNode(Instance.Name, [.. vars.Select(v => v is Tensor)], gradient => Instance.backward(context, gradient));
                fixed (nint* i = Handles(inputs))
                    Native.Check(Native.tb_connect(output.Handle, i, inputs.Length, &CustomNode.Apply, &CustomNode.Release, node.State), Instance.Name);
                GC.KeepAlive(inputs);
                return output;
            }

            /// <summary>Computes the tensor, without a graph.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>The gradient of each of the forward pass's arguments, null for those that have none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);
        }

        /// <summary>What the graph holds of a custom operation, until it lets go of it.</summary>
        private sealed class CustomNode
        {
            private readonly string _name;
            private readonly bool[] _isTensor;
            private readonly Func<Tensor, List<Tensor>> _backward;

            public CustomNode(string name, bool[] isTensor, Func<Tensor, List<Tensor>> backward)
            {
                (_name, _isTensor, _backward) = (name, isTensor, backward);
                State = GCHandle.ToIntPtr(GCHandle.Alloc(this));
            }

            public nint State { get; }

            [UnmanagedCallersOnly]
            public static unsafe int Apply(nint state, nint* gradients, int count, nint* results, int resultCount)
            {
                try
                {
                    ((CustomNode)GCHandle.FromIntPtr(state).Target!).Run(new Tensor(gradients[0]), new Span<nint>(results, resultCount));
                    return 0;
                }
                catch (Exception e)
                {
                    fixed (byte* text = Encoding.UTF8.GetBytes(e.Message + '\0'))
                        Native.tb_fail(text);
                    return -1;
                }
            }

            [UnmanagedCallersOnly]
            public static void Release(nint state) => GCHandle.FromIntPtr(state).Free();

            private void Run(Tensor gradient, Span<nint> results)
            {
                var found = _backward(gradient);
                if (found.Count != _isTensor.Length)
                    throw new NotImplementedException($"Function {_name} returned an incorrect number of gradients (expected {_isTensor.Length}), got {found.Count}");
                var next = 0;
                for (var i = 0; i < found.Count; i++)
                {
                    if (!_isTensor[i])
                        continue;
                    if (found[i] is { } own)
                        results[next] = Native.Check(Native.tb_share(own.Handle), _name);
                    GC.KeepAlive(found[i]);
                    next++;
                }
            }
        }
    }
}
