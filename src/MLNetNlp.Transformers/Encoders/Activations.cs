using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Activation functions by their names in <c>config.json</c>.</summary>
public static class Activations
{
    private static readonly SortedDictionary<string, Func<Tensor, Tensor>> ByName = new(StringComparer.Ordinal)
    {
        ["gelu"] = x => F.gelu(x),
        ["gelu_new"] = GeluTanh,
        ["gelu_pytorch_tanh"] = GeluTanh,
        ["relu"] = x => F.relu(x),
        ["silu"] = x => F.silu(x),
        ["swish"] = x => F.silu(x),
        ["tanh"] = x => x.tanh(),
    };

    /// <summary>The function of that name. <c>gelu</c> is the exact one (by the error function), <c>gelu_new</c> the tanh approximation.</summary>
    /// <exception cref="NotSupportedException">No such function.</exception>
    public static Func<Tensor, Tensor> Get(string name) =>
        ByName.TryGetValue(name, out var function)
            ? function
            : throw new NotSupportedException($"Activation (hidden_act) '{name}' is not supported; supported: {string.Join(", ", ByName.Keys)}.");

    private static Tensor GeluTanh(Tensor x)
    {
        using var scope = NewDisposeScope();
        var inner = (x + x * x * x * 0.044715) * Math.Sqrt(2 / Math.PI);
        return (x * (inner.tanh() + 1) * 0.5).MoveToOuterDisposeScope();
    }
}
