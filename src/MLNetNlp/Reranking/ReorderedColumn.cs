using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp;

/// <summary>A window's values of a vector column, to be given back in another order.</summary>
internal abstract class ReorderedColumn
{
    public static ReorderedColumn Create(DataViewRow input, DataViewSchema.Column column) => (ReorderedColumn)Activator.CreateInstance(
        typeof(Values<>).MakeGenericType(((VectorDataViewType)column.Type).ItemType.RawType), input, column)!;

    /// <summary>Keeps what the input row holds now; the number of values.</summary>
    public abstract int Add();

    public abstract void Clear();

    /// <summary>A getter of the values in an order.</summary>
    /// <param name="row">The number of the current row.</param>
    /// <param name="order">Which value comes at each place.</param>
    public abstract Delegate Getter(Func<int> row, Func<int[]> order);

    private sealed class Values<T>(DataViewRow input, DataViewSchema.Column column) : ReorderedColumn
    {
        private readonly ValueGetter<VBuffer<T>> _getter = input.GetGetter<VBuffer<T>>(column);
        private readonly List<T[]> _rows = [];
        private VBuffer<T> _values;

        public override int Add()
        {
            _getter(ref _values);
            _rows.Add([.. _values.DenseValues()]);
            return _rows[^1].Length;
        }

        public override void Clear() => _rows.Clear();

        public override Delegate Getter(Func<int> row, Func<int[]> order) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var (values, places) = (_rows[row()], order());
            var editor = VBufferEditor.Create(ref value, places.Length);
            for (var i = 0; i < places.Length; i++)
                editor.Values[i] = values[places[i]];
            value = editor.Commit();
        });
    }
}
