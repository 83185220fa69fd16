using System.Globalization;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Bottleneck adapters: after a layer's sublayers, two narrow linear layers with an activation between and a connection around them.</summary>
/// <remarks>
/// <see cref="Houlsby"/>: Houlsby et al. 2019, "Parameter-Efficient Transfer Learning for NLP"; <see cref="Pfeiffer"/>: Pfeiffer et al. 2020, "AdapterFusion:
/// Non-Destructive Task Composition for Transfer Learning"; <see cref="Parallel"/>: He et al. 2021, "Towards a Unified View of Parameter-Efficient Transfer
/// Learning". Reads and writes the files of the <c>adapters</c> package. Because of the activation they cannot be merged.
/// </remarks>
public sealed record BottleneckOptions : AdapterOptions
{
    /// <summary>One after the attention and one after the feed-forward block of each layer, with SiLU.</summary>
    public static BottleneckOptions Houlsby { get; } = new() { AfterAttention = true, NormBefore = false, Activation = "swish" };

    /// <summary>One after the feed-forward block of each layer, with ReLU: the default of all settings.</summary>
    public static BottleneckOptions Pfeiffer { get; } = new();

    /// <summary>One beside the feed-forward block of each layer, from the same input, scaled by 4.</summary>
    public static BottleneckOptions Parallel { get; } = new() { IsParallel = true, NormBefore = false, ReductionFactor = 2, Scaling = 4 };

    /// <summary>The hidden size is divided by this to give the bottleneck's. Default 16; at most the hidden size.</summary>
    public double ReductionFactor { get; init; } = 16;

    /// <summary>The activation, by its name in <c>config.json</c>: relu, gelu, swish, tanh ... Default "relu".</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>Whether there is one after the attention. Default false.</summary>
    public bool AfterAttention { get; init; }

    /// <summary>Whether there is one after the feed-forward block. Default true.</summary>
    public bool AfterFeedForward { get; init; } = true;

    /// <summary>Whether the input is the sublayer's output after the layer's residual connection and LayerNorm, which then run twice. Default true.</summary>
    public bool NormBefore { get; init; } = true;

    /// <summary>
    /// Whether the connection around the adapter starts before that LayerNorm. Default true. Says nothing where <see cref="NormBefore"/> is false.
    /// </summary>
    public bool ResidualBeforeNorm { get; init; } = true;

    /// <summary>Whether it works beside the sublayer, from its input, instead of after it. Default false.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Factor on what it adds. Default 1.</summary>
    public float Scaling { get; init; } = 1;

    /// <summary>Whether the factor is learned, from 1 on, instead. Default false.</summary>
    public bool LearnsScaling { get; init; }

    /// <summary>Whether it begins with a LayerNorm of its own. Default false.</summary>
    public bool OwnNormBefore { get; init; }

    /// <summary>Whether it ends, before the connection around it, with a LayerNorm of its own. Default false.</summary>
    public bool OwnNormAfter { get; init; }

    /// <summary>Probability with which a number that it adds is dropped in training. Default 0; below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Numbers of the encoder layers that get none, from 0. Default: none.</summary>
    public IReadOnlyList<int> LeaveOut { get; init; } = [];

    /// <summary>
    /// Whether the embeddings' output goes through an invertible coupling too (NICE), as MAD-X has it for languages: Pfeiffer et al. 2020. Default false.
    /// </summary>
    public bool Invertible { get; init; }

    /// <summary>Half the hidden size is divided by this inside the coupling. Default 2.</summary>
    public double InvertibleReductionFactor { get; init; } = 2;

    /// <summary>The adapter's name in files. Default "default".</summary>
    public string Name { get; init; } = "default";

    /// <inheritdoc/>
    public override bool CanMerge => false;

    /// <summary>The learning rate where none is given: 1e-3.</summary>
    public override double DefaultLearningRate => 1e-3;

    internal override string PeftType => "BOTTLENECK";

