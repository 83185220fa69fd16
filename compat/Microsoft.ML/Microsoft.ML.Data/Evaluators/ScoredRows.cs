using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Reads labels and scores.</summary>
internal static class ScoredRows
{
    internal static DataViewSchema.Column Column(IDataView data, string role, string name)
    {
        ArgumentNullException.ThrowIfNull(data);
        Contracts.CheckNonEmpty(name, nameof(name));
        return data.Schema.GetColumnOrNull(name) ?? throw Contracts.Mark(Errors.Parameter($"{name} column '{role}' not found", "schema"));
    }

    internal static void CheckType(DataViewSchema.Column column, string role, bool isRight, string expected)
    {
        if (!isRight)
        {
            throw Contracts.ExceptSchemaMismatch("schema", role, column.Name, expected, column.Type.ToString());
        }
    }

    /// <summary>Labels as numbers: true is 1, a key counts from 0, NaN is missing.</summary>
    internal static ValueGetter<float> LabelGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            return row.GetGetter<float>(column);
        }

        if (column.Type is BooleanDataViewType)
        {
            ValueGetter<bool> get = row.GetGetter<bool>(column);
            bool truth = false;
            return (ref float value) =>
            {
                get(ref truth);
                value = truth ? 1 : 0;
            };
        }

        if (column.Type is KeyDataViewType key)
        {
            return (ValueGetter<float>)DataViewExtensions.InvokeStatic(typeof(ScoredRows), nameof(KeyGetter), key.RawType, row, column, key.Count);
        }

        ValueGetter<double> getDouble = row.GetGetter<double>(column);
        double number = 0;
        return (ref float value) =>
        {
            getDouble(ref number);
            value = (float)number;
        };
    }

    private static ValueGetter<float> KeyGetter<T>(DataViewRow row, DataViewSchema.Column column, ulong count)
        where T : INumberBase<T>
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T key = default;
        return (ref float value) =>
        {
            get(ref key);
            ulong index = ulong.CreateChecked(key);
            value = index > 0 && index <= count ? index - 1 : float.NaN;
        };
    }
}
