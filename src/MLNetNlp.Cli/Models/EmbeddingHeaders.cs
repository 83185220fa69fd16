namespace MLNetNlp.Cli.Models;

/// <summary>What the columns of a file are called that embeddings are trained on.</summary>
internal sealed record EmbeddingHeaders(string Text, string? Text2, IReadOnlyList<string> Negatives, string? Label)
{
    /// <summary>The text columns in the order of a loss's inputs.</summary>
    public IReadOnlyList<string> Texts => [Text, .. Text2 is null ? [] : new[] { Text2 }, .. Negatives];
}
