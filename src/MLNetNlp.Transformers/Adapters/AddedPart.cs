using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>A module that an adapter adds, and where.</summary>
/// <param name="FileName">What the tensors' names in files begin with, the dot included.</param>
/// <param name="Host">The module that it is added to.</param>
/// <param name="Child">Its name inside the host.</param>
/// <param name="Module">The addition.</param>
/// <param name="Use">Makes the host use the addition; null: go without.</param>
internal sealed record AddedPart(string FileName, nn.Module Host, string Child, AddedModule Module, Action<AddedModule?> Use)
{
    /// <summary>Puts the addition into the model.</summary>
    public void Add()
    {
        Module.train(Host.training);
        Host.register_module(Child, Module);
        Use(Module);
    }

    /// <summary>Takes it out again.</summary>
    public void Remove()
    {
        Use(null);
        Host.register_module(Child, null!);
        Module.Dispose();
    }
}
