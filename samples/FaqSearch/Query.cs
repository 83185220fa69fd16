using Microsoft.ML.Data;

namespace FaqSearchSample;

/// <summary>Something that somebody asked in words of their own.</summary>
internal sealed class Query
{
    /// <summary>The entry that answers it.</summary>
    [LoadColumn(0)]
    public string RelevantIds { get; set; } = "";

    /// <summary>What was asked.</summary>
    [LoadColumn(1)]
    public string Text { get; set; } = "";
}
