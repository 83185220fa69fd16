using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>AdaLoRA on a linear layer: <c>y = x W^T + b + scale * (x (A E)^T) B^T</c>, with E one factor for each row of A, as singular values are.</summary>
internal sealed class AdaLoraLayer : LayerAdapter
{
    // By their names TorchSharp finds the fields again when the module moves to another device.
    [ComponentName(Name = "lora_A")]
    private readonly Parameter _a;

    [ComponentName(Name = "lora_E")]
    private readonly Parameter _e;

    [ComponentName(Name = "lora_B")]
    private readonly Parameter _b;

    private readonly float _scale;

    public AdaLoraLayer(LoraShape shape)
        : base(nameof(AdaLoraLayer))
    {
        _a = shape.Empty(shape.Rank, shape.Weight.shape[1]);
        _e = shape.Empty(shape.Rank, 1);
        _b = shape.Empty(shape.Weight.shape[0], shape.Rank);
        _scale = shape.Scale;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Tensors => [("lora_A", _a), ("lora_B", _b), ("lora_E", _e)];

    /// <inheritdoc/>
    public override void Initialize(Tensor weight, long seed)
    {
        LoraShape.Draw(_a, Inputs.SeededRandom.Derive(seed, "A"), 0.02, isGaussian: true);
        LoraShape.Draw(_b, Inputs.SeededRandom.Derive(seed, "B"), 0.02, isGaussian: true);
    }

    /// <inheritdoc/>
    public override void MergeInto(Tensor weight, Tensor? bias) => weight.add_(_b.matmul(_a * _e), _scale);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, LinearWeight weight, Tensor? bias) =>
        weight.Linear(input, bias).add_(F.linear(F.linear(input, _a * _e).mul_(_scale), _b));
}
