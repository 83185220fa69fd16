namespace MLNetNlp.Tokenizers.Normalization;

/// <summary>Which of BERT's normalization steps are taken.</summary>
internal readonly record struct NormalizationRules(bool CleanText, bool SeparateIdeographs, bool StripAccents, bool LowerCase)
{
    /// <summary>No step: the text is only cut into words.</summary>
    public static NormalizationRules None => default;

    /// <summary>A number below <see cref="Count"/> that no other rules have.</summary>
    public int Index => (CleanText ? 1 : 0) | (SeparateIdeographs ? 2 : 0) | (StripAccents ? 4 : 0) | (LowerCase ? 8 : 0);

    /// <summary>How many different rules there are.</summary>
    public const int Count = 16;
}
