using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generators of all devices, and returns the CPU's.</summary>
    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.tb_manual_seed(unchecked((ulong)seed)), nameof(manual_seed));
        return Generator.Default;
    }

    /// <summary>Draws a seed from the system, seeds the CPU's generator with it and returns it.</summary>
    public static long seed() => Generator.Default.seed();

    /// <summary>The seed that the CPU's generator was last given.</summary>
    public static long initial_seed() => Generator.Default.initial_seed();

    /// <summary>The state of the CPU's generator, a vector of bytes.</summary>
    public static Tensor get_rng_state() => Generator.Default.get_state();

    /// <summary>Puts the CPU's generator into a state that <see cref="get_rng_state"/> gave.</summary>
    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    /// <summary>The CPU's generator.</summary>
    public static class random
    {
        /// <inheritdoc cref="torch.manual_seed"/>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <inheritdoc cref="torch.seed"/>
        public static long seed() => torch.seed();

        /// <inheritdoc cref="torch.initial_seed"/>
        public static long initial_seed() => torch.initial_seed();

        /// <inheritdoc cref="torch.get_rng_state"/>
        public static Tensor get_rng_state() => torch.get_rng_state();

        /// <inheritdoc cref="torch.set_rng_state"/>
        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator of its own on the CPU.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(device is null || device.type == DeviceType.CPU
                ? Native.Check(Native.tb_generator(seed), nameof(Generator))
                : throw new NotSupportedException($"A generator on '{device}' is not in this stand-in for TorchSharp; only the CPU's."), CPU)
        {
        }

        private Generator(nint handle, Device device) => (_handle, this.device) = (handle, device);

        /// <summary>Frees the native generator if nothing did before.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The CPU's default generator.</summary>
        public static Generator Default { get; } = For(CPU);

        /// <summary>The native generator.</summary>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Where the generator draws.</summary>
        public Device device { get; }

        /// <summary>The state, a vector of bytes.</summary>
        public Tensor get_state() => new(Native.Check(Native.tb_generator_state(Handle), nameof(get_state)));

        /// <summary>Puts the generator into a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            Native.Check(Native.tb_generator_set_state(Handle, value.Handle), nameof(set_state));
            GC.KeepAlive(value);
        }

        /// <summary>Starts the generator from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            Native.Check(Native.tb_generator_set_seed(Handle, unchecked((ulong)seed)), nameof(manual_seed));
            return this;
        }

        /// <summary>Draws a seed from the system, starts the generator from it and returns it.</summary>
        public long seed() => unchecked((long)Native.tb_generator_draw_seed(Handle));

        /// <summary>The seed that the generator was last given.</summary>
        public long initial_seed() => unchecked((long)Native.tb_generator_seed(Handle));

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal static Generator For(Device device) =>
            new(Native.Check(Native.tb_default_generator((int)device.type, device.index), "default generator"), device);

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                Native.tb_free_generator(handle);
        }
    }
}
