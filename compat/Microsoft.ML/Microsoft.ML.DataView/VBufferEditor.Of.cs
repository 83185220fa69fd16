namespace Microsoft.ML.Data;

/// <summary>The buffers of a vector while it is filled; <see cref="Commit"/> makes the vector.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    /// <summary>The explicit values, to be written.</summary>
    public readonly Span<T> Values;

    /// <summary>Their indices, to be written in ascending order; empty when dense.</summary>
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool indicesOnDense, bool newValues, bool newIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || indicesOnDense ? indices.AsSpan(0, count) : default;
        CreatedNewValues = newValues;
        CreatedNewIndices = newIndices;
    }

    /// <summary>Whether the values are in a new buffer.</summary>
    public bool CreatedNewValues { get; }

    /// <summary>Whether the indices are in a new buffer.</summary>
    public bool CreatedNewIndices { get; }

    /// <summary>The vector.</summary>
    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    /// <summary>The vector with fewer explicit values than were asked for.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        if (physicalValuesCount > Values.Length)
        {
            throw Errors.Parameter("Cannot be greater than the count that the editor was created with.", nameof(physicalValuesCount));
        }

        return new VBuffer<T>(_length, physicalValuesCount, _values, _indices);
    }
}
