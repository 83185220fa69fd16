namespace MLNetNlp;

/// <summary>An example made of its label's name.</summary>
public sealed class TemplatedExample
{
    /// <summary>The label.</summary>
    public string Label { get; set; } = "";

    /// <summary>The template with the label in it.</summary>
    public string Text { get; set; } = "";
}
