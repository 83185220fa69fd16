using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>LoRA on a linear layer: <c>y = x W^T + b + scale * (x A^T) B^T</c>, with A [rank, input] and B [output, rank].</summary>
internal class LoraLayer : LayerAdapter
{
    // By their names TorchSharp finds the fields again when the module moves to another device; in a derived kind it does not see private ones.
    [ComponentName(Name = "lora_A")]
    private protected readonly Parameter _a;

    [ComponentName(Name = "lora_B")]
    private protected readonly Parameter _b;

    private readonly LoraInitialization _initialization;
    private readonly double _dropout;

    public LoraLayer(LoraShape shape, double dropout)
        : this(nameof(LoraLayer), shape, dropout) => RegisterComponents();

    /// <summary>For kinds with more parameters, which register all of them.</summary>
    protected LoraLayer(string name, LoraShape shape, double dropout)
        : base(name)
    {
        _a = shape.Empty(shape.Rank, shape.Weight.shape[1]);
        _b = shape.Empty(shape.Weight.shape[0], shape.Rank);
        Scale = shape.Scale;
        _initialization = shape.Initialization;
        _dropout = dropout;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Tensors => [("lora_A.weight", _a), ("lora_B.weight", _b)];

    /// <summary>The factor on B A.</summary>
    protected float Scale { get; }

    /// <summary><c>scale * B A</c>: [output, input].</summary>
    protected Tensor Update => _b.matmul(_a).mul_(Scale);

    /// <inheritdoc/>
    public override void Initialize(Tensor weight, long seed)
    {
        var isGaussian = _initialization == LoraInitialization.Gaussian;
        LoraShape.Draw(_a, seed, isGaussian ? 1.0 / _a.shape[0] : 1 / Math.Sqrt(_a.shape[1]), isGaussian);
    }

    /// <inheritdoc/>
    public override void MergeInto(Tensor weight, Tensor? bias) => weight.add_(Update);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, LinearWeight weight, Tensor? bias) => weight.Linear(input, bias).add_(LowRank(Dropped(input)));

    /// <summary>The input as A gets it; the very same tensor where nothing is dropped.</summary>
    protected Tensor Dropped(Tensor input) => Dropped(input, _dropout);

    /// <summary>The scale meets the narrow product, which is cheapest.</summary>
    protected Tensor LowRank(Tensor input) => F.linear(F.linear(input, _a).mul_(Scale), _b);
}
