using MLNetNlp.Transformers.Encoders;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>A bottleneck after a sublayer or beside it; it takes the place of the layer's residual connection and LayerNorm, which it runs itself.</summary>
internal sealed class Bottleneck : AddedModule
{
    // nn.LayerNorm's own, whatever the model's.
    private const double NormEpsilon = 1e-5;

    private readonly BottleneckOptions _options;
    private readonly Func<Tensor, Tensor> _activation;

    // By their names TorchSharp finds the fields again; what is called norm gets no weight decay.
    [ComponentName(Name = "norm1")]
    private readonly LayerNormalization? _normBefore;

    [ComponentName(Name = "down")]
    private readonly Dense _down;

    [ComponentName(Name = "up")]
    private readonly Dense _up;

    [ComponentName(Name = "norm2")]
    private readonly LayerNormalization? _normAfter;

    [ComponentName(Name = "scaling")]
    private readonly Parameter? _scaling;

    /// <summary>A bottleneck that is not initialised.</summary>
    /// <param name="options">Its kind.</param>
    /// <param name="size">The model's hidden size.</param>
    /// <param name="inner">The bottleneck's.</param>
    /// <param name="like">A tensor on the model's device.</param>
    public Bottleneck(BottleneckOptions options, long size, long inner, Tensor like)
        : base(nameof(Bottleneck))
    {
        _options = options;
        _activation = Activations.Get(options.Activation);
        _down = new Dense(size, inner);
        _up = new Dense(inner, size);
        if (options.OwnNormBefore)
            _normBefore = new LayerNormalization(size, NormEpsilon);
        if (options.OwnNormAfter)
            _normAfter = new LayerNormalization(size, NormEpsilon);
        if (options.LearnsScaling)
            _scaling = new Parameter(ones(1));
        RegisterComponents();
        this.to(like.device);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Tensors
    {
        get
        {
            // The package's sequence begins with the norm where there is one, so the linear layer's number follows from it.
            List<(string, Tensor)> tensors = [];
            Add("adapter_norm_before", _normBefore);
            Add($"adapter_down.{(_normBefore is null ? 0 : 1)}", _down);
            Add("adapter_up", _up);
            Add("adapter_norm_after", _normAfter);
            if (_scaling is not null)
                tensors.Add(("scaling", _scaling));
            return tensors;

            void Add(string name, nn.Module? module) => tensors.AddRange(module?.named_parameters().Select(p => ($"{name}.{p.name}", (Tensor)p.parameter)) ?? []);
        }
    }

    /// <summary>As BERT begins, so that little is added at first; beside a sublayer nothing is added at first, as He et al. have it.</summary>
    public override void Initialize(long seed)
    {
        foreach (var (name, parameter) in named_parameters())
        {
            if (name.StartsWith("norm", StringComparison.Ordinal))
                parameter.fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
            else if (name == "scaling")
                parameter.fill_(1);
            else if (name.EndsWith("bias", StringComparison.Ordinal) || (_options.IsParallel && name == "up.weight"))
                parameter.zero_();
            else
                Draw(parameter, seed, name, _options.IsParallel ? 1 / Math.Sqrt(parameter.shape[1]) : 0.02, isGaussian: !_options.IsParallel);
        }
    }

    /// <summary>A sublayer's end: [tokens, hidden] to the same shape.</summary>
    /// <param name="output">The sublayer's output, after dropout.</param>
    /// <param name="input">The sublayer's input: the layer's residual connection.</param>
    /// <param name="norm">The layer's LayerNorm after the connection; null where it has none there.</param>
    public Tensor Forward(Tensor output, Tensor input, LayerNormalization? norm)
    {
        using var scope = NewDisposeScope();
        Tensor sum;
        if (_options.IsParallel)
        {
            sum = Adapt(input) + input + output;
        }
        else
        {
            var hidden = _options.NormBefore ? Normalised(output + input) : output;
            sum = Adapt(hidden) + (_options.ResidualBeforeNorm ? output : hidden) + input;
        }

        return Normalised(sum).MoveToOuterDisposeScope();

        Tensor Normalised(Tensor tensor) => norm is null ? tensor : norm.forward(tensor);
    }

    private Tensor Adapt(Tensor hidden)
    {
        var result = _up.forward(_activation(_down.forward(_normBefore is null ? hidden : _normBefore.forward(hidden))));
        if (_scaling is not null)
            result = result * _scaling;
        else if (_options.Scaling != 1)
            result = result * _options.Scaling;
        if (training && _options.Dropout > 0)
            result = Encoders.Dropout.Copy(result, _options.Dropout);
        return _normAfter is null ? result : _normAfter.forward(result);
    }
}
