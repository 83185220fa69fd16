namespace MLNetNlp.Benchmarks.SetFit;

/// <summary>A text with its class.</summary>
internal sealed class Labelled
{
    public string Text { get; set; } = "";

    public string Label { get; set; } = "";
}
