using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp;

/// <summary>AdaLoRA: LoRA in the form of a singular value decomposition, whose training gives more ranks to the layers that need them.</summary>
/// <remarks>
/// Zhang et al. 2023, "AdaLoRA: Adaptive Budget Allocation for Parameter-Efficient Fine-Tuning". Adapters that Hugging Face PEFT trained are loaded, switched,
/// merged and saved; the training itself, which moves ranks between layers, is not here: train with <see cref="LoraOptions"/>.
/// </remarks>
public sealed record AdaLoraOptions : AdapterOptions
{
    /// <summary>Rank of every layer before training took some away. Default 12.</summary>
    public int InitialRank { get; init; } = 12;

    /// <summary>Scales the update by <c>Alpha / rank</c>. Default 8.</summary>
    public float Alpha { get; init; } = 8;

    /// <summary>The layers, as in <see cref="LoraOptions.Targets"/>. Default null: the attention's query and value.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Instead of <see cref="Targets"/>: a regular expression that the whole name of a layer must match. Default null.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Layers that are left out although they match: full names or ends of names. Default: none.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>Numbers of the encoder layers to adapt, from 0; with <see cref="Targets"/> only. Default: all of them.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>The ranks that training left, by the full name of a layer; others have the initial one.</summary>
    public IReadOnlyDictionary<string, int> Ranks { get; init; } = new Dictionary<string, int>();

    internal override string PeftType => "ADALORA";

    internal override LayerTargets LayerTargets => AsLora.LayerTargets;

    /// <summary>What it has in common with LoRA.</summary>
    internal LoraOptions AsLora => new()
    {
        Alpha = Alpha,
        Targets = Targets,
        TargetPattern = TargetPattern,
        ExcludedTargets = ExcludedTargets,
        Layers = Layers,
        ModulesToSave = ModulesToSave,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.That(InitialRank >= 1, InitialRank, "1 or more", this);
        AsLora.Validate();
    }

    internal override void CheckTrainable() => throw new NotSupportedException(
        $"{nameof(AdaLoraOptions)} is for adapters that were trained with PEFT: they are loaded and merged here, and not trained. Train with {nameof(LoraOptions)}.");

    internal override LayerAdapter Create(string name, IAdaptableLayer layer)
    {
        if (layer is EmbeddingTable)
            throw new ArgumentException($"{nameof(AdaLoraOptions)} is for linear layers, but target '{name}' is an embedding table.", nameof(Targets));
        var rank = Ranks.TryGetValue(name, out var left) ? left : InitialRank;
        // PEFT's small number, so that a layer without ranks divides by it.
        return new AdaLoraLayer(new LoraShape(layer.Weight, rank, Alpha / (rank + 1e-5f), LoraInitialization.Default));
    }

    internal override bool TrainsBase(string name, bool isOfTarget) => false;
}
