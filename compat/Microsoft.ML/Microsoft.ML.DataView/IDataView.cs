namespace Microsoft.ML;

/// <summary>A table of typed columns that is read forward, by cursors, and computed as it is read.</summary>
public interface IDataView
{
    /// <summary>Whether cursors can give the rows in a shuffled order.</summary>
    bool CanShuffle { get; }

    /// <summary>The number of rows, or null when it is not known without reading them.</summary>
    long? GetRowCount();

    /// <summary>A cursor over all rows, in which the needed columns are active; shuffled when <paramref name="rand"/> is given and the view can.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    /// <summary>Up to <paramref name="n"/> cursors which together give every row once.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);

    /// <summary>The columns.</summary>
    DataViewSchema Schema { get; }
}
