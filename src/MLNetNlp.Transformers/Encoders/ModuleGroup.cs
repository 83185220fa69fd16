using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A node of the module tree that computes nothing: it gives its children the names that the checkpoint has.</summary>
internal sealed class ModuleGroup : nn.Module
{
    public ModuleGroup(params ReadOnlySpan<(string Name, nn.Module Module)> children)
        : base(nameof(ModuleGroup))
    {
        foreach (var (name, module) in children)
            register_module(name, module);
    }
}
