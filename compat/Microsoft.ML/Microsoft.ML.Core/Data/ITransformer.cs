using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Maps a data view to another.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>The schema of the output for an input's; fails when the input lacks what is needed.</summary>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>The transformed view, computed as it is read.</summary>
    IDataView Transform(IDataView input);

    /// <summary>Whether each row maps to one row, so that <see cref="GetRowToRowMapper"/> works.</summary>
    bool IsRowToRowMapper { get; }

    /// <summary>The mapper of rows of a schema.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
