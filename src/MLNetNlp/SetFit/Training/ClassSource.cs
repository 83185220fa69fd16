using Microsoft.ML;

namespace MLNetNlp;

/// <summary>Labels from a key or Boolean column.</summary>
internal sealed class ClassSource(LabelColumn label) : ILabelSource
{
    public LabelColumn Label => label;

    public IReadOnlyList<string> Names => label.Names;

    public bool AreSeveral => false;

    public IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema) => [schema[label.Column.Name]];

    public Func<bool> Reader(DataViewRow row, ExampleLabels labels)
    {
        var read = label.Reader(row);
        return () =>
        {
            var number = read();
            if (number >= 0)
                labels.Add(number);
            return number >= 0;
        };
    }
}
