using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>Takes the gradient from the parameters that <see cref="FreezingOptions"/> name, and gives it back when disposed.</summary>
internal sealed class ParameterFreeze : IDisposable
{
    private readonly List<Parameter> _frozen = [];

    public ParameterFreeze(nn.Module module, FreezingOptions? options)
    {
        if (options is null)
            return;
        options.Validate();
        var named = module.named_parameters().ToArray();
        var layers = ParameterDepth.LayerCount(named.Select(p => p.name));
        if (options.Layers > layers)
        {
            throw new ArgumentOutOfRangeException(nameof(FreezingOptions.Layers), options.Layers,
                $"{nameof(FreezingOptions)}.{nameof(FreezingOptions.Layers)} is {options.Layers}, but the model has {layers} layers.");
        }

        foreach (var (name, parameter) in named)
        {
            var depth = ParameterDepth.Of(name);
            var frozen = depth == ParameterDepth.Embeddings ? options.Embeddings : depth < options.Layers;
            if (!frozen || !parameter.requires_grad)
                continue;
            parameter.requires_grad = false;
            _frozen.Add(parameter);
        }
    }

    public void Dispose()
    {
        foreach (var parameter in _frozen)
            parameter.requires_grad = true;
    }
}
