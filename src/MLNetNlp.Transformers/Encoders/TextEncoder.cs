using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A transformer encoder: token ids in, one vector per token out. The base of every architecture in <see cref="TextEncoders"/>.</summary>
/// <remarks>Names of modules and parameters are the checkpoint's, so that loading is a lookup. Fresh encoders hold no meaningful weights: load them.</remarks>
public abstract class TextEncoder : nn.Module<TokenBatch, EncoderOutput>
{
    private protected TextEncoder(string name, ModelConfig config)
        : base(name)
    {
        if (config.AttentionHeadCount < 1 || config.HiddenSize % config.AttentionHeadCount != 0)
        {
            throw new NotSupportedException(
                $"hidden_size ({config.HiddenSize}) is not a multiple of num_attention_heads ({config.AttentionHeadCount}).");
        }

        Config = config;
    }

    /// <summary>Sizes and settings, as in <c>config.json</c>.</summary>
    public ModelConfig Config { get; }

    /// <summary>Whether there is a pooler, so that <see cref="EncoderFields.PooledOutput"/> can be asked for.</summary>
    public bool HasPooler => Pooler is not null;

    /// <summary>A linear layer over the first token's vector, followed by tanh; null where there is none.</summary>
    private protected Dense? Pooler { get; init; }

    /// <summary>What an adapter puts before every text; null: nothing.</summary>
    internal VirtualTokens? VirtualTokens { get; set; }

    /// <summary>What an adapter does to the embeddings' output; null: nothing.</summary>
    internal InvertibleCoupling? Coupling { get; set; }

    /// <summary>Numbers of a word's embedding: the hidden size in most families.</summary>
    internal long EmbeddingSize => WordTable.shape[1];

    /// <summary>The embeddings of all words.</summary>
    internal Tensor WordTable => ((IAdaptableLayer)Tokens.Words).Weight;

    /// <summary>What a model with a head calls it: "bert".</summary>
    internal string FamilyPrefix => TextEncoders.BaseModelPrefix(Config);

    /// <summary>The embeddings of words, positions and types.</summary>
    private protected abstract TokenEmbeddings Tokens { get; }

    /// <summary>Runs the encoder.</summary>
    /// <param name="batch">Padded texts.</param>
    /// <param name="fields">What is wanted besides the last hidden state.</param>
    /// <exception cref="ArgumentException">The batch is longer than the model's positions, or holds an id outside its vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The pooled output is asked for, but the encoder has no pooler.</exception>
    public EncoderOutput Encode(TokenBatch batch, EncoderFields fields)
    {
        if (batch.Length > Config.MaxSequenceLength)
        {
            throw new ArgumentException($"The batch's longest text has {batch.Length} tokens, but the model has {Config.MaxSequenceLength} positions. "
                + "Truncate the texts.", nameof(batch));
        }

        if (VirtualTokens is { } added && batch.Length + added.Count > Config.MaxSequenceLength)
        {
            throw new ArgumentException($"The batch's longest text has {batch.Length} tokens and the adapter puts {added.Count} virtual tokens (its option "
                + $"{nameof(PromptTuningOptions.Length)}) before it, but the model has {Config.MaxSequenceLength} positions. Shorten the texts "
                + "(TokenizationOptions.MaxLength) or the adapter.", nameof(batch));
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

    /// <summary>The embeddings' output, [batch * length, hidden].</summary>
    private protected abstract Tensor Embed(TokenBatch batch);

    /// <summary>The layers in the order in which they run; one may run several times.</summary>
    private protected abstract IReadOnlyList<EncoderLayer> Layers { get; }

    /// <summary>What each layer's attention gets, from what all of them get: masks, rotations. By default a mask over padding.</summary>
    private protected virtual IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common) =>
        [.. Enumerable.Repeat(common with { Bias = AttentionMasks.Padding(batch, Config.AttentionHeadCount) }, Layers.Count)];

    /// <summary>What follows a layer; by default nothing.</summary>
    /// <param name="layer">The layer's number.</param>
    /// <param name="input">What it got.</param>
    /// <param name="output">What it gave.</param>
    /// <param name="batch">The texts.</param>
    private protected virtual Tensor AfterLayer(int layer, Tensor input, Tensor output, TokenBatch batch) => output;

    /// <summary>What follows the last layer; by default nothing.</summary>
    private protected virtual Tensor Finish(Tensor hidden) => hidden;

    private EncoderOutput Run(TokenBatch batch, EncoderFields fields)
    {
        using var scope = NewDisposeScope();
        var ownLength = batch.Length;
        var virtualTokens = VirtualTokens;
        if (virtualTokens is not null)
            batch = virtualTokens.IsPrefix ? batch.FromPosition(virtualTokens.Count) : batch.After(virtualTokens.Compute(), Config.PaddingTokenId == 0 ? 1 : 0);
        var (size, length) = (batch.BatchSize, batch.Length);
        var states = fields.HasFlag(EncoderFields.HiddenStates) ? new List<Tensor>() : null;
        var attentions = fields.HasFlag(EncoderFields.Attentions) ? new List<Tensor>() : null;
        var inputs = PrepareAttention(batch, new AttentionInput(size, length, training) { Attentions = attentions });
        if (virtualTokens is { IsPrefix: true })
        {
            var prefixes = virtualTokens.ForLayers(Layers.Count, Config.AttentionHeadCount, size);
            inputs = [.. inputs.Select((input, i) => input with { Prefix = prefixes[i] })];
        }

        var hidden = Embed(batch);
        if (Coupling is { } coupling)
            hidden = coupling.Forward(hidden);
        states?.Add(OwnTokens(hidden));
        for (var i = 0; i < Layers.Count; i++)
        {
            var output = Layers[i].Forward(hidden, inputs[i]);
            var next = AfterLayer(i, hidden, output, batch);
            if (!ReferenceEquals(next, output))
                output.Dispose();
            hidden.Dispose();
            hidden = next;
            states?.Add(OwnTokens(hidden));
        }

        hidden = Finish(hidden);
        var all = ByText(hidden);
        var last = OwnTokens(hidden);
        if (states is not null)
            states[^1] = last;
        var pooled = fields.HasFlag(EncoderFields.PooledOutput) ? Pooler!.forward(all.select(1, 0)).tanh() : null;
        return new EncoderOutput
        {
            LastHiddenState = last.MoveToOuterDisposeScope(),
            PooledOutput = pooled?.MoveToOuterDisposeScope(),
            HiddenStates = MoveOut(states),
            Attentions = MoveOut(attentions),
            PromptState = length > ownLength ? all.select(1, 0).MoveToOuterDisposeScope() : null,
        };

        Tensor ByText(Tensor tokens) => tokens.view(size, length, -1);

        // A prompt's virtual tokens are the encoder's own affair: outside, a text has the tokens that it came with.
        Tensor OwnTokens(Tensor tokens) => length > ownLength ? ByText(tokens).narrow(1, length - ownLength, ownLength) : ByText(tokens);
    }

    private static List<Tensor>? MoveOut(List<Tensor>? tensors)
    {
        tensors?.ForEach(tensor => tensor.MoveToOuterDisposeScope());
        return tensors;
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
