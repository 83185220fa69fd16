using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Reads columns of vectors and a label of each row, for the evaluators of embeddings.</summary>
/// <param name="component">How errors name the evaluator.</param>
internal sealed class VectorColumns(string component)
{
    private const string Needed = "a vector of Single of known size";

    /// <summary>The vectors of each column, row by row, and the labels. Rows whose label is missing are left out.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">Names, and the parameters that errors name for them.</param>
    /// <param name="label">Makes the reader of a row's label, which says false where it is missing.</param>
    /// <param name="labelColumn">The label's column; null: there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or is no vector, or the vectors differ in size.</exception>
    /// <exception cref="ArgumentException">A number is NaN or infinite; the message names row and column.</exception>
    public VectorRows<TLabel> Read<TLabel>(IDataView data, IReadOnlyList<(string Name, string Option)> columns, DataViewSchema.Column? labelColumn,
        Func<DataViewRow, TryRead<TLabel>>? label)
    {
        DataViewSchema.Column[] found = [.. columns.Select(column => Find(data.Schema, column.Name, column.Option))];
        var dimension = ((VectorDataViewType)found[0].Type).Size;
        foreach (var column in found)
        {
            if (((VectorDataViewType)column.Type).Size != dimension)
            {
                throw new ArgumentOutOfRangeException(nameof(data), $"Column '{column.Name}' is {column.Type}, but column '{found[0].Name}' is {found[0].Type}; "
                    + $"{component} needs vectors of one size.");
            }
        }

        using var cursor = data.GetRowCursor(labelColumn is { } wanted ? [.. found, wanted] : found);
        var getters = Array.ConvertAll(found, column => cursor.GetGetter<VBuffer<float>>(column));
        var vectors = Array.ConvertAll(found, _ => new List<float>());
        var read = label?.Invoke(cursor);
        List<TLabel> labels = [];
        var leftOut = 0;
        VBuffer<float> vector = default;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (read is not null)
            {
                if (!read(out var value))
                {
                    leftOut++;
                    continue;
                }

                labels.Add(value);
            }

            for (var i = 0; i < found.Length; i++)
            {
                getters[i](ref vector);
                foreach (var number in vector.DenseValues())
                {
                    if (!float.IsFinite(number))
                        throw new ArgumentException($"Row {row} of column '{found[i].Name}' holds {number}, but {component} needs finite numbers.", nameof(data));
                    vectors[i].Add(number);
                }
            }
        }

        if (vectors[0].Count == 0)
            throw new ArgumentOutOfRangeException(nameof(data), $"There is no row{(leftOut > 0 ? " with a label" : "")}; {component} has nothing to measure.");
        return new VectorRows<TLabel>(Array.ConvertAll(vectors, list => list.ToArray()), dimension, [.. labels], leftOut);
    }

    private DataViewSchema.Column Find(DataViewSchema schema, string name, string option) => new ColumnCheck(component).Find(schema, name, option, Needed,
        type => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single);

    /// <summary>Reads the current row's label; false where it is missing.</summary>
    public delegate bool TryRead<TLabel>(out TLabel value);
}
