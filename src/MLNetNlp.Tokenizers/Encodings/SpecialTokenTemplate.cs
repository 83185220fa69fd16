namespace MLNetNlp.Tokenizers.Encodings;

/// <summary>What a model wants around a text and around a pair of texts.</summary>
internal sealed class SpecialTokenTemplate(TemplatePiece[] single, TemplatePiece[] pair)
{
    /// <summary>BERT's: [CLS] A [SEP], and [CLS] A [SEP] B [SEP] with type 1 from B on.</summary>
    public static SpecialTokenTemplate Bert(int classificationId, int separatorId)
    {
        TemplatePiece[] single = [TemplatePiece.Special(classificationId, 0), TemplatePiece.Text(0, 0), TemplatePiece.Special(separatorId, 0)];
        return new(single, [.. single, TemplatePiece.Text(1, 1), TemplatePiece.Special(separatorId, 1)]);
    }

    /// <summary>The pieces in order.</summary>
    public ReadOnlySpan<TemplatePiece> Pieces(bool isPair) => isPair ? pair : single;

    /// <summary>How many special tokens are put in.</summary>
    public int SpecialCount(bool isPair)
    {
        var count = 0;
        foreach (var piece in Pieces(isPair))
            count += piece.IsSpecial ? 1 : 0;
        return count;
    }
}
