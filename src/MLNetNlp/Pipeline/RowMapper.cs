using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>A transformer on one input schema.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly int[] _required;

    public RowMapper(RowTransformer transformer, DataViewSchema input)
    {
        Transformer = transformer;
        InputSchema = input;
        _required = [.. transformer.RequiredColumns(input).Select(c => c.Index)];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(transformer.OutputColumns(input));
        OutputSchema = builder.ToSchema();
    }

    public RowTransformer Transformer { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>Number of input columns: an output column's index is at least this.</summary>
    public int InputCount => InputSchema.Count;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputCount];
        foreach (var column in dependingColumns)
        {
            if (column.Index < InputCount)
                needed[column.Index] = true;
            else
                Array.ForEach(_required, index => needed[index] = true);
        }

        return [.. InputSchema.Where(c => needed[c.Index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row's schema is not the one that this mapper was made for.", nameof(input));
        return new MappedRow(this, input, Active(activeColumns));
    }

    /// <summary>A flag for each output schema's column.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in columns)
            active[column.Index] = true;
        return active;
    }

    /// <summary>Casts a getter to what the caller asks for.</summary>
    public ValueGetter<T> Getter<T>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<T>
        ?? throw new InvalidOperationException($"Column '{column.Name}' is {OutputSchema[column.Index].Type}; its values cannot be read as {typeof(T)}.");

    /// <summary>Throws when a column was not asked for.</summary>
    public static void CheckActive(bool[] active, DataViewSchema.Column column)
    {
        if (column.Index >= active.Length || !active[column.Index])
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the row or cursor was made, so it has no values.");
    }
}
