using System.Globalization;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp;

/// <summary>Low-rank adaptation: each target layer <c>W</c> becomes <c>W + (alpha / rank) * B A</c>, and only <c>A</c> and <c>B</c> train.</summary>
/// <remarks>
/// Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models". Reads and writes Hugging Face PEFT's <c>adapter_config.json</c> and
/// <c>adapter_model.safetensors</c>.
/// </remarks>
public sealed record LoraOptions : AdapterOptions
{
    /// <summary>The word among <see cref="Targets"/> that stands for every linear layer outside of the head.</summary>
    public const string AllLinear = "all-linear";

    // The attention's query and value, as the families call them; the layer that is both where they are fused.
    private static readonly string[] QueryAndValue = ["query", "value", "query_proj", "value_proj", "q_lin", "v_lin", "attn.q", "attn.v", "Wqkv"];

    /// <summary>Columns of B and rows of A. Default 8. More ranks, more capacity, more memory.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Scales the update by <c>Alpha / Rank</c>. Default 16.</summary>
    public float Alpha { get; init; } = 16;

    /// <summary>Probability with which an input of A is dropped in training. Default 0; below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// The layers to adapt: full names, ends of names ("query", "attention.output.dense"), or "all-linear". An embedding table can be one. Default null: the
    /// attention's query and value layers, whatever the family calls them.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Instead of <see cref="Targets"/>: a regular expression that the whole name of a layer must match. Default null.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Layers that are left out although they match: full names or ends of names. Default: none.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>Numbers of the encoder layers to adapt, from 0; with <see cref="Targets"/> only. Default: all of them.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>Ranks of some layers: a regular expression for the end of a layer's name (at a dot), and the rank. The first that matches counts.</summary>
    public IReadOnlyDictionary<string, int> RankPattern { get; init; } = new Dictionary<string, int>();

    /// <summary>Alphas of some layers, as in <see cref="RankPattern"/>.</summary>
    public IReadOnlyDictionary<string, float> AlphaPattern { get; init; } = new Dictionary<string, float>();

    /// <summary>Which of the model's own biases train too. Default: none.</summary>
    public AdapterBias Bias { get; init; }

    /// <summary>Scales the update by <c>Alpha / sqrt(Rank)</c>, which suits high ranks. Default false. Kalajdzievski 2023, "rsLoRA".</summary>
    public bool RankStabilized { get; init; }

    /// <summary>
    /// Learns the length of each row of the weights apart from its direction. Default false. Better at low ranks, a good deal slower. Linear layers only.
    /// Liu et al. 2024, "DoRA: Weight-Decomposed Low-Rank Adaptation".
    /// </summary>
    public bool Dora { get; init; }

    /// <summary>How A begins.</summary>
    public LoraInitialization Initialization { get; init; }

    /// <summary>A stays as it began and only B trains: half the parameters and less memory. Default false. Zhang et al. 2023, "LoRA-FA".</summary>
    public bool FreezeA { get; init; }

    /// <summary>B's learning rate is this many times A's. Default 1; 16 is usual. Hayou et al. 2024, "LoRA+".</summary>
    public double LearningRateRatio { get; init; } = 1;

    /// <summary>
    /// Holds the frozen weights of the model's linear layers in four bits (QLoRA): a seventh of the memory. Default null: as they are. The adapter learns on the
    /// rounded weights, and merging and removing leave rounded ones behind.
    /// </summary>
    public QuantizationOptions? BaseQuantization { get; init; }

    /// <summary>The learning rate where none is given: 1e-3.</summary>
    public override double DefaultLearningRate => 1e-3;

    internal override string PeftType => "LORA";

