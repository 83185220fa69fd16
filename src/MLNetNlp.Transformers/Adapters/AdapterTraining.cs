using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>What a kind of adapter does in a training run besides being trained: the training loop calls it in every step, whatever the kind.</summary>
internal abstract class AdapterTraining : IDisposable
{
    /// <summary>Its state by name, for checkpoints: tensors that <see cref="AfterStep"/> writes to.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <summary>Adds the gradients of a loss of its own to those of the step's batches.</summary>
    /// <returns>That loss.</returns>
    public abstract double AddGradients();

    /// <summary>Called when the optimizer has moved the weights, before the gradients go.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="gradientScale">What clipping multiplied the gradients by.</param>
    public abstract void AfterStep(int step, double gradientScale);

    /// <summary>Called when a checkpoint's numbers were put into <see cref="State"/>.</summary>
    public abstract void Resume();

    /// <inheritdoc/>
    public abstract void Dispose();
}
