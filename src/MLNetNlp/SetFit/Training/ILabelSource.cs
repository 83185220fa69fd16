using Microsoft.ML;

namespace MLNetNlp;

/// <summary>Where the labels of few-shot examples come from.</summary>
internal interface ILabelSource
{
    /// <summary>Text of each class or label.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether an example may have several.</summary>
    bool AreSeveral { get; }

    /// <summary>The columns that are read.</summary>
    IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema);

    /// <summary>Something that adds the label of the row that the cursor is on; false when the row has none.</summary>
    Func<bool> Reader(DataViewRow row, ExampleLabels labels);
}
