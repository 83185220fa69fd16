using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The label: which classes it has, and how a row's class is read.</summary>
/// <param name="Column">The column.</param>
/// <param name="Names">Text of each class.</param>
/// <param name="Values">A key's values; null for a key without, and for Booleans.</param>
internal sealed record LabelColumn(DataViewSchema.Column Column, IReadOnlyList<string> Names, KeyValues? Values)
{
    /// <summary>Reads the class of the row that the cursor is on, from 0; -1 when the row has no label.</summary>
    public Func<int> Reader(DataViewRow row)
    {
        var column = row.Schema[Column.Name];
        if (column.Type is BooleanDataViewType)
        {
            var getter = row.GetGetter<bool>(column);
            var value = false;
            return () =>
            {
                getter(ref value);
                return value ? 1 : 0;
            };
        }

        // Keys count from 1; 0 is missing. A number beyond the key's own count is no class either.
        var key = NumberColumn.KeyReader(row, column);
        return () => key() is var number && number <= (ulong)Names.Count ? (int)number - 1 : -1;
    }
}
