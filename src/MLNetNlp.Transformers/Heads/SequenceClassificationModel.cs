using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Heads;

/// <summary>An encoder with its family's head for whole texts: one score per label for each text.</summary>
/// <remarks>
/// Hugging Face's <c>BertForSequenceClassification</c>, <c>RobertaForSequenceClassification</c> and so on; names and files are the same. Serves classes
/// (softmax), several labels at once (sigmoid) and, with one label, regression: what the scores mean is the loss's business.
/// </remarks>
public sealed class SequenceClassificationModel : nn.Module<TokenBatch, Tensor>
{
    private const string Task = "ForSequenceClassification";
    private readonly ClassificationHead _head;

    private SequenceClassificationModel(ModelConfig config, int labelCount)
        : base(nameof(SequenceClassificationModel))
    {
        Config = config;
        LabelCount = labelCount;
        var family = TextEncoders.Family(config.ModelType, ModelConfig.FileName);
        _head = family.ClassificationHead(config, labelCount);
        Encoder = family.Create(config, _head.UsesPooler);
        register_module(family.BaseModelPrefix, Encoder);
        ModuleGroup.Register(this, _head.Parts);
    }

    /// <summary>The encoder's sizes and settings; labels and architecture are those of the checkpoint until <see cref="Save"/>.</summary>
    public ModelConfig Config { get; }

    /// <summary>Number of scores per text.</summary>
    public int LabelCount { get; }

    /// <summary>The encoder under the head.</summary>
    public TextEncoder Encoder { get; }

    /// <summary>
    /// The checkpoint's tensors that have no place in this model, by their names there. Poolers and heads of other tasks are as it should be; others say
    /// that the
    /// checkpoint holds something that this architecture does not.
    /// </summary>
    public IReadOnlyList<string> UnusedTensors { get; private set; } = [];

    /// <summary>What an adapter trains as a whole, as it is new: the head, and a pooler that the checkpoint lacks; ends of module names.</summary>
    internal IReadOnlyList<string> NewModules { get; private set; } = [];

    /// <summary>A model to fine-tune: the checkpoint's encoder and, where the checkpoint has none of that size, a new head.</summary>
    /// <param name="files">A pretrained or fine-tuned checkpoint.</param>
    /// <param name="labelCount">Number of labels; at least 1. A classifier in the checkpoint is kept when it has that many.</param>
    /// <param name="seed">Seed of new weights: N(0, <c>initializer_range</c>), biases 0. A pooler that the checkpoint lacks is new as well.</param>
    /// <exception cref="ArgumentOutOfRangeException">No label.</exception>
    /// <exception cref="InvalidDataException">Encoder weights that are missing, or whose shape disagrees with the configuration.</exception>
    public static SequenceClassificationModel FromPretrained(ModelFiles files, int labelCount, int seed)
    {
        if (labelCount < 1)
            throw new ArgumentOutOfRangeException(nameof(labelCount), labelCount, $"The number of labels is {labelCount}; 1 or more is needed.");
        return Create(ModelConfig.Read(files), labelCount, model =>
        {
            var options = WeightLoadingOptions.For(model.Config);
            var result = ModuleWeights.Load(model, files, options with
            {
                MayBeMissing = [.. model._head.Parts.Select(part => $"{part.Path}."), $"{options.BaseModelPrefix}.pooler."],
                MayHaveAnotherShape = [$"{model._head.OutputPath}."],
            });
            model.UnusedTensors = result.Unexpected;
            model.NewModules = [.. model._head.Parts.Select(part => part.Path.Split('.')[0]).Distinct(),
                .. result.Missing.Any(name => name.StartsWith($"{options.BaseModelPrefix}.pooler.", StringComparison.Ordinal)) ? ["pooler"] : (string[])[]];
            WeightInitialization.Initialize(model, result.Missing, model.Config.InitializerRange, seed);
        });
    }

    /// <summary>A fine-tuned model, as <see cref="Save"/> or Hugging Face wrote it: every weight must be there.</summary>
    /// <exception cref="InvalidDataException">A weight is missing, or its shape disagrees with the configuration.</exception>
    public static SequenceClassificationModel Load(ModelFiles files)
    {
        var config = ModelConfig.Read(files);
        var options = WeightLoadingOptions.For(config);
        // The weights first: an archive's entry is unpacked while libtorch is still loading.
        using var checkpoint = CheckpointTensors.Open(files);
        // Hugging Face leaves the labels out where there are two: its default.
        return Create(config, config.Id2Label?.Count ?? 2, model => model.UnusedTensors = ModuleWeights.Load(model, checkpoint, files, options).Unexpected);
    }

    /// <summary>Scores, before softmax or sigmoid: [batch, labels].</summary>
    public override Tensor forward(TokenBatch input)
    {
        using var scope = NewDisposeScope();
        return _head.Forward(Encoder, input, training).MoveToOuterDisposeScope();
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>, which Python's transformers opens as well.</summary>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="labels">The labels' names, in the scores' order; null: LABEL_0, LABEL_1 ...</param>
    /// <param name="problemType"><c>problem_type</c>; null: left to be inferred from the number of labels.</param>
    /// <param name="fields">The further fields of <c>config.json</c>; null: those of the checkpoint.</param>
    /// <exception cref="ArgumentException">Names that are not as many as the labels.</exception>
    public void Save(Func<string, Stream> createFile, IReadOnlyList<string>? labels = null, string? problemType = null, JsonElement? fields = null)
    {
        if (labels is not null && labels.Count != LabelCount)
            throw new ArgumentException($"{labels.Count} label names were given, but the model has {LabelCount} labels.", nameof(labels));
        var config = Config with
        {
            Architectures = [TextEncoders.ClassName(Config, Task)],
            Id2Label = labels ?? [.. Enumerable.Range(0, LabelCount).Select(i => $"LABEL_{i}")],
            ProblemType = problemType,
            DType = "float32",
            Raw = fields ?? Config.Raw,
        };
        using (var stream = createFile(ModelConfig.FileName))
            config.Write(stream);
        using (var stream = createFile(ModuleWeights.FileName))
            ModuleWeights.Save(this, stream);
    }

    private static SequenceClassificationModel Create(ModelConfig config, int labelCount, Action<SequenceClassificationModel> fill)
    {
        var model = new SequenceClassificationModel(config, labelCount);
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
