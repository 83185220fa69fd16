using Microsoft.Extensions.AI;

namespace MLNetNlp;

/// <summary>A sentence embedder as applications know it that are written against Microsoft.Extensions.AI.</summary>
/// <remarks>Thread-safe. Texts are embedded in batches of like length; between pieces of some hundred texts a cancellation is looked at.</remarks>
internal sealed class SentenceEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int TextsAtOnce = 512;
    private readonly SentenceEmbeddingTransformer _embedder;
    private readonly bool _ownsEmbedder;
    private readonly EmbeddingGeneratorMetadata _metadata;

    public SentenceEmbeddingGenerator(SentenceEmbeddingTransformer embedder, string? modelId, bool ownsEmbedder)
    {
        _embedder = embedder;
        _ownsEmbedder = ownsEmbedder;
        _metadata = new EmbeddingGeneratorMetadata("MLNetNlp", null, modelId, embedder.Dimension);
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var dimensions = options?.Dimensions ?? _embedder.Dimension;
        if (dimensions < 1 || dimensions > _embedder.Dimension)
        {
            throw new ArgumentOutOfRangeException(nameof(options), dimensions,
                $"'{nameof(EmbeddingGenerationOptions.Dimensions)}' is {dimensions}, but the model makes vectors of {_embedder.Dimension}; 1 to as many are needed.");
        }

        return Task.Run(() => Generate(values, dimensions, cancellationToken), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_embedder) ? _embedder
            : null;
    }

    public void Dispose()
    {
        if (_ownsEmbedder)
            _embedder.Dispose();
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(IEnumerable<string> values, int dimensions, CancellationToken cancellation)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        foreach (var texts in values.Chunk(TextsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var vector in _embedder.Embed(texts))
                embeddings.Add(new Embedding<float>(Truncate(vector, dimensions)) { CreatedAt = DateTimeOffset.UtcNow, ModelId = _metadata.DefaultModelId });
        }

        return embeddings;
    }

    // What a model trained with the Matryoshka loss is made for; its vectors keep their length of 1.
    private float[] Truncate(float[] vector, int dimensions)
    {
        if (dimensions == vector.Length)
            return vector;
        var kept = vector[..dimensions];
        var length = Math.Sqrt(kept.Sum(number => (double)number * number));
        if (_embedder.Normalizes && length > 0)
        {
            foreach (ref var number in kept.AsSpan())
                number = (float)(number / length);
        }

        return kept;
    }
}
