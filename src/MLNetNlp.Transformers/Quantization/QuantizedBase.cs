using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Quantization;

/// <summary>The linear layers of a frozen model whose weights are packed.</summary>
internal sealed class QuantizedBase
{
    private readonly List<(Dense Layer, QuantizedWeight Weight)> _layers = [];

    /// <summary>Rounds the layers' weights to what packed ones will stand for; the layers stay as they are until <see cref="Pack"/>.</summary>
    public QuantizedBase(IEnumerable<Dense> layers, QuantizationOptions options)
    {
        using var noGradients = no_grad();
        foreach (var layer in layers)
        {
            using var scope = NewDisposeScope();
            var weight = QuantizedWeight.Create(layer.Values, options);
            // Other memory, not other numbers in it: models may share one base.
            layer.Values.set_(weight.Dequantize());
            _layers.Add((layer, weight));
        }
    }

    /// <summary>Bytes that the packed weights take.</summary>
    public long Bytes => _layers.Sum(layer => layer.Weight.Bytes);

    /// <summary>Leaves the layers the packed weights alone.</summary>
    public void Pack()
    {
        _layers.ForEach(layer => layer.Layer.Pack(layer.Weight));
        NativeHeap.ReturnFreed();
    }

    /// <summary>Gives the layers whole weights again, as precise as the packed ones were; those are kept.</summary>
    public void Unpack() => _layers.ForEach(layer => layer.Layer.Unpack());

    /// <summary>Whether a layer's weights are among them.</summary>
    public bool Holds(object layer) => _layers.Any(l => ReferenceEquals(l.Layer, layer));

    /// <summary>Frees the packed weights; the layers must have whole ones.</summary>
    public void Drop()
    {
        _layers.ForEach(layer => layer.Weight.Dispose());
        _layers.Clear();
    }
}
