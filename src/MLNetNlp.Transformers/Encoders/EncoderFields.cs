namespace MLNetNlp.Transformers.Encoders;

/// <summary>What a forward pass of an encoder is asked for, besides the last hidden state.</summary>
[Flags]
public enum EncoderFields
{
    /// <summary>The last hidden state only.</summary>
    None = 0,

    /// <summary>The pooled output, for encoders that have a pooler.</summary>
    PooledOutput = 1,

    /// <summary>The embeddings' output and every layer's.</summary>
    HiddenStates = 2,

    /// <summary>Every layer's attention probabilities; costs memory and the fast path.</summary>
    Attentions = 4,
}
