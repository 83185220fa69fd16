using Microsoft.ML.Data;

namespace IntentRoutingSample;

/// <summary>A line of the messages' files.</summary>
internal sealed class Message
{
    /// <summary>The intent.</summary>
    [LoadColumn(0)]
    public string Label { get; set; } = "";

    /// <summary>What was written.</summary>
    [LoadColumn(1)]
    public string Text { get; set; } = "";
}
