using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Cross-entropy of class scores, with optional class weights and label smoothing.</summary>
/// <remarks>
/// <c>loss = -sum_i w[y_i] log softmax(logits_i)[y_i] / sum_i w[y_i]</c>; with smoothing <c>e</c> each target is <c>1 - e</c> on its class plus
/// <c>e / classes</c> on every class (Szegedy et al. 2016). Rows whose label is -100 do not count. Equal to <c>torch.nn.functional.cross_entropy</c>.
/// </remarks>
public sealed class CrossEntropyLoss : IDisposable
{
    private readonly double _labelSmoothing;
    private readonly Tensor? _classWeights;

    /// <summary>A loss on one device.</summary>
    /// <param name="labelSmoothing">Share of each label that is spread over all classes: 0 to below 1.</param>
    /// <param name="classWeights">One weight a class, at least 0, not all 0; null: all 1.</param>
    /// <param name="device">The logits' device; null: CPU.</param>
    /// <exception cref="ArgumentException">A weight that is negative or not finite, or all of them 0.</exception>
    public CrossEntropyLoss(double labelSmoothing = 0, IReadOnlyList<float>? classWeights = null, Device? device = null)
    {
        if (!(labelSmoothing is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing,
                $"Label smoothing is {labelSmoothing}; a number from 0 to below 1 is needed.");
        }

        _labelSmoothing = labelSmoothing;
        if (classWeights is null)
            return;
        var bad = classWeights.Select((weight, index) => (weight, index)).FirstOrDefault(w => !(w.weight >= 0) || float.IsInfinity(w.weight), (0, -1));
        if (bad.Item2 >= 0)
            throw new ArgumentException($"Class weight {bad.Item2} is {bad.Item1}; finite numbers of at least 0 are needed.", nameof(classWeights));
        if (!classWeights.Any(weight => weight > 0))
            throw new ArgumentException("All class weights are 0; at least one above 0 is needed.", nameof(classWeights));
        _classWeights = tensor(classWeights.ToArray(), device: device).DetachFromDisposeScope();
    }

    /// <summary>The mean loss, a scalar.</summary>
    /// <param name="logits">[batch, classes].</param>
    /// <param name="labels">[batch], int64.</param>
    public Tensor Compute(Tensor logits, Tensor labels) =>
        F.cross_entropy(logits, labels, _classWeights, label_smoothing: _labelSmoothing);

    /// <summary>Frees the class weights.</summary>
    public void Dispose() => _classWeights?.Dispose();
}