    internal override LayerTargets? LayerTargets => null;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.That(ReductionFactor > 0 && double.IsFinite(ReductionFactor), ReductionFactor, "a finite number above 0", this);
        OptionCheck.That(InvertibleReductionFactor > 0 && double.IsFinite(InvertibleReductionFactor), InvertibleReductionFactor, "a finite number above 0", this);
        OptionCheck.That(float.IsFinite(Scaling) && Scaling != 0, Scaling, "a finite number other than 0", this);
        OptionCheck.That(Dropout is >= 0 and < 1, Dropout, "a number from 0 to below 1", this);
        OptionCheck.That(AfterAttention || AfterFeedForward, AfterFeedForward, $"true, or {nameof(AfterAttention)} true,", this);
        OptionCheck.That(!string.IsNullOrWhiteSpace(Name) && !Name.Contains('.', StringComparison.Ordinal), $"'{Name}'", "a name without dots", this, nameof(Name));
        if (LeaveOut.FirstOrDefault(layer => layer < 0, 0) is < 0 and var negative)
            OptionCheck.That(false, negative, "numbers of layers, from 0", this, nameof(LeaveOut));
        try
        {
            Activations.Get(Activation);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException($"{nameof(BottleneckOptions)}.{nameof(Activation)}: {e.Message}", nameof(Activation), e);
        }
    }

    internal override LayerAdapter Create(string name, IAdaptableLayer layer) => throw new InvalidOperationException("A bottleneck is no addition to a layer.");

    internal override bool TrainsBase(string name, bool isOfTarget) => false;

    internal override IEnumerable<AddedPart> CreateParts(nn.Module module, bool isForLoading)
    {
        var encoder = VirtualTokenOptions.EncoderOf(module) ?? throw new ArgumentException(
            $"{nameof(BottleneckOptions)} needs a model with a text encoder, and {module.GetType().Name} has none.", nameof(module));
        var layers = encoder.named_modules().Where(m => m.module is EncoderLayer).Select(m => (m.name, (EncoderLayer)m.module)).ToArray();
        if (LeaveOut.FirstOrDefault(number => number >= layers.Length, -1) is >= 0 and var unknown)
        {
            throw new ArgumentOutOfRangeException(nameof(LeaveOut), unknown,
                $"{nameof(BottleneckOptions)}.{nameof(LeaveOut)} names layer {unknown}, but the model has layers 0 to {layers.Length - 1}.");
        }

        if (LeaveOut.Distinct().Count() == layers.Length)
        {
            throw new ArgumentException(
                $"{nameof(BottleneckOptions)}.{nameof(LeaveOut)} names all of the model's layers (0 to {layers.Length - 1}): none is left.", nameof(LeaveOut));
        }

        var size = encoder.Config.HiddenSize;
        var like = encoder.WordTable;
        if (Invertible)
        {
            yield return new AddedPart($"invertible_adapters.{Name}.", encoder, InvertibleCoupling.ModuleName,
                new InvertibleCoupling(size, Narrow(size / 2, InvertibleReductionFactor, nameof(InvertibleReductionFactor)), Activation, like),
                added => encoder.Coupling = (InvertibleCoupling?)added);
        }

        var inner = Narrow(size, ReductionFactor, nameof(ReductionFactor));
        for (var i = 0; i < layers.Length; i++)
        {
            var (name, layer) = layers[i];
            if (LeaveOut.Contains(i))
                continue;
            if (AfterAttention)
            {
                yield return new AddedPart($"{name}.{layer.AttentionAdapterPath}.{Name}.", layer, "attention_adapter", new Bottleneck(this, size, inner, like),
                    added => layer.AttentionAdapter = (Bottleneck?)added);
            }

            if (AfterFeedForward)
            {
                yield return new AddedPart($"{name}.{layer.OutputAdapterPath}.{Name}.", layer, "output_adapter", new Bottleneck(this, size, inner, like),
                    added => layer.OutputAdapter = (Bottleneck?)added);
            }
        }
    }

    private static long Narrow(long size, double factor, string option)
    {
        var inner = (long)(size / factor);
        return inner >= 1 ? inner : throw new ArgumentOutOfRangeException(option, factor, string.Create(CultureInfo.InvariantCulture,
            $"{nameof(BottleneckOptions)}.{option} is {factor}, but it divides {size} numbers: nothing is left of them. At most {size} makes sense."));
    }
}
