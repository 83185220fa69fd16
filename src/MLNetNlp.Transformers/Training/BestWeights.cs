using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>A copy of the weights that did best on the validation set, in CPU memory.</summary>
internal sealed class BestWeights(IReadOnlyList<TrainableParameter> parameters) : IDisposable
{
    private Tensor[]? _copies;

    /// <summary>Replaces the copy by the present weights.</summary>
    public void Keep()
    {
        using var noGradients = no_grad();
        _copies ??= [.. parameters.Select(p => empty(p.Value.shape, dtype: p.Value.dtype).DetachFromDisposeScope())];
        for (var i = 0; i < parameters.Count; i++)
            _copies[i].copy_(parameters[i].Value);
    }

    /// <summary>Puts the kept weights back; does nothing when none were kept.</summary>
    public void Restore()
    {
        if (_copies is null)
            return;
        using var noGradients = no_grad();
        for (var i = 0; i < parameters.Count; i++)
            parameters[i].Value.copy_(_copies[i]);
    }

    /// <summary>The copies by name; empty when none were kept. The tensors stay this object's.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State() => _copies is null ? [] : [.. parameters.Select((p, i) => (p.Name, _copies[i]))];

    /// <summary>Reads what <see cref="State"/> gave.</summary>
    public void Load(SafetensorsFile file)
    {
        Keep();
        using var noGradients = no_grad();
        foreach (var (name, copy) in State())
        {
            using var scope = NewDisposeScope();
            copy.copy_(file.ToTensor(name));
        }
    }

    public void Dispose()
    {
        foreach (var copy in _copies ?? [])
            copy.Dispose();
        _copies = null;
    }
}
