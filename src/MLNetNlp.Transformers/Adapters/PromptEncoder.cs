using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>A small network that makes virtual tokens' vectors from a table, which trains better than the vectors alone. Only its result is kept.</summary>
internal sealed class PromptEncoder : nn.Module<Tensor, Tensor>
{
    private readonly LongShortTermMemory[] _memories;
    private readonly Dense[] _linear;
    private readonly Func<Tensor, Tensor> _activation;
    private readonly double _dropout;

    private PromptEncoder(LongShortTermMemory[] memories, string name, Dense[] linear, Func<Tensor, Tensor> activation, double dropout)
        : base(nameof(PromptEncoder))
    {
        (_memories, _linear, _activation, _dropout) = (memories, linear, activation, dropout);
        // PyTorch's names: between two linear layers stands an activation. Of a memory's layers, each has two directions.
        ModuleGroup.Register(this, [.. memories.Select((memory, i) => ($"lstm_head.l{i / 2}{(i % 2 == 0 ? "" : "_reverse")}", (nn.Module)memory)),
            .. linear.Select((layer, i) => ($"{name}.{2 * i}", (nn.Module)layer))]);
    }

    /// <summary>Prefix tuning's: linear layer, tanh, linear layer.</summary>
    public static PromptEncoder Projection(long size, long inner, long outputSize) =>
        new([], "transform", [new Dense(size, inner), new Dense(inner, outputSize)], x => x.tanh(), 0);

    /// <summary>P-tuning's perceptron: three linear layers with ReLU between.</summary>
    public static PromptEncoder Perceptron(long size, long inner) =>
        new([], "mlp_head", [new Dense(size, inner), new Dense(inner, inner), new Dense(inner, size)], x => F.relu(x), 0);

    /// <summary>P-tuning's recurrent encoder: an LSTM in both directions, then two linear layers with ReLU between.</summary>
    public static PromptEncoder Recurrent(long size, long inner, int layers, double dropout) => new(
        [.. Enumerable.Range(0, 2 * layers).Select(i => new LongShortTermMemory(i < 2 ? size : 2 * inner, inner, i % 2 == 1))], "mlp_head",
        [new Dense(2 * inner, 2 * inner), new Dense(2 * inner, size)], x => F.relu(x), dropout);

    /// <summary>[count, table's width] to [count, width].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = input;
        for (var i = 0; i < _memories.Length; i += 2)
        {
            if (i > 0 && training && _dropout > 0)
                hidden = Encoders.Dropout.Copy(hidden, _dropout);
            hidden = cat([_memories[i].forward(hidden), _memories[i + 1].forward(hidden)], 1);
        }

        for (var i = 0; i < _linear.Length; i++)
            hidden = _linear[i].forward(i > 0 ? _activation(hidden) : hidden);
        return hidden.MoveToOuterDisposeScope();
    }

    /// <summary>PyTorch's own beginning of linear layers and LSTMs: U(-1/sqrt(n), 1/sqrt(n)) for n inputs, or n numbers of state.</summary>
    public void Initialize(long seed)
    {
        foreach (var (name, parameter) in named_parameters())
        {
            // A bias follows its weights, whose second dimension is the number of inputs.
            var count = name.Contains("lstm_head", StringComparison.Ordinal) ? parameter.shape[0] / 4 : Inputs(name, parameter);
            LoraShape.Draw(parameter, SeededRandom.Derive(seed, name), 1 / Math.Sqrt(count), isGaussian: false);
        }
    }

    private long Inputs(string name, Parameter parameter) =>
        parameter.dim() == 2 ? parameter.shape[1] : get_parameter(name.Replace(".bias", ".weight", StringComparison.Ordinal))!.shape[1];

    /// <summary>The parts are registered in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
