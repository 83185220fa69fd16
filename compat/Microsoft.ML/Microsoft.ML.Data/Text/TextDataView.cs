using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The view of text files.</summary>
internal sealed class TextDataView(IHost host, TextFormat format, TextColumn[] columns, DataViewSchema schema, IMultiStreamSource files, long maxRows)
    : IDataView
{
    public DataViewSchema Schema => schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new TextCursor(host, format, columns, schema, files, maxRows, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
