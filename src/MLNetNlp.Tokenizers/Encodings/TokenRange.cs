namespace MLNetNlp.Tokenizers.Encodings;

/// <summary>Some neighbouring tokens of a text.</summary>
internal readonly record struct TokenRange(int Start, int Length);
