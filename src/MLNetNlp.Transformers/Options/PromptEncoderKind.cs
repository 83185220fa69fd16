namespace MLNetNlp;

/// <summary>The network that makes P-tuning's virtual tokens while they train.</summary>
public enum PromptEncoderKind
{
    /// <summary>Three linear layers with ReLU between. The default.</summary>
    Mlp,

    /// <summary>An LSTM in both directions, then two linear layers with ReLU between.</summary>
    Lstm,
}
