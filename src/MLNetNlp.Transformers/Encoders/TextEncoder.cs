using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A transformer encoder: token ids in, one vector per token out. The base of every architecture in <see cref="TextEncoders"/>.</summary>
/// <remarks>Names of modules and parameters are the checkpoint's, so that loading is a lookup. Fresh encoders hold no meaningful weights: load them.</remarks>
public abstract class TextEncoder : nn.Module<TokenBatch, EncoderOutput>
{
    private protected TextEncoder(string name, ModelConfig config)
        : base(name) => Config = config;

    /// <summary>Sizes and settings, as in <c>config.json</c>.</summary>
    public ModelConfig Config { get; }

    /// <summary>Whether there is a pooler, so that <see cref="EncoderFields.PooledOutput"/> can be asked for.</summary>
    public abstract bool HasPooler { get; }

    /// <summary>Runs the encoder.</summary>
    /// <param name="batch">Padded texts.</param>
    /// <param name="fields">What is wanted besides the last hidden state.</param>
    /// <exception cref="ArgumentException">The batch is longer than the model's positions, or holds an id outside its vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The pooled output is asked for, but the encoder has no pooler.</exception>
    public EncoderOutput Encode(TokenBatch batch, EncoderFields fields)
    {
        if (batch.Length > Config.MaxPositionEmbeddings)
        {
            throw new ArgumentException($"The batch's longest text has {batch.Length} tokens, but the model has {Config.MaxPositionEmbeddings} positions. "
                + "Truncate the texts.", nameof(batch));
        }

        if (batch.LargestId >= Config.VocabularySize)
        {
            throw new ArgumentException($"The batch holds token id {batch.LargestId}, but the model's vocabulary has {Config.VocabularySize} entries. "
                + "The tokenizer is not this model's.", nameof(batch));
        }

        if (fields.HasFlag(EncoderFields.PooledOutput) && !HasPooler)
            throw new InvalidOperationException($"{GetType().Name} was built without a pooler, so it has no pooled output.");
        return Run(batch, fields);
    }

    /// <summary>Runs the encoder, with the pooled output where there is a pooler.</summary>
    public override EncoderOutput forward(TokenBatch input) => Encode(input, HasPooler ? EncoderFields.PooledOutput : EncoderFields.None);

    private protected abstract EncoderOutput Run(TokenBatch batch, EncoderFields fields);
}
