using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Heads;

/// <summary>One encoder with two heads: what a whole command wants, and which slot each of its words fills.</summary>
/// <remarks>
/// The intent from the pooled output (from the first token's vector in families without a pooler), the slots from each token's, dropout before both.
/// Chen, Zhuo and Wang 2019, "BERT for Joint Intent Classification and Slot Filling".
/// </remarks>
public sealed class IntentAndSlotsModel : nn.Module<TokenBatch, Tensor>
{
    private const string IntentName = "intent_classifier";
    private const string SlotName = "slot_classifier";

    private readonly Dense _intent;
    private readonly Dense _slot;
    private readonly double _dropout;

    private IntentAndSlotsModel(ModelConfig config, int intentCount, int slotCount)
        : base(nameof(IntentAndSlotsModel))
    {
        Config = config;
        IntentCount = intentCount;
        SlotCount = slotCount;
        Encoder = TextEncoders.Create(config, pooler: true);
        _intent = new Dense(config.HiddenSize, intentCount);
        _slot = new Dense(config.HiddenSize, slotCount);
        _dropout = config.ClassifierDropout ?? config.HiddenDropout;
        register_module(TextEncoders.BaseModelPrefix(config), Encoder);
        register_module(IntentName, _intent);
        register_module(SlotName, _slot);
    }

    /// <summary>The encoder's sizes and settings.</summary>
    public ModelConfig Config { get; }

    /// <summary>Number of intents.</summary>
    public int IntentCount { get; }

    /// <summary>Number of slot tags.</summary>
    public int SlotCount { get; }

    /// <summary>The encoder under the heads.</summary>
    public TextEncoder Encoder { get; }

    /// <summary>The checkpoint's tensors that have no place in this model, by their names there.</summary>
    public IReadOnlyList<string> UnusedTensors { get; private set; } = [];

    /// <summary>What an adapter trains as a whole, as it is new: the heads, and a pooler that the checkpoint lacks; ends of module names.</summary>
    internal IReadOnlyList<string> NewModules { get; private set; } = [];

    /// <summary>A model to fine-tune: the checkpoint's encoder and, where the checkpoint has none of that size, new heads.</summary>
    /// <param name="files">A pretrained or fine-tuned checkpoint.</param>
    /// <param name="intentCount">Number of intents; at least 1.</param>
    /// <param name="slotCount">Number of slot tags; at least 1.</param>
    /// <param name="seed">Seed of new weights: N(0, <c>initializer_range</c>), biases 0. A pooler that the checkpoint lacks is new as well.</param>
    /// <exception cref="ArgumentOutOfRangeException">No intent or no slot.</exception>
    /// <exception cref="InvalidDataException">Encoder weights that are missing, or whose shape disagrees with the configuration.</exception>
    public static IntentAndSlotsModel FromPretrained(ModelFiles files, int intentCount, int slotCount, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intentCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(slotCount, 1);
        var config = ModelConfig.Read(files);
        return Create(config, intentCount, slotCount, model =>
        {
            var options = WeightLoadingOptions.For(config);
            var result = ModuleWeights.Load(model, files, options with
            {
                MayBeMissing = [$"{IntentName}.", $"{SlotName}.", $"{options.BaseModelPrefix}.pooler."],
                MayHaveAnotherShape = [$"{IntentName}.", $"{SlotName}."],
            });
            model.UnusedTensors = result.Unexpected;
            model.NewModules = [IntentName, SlotName,
                .. result.Missing.Any(name => name.StartsWith($"{options.BaseModelPrefix}.pooler.", StringComparison.Ordinal)) ? ["pooler"] : (string[])[]];
            WeightInitialization.Initialize(model, result.Missing, config.InitializerRange, seed);
        });
    }

    /// <summary>A fine-tuned model, as <see cref="Save"/> wrote it: every weight must be there.</summary>
    /// <exception cref="InvalidDataException">A weight is missing, or its shape disagrees with the configuration.</exception>
    public static IntentAndSlotsModel Load(ModelFiles files)
    {
        var config = ModelConfig.Read(files);
        using var checkpoint = CheckpointTensors.Open(files);
        return Create(config, Rows(IntentName), Rows(SlotName), model => ModuleWeights.Load(model, checkpoint, files, WeightLoadingOptions.For(config)));

        int Rows(string head) => checkpoint.Tensors.TryGetValue(head + ".weight", out var tensor) ? (int)tensor.Entry.Shape[0]
            : throw new InvalidDataException($"The weights in '{files.Description}' lack '{head}.weight': they are not of a model of intents and slots.");
    }

    /// <summary>Scores, before softmax: [batch, length, slots + intents]. The text's intent scores are repeated at each token.</summary>
    /// <remarks>So both heads share one forward pass, and one row of numbers per token holds all.</remarks>
    public override Tensor forward(TokenBatch input)
    {
        using var scope = NewDisposeScope();
        var output = Encoder.Encode(input, Encoder.HasPooler ? EncoderFields.PooledOutput : EncoderFields.None);
        var intents = _intent.forward(Drop(output.PooledOutput ?? output.FirstState));
        var slots = _slot.forward(Drop(output.LastHiddenState));
        return cat([slots, intents.unsqueeze(1).expand(input.BatchSize, input.Length, IntentCount)], 2).MoveToOuterDisposeScope();
    }

    /// <summary>Writes <c>config.json</c>, whose labels are the slots, and <c>model.safetensors</c>.</summary>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="slots">The slot tags' names, in the scores' order.</param>
    public void Save(Func<string, Stream> createFile, IReadOnlyList<string> slots)
    {
        var config = Config with { Architectures = ["JointBERT"], Id2Label = slots, ProblemType = null, DType = "float32" };
        using (var stream = createFile(ModelConfig.FileName))
            config.Write(stream);
        using (var stream = createFile(ModuleWeights.FileName))
            ModuleWeights.Save(this, stream);
    }

    private Tensor Drop(Tensor input) => training && _dropout > 0 ? Dropout.Copy(input, _dropout) : input;

    private static IntentAndSlotsModel Create(ModelConfig config, int intentCount, int slotCount, Action<IntentAndSlotsModel> fill)
    {
        var model = new IntentAndSlotsModel(config, intentCount, slotCount);
        try
        {
            fill(model);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
