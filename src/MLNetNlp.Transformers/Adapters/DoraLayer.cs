using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>DoRA on a linear layer: <c>W' = m (W + scale B A) / |W + scale B A|</c>, with the length per output row and m learned.</summary>
/// <remarks>In the backward pass the length is a constant, as in the paper (section 4.3) and in PEFT.</remarks>
internal sealed class DoraLayer : LoraLayer
{
    [ComponentName(Name = "lora_magnitude_vector")]
    private readonly Parameter _magnitude;

    public DoraLayer(LoraShape shape, double dropout)
        : base(nameof(DoraLayer), shape, dropout)
    {
        _magnitude = new Parameter(zeros(new[] { shape.Weight.shape[0] }, dtype: shape.Weight.dtype, device: shape.Weight.device));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Tensors => [.. base.Tensors, ("lora_magnitude_vector", _magnitude)];

    /// <inheritdoc/>
    public override void Initialize(Tensor weight, long seed)
    {
        base.Initialize(weight, seed);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _magnitude.copy_(Lengths(weight));
    }

    /// <inheritdoc/>
    public override void MergeInto(Tensor weight, Tensor? bias)
    {
        weight.add_(Update);
        weight.mul_((_magnitude / Lengths(weight)).unsqueeze(1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, LinearWeight weight, Tensor? bias)
    {
        Tensor lengths;
        using (no_grad())
            lengths = Lengths(weight.Values + Update);
        var factor = _magnitude / lengths;
        var dropped = Dropped(input);
        if (!ReferenceEquals(dropped, input))
            return weight.Linear(input, bias) + weight.Linear(dropped, null) * (factor - 1) + LowRank(dropped) * factor;
        var result = (weight.Linear(input, null) + LowRank(input)) * factor;
        return bias is null ? result : result + bias;
    }

    private static Tensor Lengths(Tensor weight) => weight.square().sum(1).sqrt();
}
