using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>Adam with decoupled weight decay, a learning rate and a decay per parameter, and clipping by global norm.</summary>
/// <remarks>
/// Loshchilov and Hutter 2019; the update is <c>torch.optim.AdamW</c>'s. On CPU one pass over memory does clipping, decay, both moments and the update
/// (<see cref="AdamWKernel"/>): an optimizer written as tensor operations makes nine passes, a quarter of a training step of a small model. Elsewhere it
/// is tensor operations. Its state is two tensors per parameter, kept in safetensors under the parameter's name.
/// </remarks>
internal sealed class AdamW : IDisposable
{
    internal const double Beta1 = 0.9;
    internal const double Beta2 = 0.999;
    internal const double Epsilon = 1e-8;
    private const string MeanPrefix = "exp_avg.";
    private const string SquarePrefix = "exp_avg_sq.";

    private readonly IReadOnlyList<TrainableParameter> _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly bool _fused;

    public AdamW(IReadOnlyList<TrainableParameter> parameters)
    {
        _parameters = parameters;
        using var noGradients = no_grad();
        _means = [.. parameters.Select(p => zeros_like(p.Value).DetachFromDisposeScope())];
        _squares = [.. parameters.Select(p => zeros_like(p.Value).DetachFromDisposeScope())];
        _fused = parameters.All(p => AdamWKernel.CanUpdate(p.Value));
    }

    /// <summary>Steps done.</summary>
    public int StepCount { get; private set; }

    /// <summary>Forgets the gradients, so that the next backward pass makes new ones instead of adding to zeros.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in _parameters)
            parameter.Value.grad = null;
    }

    /// <summary>Global L2 norm of the gradients.</summary>
    public double GradientNorm()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var gradients = Gradients();
        if (_fused)
            return AdamWKernel.Norm(gradients);
        var norms = gradients.Where(g => g is not null).Select(g => g!.norm().to(float32)).ToArray();
        return norms.Length == 0 ? 0 : stack(norms).norm().item<float>();
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="learningRate">Before the parameters' own factors.</param>
    /// <param name="gradientScale">Factor on every gradient: the clipping.</param>
    public void Step(double learningRate, double gradientScale)
    {
        StepCount++;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var gradients = Gradients();
        var (correction1, correction2) = (1 - Math.Pow(Beta1, StepCount), 1 - Math.Pow(Beta2, StepCount));
        if (_fused)
        {
            AdamWKernel.Step(_parameters, gradients, _means, _squares, learningRate, gradientScale, correction1, correction2);
            return;
        }

        for (var i = 0; i < _parameters.Count; i++)
        {
            if (gradients[i] is not { } gradient)
                continue;
            using var inner = NewDisposeScope();
            var rate = learningRate * _parameters[i].LearningRateFactor;
            var scaled = gradientScale == 1 ? gradient : gradient * gradientScale;
            _parameters[i].Value.mul_(1 - rate * _parameters[i].WeightDecay);
            _means[i].mul_(Beta1).add_(scaled, alpha: 1 - Beta1);
            _squares[i].mul_(Beta2).addcmul_(scaled, scaled, 1 - Beta2);
            var denominator = _squares[i].sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
            _parameters[i].Value.addcdiv_(_means[i], denominator, -rate / correction1);
        }
    }

    /// <summary>The moments, by name. The tensors stay the optimizer's.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State() =>
    [
        .. _parameters.Select((p, i) => (MeanPrefix + p.Name, _means[i])),
        .. _parameters.Select((p, i) => (SquarePrefix + p.Name, _squares[i])),
    ];

    /// <summary>Goes on from a state that <see cref="State"/> gave.</summary>
    /// <exception cref="InvalidDataException">It is of other parameters.</exception>
    public void Load(SafetensorsFile file, int stepCount)
    {
        using var noGradients = no_grad();
        foreach (var (name, target) in State())
        {
            using var scope = NewDisposeScope();
            if (!file.Tensors.ContainsKey(name))
                throw new InvalidDataException($"The checkpoint's optimizer state has no '{name}': it was made with other frozen parameters or another model.");
            target.copy_(file.ToTensor(name));
        }

        StepCount = stepCount;
    }

    public void Dispose()
    {
        foreach (var tensor in _means.Concat(_squares))
            tensor.Dispose();
    }

    private Tensor?[] Gradients()
    {
        var gradients = new Tensor?[_parameters.Count];
        for (var i = 0; i < gradients.Length; i++)
            gradients[i] = _parameters[i].Value.grad;
        return gradients;
    }
}
