using MLNetNlp.Transformers.Encoders;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>NICE's additive coupling on the embeddings' output: the first half gains F of the second, then the second G of the new first.</summary>
/// <remarks>Dinh et al. 2014, "NICE: Non-linear Independent Components Estimation".</remarks>
internal sealed class InvertibleCoupling : AddedModule
{
    /// <summary>Its name inside the encoder.</summary>
    public const string ModuleName = "invertible_adapter";

    private readonly Dense[] _layers;
    private readonly Func<Tensor, Tensor> _activation;

    public InvertibleCoupling(long size, long inner, string activation, Tensor like)
        : base(nameof(InvertibleCoupling))
    {
        _activation = Activations.Get(activation);
        _layers = [new Dense(size / 2, inner), new Dense(inner, size / 2), new Dense(size / 2, inner), new Dense(inner, size / 2)];
        ModuleGroup.Register(this, [("F.0", _layers[0]), ("F.2", _layers[1]), ("G.0", _layers[2]), ("G.2", _layers[3])]);
        this.to(like.device);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Tensors => [.. named_parameters().Select(p => (p.name, (Tensor)p.parameter))];

    /// <inheritdoc/>
    public override void Initialize(long seed)
    {
        foreach (var (name, parameter) in named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
            else
                Draw(parameter, seed, name, 0.02, isGaussian: true);
        }
    }

    /// <summary>[tokens, hidden] to the same shape.</summary>
    public Tensor Forward(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var halves = hidden.chunk(2, -1);
        var first = halves[0] + Transform(0, halves[1]);
        return cat([first, halves[1] + Transform(2, first)], -1).MoveToOuterDisposeScope();
    }

    private Tensor Transform(int layer, Tensor half) => _layers[layer + 1].forward(_activation(_layers[layer].forward(half)));

    /// <summary>The parts are registered in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
