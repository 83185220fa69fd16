using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>What an adapter adds to a module that is no single layer: virtual tokens in front of a text, a bottleneck after a sublayer.</summary>
/// <remarks>It is registered inside its host, so that its parameters move, train and are kept with the model's.</remarks>
internal abstract class AddedModule(string name) : nn.Module(name)
{
    /// <summary>What the files hold of it, under the names that they use. A new, untrained module may compute them from other parameters.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> Tensors { get; }

    /// <summary>Fills the parameters.</summary>
    /// <param name="seed">Seed of everything random, different for each module.</param>
    public abstract void Initialize(long seed);

    /// <summary>Lets go of what only training needs; what it computes stays the same.</summary>
    public virtual void FinishTraining()
    {
    }

    /// <summary>Numbers that depend on the seed and the name alone: from U(-range, range), or from N(0, range).</summary>
    protected static void Draw(Parameter target, long seed, string name, double range, bool isGaussian = false) =>
        LoraShape.Draw(target, Inputs.SeededRandom.Derive(seed, name), range, isGaussian);
}
