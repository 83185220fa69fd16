using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>An addition to one layer. It is registered inside the layer, so that its parameters move, train and are kept with the model's.</summary>
internal abstract class LayerAdapter(string name) : nn.Module(name)
{
    /// <summary>Its name inside the layer.</summary>
    public const string ModuleName = "adapter";

    /// <summary>The parameters, under their names in PEFT's files.</summary>
    public abstract IReadOnlyList<(string Name, Parameter Value)> Tensors { get; }

    /// <summary>What files hold, under the same names.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Value)> Saved => [.. Tensors.Select(t => (t.Name, (Tensor)t.Value))];

    /// <summary>Fills the parameters so that the layer computes what it did without them.</summary>
    /// <param name="weight">The layer's weights.</param>
    /// <param name="seed">Seed of everything random, different for each layer.</param>
    public abstract void Initialize(Tensor weight, long seed);

    /// <summary>Changes the layer's own weights, in place, to those that give the same result alone.</summary>
    public abstract void MergeInto(Tensor weight, Tensor? bias);

    /// <summary>A linear layer with the addition: [..., input] to [..., output].</summary>
    public virtual Tensor Forward(Tensor input, LinearWeight weight, Tensor? bias) => throw new NotSupportedException($"{GetType().Name} is not for linear layers.");

    /// <summary>A table's rows with the addition: [n, size].</summary>
    /// <param name="rows">The rows as the table has them.</param>
    /// <param name="pick">Takes the same rows of another table.</param>
    public virtual Tensor Rows(Tensor rows, Func<Tensor, Tensor> pick) => throw new NotSupportedException($"{GetType().Name} is not for tables.");

    /// <summary>The input as the addition gets it; the very same tensor where nothing is dropped.</summary>
    protected Tensor Dropped(Tensor input, double dropout) => training && dropout > 0 ? Encoders.Dropout.Copy(input, dropout) : input;
}
