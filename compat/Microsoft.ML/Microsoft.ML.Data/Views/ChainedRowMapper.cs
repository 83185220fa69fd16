namespace Microsoft.ML.Data;

/// <summary>Row mappers in a row, as one.</summary>
internal sealed class ChainedRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers is [.., var last] ? last.OutputSchema : inputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Enumerable.Reverse(mappers).Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);

        // What each mapper must give is what the next one needs, so the columns are found from the end, the rows made from the start.
        IEnumerable<DataViewSchema.Column>[] needed = new IEnumerable<DataViewSchema.Column>[mappers.Length];
        IEnumerable<DataViewSchema.Column> columns = activeColumns;
        for (int i = mappers.Length - 1; i >= 0; i--)
        {
            needed[i] = [.. columns];
            columns = mappers[i].GetDependencies(needed[i]);
        }

        DataViewRow row = input;
        for (int i = 0; i < mappers.Length; i++)
        {
            row = mappers[i].GetRow(row, needed[i]);
        }

        return row;
    }
}
