using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>The label column as a loss needs it: what it must hold, and how a row's is read.</summary>
/// <param name="kind">What the loss needs.</param>
/// <param name="name">The column.</param>
/// <param name="check">Names the component in errors.</param>
internal sealed class EmbeddingLabels(EmbeddingLabelKind kind, string name, ColumnCheck check)
{
    private const string Option = nameof(EmbeddingColumns.LabelColumnName);

    /// <summary>What the labels are.</summary>
    public EmbeddingLabelKind Kind => kind;

    /// <summary>Finds and checks the column.</summary>
    public DataViewSchema.Column Find(DataViewSchema schema)
    {
        if (kind == EmbeddingLabelKind.Class && schema.GetColumnOrNull(name) is { Type: KeyDataViewType })
            return check.ClassKey(schema, name, Option);
        return check.Find(schema, name, Option, Needed, Fits);
    }

    /// <summary>Checks the column.</summary>
    public void Check(SchemaShape shape) => check.Find(shape, name, Option, Needed, column => kind switch
    {
        _ when column.IsKey => kind == EmbeddingLabelKind.Class && column.Kind == SchemaShape.Column.VectorKind.Scalar,
        EmbeddingLabelKind.Vector => column.Kind != SchemaShape.Column.VectorKind.VariableVector && column.ItemType == NumberDataViewType.Single,
        _ => column.Kind == SchemaShape.Column.VectorKind.Scalar && Fits(column.ItemType),
    });

    /// <summary>Number of classes; 0 when the label is no class.</summary>
    public int ClassCount(DataViewSchema.Column column) => kind switch
    {
        EmbeddingLabelKind.Binary => 2,
        EmbeddingLabelKind.Class => column.Type is KeyDataViewType key ? (int)key.Count : 2,
        _ => 0,
    };

    /// <summary>Numbers in a label; 0 when it is a class.</summary>
    public int NumberCount(DataViewSchema.Column column) => kind switch
    {
        EmbeddingLabelKind.Score => 1,
        EmbeddingLabelKind.Vector => (column.Type as VectorDataViewType)?.Size ?? 1,
        _ => 0,
    };

    /// <summary>Reads the class of the row that the cursor is on, from 0; -1 when it has none.</summary>
    public Func<int> ClassReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is BooleanDataViewType)
        {
            var getter = row.GetGetter<bool>(row.Schema[name]);
            var value = false;
            return () =>
            {
                getter(ref value);
                return value ? 1 : 0;
            };
        }

        if (column.Type is KeyDataViewType key)
            return new LabelColumn(column, new string[key.Count], null).Reader(row);
        var read = NumberReader(row, column);
        var number = new float[1];
        return () =>
        {
            read(number);
            return float.IsNaN(number[0]) ? -1 : number[0] is 0 or 1 ? (int)number[0] : throw new InvalidDataException(
                FormattableString.Invariant($"column '{name}' is {number[0]}; 0 or 1 is needed."));
        };
    }

    /// <summary>Reads the numbers of the row that the cursor is on; NaN where they are missing.</summary>
    public Action<float[]> NumberReader(DataViewRow row, DataViewSchema.Column column)
    {
        var own = row.Schema[name];
        if (column.Type is VectorDataViewType)
        {
            var getter = row.GetGetter<VBuffer<float>>(own);
            VBuffer<float> values = default;
            return numbers =>
            {
                getter(ref values);
                values.CopyTo(numbers);
            };
        }

        if (column.Type == NumberDataViewType.Double)
            return Scalar<double>(value => (float)value);
        return column.Type is BooleanDataViewType ? Scalar<bool>(value => value ? 1 : 0) : Scalar<float>(value => value);

        Action<float[]> Scalar<T>(Func<T, float> convert)
            where T : unmanaged
        {
            var getter = row.GetGetter<T>(own);
            T value = default;
            return numbers =>
            {
                getter(ref value);
                numbers[0] = convert(value);
            };
        }
    }

    private string Needed => kind switch
    {
        EmbeddingLabelKind.Score => "a column of scores (Single)",
        EmbeddingLabelKind.Binary => "a Boolean column (or 0 and 1)",
        EmbeddingLabelKind.Class => "a key column (MapValueToKey makes one)",
        _ => "a vector of Single of known size, or Single",
    };

    private bool Fits(DataViewType type) => kind switch
    {
        EmbeddingLabelKind.Class => type is KeyDataViewType or BooleanDataViewType,
        EmbeddingLabelKind.Vector => type == NumberDataViewType.Single || type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single,
        _ => type == NumberDataViewType.Single || type == NumberDataViewType.Double || type is BooleanDataViewType,
    };
}
