using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp;

/// <summary>P-tuning (v1): as <see cref="PromptTuningOptions"/>, but a small network makes the virtual tokens' embeddings while they train.</summary>
/// <remarks>
/// Liu et al. 2021, "GPT Understands, Too". Reads and writes Hugging Face PEFT's files, which hold the network's result alone: what is loaded from one computes the
/// same, and trains on without the network.
/// </remarks>
public sealed record PTuningOptions : VirtualTokenOptions
{
    /// <summary>The network. Default: linear layers.</summary>
    public PromptEncoderKind Encoder { get; init; }

    /// <summary>Inner width of the network. Default null: that of the model's word embeddings.</summary>
    public int? EncoderSize { get; init; }

    /// <summary>Layers of the LSTM. Default 2.</summary>
    public int EncoderLayers { get; init; } = 2;

    /// <summary>Dropout between the LSTM's layers in training. Default 0; below 1.</summary>
    public double EncoderDropout { get; init; }

    /// <summary>The learning rate where none is given: 1e-2.</summary>
    public override double DefaultLearningRate => 1e-2;

    internal override string PeftType => "P_TUNING";

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.That(Enum.IsDefined(Encoder), Encoder, "one of " + string.Join(", ", Enum.GetNames<PromptEncoderKind>()), this);
        OptionCheck.That(EncoderSize is null or >= 1, EncoderSize, "1 or more, or null,", this);
        OptionCheck.That(EncoderLayers >= 1, EncoderLayers, "1 or more", this);
        OptionCheck.That(EncoderDropout is >= 0 and < 1, EncoderDropout, "a number from 0 to below 1", this);
    }

    private protected override VirtualTokens CreateTokens(TextEncoder encoder, bool isForLoading)
    {
        var width = encoder.EmbeddingSize;
        var network = isForLoading ? null : Encoder == PromptEncoderKind.Lstm
            ? PromptEncoder.Recurrent(width, EncoderSize ?? width, EncoderLayers, EncoderDropout)
            : PromptEncoder.Perceptron(width, EncoderSize ?? width);
        return new VirtualTokens(Length, width, encoder.WordTable, isPrefix: false, network);
    }
}
