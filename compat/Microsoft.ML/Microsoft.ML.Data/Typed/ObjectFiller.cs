using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Fills objects from rows.</summary>
internal sealed class ObjectFiller<TRow>
    where TRow : class
{
    private readonly List<(MemberInfo Member, DataViewSchema.Column Column)> _columns = [];

    internal ObjectFiller(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        definition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write);
        foreach (SchemaDefinition.Column mapped in definition)
        {
            MemberInfo member = SchemaDefinition.MemberOf(typeof(TRow), mapped);
            string name = string.IsNullOrEmpty(mapped.ColumnName) ? mapped.MemberName : mapped.ColumnName;
            if (schema.GetColumnOrNull(name) is not DataViewSchema.Column column)
            {
                if (ignoreMissingColumns)
                {
                    continue;
                }

                throw Contracts.ExceptSchemaMismatch("Schema", "", name);
            }

            (Type item, bool isVector) = SchemaDefinition.ItemTypeOf(member);
            if (isVector != column.Type is VectorDataViewType || column.Type.ItemType().RawType != item)
            {
                throw new InvalidOperationException($"Can't bind the IDataView column '{name}' of type '{column.Type}' to field or property "
                    + $"'{member.Name}' of type "
                    + $"'{SchemaDefinition.TypeOf(member).FullName}'.");
            }

            _columns.Add((member, column));
        }
    }

    internal IEnumerable<DataViewSchema.Column> Columns => _columns.Select(column => column.Column);

    /// <summary>What copies the values of a row into an object.</summary>
    internal Action<TRow> Bind(DataViewRow row)
    {
        Action<TRow>[] setters = [.. _columns.Select(column => Setter(row, column.Member, column.Column))];
        return target =>
        {
            foreach (Action<TRow> set in setters)
            {
                set(target);
            }
        };
    }

    private Action<TRow> Setter(DataViewRow row, MemberInfo member, DataViewSchema.Column column)
    {
        Type type = SchemaDefinition.TypeOf(member);
        if (type == typeof(string))
        {
            return ConvertingSetter<ReadOnlyMemory<char>, string>(row, member, column, text => text.ToString());
        }

        if (type == typeof(string[]))
        {
            return ConvertingSetter<VBuffer<ReadOnlyMemory<char>>, string[]>(row, member, column, texts =>
                [.. texts.DenseValues().Select(text => text.ToString())]);
        }

        string maker = type.IsArray ? nameof(ArraySetter) : column.Type is VectorDataViewType ? nameof(VectorSetter) : nameof(PlainSetter);
        return (Action<TRow>)DataViewExtensions.Invoke(this, maker, SchemaDefinition.ItemTypeOf(member).Item, row, member, column);
    }

    private static Action<TRow> ConvertingSetter<TSource, TValue>(DataViewRow row, MemberInfo member, DataViewSchema.Column column,
        Func<TSource, TValue> convert)
    {
        ValueGetter<TSource> get = row.GetGetter<TSource>(column);
        Action<TRow, TValue> set = MemberAccess.Setter<TRow, TValue>(member);
        TSource value = default;
        return target =>
        {
            get(ref value);
            set(target, convert(value));
        };
    }

    private Action<TRow> PlainSetter<T>(DataViewRow row, MemberInfo member, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        Action<TRow, T> set = MemberAccess.Setter<TRow, T>(member);
        T value = default;
        return target =>
        {
            get(ref value);
            set(target, value);
        };
    }

    // An array of the right length that the object already has is filled again.
    private Action<TRow> ArraySetter<T>(DataViewRow row, MemberInfo member, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        Func<TRow, T[]> getOld = CanRead(member) ? MemberAccess.Getter<TRow, T[]>(member) : _ => null;
        Action<TRow, T[]> set = MemberAccess.Setter<TRow, T[]>(member);
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            T[] items = getOld(target);
            if (items is null || items.Length != value.Length)
            {
                items = new T[value.Length];
            }

            value.CopyTo(items);
            set(target, items);
        };
    }

    private Action<TRow> VectorSetter<T>(DataViewRow row, MemberInfo member, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        Func<TRow, VBuffer<T>> getOld = CanRead(member) ? MemberAccess.Getter<TRow, VBuffer<T>>(member) : _ => default;
        Action<TRow, VBuffer<T>> set = MemberAccess.Setter<TRow, VBuffer<T>>(member);
        return target =>
        {
            VBuffer<T> value = getOld(target);
            get(ref value);
            set(target, value);
        };
    }

    private static bool CanRead(MemberInfo member) => member is not PropertyInfo property || property.GetGetMethod() is not null;
}
