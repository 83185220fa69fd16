using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Named, typed facts about a column: a row of values with its own schema.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        /// <summary>No annotations.</summary>
        public static Annotations Empty { get; } = new(new DataViewSchema([], []), []);

        /// <summary>The kinds of annotation, as columns.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>The getter of one kind's value.</summary>
        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            if (column.Index >= _getters.Length)
            {
                throw Errors.Parameter("The column is not one of these annotations.", nameof(column));
            }

            return _getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Invalid call to '{nameof(GetGetter)}': annotation '{column.Name}' is {column.Type}, not "
                    + $"{typeof(TValue)}");
        }

        /// <summary>The value of one kind.</summary>
        /// <exception cref="InvalidOperationException">There is no such kind, or it is of another type.</exception>
        public void GetValue<TValue>(string kind, ref TValue value)
        {
            Column column = Schema.GetColumnOrNull(kind)
                ?? throw new InvalidOperationException($"Invalid call to '{nameof(GetValue)}': there is no annotation '{kind}'");
            GetGetter<TValue>(column)(ref value);
        }

        /// <inheritdoc/>
        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        internal Delegate GetterAt(int index) => _getters[index];

        /// <summary>Collects annotations.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            /// <summary>Takes over those of another set whose names are selected.</summary>
            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                if (annotations is null)
                {
                    return;
                }

                ArgumentNullException.ThrowIfNull(selector);
                foreach (Column column in annotations.Schema.Where(column => selector(column.Name)))
                {
                    _schema.AddColumn(column.Name, column.Type, column.Annotations);
                    _getters.Add(annotations._getters[column.Index]);
                }
            }

            /// <summary>Adds a value that is fetched when asked for.</summary>
            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null) =>
                Add(name, type, (Delegate)getter, annotations);

            /// <summary>Adds a value that is fetched when asked for, by a <see cref="ValueGetter{TValue}"/> of the type's raw type.</summary>
            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(type);
                ArgumentNullException.ThrowIfNull(getter);
                Type needed = typeof(ValueGetter<>).MakeGenericType(type.RawType);
                if (!needed.IsInstanceOfType(getter))
                {
                    throw Errors.Parameter($"The getter of annotation '{name}' must be a {needed}, but is a {getter.GetType()}.", nameof(getter));
                }

                _schema.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }

            /// <summary>Adds a value.</summary>
            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null) =>
                Add(name, type, (ref TValue destination) => destination = value, annotations);

            /// <summary>The annotations.</summary>
            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);
        }
    }
}
