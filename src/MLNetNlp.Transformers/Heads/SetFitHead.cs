using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Heads;

/// <summary>SetFit's differentiable head: one linear layer whose logits are divided by a temperature.</summary>
/// <remarks>
/// <c>logits = (W x + b) / (temperature + 1e-5)</c>; softmax gives probabilities of classes, the logistic function those of labels. Weights start Xavier-uniform,
/// the bias at 0.01. Equal to <c>setfit.SetFitHead</c>.
/// </remarks>
public sealed class SetFitHead : nn.Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;
    private readonly Linear _linear;

    /// <summary>A new head.</summary>
    /// <param name="inputSize">Numbers per text.</param>
    /// <param name="outputSize">Classes or labels; 1 becomes 2, as in setfit.</param>
    /// <param name="temperature">What logits are divided by: above 1 probabilities are softer.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="hasBias">Whether there is a bias. Default true.</param>
    public SetFitHead(int inputSize, int outputSize, double temperature, int seed, bool hasBias = true)
        : base(nameof(SetFitHead))
    {
        if (outputSize == 1)
            outputSize = 2;
        OutputSize = outputSize;
        Temperature = temperature;
        _linear = nn.Linear(inputSize, outputSize, hasBias);
        register_module("linear", _linear);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var random = new SeededRandom(SeededRandom.Derive(seed, "setfit head"));
        var bound = Math.Sqrt(6.0 / (inputSize + outputSize));
        var values = new float[inputSize * outputSize];
        foreach (ref var value in values.AsSpan())
            value = (float)((2 * random.NextDouble() - 1) * bound);
        _linear.weight.copy_(tensor(values, [outputSize, inputSize]));
        _linear.bias?.fill_(0.01);
    }

    /// <summary>Logits per text.</summary>
    public int OutputSize { get; }

    /// <summary>What logits are divided by.</summary>
    public double Temperature { get; }

    /// <summary>What logits are divided by in fact: the temperature and a small number that keeps it from being 0.</summary>
    internal double Divisor => Temperature + Epsilon;

    /// <summary>The layer.</summary>
    internal Linear Layer => _linear;

    /// <summary>Logits: [batch, <see cref="OutputSize"/>] of vectors [batch, width].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (_linear.call(input) / Divisor).MoveToOuterDisposeScope();
    }

    /// <summary>The layer is registered in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
