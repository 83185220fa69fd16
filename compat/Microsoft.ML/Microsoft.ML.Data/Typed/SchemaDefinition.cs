using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the fields and properties of a type map to columns.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>Which members count.</summary>
    [Flags]
    public enum Direction
    {
        /// <summary>Those that can be read.</summary>
        Read = 1,

        /// <summary>Those that can be written.</summary>
        Write = 2,

        /// <summary>All.</summary>
        Both = Read | Write,
    }

    /// <summary>The mapping of a column name; null when there is none.</summary>
    public Column this[string columnName]
    {
        get => this.FirstOrDefault(column => column.ColumnName == columnName);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.ColumnName != columnName)
            {
                throw Errors.Parameter($"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.", nameof(columnName));
            }

            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
            {
                this[index] = value;
            }
            else
            {
                Add(value);
            }
        }
    }

    /// <summary>The mapping that a type's members and their attributes say.</summary>
    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        SchemaDefinition definition = [];
        foreach (MemberInfo member in Members(userType, direction))
        {
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition.Any(column => column.ColumnName == name))
            {
                throw Errors.Parameter($"Duplicate column name '{name}' detected, this is disallowed", nameof(userType));
            }

            definition.Add(new Column(member.Name, ColumnTypeOf(member), name));
        }

        return definition;
    }

    internal static MemberInfo MemberOf(Type type, Column column) =>
        column.MemberName is null
            ? throw Errors.Parameter("Null field name detected in schema definition", "userSchemaDefinition")
            : (MemberInfo)type.GetField(column.MemberName) ?? type.GetProperty(column.MemberName)
                ?? throw Errors.Parameter($"No field or property with name '{column.MemberName}' found in type '{type.FullName}'", "userSchemaDefinition");

    internal static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The raw type of a member's values or, for arrays and <see cref="VBuffer{T}"/>, of their items.</summary>
    internal static (Type Item, bool IsVector) ItemTypeOf(MemberInfo member)
    {
        Type type = TypeOf(member);
        bool isVector = true;
        if (type.IsArray)
        {
            type = type.GetElementType();
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
        {
            type = type.GetGenericArguments()[0];
        }
        else
        {
            isVector = false;
        }

        PrimitiveDataViewType primitive = TypeExtensions.PrimitiveType(type)
            ?? throw new ArgumentOutOfRangeException("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        return (primitive.RawType, isVector);
    }

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<MemberInfo> fields = type.GetFields(flags);
        IEnumerable<MemberInfo> properties = type.GetProperties(flags).Where(property => property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && property.GetGetMethod() is not null)
                || (direction.HasFlag(Direction.Write) && property.GetSetMethod() is not null)));
        return fields.Concat(properties).Where(member => TypeOf(member) != typeof(IChannel) && member.GetCustomAttribute<NoColumnAttribute>() is null);
    }

    private static DataViewType ColumnTypeOf(MemberInfo member)
    {
        (Type item, bool isVector) = ItemTypeOf(member);
        PrimitiveDataViewType itemType = TypeExtensions.PrimitiveType(item);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is KeyTypeAttribute key)
        {
            if (!KeyDataViewType.IsValidDataType(item))
            {
                throw Errors.Parameter($"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type",
                    "userType");
            }

            itemType = key.KeyCount.TypeOf(item);
        }

        VectorTypeAttribute vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (vector is not null && !isVector)
        {
            throw Errors.Parameter($"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type", "userType");
        }

        return !isVector ? itemType : vector?.Dims is { Length: > 0 } sizes ? new VectorDataViewType(itemType, sizes) : new VectorDataViewType(itemType);
    }

    /// <summary>How one member maps to a column.</summary>
    public sealed class Column
    {
        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName;
        }

        /// <summary>The member.</summary>
        public string MemberName { get; }

        /// <summary>The column's name.</summary>
        public string ColumnName { get; set; }

        /// <summary>The column's type.</summary>
        public DataViewType ColumnType { get; set; }

        /// <summary>The column's annotations.</summary>
        public DataViewSchema.Annotations Annotations
        {
            get
            {
                DataViewSchema.Annotations.Builder builder = new();
                foreach ((string kind, AnnotationInfo annotation) in AnnotationInfos)
                {
                    builder.Add(kind, annotation.Type, annotation.Getter);
                }

                return builder.ToAnnotations();
            }
        }

        internal Dictionary<string, AnnotationInfo> AnnotationInfos { get; } = [];

        /// <summary>Adds an annotation.</summary>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            ArgumentNullException.ThrowIfNull(kind);
            ArgumentNullException.ThrowIfNull(annotationType);
            if (!AnnotationInfos.TryAdd(kind, AnnotationInfo.Of(value, annotationType)))
            {
                throw new InvalidOperationException("Column already contains an annotation of this kind.");
            }
        }
    }
}
