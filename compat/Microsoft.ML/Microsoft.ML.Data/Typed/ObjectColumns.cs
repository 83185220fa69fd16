using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The columns that objects of a type give: a schema, and getters over whichever object is the current one.</summary>
internal sealed class ObjectColumns<TRow>
    where TRow : class
{
    private readonly MemberInfo[] _members;

    internal ObjectColumns(SchemaDefinition definition = null)
    {
        definition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        DataViewSchema.Builder builder = new();
        _members = new MemberInfo[definition.Count];
        for (int i = 0; i < _members.Length; i++)
        {
            SchemaDefinition.Column column = definition[i];
            _members[i] = SchemaDefinition.MemberOf(typeof(TRow), column);
            string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
            builder.AddColumn(name, CheckedType(column, name, _members[i]), column.Annotations);
        }

        Schema = builder.ToSchema();
    }

    internal DataViewSchema Schema { get; }

    /// <summary>The getter of a column's value in the object that <paramref name="current"/> gives.</summary>
    internal Delegate Getter(int column, Func<TRow> current)
    {
        MemberInfo member = _members[column];
        Type type = SchemaDefinition.TypeOf(member);
        if (type == typeof(string))
        {
            Func<TRow, string> get = MemberAccess.Getter<TRow, string>(member);
            return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = get(current()).AsMemory());
        }

        if (type == typeof(string[]))
        {
            Func<TRow, string[]> get = MemberAccess.Getter<TRow, string[]>(member);
            return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                string[] texts = get(current()) ?? [];
                VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, texts.Length);
                for (int i = 0; i < texts.Length; i++)
                {
                    editor.Values[i] = texts[i].AsMemory();
                }

                value = editor.Commit();
            });
        }

        string maker = type.IsArray ? nameof(ArrayGetter)
            : Schema[column].Type is VectorDataViewType ? nameof(VectorGetter)
            : Schema[column].Type is KeyDataViewType ? nameof(KeyGetter)
            : nameof(PlainGetter);
        return (Delegate)DataViewExtensions.Invoke(this, maker, SchemaDefinition.ItemTypeOf(member).Item, column, current);
    }

    private static DataViewType CheckedType(SchemaDefinition.Column column, string name, MemberInfo member)
    {
        (Type item, bool isVector) = SchemaDefinition.ItemTypeOf(member);
        DataViewType type = column.ColumnType;
        if (type is null)
        {
            PrimitiveDataViewType itemType = TypeExtensions.PrimitiveType(item);
            return isVector ? new VectorDataViewType(itemType) : itemType;
        }

        if (isVector != type is VectorDataViewType)
        {
            throw Errors.Parameter($"Column '{name}' is supposed to be {(isVector ? "scalar" : "vector")}, but type of associated field "
                + $"'{column.MemberName}' is "
                + (isVector ? "vector" : "scalar"), "userSchemaDefinition");
        }

        if (type.ItemType().RawType != item)
        {
            throw Errors.Parameter($"Column '{name}' is supposed to have item type {type.ItemType().RawType}, but associated field has type {item}",
                "userSchemaDefinition");
        }

        return type;
    }

    private ValueGetter<VBuffer<T>> ArrayGetter<T>(int column, Func<TRow> current)
    {
        Func<TRow, T[]> get = MemberAccess.Getter<TRow, T[]>(_members[column]);
        return (ref VBuffer<T> value) =>
        {
            T[] items = get(current()) ?? [];
            VBuffer<T>.Copy(items, 0, ref value, items.Length);
        };
    }

    private ValueGetter<VBuffer<T>> VectorGetter<T>(int column, Func<TRow> current)
    {
        Func<TRow, VBuffer<T>> get = MemberAccess.Getter<TRow, VBuffer<T>>(_members[column]);
        return (ref VBuffer<T> value) => get(current()).CopyTo(ref value);
    }

    private ValueGetter<T> PlainGetter<T>(int column, Func<TRow> current)
    {
        Func<TRow, T> get = MemberAccess.Getter<TRow, T>(_members[column]);
        return (ref T value) => value = get(current());
    }

    // Objects count keys from 0; what is beyond the last key is missing.
    private ValueGetter<T> KeyGetter<T>(int column, Func<TRow> current)
        where T : System.Numerics.INumberBase<T>
    {
        Func<TRow, T> get = MemberAccess.Getter<TRow, T>(_members[column]);
        ulong count = Schema[column].Type.KeyCount();
        return (ref T value) =>
        {
            ulong key = ulong.CreateChecked(get(current()));
            value = key < count ? T.CreateChecked(key + 1) : T.Zero;
        };
    }
}
