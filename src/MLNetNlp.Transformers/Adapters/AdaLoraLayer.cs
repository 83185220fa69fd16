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
    private readonly double _dropout;

    public AdaLoraLayer(LoraShape shape, double dropout)
        : base(nameof(AdaLoraLayer))
    {
        _dropout = dropout;
        _a = shape.Empty(shape.Rank, shape.Weight.shape[1]);
        _e = shape.Empty(shape.Rank, 1);
        _b = shape.Empty(shape.Weight.shape[0], shape.Rank);
        _scale = shape.Scale;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Tensors => [("lora_A", _a), ("lora_B", _b), ("lora_E", _e)];

    /// <summary>Without the ranks that training took away, which add nothing.</summary>
    public override IReadOnlyList<(string Name, Tensor Value)> Saved
    {
        get
        {
            if (Kept is not { } kept)
                return base.Saved;
            var rows = tensor([.. Enumerable.Range(0, kept.Length).Where(i => kept[i]).Select(i => (long)i)], dtype: ScalarType.Int64, device: _e.device);
            return [("lora_A", _a.index_select(0, rows)), ("lora_B", _b.index_select(1, rows)), ("lora_E", _e.index_select(0, rows))];
        }
    }

    /// <summary>Ranks that there is room for.</summary>
    public int Rank => (int)_e.shape[0];

    /// <summary>The factor of each rank: [rank, 1].</summary>
    public Parameter E => _e;

    /// <summary>Whether training took ranks away, or found that all were needed.</summary>
    public bool IsAllocated { get; set; }

    /// <summary>Steps of the run that trained it; 0: none did.</summary>
    public int TotalSteps { get; set; }

    /// <summary>Which ranks training left; null where it took none. By what E is, so that weights which were put back bring their ranks with them.</summary>
    public bool[]? Kept
    {
        get
        {
            if (!IsAllocated)
                return null;
            using var noGradients = no_grad();
            using var scope = NewDisposeScope();
            return [.. _e.detach().view(-1).cpu().data<float>().Select(value => value != 0)];
        }
    }

    /// <summary>How far the rows of A and the columns of B are from standing at right angles with length 1: two numbers with their graphs.</summary>
    public IEnumerable<Tensor> FromOrthogonal()
    {
        var identity = eye(Rank, dtype: _a.dtype, device: _a.device);
        return [(_a.matmul(_a.t()) - identity).norm(), (_b.t().matmul(_b) - identity).norm()];
    }

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
        weight.Linear(input, bias).add_(F.linear(F.linear(Dropped(input, _dropout), _a * _e).mul_(_scale), _b));
}
