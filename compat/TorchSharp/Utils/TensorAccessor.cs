using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A CPU tensor's elements, read and written in place, in the order of their indices.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
    }

    /// <summary>The number of elements.</summary>
    public long Count => _tensor.numel();

    /// <summary>False: elements can be set.</summary>
    public bool IsReadOnly => false;

    /// <summary>The element at an index for each dimension, or at one index into the elements in order.</summary>
    [SuppressMessage("Usage", "CA2201", Justification = "What the real package throws.")]
    public unsafe T this[params long[] indices]
    {
        get => ((T*)_tensor.DataPointer())[Offset(indices)];
        set => ((T*)_tensor.DataPointer())[Offset(indices)] = value;
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to an array, as many as are left or fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on to a span, as many as are left or fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!_contiguous)
        {
            using var ordered = _tensor.contiguous().DetachFromDisposeScope();
            using var accessor = new TensorAccessor<T>(ordered);
            accessor.CopyTo(array, arrayIndex, tensorIndex);
            return;
        }

        var target = array[arrayIndex..];
        var count = (int)Math.Min(Count - tensorIndex, target.Length);
        Span(tensorIndex, count).CopyTo(target);
        GC.KeepAlive(_tensor);
    }

    /// <summary>Sets elements from <paramref name="tensorIndex"/> on to an array's, as many as are left or there are.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    /// <summary>Sets elements from <paramref name="tensorIndex"/> on to a span's, as many as are left or there are.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(Count - tensorIndex, source.Length);
        if (_contiguous)
        {
            source[..count].CopyTo(Span(tensorIndex, count));
            GC.KeepAlive(_tensor);
            return;
        }

        for (var i = 0; i < count; i++)
            this[tensorIndex + i] = source[i];
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold the same elements in the same order.</summary>
    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && Count == other.Count && ToArray().AsSpan().SequenceEqual(other.ToArray());

    /// <inheritdoc/>
    public override int GetHashCode() => _tensor.GetHashCode();

    /// <summary>Does nothing: the tensor stays.</summary>
    public void Dispose()
    {
    }

    private unsafe Span<T> Span(long start, int count) => new((T*)_tensor.DataPointer() + start, count);

    private long Offset(long[] indices)
    {
        var shape = _tensor.shape;
        if (indices.Length == 1 && shape.Length != 1)
            return OffsetOfPosition(indices[0], shape);
        if (indices.Length != shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.", nameof(indices));
        long offset = 0;
        for (var d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d])
                throw new IndexOutOfRangeException($"Index {indices[d]} of dimension {d}, whose length is {shape[d]}.");
            offset += indices[d] * _strides[d];
        }

        return offset;
    }

    private long OffsetOfPosition(long position, long[] shape)
    {
        if (position < 0 || position >= Count)
            throw new IndexOutOfRangeException($"Index {position} of {Count} elements.");
        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += position % shape[d] * _strides[d];
            position /= shape[d];
        }

        return offset;
    }
}
