using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp;

/// <summary>Prefix tuning (P-tuning v2): learned keys and values, in every layer, which all tokens of a text see before the text's own.</summary>
/// <remarks>
/// Li and Liang 2021, "Prefix-Tuning: Optimizing Continuous Prompts for Generation"; Liu et al. 2021, "P-Tuning v2: Prompt Tuning Can Be Comparable to Fine-tuning
/// Universally Across Scales and Tasks". Reads and writes Hugging Face PEFT's files. The prefix has no position and no rotation; the text's positions begin after it.
/// </remarks>
public sealed record PrefixTuningOptions : VirtualTokenOptions
{
    /// <summary>
    /// Whether keys and values are made by a small network (linear layer, tanh, linear layer) from one vector for each virtual token while they train. Default
    /// false. Files hold its result alone.
    /// </summary>
    public bool Projection { get; init; }

    /// <summary>Inner width of that network. Default null: the model's hidden size.</summary>
    public int? ProjectionSize { get; init; }

    /// <summary>The learning rate where none is given: 3e-2; 1e-3 where a network makes the prefix.</summary>
    public override double DefaultLearningRate => Projection ? 1e-3 : 3e-2;

    internal override string PeftType => "PREFIX_TUNING";

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.That(ProjectionSize is null or >= 1, ProjectionSize, "1 or more, or null,", this);
    }

    private protected override VirtualTokens CreateTokens(TextEncoder encoder, bool isForLoading)
    {
        var size = encoder.Config.HiddenSize;
        var width = 2L * encoder.Config.HiddenLayerCount * size;
        var hasProjection = Projection && !isForLoading;
        return new VirtualTokens(Length, hasProjection ? size : width, encoder.WordTable, isPrefix: true,
            hasProjection ? PromptEncoder.Projection(size, ProjectionSize ?? size, width) : null);
    }
}
