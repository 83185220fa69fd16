namespace MLNetNlp.Tokenizers.Normalization;

/// <summary>What a UTF-16 code unit does to the word being read.</summary>
internal enum CharacterAction : byte
{
    /// <summary>Belongs to a word, as the character it is mapped to.</summary>
    Word,

    /// <summary>Ends a word and is no part of any.</summary>
    Space,

    /// <summary>Is a word of its own.</summary>
    Punctuation,

    /// <summary>Is a word of its own, and gets spaces around it in the normalized text.</summary>
    Ideograph,

    /// <summary>Is taken out; the word goes on.</summary>
    Skip,

    /// <summary>Half of a surrogate pair, or becomes several characters: see <see cref="CharacterTable.Resolve"/>.</summary>
    Complex,
}
