using MLNetNlp.Transformers.Adapters;

namespace MLNetNlp;

/// <summary>BitFit: of the model's own weights only the biases train, those of linear layers and of LayerNorms, about a thousandth of all.</summary>
/// <remarks>
/// Ben Zaken et al. 2022, "BitFit: Simple Parameter-efficient Fine-tuning for Transformer-based Masked Language-models". Nothing is added to the model, so there
/// is nothing to merge; families without biases (ModernBERT) have nothing to train in this way.
/// </remarks>
public sealed record BitFitOptions : AdapterOptions
{
    /// <summary>The learning rate where none is given: 3e-3.</summary>
    public override double DefaultLearningRate => 3e-3;

    internal override string PeftType => "BITFIT";

    internal override LayerTargets? LayerTargets => null;

    /// <inheritdoc/>
    public override void Validate()
    {
    }

    internal override LayerAdapter Create(string name, IAdaptableLayer layer) => throw new InvalidOperationException("BitFit adds nothing to a layer.");

    internal override bool TrainsBase(string name, bool isOfTarget) => name.EndsWith(".bias", StringComparison.Ordinal);
}
