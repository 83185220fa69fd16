using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Heads;

/// <summary>An encoder with a linear layer over its pooled output: one score per label for each text.</summary>
/// <remarks>
/// Hugging Face's <c>BertForSequenceClassification</c>: pooler (tanh), dropout, classifier; names and files are the same. Serves classes (softmax), several
/// labels at once (sigmoid) and, with one label, regression: what the scores mean is the loss's business.
/// </remarks>
public sealed class SequenceClassificationModel : nn.Module<TokenBatch, Tensor>
{
    private const string ClassifierName = "classifier";

    private readonly Dense _classifier;
    private readonly double _dropout;

    private SequenceClassificationModel(ModelConfig config, int labelCount)
        : base(nameof(SequenceClassificationModel))
    {
        Config = config;
        LabelCount = labelCount;
        Encoder = TextEncoders.Create(config, pooler: true);
        _classifier = new Dense(config.HiddenSize, labelCount);
        _dropout = config.ClassifierDropout ?? config.HiddenDropout;
        register_module(config.ModelType, Encoder);
        register_module(ClassifierName, _classifier);
    }

    /// <summary>The encoder's sizes and settings; labels and architecture are those of the checkpoint until <see cref="Save"/>.</summary>
    public ModelConfig Config { get; }

    /// <summary>Number of scores per text.</summary>
    public int LabelCount { get; }

    /// <summary>The encoder under the head.</summary>
    public TextEncoder Encoder { get; }

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
            var options = new WeightLoadingOptions
            {
                BaseModelPrefix = model.Config.ModelType,
                MayBeMissing = [$"{ClassifierName}.", $"{model.Config.ModelType}.pooler."],
                MayHaveAnotherShape = [$"{ClassifierName}."],
            };
            var result = ModuleWeights.Load(model, files, options);
            WeightInitialization.Initialize(model, result.Missing, model.Config.InitializerRange, seed);
        });
    }

    /// <summary>A fine-tuned model, as <see cref="Save"/> or Hugging Face wrote it: every weight must be there.</summary>
    /// <exception cref="InvalidDataException">A weight is missing, or its shape disagrees with the configuration.</exception>
    public static SequenceClassificationModel Load(ModelFiles files)
    {
        var config = ModelConfig.Read(files);
        var options = new WeightLoadingOptions { BaseModelPrefix = config.ModelType };
        // The weights first: an archive's entry is unpacked while libtorch is still loading.
        using var checkpoint = CheckpointTensors.Open(files);
        // Hugging Face leaves the labels out where there are two: its default.
        return Create(config, config.Id2Label?.Count ?? 2, model => ModuleWeights.Load(model, checkpoint, files, options));
    }

    /// <summary>Scores, before softmax or sigmoid: [batch, labels].</summary>
    public override Tensor forward(TokenBatch input)
    {
        using var scope = NewDisposeScope();
        var pooled = Encoder.Encode(input, EncoderFields.PooledOutput).PooledOutput!;
        if (training && _dropout > 0)
            pooled = Dropout.Copy(pooled, _dropout);
        return _classifier.forward(pooled).MoveToOuterDisposeScope();
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>, which Python's transformers opens as well.</summary>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="labels">The labels' names, in the scores' order; null: LABEL_0, LABEL_1 ...</param>
    /// <param name="problemType"><c>problem_type</c>; null: left to be inferred from the number of labels.</param>
    /// <exception cref="ArgumentException">Names that are not as many as the labels.</exception>
    public void Save(Func<string, Stream> createFile, IReadOnlyList<string>? labels = null, string? problemType = null)
    {
        if (labels is not null && labels.Count != LabelCount)
            throw new ArgumentException($"{labels.Count} label names were given, but the model has {LabelCount} labels.", nameof(labels));
        var config = Config with
        {
            Architectures = [char.ToUpperInvariant(Config.ModelType[0]) + Config.ModelType[1..] + "ForSequenceClassification"],
            Id2Label = labels ?? [.. Enumerable.Range(0, LabelCount).Select(i => $"LABEL_{i}")],
            ProblemType = problemType,
            DType = "float32",
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
