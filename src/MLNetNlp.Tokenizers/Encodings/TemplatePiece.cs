namespace MLNetNlp.Tokenizers.Encodings;

/// <summary>A special token or one of the texts.</summary>
/// <param name="Id">The special token's id; -1 for a text.</param>
/// <param name="Sequence">Which text: 0 or 1; -1 for a special token.</param>
/// <param name="TypeId">The segment that the model is told.</param>
internal readonly record struct TemplatePiece(int Id, int Sequence, int TypeId)
{
    /// <summary>Whether this is a special token.</summary>
    public bool IsSpecial => Sequence < 0;

    /// <summary>A special token.</summary>
    public static TemplatePiece Special(int id, int typeId) => new(id, -1, typeId);

    /// <summary>A text.</summary>
    public static TemplatePiece Text(int sequence, int typeId) => new(-1, sequence, typeId);
}
