using Microsoft.ML;

namespace MLNetNlp.Pipeline;

/// <summary>Data with a transformer's outputs added, computed while rows are read.</summary>
internal sealed class RowMappedView(IDataView source, RowMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Wrap(source.GetRowCursor(mapper.GetDependencies(columns), rand), mapper.Active(columns));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Array.ConvertAll(source.GetRowCursorSet(mapper.GetDependencies(columns), n, rand), cursor => Wrap(cursor, mapper.Active(columns)));
    }

    private DataViewRowCursor Wrap(DataViewRowCursor input, bool[] active)
    {
        try
        {
            return active.AsSpan(mapper.InputCount).Contains(true) ? new LookAheadCursor(mapper, input, active) : new PassThroughCursor(mapper, input, active);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
