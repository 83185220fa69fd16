using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>AdaLoRA's allocator: takes ranks away, over the run, from wherever they matter least, until <see cref="AdaLoraOptions.TargetRank"/> a layer is left.</summary>
/// <remarks>
/// A number's sensitivity is <c>|w g|</c>, g its gradient; its score is the sensitivity's moving mean times the moving mean of how far the sensitivity lies from that.
/// A rank's score is its E's, plus the mean of its row of A, plus the mean of its column of B. Ranks that are taken have E = 0. As PEFT's <c>RankAllocator</c>.
/// </remarks>
internal sealed class AdaLoraTraining : AdapterTraining
{
    private readonly AdaLoraOptions _options;
    private readonly List<Ranks> _layers;
    private readonly int _lastAllocation;
    private readonly int _firstBudget;
    private readonly int _lastBudget;

    /// <param name="module">The model with the adapter.</param>
    /// <param name="options">The adapter's.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <exception cref="ArgumentException">The run is too short for the schedule.</exception>
    public AdaLoraTraining(nn.Module module, AdaLoraOptions options, int totalSteps)
    {
        options.CheckSteps(totalSteps);
        _options = options;
        _lastAllocation = totalSteps - options.TFinal;
        // Those of frozen layers stay as they are.
        _layers = [.. module.named_modules().Where(m => m.module is AdaLoraLayer { E.requires_grad: true }).Select(m => new Ranks(m.name, (AdaLoraLayer)m.module))];
        _firstBudget = _layers.Sum(layer => layer.Layer.Rank);
        _lastBudget = options.TargetRank * _layers.Count;
        _layers.ForEach(layer => layer.Layer.TotalSteps = totalSteps);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [.. _layers.SelectMany(layer => layer.State)];

    /// <summary>The weight times the mean of <c>|A A^T - I|</c> and <c>|B^T B - I|</c> (Frobenius) over all layers: A and B are to be what a decomposition has.</summary>
    public override double AddGradients()
    {
        if (_options.OrthogonalWeight == 0 || _layers.Count == 0)
            return 0;
        using var scope = NewDisposeScope();
        var distances = _layers.SelectMany(layer => layer.Layer.FromOrthogonal());
        var loss = stack(distances).mean() * _options.OrthogonalWeight;
        loss.backward();
        return loss.item<float>();
    }

    /// <inheritdoc/>
    public override void AfterStep(int step, double gradientScale)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        if (step > _lastAllocation)
        {
            _layers.ForEach(layer => layer.Mask());
            return;
        }

        if (step < _lastAllocation)
            _layers.ForEach(layer => layer.Update(_options.Beta1, _options.Beta2, gradientScale));
        if (step == _lastAllocation || (step > _options.TInit && step % _options.DeltaT == 0))
            Allocate(_firstBudget - Budget(step));
    }

    /// <inheritdoc/>
    public override void Resume() => _layers.ForEach(layer => layer.Resume());

    /// <inheritdoc/>
    public override void Dispose() => _layers.ForEach(layer => layer.Dispose());

    /// <summary>Ranks of all layers together that are left after a step: falls with the third power of what is left of the way.</summary>
    private int Budget(int step)
    {
        var left = 1 - (double)(step - _options.TInit) / (_lastAllocation - _options.TInit);
        return Math.Min(_firstBudget, (int)((_firstBudget - _lastBudget) * Math.Pow(left, 3) + _lastBudget));
    }

    private void Allocate(int taken)
    {
        if (taken <= 0)
            return;
        var scores = _layers.SelectMany((layer, i) => layer.Scores().Select((score, rank) => (Score: score, Layer: i, Rank: rank))).OrderBy(s => s.Score).ToArray();
        foreach (var (layer, i) in _layers.Select((layer, i) => (layer, i)))
            layer.Take(scores.Take(taken).Where(s => s.Layer == i).Select(s => s.Rank));
    }

    /// <summary>The ranks of one layer.</summary>
    private sealed class Ranks : IDisposable
    {
        private readonly Tensor[] _sensitivities;
        private readonly Tensor[] _uncertainties;
        private readonly Tensor _kept;

        public Ranks(string name, AdaLoraLayer layer)
        {
            Layer = layer;
            using var noGradients = no_grad();
            _sensitivities = [.. layer.Tensors.Select(t => zeros_like(t.Value).DetachFromDisposeScope())];
            _uncertainties = [.. layer.Tensors.Select(t => zeros_like(t.Value).DetachFromDisposeScope())];
            _kept = ones([layer.Rank, 1], dtype: layer.E.dtype, device: layer.E.device).DetachFromDisposeScope();
            State = [.. layer.Tensors.Select((t, i) => ($"{name}.{t.Name}.sensitivity", _sensitivities[i])),
                .. layer.Tensors.Select((t, i) => ($"{name}.{t.Name}.uncertainty", _uncertainties[i])), ($"{name}.kept", _kept)];
        }

        public AdaLoraLayer Layer { get; }

        public IReadOnlyList<(string Name, Tensor Value)> State { get; }

        public void Update(double beta1, double beta2, double gradientScale)
        {
            for (var i = 0; i < _sensitivities.Length; i++)
            {
                var value = Layer.Tensors[i].Value;
                if (value.grad is not { } gradient)
                    continue;
                var sensitivity = (value * gradient).abs_().mul_(gradientScale);
                _sensitivities[i].mul_(beta1).add_(sensitivity, alpha: 1 - beta1);
                _uncertainties[i].mul_(beta2).add_((sensitivity - _sensitivities[i]).abs_(), alpha: 1 - beta2);
            }
        }

        public float[] Scores()
        {
            // A is [rank, input], B [output, rank], E [rank, 1].
            var scores = _sensitivities.Zip(_uncertainties, (s, u) => s * u).ToArray();
            return [.. (scores[2].view(-1) + scores[0].mean([1]) + scores[1].mean([0])).cpu().data<float>()];
        }

        public void Take(IEnumerable<int> ranks)
        {
            var kept = new float[Layer.Rank];
            Array.Fill(kept, 1);
            foreach (var rank in ranks)
                kept[rank] = 0;
            _kept.copy_(tensor(kept, _kept.shape));
            Mask();
        }

        public void Resume()
        {
            using var scope = NewDisposeScope();
            Layer.IsAllocated = _kept.min().item<float>() == 0;
        }

        public void Mask()
        {
            Layer.E.mul_(_kept);
            Layer.IsAllocated = true;
        }

        public void Dispose()
        {
            foreach (var tensor in _sensitivities.Concat(_uncertainties).Append(_kept))
                tensor.Dispose();
        }
    }
}
