using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Scored sentences as one row per word, computed while rows are read.</summary>
internal sealed class UnrolledView : IDataView
{
    internal const string SentenceColumnName = "SentenceIndex";
    internal const string WordColumnName = "WordIndex";

    private readonly IDataView _source;
    private readonly UnrolledColumns _columns;

    public UnrolledView(IDataView source, UnrolledColumns columns)
    {
        (_source, _columns) = (source, columns);
        var key = new KeyDataViewType(typeof(uint), columns.Classes.Count);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(SentenceColumnName, NumberDataViewType.Int64);
        builder.AddColumn(WordColumnName, NumberDataViewType.Int32);
        builder.AddColumn(columns.Label.Column.Name, key, Names(AnnotationNames.KeyValues));
        builder.AddColumn(columns.Predicted.Column.Name, key, Names(AnnotationNames.KeyValues));
        if (columns.Score is { } score)
            builder.AddColumn(score.Name, new VectorDataViewType(NumberDataViewType.Single, columns.Classes.Count), Names(AnnotationNames.SlotNames));
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new bool[Schema.Count];
        foreach (var column in columnsNeeded)
            active[column.Index] = true;
        DataViewSchema.Column?[] inputs =
            [_columns.Label.Column, active[3] ? _columns.Predicted.Column : null, active.Length > 4 && active[4] ? _columns.Score : null];
        return new UnrolledCursor(this, _source.GetRowCursor(inputs.OfType<DataViewSchema.Column>()), _columns, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private DataViewSchema.Annotations Names(string annotation)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        KeyValues.OfText(_columns.Classes).AddTo(builder, annotation);
        return builder.ToAnnotations();
    }
}
