using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>What an encoder made of a batch. The tensors belong to the dispose scope that was open when the encoder was called.</summary>
public sealed class EncoderOutput
{
    /// <summary>One vector per token: [batch, length, hidden].</summary>
    public required Tensor LastHiddenState { get; init; }

    /// <summary>One vector per text: [batch, hidden]. Null when not asked for. A prompt's first virtual token is what it is made from.</summary>
    public Tensor? PooledOutput { get; init; }

    /// <summary>The embeddings' output, then each layer's; [batch, length, hidden] each. Null when not asked for.</summary>
    public IReadOnlyList<Tensor>? HiddenStates { get; init; }

    /// <summary>Each layer's attention probabilities; [batch, heads, query, key] each, virtual tokens included. Null when not asked for.</summary>
    public IReadOnlyList<Tensor>? Attentions { get; init; }

    /// <summary>The last hidden state of a prompt's first virtual token, [batch, hidden]; null where no prompt stands before the texts.</summary>
    internal Tensor? PromptState { get; init; }

    /// <summary>The last hidden state at the very first place, [batch, hidden]: [CLS], or, as in PEFT, a prompt's first virtual token.</summary>
    internal Tensor FirstState => PromptState ?? LastHiddenState.select(1, 0);
}
