namespace Microsoft.ML.Tokenizers;

/// <summary>How a text is to be encoded; <c>new EncodeSettings()</c> normalizes, pre-tokenizes and has no limit.</summary>
public struct EncodeSettings
{
    public EncodeSettings()
    {
    }

    public bool ConsiderPreTokenization { get; set; } = true;

    public bool ConsiderNormalization { get; set; } = true;

    public int MaxTokenCount { get; set; } = int.MaxValue;
}
