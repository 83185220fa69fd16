namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and persistent buffers by name: the tensors themselves, not copies.</summary>
            /// <param name="destination">Where to add them; a new dictionary when left out.</param>
            /// <param name="prefix">Comes before each name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (name, parameter) in AllParameters(true))
                    destination[Prefixed(name)] = parameter;
                foreach (var (name, buffer) in named_buffers(true, false))
                    destination[Prefixed(name)] = buffer;
                return destination;

                string Prefixed(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <param name="strict">Whether a name that only one side has is an error (<see cref="InvalidOperationException"/>).</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>Names of this module that the source lacks, and names of the source that this module lacks.</returns>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                List<string> missing = [.. destination.Keys.Where(name => !source.ContainsKey(name) && skip?.Contains(name) != true)];
                List<string> unexpected = [.. source.Keys.Where(name => !destination.ContainsKey(name) && skip?.Contains(name) != true)];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException(
                        "The loaded state_dict is not identical to the target dictionary. "
                        + $"Missing: {string.Join(", ", missing)}. Unexpected: {string.Join(", ", unexpected)}.");
                }

                using var _ = no_grad();
                foreach (var (name, target) in destination)
                {
                    if (skip?.Contains(name) == true || !source.TryGetValue(name, out var value))
                        continue;
                    // The real package copies bytes, so a type is not converted there either.
                    if (!value.shape.AsSpan().SequenceEqual(target.shape) || value.dtype != target.dtype)
                    {
                        throw new ArgumentException(
                            $"'{name}' is {value.dtype} [{string.Join(", ", value.shape)}] in the source "
                            + $"and {target.dtype} [{string.Join(", ", target.shape)}] in the module.", nameof(source));
                    }

                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            /// <summary>Moves parameters and buffers to a device and, where they are floating-point numbers, to a type. They stay the same objects.</summary>
            protected virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(device, dtype, non_blocking);

            /// <inheritdoc cref="_to(Device, ScalarType, bool)"/>
            protected virtual Module _to(ScalarType dtype, bool non_blocking) => Move(null, dtype, non_blocking);

            /// <inheritdoc cref="_to(Device, ScalarType, bool)"/>
            protected virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(new Device(deviceType, deviceIndex), null, non_blocking);

            internal Module MoveTo(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                InitializeDevice(device);
                return (device, dtype) switch
                {
                    ({ } d, { } t) => _to(d, t, nonBlocking),
                    ({ } d, null) => _to(d.type, d.index, nonBlocking),
                    (null, { } t) => _to(t, nonBlocking),
                    _ => this,
                };
            }

            private Module Move(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                foreach (var (_, parameter) in _parametersByName)
                    Convert(parameter);
                foreach (var (_, buffer) in _buffersByName)
                    Convert(buffer.Tensor);
                foreach (var module in children())
                    module.MoveTo(device, dtype, nonBlocking);
                return this;

                void Convert(Tensor tensor)
                {
                    var type = dtype is { } t && tensor.is_floating_point() ? t : tensor.dtype;
                    var place = device ?? tensor.device;
                    if (tensor.grad is { } grad)
                    {
                        var moved = grad.to(type, place, non_blocking: nonBlocking);
                        tensor.grad = null;
                        tensor.SetData(tensor.detach().to(type, place, non_blocking: nonBlocking));
                        tensor.grad = moved;
                    }
                    else
                    {
                        tensor.SetData(tensor.detach().to(type, place, non_blocking: nonBlocking));
                    }
                }
            }
        }
    }
}
