using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector whose buffers are reused: dense (all values), or sparse (values with their ascending indices, the rest default).</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    /// <summary>The logical length.</summary>
    public readonly int Length;

    /// <summary>
    /// A dense vector over the first <paramref name="length"/> of <paramref name="values"/>; <paramref name="indices"/> is only kept as a spare buffer.
    /// </summary>
    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Require(length >= 0, nameof(length));
        Require((values?.Length ?? 0) >= length, nameof(values));
        (Length, _count, _values, _indices) = (length, length, values, indices);
    }

    /// <summary>A vector of <paramref name="count"/> explicit values; sparse when that is less than <paramref name="length"/>.</summary>
    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Require(length >= 0, nameof(length));
        Require(count >= 0 && count <= length, nameof(count));
        Require((values?.Length ?? 0) >= count, nameof(values));
        Require(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    /// <summary>Whether every value is explicit.</summary>
    public bool IsDense => _count == Length;

    /// <summary>The explicit values.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The indices of the explicit values; empty when dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>Copies into a dense vector.</summary>
    public void CopyToDense(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Copies, keeping the density.</summary>
    public void CopyTo(ref VBuffer<T> destination) => CopyTo(ref destination, 0, Length);

    /// <summary>Copies a range, keeping the density.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Require(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex));
        Require(length >= 0 && sourceIndex <= Length - length, nameof(length));
        int from = sourceIndex;
        int to = sourceIndex + length;
        if (!IsDense)
        {
            from = FirstAtOrAfter(from);
            to = FirstAtOrAfter(to);
        }

        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length, to - from);
        _values.AsSpan(from, to - from).CopyTo(editor.Values);
        for (int i = 0; i < editor.Indices.Length; i++)
        {
            editor.Indices[i] = _indices[from + i] - sourceIndex;
        }

        destination = editor.Commit();
    }

    /// <summary>Copies all values, explicit or not.</summary>
    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Copies all values to a place in a span, with <paramref name="defaultValue"/> where none is explicit.</summary>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        if (destinationIndex < 0 || destinationIndex > destination.Length - Length)
        {
            throw Errors.Parameter("Not large enough to hold these values.", nameof(destination));
        }

        Span<T> target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }

        target.Fill(defaultValue);
        for (int i = 0; i < _count; i++)
        {
            target[_indices[i]] = _values[i];
        }
    }

    /// <summary>Fills a dense vector from a range of an array.</summary>
    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        int available = source?.Length ?? 0;
        Require(length >= 0 && length <= available, nameof(length));
        Require(sourceIndex >= 0 && sourceIndex <= available - length, nameof(sourceIndex));
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>The pairs of index and value: the explicit ones, or all.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        VBuffer<T> self = this;
        return all || IsDense
            ? DenseValues().Select((value, index) => KeyValuePair.Create(index, value))
            : Enumerable.Range(0, _count).Select(i => KeyValuePair.Create(self._indices[i], self._values[i]));
    }

    /// <summary>All values in order, explicit or not.</summary>
    public IEnumerable<T> DenseValues()
    {
        int next = 0;
        for (int i = 0; i < Length; i++)
        {
            if (IsDense)
            {
                yield return _values[i];
            }
            else if (next < _count && _indices[next] == i)
            {
                yield return _values[next++];
            }
            else
            {
                yield return default;
            }
        }
    }

    /// <summary>The value at an index.</summary>
    public T GetItemOrDefault(int index)
    {
        Require(index >= 0 && index < Length, nameof(index));
        if (IsDense)
        {
            return _values[index];
        }

        int at = Array.BinarySearch(_indices, 0, _count, index);
        return at >= 0 ? _values[at] : default;
    }

    /// <summary>The value at an index.</summary>
    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    /// <summary>Enumerates the underlying values, as collection debuggers and assertions want it.</summary>
    public IEnumerator GetEnumerator() => (_values ?? []).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> Edit(int length, int count, int? capacityLimit, bool keepOld, bool indicesOnDense)
    {
        Require(length >= 0, nameof(length));
        Require(count >= 0 && count <= length, nameof(count));
        T[] values = Grow(_values, count, capacityLimit, keepOld, out bool newValues);
        int[] indices = _indices;
        bool newIndices = false;
        if (count < length || indicesOnDense)
        {
            indices = Grow(_indices, count, capacityLimit, keepOld, out newIndices);
        }

        return new VBufferEditor<T>(length, count, values, indices, indicesOnDense, newValues, newIndices);
    }

    internal VBufferEditor<T> Edit() => Edit(Length, _count, null, keepOld: true, indicesOnDense: false);

    private int FirstAtOrAfter(int index)
    {
        int at = _count == 0 ? 0 : Array.BinarySearch(_indices, 0, _count, index);
        return at >= 0 ? at : ~at;
    }

    private static TItem[] Grow<TItem>(TItem[] buffer, int size, int? limit, bool keepOld, out bool isNew)
    {
        isNew = (buffer?.Length ?? 0) < size;
        if (!isNew)
        {
            return buffer;
        }

        // Doubling keeps a cursor whose vectors grow by one from allocating in every row.
        int capacity = Math.Max(size, Math.Min(limit ?? int.MaxValue, Math.Max(4, (buffer?.Length ?? 0) * 2)));
        TItem[] grown = new TItem[capacity];
        if (keepOld)
        {
            buffer?.CopyTo(grown, 0);
        }

        return grown;
    }

    private static void Require(bool condition, string parameter)
    {
        if (!condition)
        {
            throw Errors.Parameter("The value is out of range.", parameter);
        }
    }
}
