using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Sentences;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Learns from texts alone (TSDAE): the vector of a damaged text must say enough for a decoder to write the whole text again.</summary>
/// <remarks>
/// <c>loss = mean over words of -log p(word | words before it, vector of the damaged text)</c>. Inputs: one text; no label; the trainer deletes words from a
/// copy. The decoder shares the encoder's weights but for its attention to the vector and its word predictor, which train along and are left behind. For
/// BERT, RoBERTa and their relatives, with vectors as wide as the hidden size; CLS pooling is what the paper recommends. Wang, Reimers and Gurevych 2021,
/// "TSDAE: Using Transformer-based Sequential Denoising Auto-Encoder for Unsupervised Sentence Embedding Learning".
/// </remarks>
/// <param name="noise">How texts are damaged; null: 60 % of the words are deleted.</param>
public sealed class DenoisingAutoEncoderLoss(DeletionNoise? noise = null) : ISentenceLoss
{
    private TiedDecoder? _decoder;

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(DenoisingAutoEncoderLoss), ["text"]) { Noise = noise ?? new DeletionNoise() };

    /// <inheritdoc/>
    public nn.Module? Weights => _decoder;

    /// <inheritdoc/>
    public ISentenceLoss Prepare(SentenceLossSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.Encoder.Encoder is not BertEncoder { CanDecode: true } encoder)
        {
            throw new ArgumentException($"{nameof(DenoisingAutoEncoderLoss)} needs an encoder of BERT's or RoBERTa's kind with absolute positions and no prompt or "
                + $"prefix, but this one is '{setting.Encoder.Encoder.Config.ModelType}'.", nameof(setting));
        }

        if (setting.Dimension != encoder.Config.HiddenSize)
        {
            throw new ArgumentException($"{nameof(DenoisingAutoEncoderLoss)} needs vectors as wide as the encoder's hidden size, {encoder.Config.HiddenSize}, "
                + $"but they have {setting.Dimension} numbers.", nameof(setting));
        }

        var decoder = new TiedDecoder(encoder, setting.Seed);
        decoder.to(setting.Device);
        return new DenoisingAutoEncoderLoss(Inputs.Noise) { _decoder = decoder };
    }

    /// <inheritdoc/>
    public Tensor Compute(SentenceEncoder encoder, SentenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Columns.Count != 2)
            throw new ArgumentException($"{nameof(DenoisingAutoEncoderLoss)} takes each text damaged and whole, but {batch.Columns.Count} columns were given.");
        using var scope = NewDisposeScope();
        return Compute(encoder.call(batch.Columns[0]), batch.Columns[1]).Loss.MoveToOuterDisposeScope();
    }

    /// <summary>Loss and scores, [batch, length - 1, vocabulary], moved to the outer dispose scope.</summary>
    /// <param name="sentences">Vectors of the damaged texts, [batch, hidden].</param>
    /// <param name="target">The whole texts.</param>
    internal (Tensor Loss, Tensor Logits) Compute(Tensor sentences, TokenBatch target)
    {
        if (_decoder is null)
            throw new InvalidOperationException($"{nameof(DenoisingAutoEncoderLoss)} has no decoder yet: call {nameof(Prepare)} first.");
        using var scope = NewDisposeScope();
        var written = target.Length - 1;
        using var words = new TokenBatch(target.InputIds.narrow(1, 0, written).contiguous());
        var logits = _decoder.Forward(words, sentences);
        // cross_entropy leaves out what is -100.
        var next = target.InputIds.narrow(1, 1, written).masked_fill(target.AttentionMask.narrow(1, 1, written).eq(0), -100);
        var loss = F.cross_entropy(logits.view(-1, logits.shape[2]), next.reshape(-1));
        return (loss.MoveToOuterDisposeScope(), logits.MoveToOuterDisposeScope());
    }
}
