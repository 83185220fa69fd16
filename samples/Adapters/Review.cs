using Microsoft.ML.Data;

namespace AdaptersSample;

internal sealed class Review
{
    [LoadColumn(0)]
    public string Label { get; set; } = "";

    [LoadColumn(2)]
    public string Text { get; set; } = "";
}
