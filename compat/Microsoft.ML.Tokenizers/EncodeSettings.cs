namespace Microsoft.ML.Tokenizers;

/// <summary>How a text is to be encoded; <c>new EncodeSettings()</c> has no limit, and neither normalizes nor pre-tokenizes.</summary>
public struct EncodeSettings
{
    public EncodeSettings()
    {
    }

    public bool ConsiderPreTokenization { get; set; }

    public bool ConsiderNormalization { get; set; }

    public int MaxTokenCount { get; set; } = int.MaxValue;
}
