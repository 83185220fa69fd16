using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>The vectors of texts in memory.</summary>
internal static class TextVectors
{
    /// <summary>[texts, dimension], row by row; null counts as empty.</summary>
    public static float[] Of(SentenceEmbedder embedder, IReadOnlyList<string?> texts, object owner)
    {
        var tokens = new TokenizedTexts();
        foreach (var text in texts)
        {
            embedder.Tokenizer.AppendIds(text, embedder.MaxLength, tokens.Ids);
            tokens.Commit();
        }

        var vectors = new float[checked(texts.Count * embedder.Dimension)];
        embedder.Embed(tokens, vectors, owner);
        return vectors;
    }
}
