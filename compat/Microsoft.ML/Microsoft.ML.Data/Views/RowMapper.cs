namespace Microsoft.ML.Data;

/// <summary>Maps rows: each output column is an input column passed on, or computed of input columns.</summary>
internal abstract class RowMapper : IRowToRowMapper
{
    // For each output column the index of the input column, or the complement of the index of the computed column.
    private readonly int[] _source;

    /// <summary>
    /// All input columns and the computed ones: those with a new name at the end, the others just after the last column of their name, which they hide.
    /// </summary>
    protected RowMapper(DataViewSchema inputSchema, IReadOnlyList<DataViewSchema.DetachedColumn> computed)
        : this(inputSchema, computed, Order(inputSchema, computed))
    {
    }

    /// <summary>Some input columns.</summary>
    protected RowMapper(DataViewSchema inputSchema, IEnumerable<int> kept)
        : this(inputSchema, [], [.. kept])
    {
    }

    private RowMapper(DataViewSchema inputSchema, IReadOnlyList<DataViewSchema.DetachedColumn> computed, int[] source)
    {
        InputSchema = inputSchema;
        DataViewSchema.Builder builder = new();
        builder.AddColumns(source.Select(index => index >= 0 ? new DataViewSchema.DetachedColumn(inputSchema[index]) : computed[~index]));
        OutputSchema = builder.ToSchema();
        _source = source;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        IEnumerable<int> inputs = dependingColumns.SelectMany(column =>
            _source[column.Index] is >= 0 and int index ? [index] : InputsOf(~_source[column.Index]));
        return [.. inputs.Distinct().Order().Select(index => InputSchema[index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema != InputSchema)
        {
            throw Errors.Parameter("The row's schema is not the mapper's input schema.", nameof(input));
        }

        return new MappedRow(new Mapping(this, input, activeColumns));
    }

    internal DataViewRowCursor GetCursor(DataViewRowCursor input, IReadOnlyCollection<DataViewSchema.Column> active) =>
        new MappedCursor(input, new Mapping(this, input, active));

    /// <summary>The input columns that a computed column needs.</summary>
    protected abstract IEnumerable<int> InputsOf(int computed);

    /// <summary>The getter of a computed column over an input row.</summary>
    protected abstract Delegate CreateGetter(DataViewRow input, int computed);

    private static int[] Order(DataViewSchema inputSchema, IReadOnlyList<DataViewSchema.DetachedColumn> computed)
    {
        List<int> source = [.. Enumerable.Range(0, inputSchema.Count)];
        for (int i = 0; i < computed.Count; i++)
        {
            int last = source.FindLastIndex(index => (index >= 0 ? inputSchema[index].Name : computed[~index].Name) == computed[i].Name);
            source.Insert(last < 0 ? source.Count : last + 1, ~i);
        }

        return [.. source];
    }

    private sealed class Mapping
    {
        private readonly RowMapper _mapper;
        private readonly bool[] _active;
        private readonly Delegate[] _getters;

        internal Mapping(RowMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
        {
            _mapper = mapper;
            Input = input;
            _active = new bool[mapper.OutputSchema.Count];
            _getters = new Delegate[_active.Length];
            foreach (DataViewSchema.Column column in active)
            {
                _active[column.Index] = true;
            }
        }

        internal DataViewRow Input { get; }

        internal DataViewSchema Schema => _mapper.OutputSchema;

        internal bool IsActive(DataViewSchema.Column column) => _active[column.Index];

        internal ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(_active[column.Index], $"Column '{column.Name}' is not active");
            int source = _mapper._source[column.Index];
            if (source >= 0)
            {
                return Input.GetGetter<TValue>(Input.Schema[source]);
            }

            Delegate getter = _getters[column.Index] ??= _mapper.CreateGetter(Input, ~source);
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }
    }

    private sealed class MappedRow(Mapping mapping) : DataViewRow
    {
        public override DataViewSchema Schema => mapping.Schema;

        public override long Position => mapping.Input.Position;

        public override long Batch => mapping.Input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => mapping.Input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => mapping.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapping.Getter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                mapping.Input.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class MappedCursor(DataViewRowCursor input, Mapping mapping) : WrappedCursor(input)
    {
        public override DataViewSchema Schema => mapping.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => mapping.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapping.Getter<TValue>(column);
    }
}
