using MLNetNlp.Pipeline;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Sentences;
using TorchSharp;

namespace MLNetNlp;

/// <summary>A sentence encoder with its tokenizer: token ids to vectors, and the sentence-transformers folder of both. Thread-safe; owns the weights.</summary>
internal sealed class SentenceEmbedder : ServedModel
{
    private const int LoadedBatchSize = 32;
    private readonly SentenceEncoder _encoder;
    private readonly BatchRunner _runner;

    public SentenceEmbedder(
        SentenceEncoder encoder, TextTokenizer tokenizer, int maxLength, int batchSize, torch.Device device, int? truncateDimension = null)
        : base(encoder, tokenizer)
    {
        _encoder = encoder;
        MaxLength = maxLength;
        TruncateDimension = truncateDimension;
        torch.nn.Module<TokenBatch, torch.Tensor> module = truncateDimension is { } dimension ? new TruncatedVectors(encoder, dimension) : encoder;
        _runner = new BatchRunner(module, tokenizer.PaddingId, device, batchSize);
    }

    /// <summary>The encoder, for training before anyone uses the embedder.</summary>
    public SentenceEncoder Encoder => _encoder;

    public int MaxLength { get; }

    /// <summary>Numbers that are kept of the encoder's; null: all.</summary>
    public int? TruncateDimension { get; }

    public int Dimension => TruncateDimension ?? _encoder.Dimension;

    public IReadOnlyList<PoolingMode> Pooling => _encoder.Pooling;

    public bool Normalizes => _encoder.Normalizes;

    /// <summary>Computes the vectors of all texts, [texts, <see cref="Dimension"/>], row by row.</summary>
    public void Embed(TokenizedTexts texts, Span<float> vectors, object owner)
    {
        using var use = Enter(owner);
        _runner.Run(texts, vectors);
    }

    /// <summary>Reads what a model zip holds, onto the GPU where there is one.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="maxLength">Most tokens of a text; null: as the folder or its tokenizer says.</param>
    /// <param name="truncateDimension">Numbers to keep of each vector; null: all.</param>
    public static SentenceEmbedder LoadSaved(ModelFiles files, int? maxLength, int? truncateDimension = null)
    {
        Devices.Preload();
        return Load(files, null, null, maxLength, LoadedBatchSize, Devices.Parse("auto"), truncateDimension);
    }

    /// <summary>Reads a folder onto a device.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="pooling">Null: as the folder says.</param>
    /// <param name="normalize">Null: as the folder says.</param>
    /// <param name="maxLength">Most tokens of a text; null: as the folder or its tokenizer says.</param>
    /// <param name="batchSize">Most texts in one forward pass.</param>
    /// <param name="device">Where the weights go.</param>
    /// <param name="truncateDimension">Numbers to keep of each vector; null: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The model has fewer positions than <paramref name="maxLength"/>, or its vectors fewer numbers than are to be kept.
    /// </exception>
    public static SentenceEmbedder Load(
        ModelFiles files, PoolingMode? pooling, bool? normalize, int? maxLength, int batchSize, torch.Device device, int? truncateDimension = null)
    {
        var encoder = SentenceEncoder.Load(files, pooling, normalize);
        try
        {
            using var own = files.Below(encoder.Folder);
            var tokenizer = TextTokenizer.Load(own.TryOpenRead, own.Description);
            ModelChecks.TokenizerFits(tokenizer, encoder.Encoder.Config, files.Description);
            var positions = encoder.Encoder.Config.MaxSequenceLength;
            if (maxLength > positions)
            {
                throw new ArgumentOutOfRangeException(nameof(maxLength), maxLength,
                    $"{nameof(TokenizationOptions)}.{nameof(TokenizationOptions.MaxLength)} is {maxLength}, but model '{files.Description}' has "
                    + $"{positions} positions.");
            }

            if (truncateDimension > encoder.Dimension)
            {
                throw new ArgumentOutOfRangeException(nameof(truncateDimension), truncateDimension,
                    $"'{nameof(SentenceEmbeddingEstimator.Options.TruncateDimension)}' is {truncateDimension}, but the vectors of '{files.Description}' have "
                    + $"{encoder.Dimension} numbers.");
            }

            encoder.to(device);
            ModelAdaptation.AfterLoading(encoder, own);
            var length = maxLength ?? encoder.MaxLength ?? Math.Min(tokenizer.ModelMaxLength ?? positions, positions);
            return new SentenceEmbedder(encoder, tokenizer, length, batchSize, device, truncateDimension);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    protected override void SaveModel(Func<string, Stream> createFile) => _encoder.Save(createFile, MaxLength);
}
