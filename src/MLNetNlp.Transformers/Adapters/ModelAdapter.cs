using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Quantization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>An adapter on a module tree: the base is frozen, a small addition trains; it can be switched off, merged, unmerged, removed and saved alone.</summary>
/// <remarks>
/// Works on any module whose linear layers and tables are this library's, so on every family and every head. One adapter at a time on a module; not thread-safe,
/// and the module must not run while the adapter changes its state. Adapters of one seed on one model are the same.
/// </remarks>
public sealed class ModelAdapter : IDisposable
{
    private static readonly ConditionalWeakTable<nn.Module, ModelAdapter> Attached = [];
    private readonly HashSet<string> _plainNames;
    private readonly List<AdaptedLayer> _layers = [];
    private readonly List<AddedPart> _parts = [];
    private readonly List<(string Name, Parameter Parameter)> _base;
    private readonly Dictionary<string, Tensor> _others = new(StringComparer.Ordinal);
    private readonly HashSet<Parameter> _frozen = new(ReferenceEqualityComparer.Instance);
    private readonly string[] _saved;
    private QuantizedBase? _quantized;
    private bool _isEnabled = true;
    private bool _isRemoved;
    private bool _isDisposed;

    private ModelAdapter(nn.Module module, AdapterOptions options, IReadOnlyList<string> headModules)
    {
        Options = options;
        Module = module;
        _plainNames = module.state_dict().Keys.ToHashSet(StringComparer.Ordinal);
        var modules = module.named_modules().ToArray();
        _base = [.. module.named_parameters()];
        if (modules.Any(m => m.module is LayerAdapter or AddedModule))
            throw new InvalidOperationException("The model has an adapter already. Merge it or remove it before another is attached.");
        SavedModules = options.ModulesToSave ?? headModules;
        // As PEFT matches them: by the end of the name, wherever in a word it begins.
        _saved = [.. modules.Select(m => m.name).Where(name => SavedModules.Any(end => name.EndsWith(end, StringComparison.Ordinal)))];
        SavedParameters = _base.Select(p => p.Name).Where(name => _saved.Any(path => name.StartsWith(path + '.', StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
        Candidates = [.. modules.Where(m => m.module is IAdaptableLayer && !_saved.Any(path => m.name == path
            || m.name.StartsWith(path + '.', StringComparison.Ordinal))).Select(m => (m.name, (IAdaptableLayer)m.module))];
    }

    /// <summary>What kind of adapter it is, with its settings.</summary>
    public AdapterOptions Options { get; }

    /// <summary>Names of the layers that have an addition, in the model's order.</summary>
    public IReadOnlyList<string> LayerNames => [.. _layers.Select(layer => layer.Name)];

    /// <summary>Whether <see cref="Merge"/> works: false for kinds that are no change of weights, which stay on the model to be used.</summary>
    public bool CanMerge => Options.CanMerge;

    /// <summary>Whether the additions are part of the layers' own weights at present.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>
    /// Whether the adapter takes part in the forward pass. Switched off, the model computes what it did before the adapter was attached: the head and the
    /// biases that trained are switched with it.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is set while the adapter is merged or after it was removed.</exception>
    public bool IsEnabled
    {
        get => _isEnabled && !_isRemoved;
        set
        {
            CheckAttached();
            if (IsMerged)
                throw new InvalidOperationException("The adapter is merged and cannot be switched on or off. Unmerge it first.");
            if (value == _isEnabled)
                return;
            _isEnabled = value;
            foreach (var (_, layer, adapter) in _layers)
                layer.Adapter = value ? adapter : null;
            foreach (var part in _parts)
                part.Use(value ? part.Module : null);
            SwapBase();
        }
    }

    /// <summary>Number of weights that the adapter trains, head and biases included.</summary>
    public long TrainableParameters =>
        _layers.Sum(layer => layer.Adapter.Tensors.Sum(t => t.Value.requires_grad ? t.Value.numel() : 0)) + _others.Values.Sum(value => value.numel())
        + _parts.SelectMany(part => part.Module.parameters()).Sum(parameter => parameter.numel());

    /// <summary>Bytes that the model's own weights take at present: fewer where <see cref="LoraOptions.BaseQuantization"/> packs them.</summary>
    public long BaseBytes => _base.Sum(p => p.Parameter.numel() * p.Parameter.element_size()) + (IsMerged ? 0 : _quantized?.Bytes ?? 0);

    /// <summary>The base model's hash from before its weights were rounded; null: they were not.</summary>
    internal string? OriginalHash { get; private set; }

    /// <summary>The fields of the <c>adapter_config.json</c> that it was loaded from.</summary>
    internal JsonObject? Source { get; set; }

    internal IReadOnlyList<string> SavedModules { get; }

    /// <summary>Parameters of the saved modules.</summary>
    internal IReadOnlySet<string> SavedParameters { get; }

    internal IReadOnlyList<AdaptedLayer> Layers => _layers;

    /// <summary>Additions that are not to single layers.</summary>
    internal IReadOnlyList<AddedPart> Parts => _parts;

    /// <summary>The model.</summary>
    internal nn.Module Module { get; }

    /// <summary>Whether other models have the same memory for their weights: then it is never written to.</summary>
    internal bool SharesBase { get; set; }

    private IReadOnlyList<(string Name, IAdaptableLayer Layer)> Candidates { get; }

    /// <summary>The adapter that is on a module; null: none.</summary>
    /// <param name="module">The module that it was attached to, not one inside of it.</param>
    public static ModelAdapter? On(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Attached.TryGetValue(module, out var adapter) ? adapter : null;
    }

    /// <summary>Attaches a new adapter: until it is trained, the model computes what it did.</summary>
    /// <param name="module">The model, with its weights, on its device.</param>
    /// <param name="options">The kind of adapter.</param>
    /// <param name="headModules">What trains as a whole where <see cref="AdapterOptions.ModulesToSave"/> is null, by the end of names. Null: nothing.</param>
    /// <param name="seed">Seed of new weights.</param>
    /// <exception cref="ArgumentException">An option makes no sense, alone or for this model; the message names what there is.</exception>
    /// <exception cref="InvalidOperationException">The model has an adapter already.</exception>
    public static ModelAdapter Attach(nn.Module module, AdapterOptions options, IReadOnlyList<string>? headModules = null, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var adapter = new ModelAdapter(module, options, headModules ?? []);
        adapter.CheckTargets();
        adapter.AddLayers((name, layer, addition) =>
        {
            options.CheckLayer(name, layer);
            addition.Initialize(layer.Weight, SeededRandom.Derive(seed, name));
        }, part => part.Module.Initialize(SeededRandom.Derive(seed, part.FileName)));
        return adapter;
    }

    /// <summary>Attaches an adapter whose weights the caller fills.</summary>
    internal static ModelAdapter AttachEmpty(nn.Module module, AdapterOptions options)
    {
        var adapter = new ModelAdapter(module, options, []);
        if (options.LayerTargets is { } targets && !adapter.Candidates.Any(c => targets.Matches(c.Name, c.Layer)))
            throw adapter.NothingMatches(targets.Expression ?? string.Join(", ", targets.Names));
        adapter.AddLayers((_, _, _) => { }, null);
        return adapter;
    }

    /// <summary>Moves the additions into the layers' own weights, which then compute the same at the speed of the plain model.</summary>
    /// <exception cref="InvalidOperationException">It is merged already, switched off, or removed, or its kind cannot be merged.</exception>
    public void Merge()
    {
        CheckAttached();
        if (!CanMerge)
        {
            throw new InvalidOperationException(
                $"{Options.GetType().Name} is no change of the model's weights, so there is nothing to merge: the adapter stays on the model.");
        }

        if (IsMerged)
            throw new InvalidOperationException("The adapter is merged already.");
        if (!_isEnabled)
            throw new InvalidOperationException("The adapter is switched off. Switch it on before it is merged.");
        using var noGradients = no_grad();
        _quantized?.Unpack();
        foreach (var layer in _layers)
        {
            using var scope = NewDisposeScope();
            // Packed weights are kept as they are, to go back to.
            if (_quantized?.Holds(layer.Layer) != true)
                layer.OriginalWeight = layer.Layer.Weight.detach().clone().DetachFromDisposeScope();
            layer.OriginalBias = layer.Layer.Bias?.detach().clone().DetachFromDisposeScope();
            if (SharesBase)
            {
                layer.Layer.Weight.set_(layer.Layer.Weight.detach().clone());
                layer.Layer.Bias?.set_(layer.Layer.Bias.detach().clone());
            }

            layer.Adapter.MergeInto(layer.Layer.Weight, layer.Layer.Bias);
            layer.Layer.Adapter = null;
        }

        IsMerged = true;
    }

    /// <summary>Takes the additions out of the layers' weights again, which are then bit by bit what they were.</summary>
    /// <exception cref="InvalidOperationException">It is not merged, or removed.</exception>
    public void Unmerge()
    {
        CheckAttached();
        if (!IsMerged)
            throw new InvalidOperationException("The adapter is not merged, so there is nothing to unmerge.");
        using var noGradients = no_grad();
        foreach (var layer in _layers)
        {
            if (layer.OriginalWeight is { } weight)
                layer.Layer.Weight.copy_(weight);
            layer.Layer.Bias?.copy_(layer.OriginalBias!);
            layer.DropOriginals();
            layer.Layer.Adapter = layer.Adapter;
        }

        _quantized?.Pack();
        IsMerged = false;
    }

    /// <summary>
    /// Lets go of what only training needs, for an adapter that stays on the model: a network that makes virtual tokens is replaced by the tokens that it makes.
    /// Outputs stay the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">The adapter is removed.</exception>
    public void FinishTraining()
    {
        CheckAttached();
        _parts.ForEach(part => part.Module.FinishTraining());
    }

    /// <summary>Merges, and leaves a plain model behind, whose weights all train again. The adapter is done with.</summary>
    /// <exception cref="InvalidOperationException">It is switched off, or removed.</exception>
    public void MergeAndRemove()
    {
        if (!IsMerged)
            Merge();
        Detach();
    }

    /// <summary>Leaves the model as it was before the adapter was attached, but for weights that were packed: those stay rounded. The adapter is done with.</summary>
    /// <exception cref="InvalidOperationException">It is removed already.</exception>
    public void Remove()
    {
        if (IsMerged)
            Unmerge();
        IsEnabled = false;
        Detach();
    }

    /// <summary>Frees the copies of what the adapter changed. The model keeps its present state, and computes with it; the adapter can be neither changed nor saved any more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _layers.ForEach(layer => layer.DropOriginals());
        foreach (var tensor in _others.Values)
            tensor.Dispose();
        _others.Clear();
    }

    internal void CheckUsable() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <summary>The base's parameters that train too, with their trained values.</summary>
    internal IReadOnlyList<(string Name, Parameter Parameter)> TrainedBase => [.. _base.Where(p => _others.ContainsKey(p.Name))];

    /// <summary>The outermost saved module that a parameter is in; null: none.</summary>
    internal string? SavedPath(string name) => _saved.Where(path => name.StartsWith(path + '.', StringComparison.Ordinal)).MinBy(path => path.Length);

    /// <summary>The value that a trained parameter of the base had before.</summary>
    internal Tensor BaseValue(string name) => _others[name];

    /// <summary>The base model's weights without the saved modules, as they are without the adapter.</summary>
    internal IEnumerable<(string Name, Tensor Value)> BaseWeights()
    {
        var originals = new Dictionary<Parameter, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var layer in _layers.Where(_ => IsMerged))
        {
            originals[layer.Layer.Weight] = layer.OriginalWeight ?? layer.Layer.Weight;
            if (layer.Layer.Bias is { } bias)
                originals[bias] = layer.OriginalBias!;
        }

        return _base.Where(p => !SavedParameters.Contains(p.Name)).Select(p =>
            (p.Name, _isEnabled && _others.TryGetValue(p.Name, out var other) ? other : originals.GetValueOrDefault(p.Parameter, p.Parameter)));
    }

    /// <summary>The base's parameters that stay as they are: other models may have them too.</summary>
    internal IEnumerable<Parameter> FrozenBase => _base.Where(p => !_others.ContainsKey(p.Name)).Select(p => p.Parameter);

    /// <summary>The weights of a plain model that computes the same: without the adapter's own, and with what it adds merged in where it is switched on.</summary>
    /// <remarks>The model itself does not change. Tensors that had to be made belong to the caller's dispose scope.</remarks>
    /// <exception cref="InvalidOperationException">The kind cannot be merged.</exception>
    internal IReadOnlyList<(string Name, Tensor Value)> PlainWeights()
    {
        if (IsEnabled && !CanMerge)
        {
            throw new InvalidOperationException($"{Options.GetType().Name} is no change of the model's weights, so that no plain model computes the same. "
                + "Save the adapter beside its base model instead.");
        }

        using var noGradients = no_grad();
        Dictionary<string, Tensor> merged = new(StringComparer.Ordinal);
        foreach (var layer in _layers.Where(_ => IsEnabled && !IsMerged))
        {
            var weight = merged[layer.Name + ".weight"] = Whole(layer.Layer).clone();
            var bias = layer.Layer.Bias?.detach().clone();
            if (bias is not null)
                merged[layer.Name + ".bias"] = bias;
            using var scope = NewDisposeScope();
            layer.Adapter.MergeInto(weight, bias);
        }

        // Packed ones that have no addition.
        foreach (var (name, layer) in Candidates.Where(c => IsPacked(c.Layer)))
            merged.TryAdd(name + ".weight", Whole(layer));
        return [.. Module.state_dict().Where(t => _plainNames.Contains(t.Key)).Select(t => (t.Key, merged.GetValueOrDefault(t.Key, t.Value)))];
    }

    /// <summary>Whether the base's weights are packed, so that what they were is not here any more.</summary>
    internal bool IsPackedBase => _quantized is not null;

    /// <summary>The base's weights as they are without the adapter, and the head and whatever else trained as a whole as it is with it.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> SeparateWeights()
    {
        var values = BaseWeights().ToDictionary(w => w.Name, w => w.Value, StringComparer.Ordinal);
        return [.. Module.state_dict().Where(t => _plainNames.Contains(t.Key)).Select(t => (t.Key, values.GetValueOrDefault(t.Key, t.Value)))];
    }

    private static bool IsPacked(IAdaptableLayer layer) => layer is Dense { Packed: not null };

    private static Tensor Whole(IAdaptableLayer layer) => layer is Dense { Packed: { } packed } ? packed.Dequantize() : layer.Weight.detach();

    private void CheckTargets()
    {
        if (Options.LayerTargets is not { } targets)
            return;
        string[] names = [.. Candidates.Select(c => c.Name)];
        if (targets.Unused(names) is { } unused)
            throw NothingMatches(unused);
        if (targets.UnusedLayer(names) is { } layer)
        {
            throw new ArgumentOutOfRangeException(nameof(LoraOptions.Layers), layer,
                $"{Options.GetType().Name}.{nameof(LoraOptions.Layers)} has {layer}, but the model has no layer of that number.");
        }

        if (!Candidates.Any(c => targets.Matches(c.Name, c.Layer)))
            throw NothingMatches(targets.Expression ?? string.Join(", ", targets.Names));
    }

    private ArgumentException NothingMatches(string target)
    {
        var layers = Candidates.Select(c => string.Join('.', c.Name.Split('.').Select(part => part.All(char.IsAsciiDigit) ? "N" : part))).Distinct();
        return new ArgumentException($"{Options.GetType().Name}: no layer matches the target '{target}'. The model's layers are (N: the layer's number): "
            + $"{string.Join(", ", layers)}.", nameof(LoraOptions.Targets));
    }

    private void AddLayers(Action<string, IAdaptableLayer, LayerAdapter> fill, Action<AddedPart>? fillPart)
    {
        try
        {
            if (Options is LoraOptions { BaseQuantization: { } quantization })
            {
                OriginalHash = BaseModelHash.Compute(this);
                _quantized = new QuantizedBase(Candidates.Select(c => c.Layer).OfType<Dense>().Distinct(), quantization);
            }

            if (Options.LayerTargets is { } targets)
            {
                foreach (var (name, layer) in Candidates.Where(c => targets.Matches(c.Name, c.Layer)))
                {
                    var addition = Options.Create(name, layer);
                    fill(name, layer, addition);
                    addition.train(((nn.Module)layer).training);
                    ((nn.Module)layer).register_module(LayerAdapter.ModuleName, addition);
                    layer.Adapter = addition;
                    _layers.Add(new AdaptedLayer(name, layer, addition));
                }
            }

            foreach (var part in Options.CreateParts(Module, isForLoading: fillPart is null))
            {
                using (no_grad())
                    fillPart?.Invoke(part);
                part.Add();
                _parts.Add(part);
            }

            Freeze();
            _quantized?.Pack();
            Attached.AddOrUpdate(Module, this);
        }
        catch
        {
            Detach();
            Dispose();
            throw;
        }
    }

    /// <summary>Leaves the gradient to the additions, the saved modules and the biases that train; keeps what the latter were.</summary>
    private void Freeze()
    {
        var adapted = new HashSet<Parameter>(_layers.Select(l => l.Layer.Bias).OfType<Parameter>(), ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in _base)
        {
            if (SavedParameters.Contains(name) || Options.TrainsBase(name, adapted.Contains(parameter)))
            {
                using var noGradients = no_grad();
                _others.Add(name, parameter.detach().clone().DetachFromDisposeScope());
            }
            else if (parameter.requires_grad)
            {
                parameter.requires_grad = false;
                _frozen.Add(parameter);
            }
        }

        if (Options is LoraOptions { FreezeA: true })
        {
            foreach (var (name, value) in _layers.SelectMany(layer => layer.Adapter.Tensors).Where(t => t.Name is "lora_A.weight" or "lora_embedding_A"))
                value.requires_grad = false;
        }
    }

    private void SwapBase()
    {
        using var noGradients = no_grad();
        foreach (var (name, parameter) in TrainedBase)
        {
            using var scope = NewDisposeScope();
            var present = parameter.detach().clone();
            parameter.copy_(_others[name]);
            _others[name].copy_(present);
        }
    }

    private void Detach()
    {
        foreach (var layer in _layers)
        {
            layer.Layer.Adapter = null;
            ((nn.Module)layer.Layer).register_module(LayerAdapter.ModuleName, null!);
            layer.Adapter.Dispose();
            layer.DropOriginals();
        }

        _parts.ForEach(part => part.Remove());
        _quantized?.Unpack();
        _quantized?.Drop();
        _quantized = null;
        foreach (var parameter in _frozen)
            parameter.requires_grad = true;
        _parts.Clear();
        _layers.Clear();
        Attached.Remove(Module);
        _isRemoved = true;
        IsMerged = false;
    }

    private void CheckAttached()
    {
        CheckUsable();
        if (_isRemoved)
            throw new InvalidOperationException("The adapter was removed from its model.");
    }
}
