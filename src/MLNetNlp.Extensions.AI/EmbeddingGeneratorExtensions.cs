using Microsoft.Extensions.AI;

namespace MLNetNlp;

/// <summary>Makes Microsoft.Extensions.AI's embedding generators.</summary>
public static class EmbeddingGeneratorExtensions
{
    /// <summary>The embedder as an embedding generator, for vector stores and whatever else is written against Microsoft.Extensions.AI.</summary>
    /// <param name="embedder">The embedder, for example of <c>EmbedSentences(...).Fit(data)</c>.</param>
    /// <param name="modelId">The name that the generator's metadata give; null: none.</param>
    /// <param name="disposesEmbedder">Whether disposing the generator disposes the embedder. Default false.</param>
    /// <returns>
    /// A thread-safe generator. Its metadata say provider <c>MLNetNlp</c> and the dimension; <c>EmbeddingGenerationOptions.Dimensions</c> truncates vectors.
    /// </returns>
    /// <example><code language="csharp">
    /// using var generator = embedder.AsEmbeddingGenerator();
    /// ReadOnlyMemory&lt;float&gt; vector = await generator.GenerateVectorAsync("Where can I reset my password?");
    /// </code></example>
    public static IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator(
        this SentenceEmbeddingTransformer embedder, string? modelId = null, bool disposesEmbedder = false)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        return new SentenceEmbeddingGenerator(embedder, modelId, disposesEmbedder);
    }
}
