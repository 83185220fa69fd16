using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>One layer of an LSTM in one direction, for a single short sequence, with PyTorch's parameters.</summary>
/// <remarks>
/// Written out step by step: a prompt has a few dozen tokens and there is one of them whatever the batch, so there is nothing to gain from a fused kernel.
/// </remarks>
internal sealed class LongShortTermMemory : nn.Module<Tensor, Tensor>
{
    // By their names TorchSharp finds the fields again when the module moves to another device.
    [ComponentName(Name = "weight_ih")]
    private readonly Parameter _inputWeight;

    [ComponentName(Name = "weight_hh")]
    private readonly Parameter _hiddenWeight;

    [ComponentName(Name = "bias_ih")]
    private readonly Parameter _inputBias;

    [ComponentName(Name = "bias_hh")]
    private readonly Parameter _hiddenBias;

    private readonly long _size;
    private readonly bool _isReverse;

    /// <summary>A layer whose weights are unset.</summary>
    public LongShortTermMemory(long inputSize, long size, bool isReverse)
        : base(nameof(LongShortTermMemory))
    {
        (_size, _isReverse) = (size, isReverse);
        _inputWeight = new Parameter(empty(4 * size, inputSize));
        _hiddenWeight = new Parameter(empty(4 * size, size));
        _inputBias = new Parameter(empty(4 * size));
        _hiddenBias = new Parameter(empty(4 * size));
        RegisterComponents();
    }

    /// <summary>[length, input] to [length, size].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var gates = F.linear(input, _inputWeight, _inputBias);
        var state = zeros(new[] { 1, _size }, dtype: input.dtype, device: input.device);
        var memory = state;
        var outputs = new Tensor[input.shape[0]];
        for (var i = 0; i < outputs.Length; i++)
        {
            var step = _isReverse ? outputs.Length - 1 - i : i;
            var parts = (gates.narrow(0, step, 1) + F.linear(state, _hiddenWeight, _hiddenBias)).chunk(4, 1);
            memory = parts[1].sigmoid() * memory + parts[0].sigmoid() * parts[2].tanh();
            state = parts[3].sigmoid() * memory.tanh();
            outputs[step] = state;
        }

        return cat(outputs).MoveToOuterDisposeScope();
    }
}
