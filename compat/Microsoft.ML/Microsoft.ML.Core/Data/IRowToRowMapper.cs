namespace Microsoft.ML.Data;

/// <summary>Maps a row of one schema to a row of another.</summary>
public interface IRowToRowMapper
{
    /// <summary>The schema of the rows taken.</summary>
    DataViewSchema InputSchema { get; }

    /// <summary>The schema of the rows given.</summary>
    DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that some output columns are computed from.</summary>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

    /// <summary>The output row over an input row, in which some columns are active. Disposing it disposes the input.</summary>
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}
