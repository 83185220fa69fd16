namespace Microsoft.ML;

/// <summary>Makes a data view of a source, such as files.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    /// <summary>The view of a source, read as it is asked for.</summary>
    IDataView Load(TSource input);

    /// <summary>The schema of the views.</summary>
    DataViewSchema GetOutputSchema();
}