    internal override LayerTargets LayerTargets => new(Targets ?? QueryAndValue, TargetPattern)
    {
        AreDefaults = Targets is null,
        Excluded = ExcludedTargets,
        Layers = Layers,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.That(Rank >= 1, Rank, "1 or more", this);
        OptionCheck.That(float.IsFinite(Alpha) && Alpha != 0, Alpha, "a finite number other than 0", this);
        OptionCheck.That(Dropout is >= 0 and < 1, Dropout, "a number from 0 to below 1", this);
        OptionCheck.That(Enum.IsDefined(Bias), Bias, "one of " + string.Join(", ", Enum.GetNames<AdapterBias>()), this);
        OptionCheck.That(Enum.IsDefined(Initialization), Initialization, "one of " + string.Join(", ", Enum.GetNames<LoraInitialization>()), this);
        OptionCheck.That(LearningRateRatio > 0 && double.IsFinite(LearningRateRatio), LearningRateRatio, "a finite number above 0", this);
        foreach (var (pattern, rank) in RankPattern)
        {
            LayerTargets.CheckPattern(pattern, $"{nameof(LoraOptions)}.{nameof(RankPattern)}");
            OptionCheck.That(rank >= 1, rank, "1 or more", this, $"{nameof(RankPattern)}['{pattern}']");
        }

        foreach (var (pattern, alpha) in AlphaPattern)
        {
            LayerTargets.CheckPattern(pattern, $"{nameof(LoraOptions)}.{nameof(AlphaPattern)}");
            OptionCheck.That(float.IsFinite(alpha) && alpha != 0, alpha, "a finite number other than 0", this, $"{nameof(AlphaPattern)}['{pattern}']");
        }

        if (Layers.FirstOrDefault(layer => layer < 0, 0) is < 0 and var negative)
            OptionCheck.That(false, negative, "numbers of layers, from 0", this, nameof(Layers));
        LayerTargets.Validate(nameof(LoraOptions));
        BaseQuantization?.Validate();
    }

    internal override LayerAdapter Create(string name, IAdaptableLayer layer)
    {
        LoraShape shape = new(layer.Weight, RankOf(name), (float)ScaleOf(name), Initialization);
        if (layer is EmbeddingTable && Dora)
            throw new ArgumentException($"{nameof(LoraOptions)}.{nameof(Dora)} is for linear layers, but target '{name}' is an embedding table.", nameof(Targets));
        return layer is EmbeddingTable ? new LoraTable(shape) : Dora ? new DoraLayer(shape, Dropout) : new LoraLayer(shape, Dropout);
    }

    /// <summary>The factor on a layer's <c>B A</c>.</summary>
    internal double ScaleOf(string name)
    {
        var alpha = LayerTargets.Pattern(AlphaPattern, name) ?? Alpha;
        return RankStabilized ? alpha / Math.Sqrt(RankOf(name)) : (double)alpha / RankOf(name);
    }

    internal override void CheckLayer(string name, IAdaptableLayer layer) => CheckRank($"{nameof(LoraOptions)}.{nameof(Rank)}", RankOf(name), name, layer);

    /// <summary>A rank above the layer's size says nothing that the size would not: it is a mistake.</summary>
    internal static void CheckRank(string option, int rank, string name, IAdaptableLayer layer)
    {
        var (rows, columns) = (layer.Weight.shape[0], layer.Weight.shape[1]);
        if (rank > Math.Min(rows, columns))
        {
            throw new ArgumentOutOfRangeException(option, rank, string.Create(CultureInfo.InvariantCulture,
                $"{option} is {rank}, but target '{name}' is {rows} x {columns}: at most {Math.Min(rows, columns)} makes sense."));
        }
    }

    private int RankOf(string name) => LayerTargets.Pattern(RankPattern, name) ?? Rank;

    internal override bool TrainsBase(string name, bool isOfTarget) => Bias switch
    {
        AdapterBias.All => name.Contains("bias", StringComparison.Ordinal),
        AdapterBias.LoraOnly => isOfTarget && name.EndsWith(".bias", StringComparison.Ordinal),
        _ => false,
    };

    internal override double LearningRateFactor(string name) =>
        name.EndsWith(".lora_B", StringComparison.Ordinal) || name.EndsWith(".lora_embedding_B", StringComparison.Ordinal) ? LearningRateRatio : 1;
}
