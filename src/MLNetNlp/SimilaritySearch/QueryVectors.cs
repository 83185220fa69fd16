using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp;

/// <summary>Queries that are vectors already.</summary>
internal sealed class QueryVectors(DataViewRow row, DataViewSchema.Column column, bool skipsZeros) : IQueryRows
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private readonly List<float> _numbers = [];
    private VBuffer<float> _vector;

    public bool TryAdd()
    {
        _getter(ref _vector);
        var start = _numbers.Count;
        var isZero = true;
        foreach (var number in _vector.DenseValues())
        {
            if (!float.IsFinite(number))
            {
                throw new ArgumentException($"Row {row.Position} of column '{column.Name}' holds {number}, but {SimilaritySearchTransformer.Component} needs "
                    + "finite numbers.");
            }

            isZero &= number == 0;
            _numbers.Add(number);
        }

        if (!isZero || !skipsZeros)
            return true;
        _numbers.RemoveRange(start, _numbers.Count - start);
        return false;
    }

    public float[] Vectors() => [.. _numbers];

    public void Clear() => _numbers.Clear();
}
