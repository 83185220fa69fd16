using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array of numbers of one type, on one device, that may take part in automatic differentiation.</summary>
    /// <remarks>
    /// Owns a native handle. It is freed by <see cref="Dispose()"/>, by the <see cref="DisposeScope"/> that was open when the tensor was made, or at last
    /// by the finaliser.
    /// An operator that libtorch refuses throws <see cref="System.Runtime.InteropServices.ExternalException"/> with the operator's name and its
    /// arguments' types and shapes.
    /// </remarks>
    public partial class Tensor : IDisposable
    {
        // Storage of this size (KiB) or more, when no scope owns the tensor, is told to the garbage collector, which otherwise sees a few bytes only.
        private const int NoticeableKibibytes = 1024;

        private static long s_count;
        private static long s_peak;

        private nint _handle;
        private int _pressure;

        /// <summary>The scope that disposes of this tensor, and the tensor's place in the scope's list.</summary>
        internal DisposeScope? OwningDisposeScope;
        internal int ScopeIndex;

        internal Tensor(nint handle, int ownKibibytes = 0)
        {
            _handle = handle;
            CountUp();
            if (DisposeScopeManager.Current is { } scope)
            {
                scope.Add(this);
            }
            else if (ownKibibytes >= NoticeableKibibytes)
            {
                _pressure = ownKibibytes;
                GC.AddMemoryPressure((long)ownKibibytes << 10);
            }
        }

        private protected Tensor(nint handle, DisposeScope? scope)
        {
            _handle = handle;
            CountUp();
            scope?.Add(this);
        }

        /// <summary>Frees the native tensor if nothing did before.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>The native tensor. Throws <see cref="InvalidOperationException"/> after the tensor was disposed.</summary>
        public nint Handle
        {
            get
            {
                var handle = _handle;
                if (handle == 0)
                    throw new InvalidOperationException("Tensor invalid -- empty handle. It was disposed, by hand or with its dispose scope.");
                return handle;
            }
        }

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>How many tensors are alive in this process.</summary>
        public static long TotalCount => Interlocked.Read(ref s_count);

        /// <summary>The most tensors that were alive at one time.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peak);

        /// <summary>Frees the native tensor. The memory goes when no view of it is left.</summary>
        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                return;
            Native.tb_free(handle);
            Interlocked.Decrement(ref s_count);
            if (_pressure != 0)
                GC.RemoveMemoryPressure((long)_pressure << 10);
            _pressure = 0;
        }

        /// <summary>Hands the native tensor over to the caller; this object is empty afterwards.</summary>
        public nint DecoupleFromNativeHandle() => DecoupleFromNativeHandle(out _);

        /// <summary>Hands the native tensor over to the caller, and says in which scope it was.</summary>
        internal nint DecoupleFromNativeHandle(out DisposeScope? scope)
        {
            scope = OwningDisposeScope;
            scope?.MarkAsDisposed(this);
            GC.SuppressFinalize(this);
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                throw new InvalidOperationException("Tensor invalid -- empty handle.");
            Interlocked.Decrement(ref s_count);
            if (_pressure != 0)
                GC.RemoveMemoryPressure((long)_pressure << 10);
            _pressure = 0;
            return handle;
        }

        /// <summary>Takes the tensor out of its dispose scope, so that it lives until disposed by hand.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope around its own, so that it outlives its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Moves the tensor to another scope; none when null.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope that another tensor is in; none when that one is in none.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Whether both are the same object. To compare values: <see cref="allclose"/>, <see cref="equal"/>, <see cref="eq(Tensor)"/>.</summary>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        /// <inheritdoc/>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>Shape, type and device, such as "[2x3], type = Float32, device = cpu"; empty after the tensor was disposed.</summary>
        public override string ToString() => IsInvalid ? "" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>Another handle on the same native tensor.</summary>
        public Tensor alias() => Ops.Alias.Call(this);

        private static void CountUp()
        {
            var count = Interlocked.Increment(ref s_count);
            var peak = Volatile.Read(ref s_peak);
            while (count > peak)
            {
                var seen = Interlocked.CompareExchange(ref s_peak, count, peak);
                if (seen == peak)
                    break;
                peak = seen;
            }
        }
    }
}
