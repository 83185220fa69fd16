using MLNetNlp.Transformers.Adapters;

namespace MLNetNlp;

/// <summary>(IA)3: keys, values and the feed-forward blocks' inner activations are scaled by learned vectors, a few thousand numbers in all.</summary>
/// <remarks>
/// Liu et al. 2022, "Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context Learning". Reads and writes Hugging Face PEFT's files.
/// </remarks>
public sealed record Ia3Options : AdapterOptions
{
    private static readonly string[] KeyAndValue = ["key", "value", "key_proj", "value_proj", "k_lin", "v_lin", "attn.k", "attn.v", "Wqkv"];
    private static readonly string[] FeedForwardOutput = ["output.dense", "ffn.lin2", "ffn_output", "mlp.Wo", "mlp.fc2"];

    /// <summary>
    /// The layers to scale, as in <see cref="LoraOptions.Targets"/>. Default null: the attention's keys and values and the feed-forward blocks' output layers,
    /// whatever the family calls them; in BERT "output.dense" is the attention's output layer as well.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Instead of <see cref="Targets"/>: a regular expression that the whole name of a layer must match. Default null.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Those of the targets whose inputs are scaled instead of their outputs, by the end of their names. Default null: feed-forward output layers.</summary>
    public IReadOnlyList<string>? FeedForwardTargets { get; init; }

    /// <summary>Layers that are left out although they match: full names or ends of names. Default: none.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>The learning rate where none is given: 1e-2.</summary>
    public override double DefaultLearningRate => 1e-2;

    internal override string PeftType => "IA3";

    internal override LayerTargets LayerTargets => new(Targets ?? [.. KeyAndValue, .. FeedForwardOutput], TargetPattern)
    {
        AreDefaults = Targets is null,
        Excluded = ExcludedTargets,
    };

    /// <inheritdoc/>
    public override void Validate() => LayerTargets.Validate(nameof(Ia3Options));

    internal override LayerAdapter Create(string name, IAdaptableLayer layer) => layer is Transformers.Encoders.EmbeddingTable
        ? throw new ArgumentException($"{nameof(Ia3Options)} scales linear layers, but target '{name}' is an embedding table.", nameof(Targets))
        : new Ia3Layer(layer.Weight, IsFeedForward(name));

    internal bool IsFeedForward(string name) => (FeedForwardTargets ?? FeedForwardOutput).Any(end => name.EndsWith(end, StringComparison.Ordinal));

    internal override bool TrainsBase(string name, bool isOfTarget) => false;
}
