using Microsoft.ML.Data;

namespace FaqSearchSample;

/// <summary>A question that is asked often, with its answer.</summary>
internal sealed class Entry
{
    /// <summary>Its id.</summary>
    [LoadColumn(0)]
    public string Id { get; set; } = "";

    /// <summary>The question: what is searched.</summary>
    [LoadColumn(2)]
    public string Text { get; set; } = "";

    /// <summary>The answer.</summary>
    [LoadColumn(3)]
    public string Answer { get; set; } = "";
}
