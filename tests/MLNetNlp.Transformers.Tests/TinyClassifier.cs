using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests;

/// <summary>A two-layer BERT with dropout, or another tiny model, and a small task that it can learn: which of two groups a text's words are from.</summary>
internal sealed class TinyClassifier : IDisposable
{
    private readonly CrossEntropyLoss _loss = new();
    private readonly long[] _labels;

    public TinyClassifier(int examples = 48, double dropout = 0.1, int seed = 5)
    {
        using var source = ModelFiles.FromDirectory(TestPaths.Fixture("training", "init"));
        using var config = new MemoryStream();
        (ModelConfig.Read(source) with { HiddenDropout = dropout, AttentionDropout = dropout, ClassifierDropout = null }).Write(config);
        var files = new Dictionary<string, byte[]>
        {
            [ModelConfig.FileName] = config.ToArray(),
            [ModuleWeights.FileName] = source.ReadAllBytes(ModuleWeights.FileName),
        };
        using var memory = ModelFiles.FromMemory(files, "the tiny model");
        Model = SequenceClassificationModel.FromPretrained(memory, 2, seed);
        _labels = MakeTexts(examples);
    }

    public TinyClassifier(ModelFiles files, int examples, int seed = 5)
    {
        Model = SequenceClassificationModel.FromPretrained(files, 2, seed);
        _labels = MakeTexts(examples);
    }

    private long[] MakeTexts(int examples)
    {
        var random = new SeededRandom(1);
        var labels = new long[examples];
        for (var i = 0; i < examples; i++)
        {
            labels[i] = random.Next(2);
            Texts.Ids.Add(2);
            var length = 2 + random.Next(16);
            for (var j = 0; j < length; j++)
                Texts.Ids.Add(10 + (int)labels[i] * 300 + random.Next(300));
            Texts.Ids.Add(3);
            Texts.Commit();
        }

        return labels;
    }

    public SequenceClassificationModel Model { get; }

    public TokenizedTexts Texts { get; } = new();

    public TrainingJob Job(
        TrainingOptions options, FreezingOptions? freezing = null, Func<ValidationResult>? validate = null, Action<TrainingProgress>? progress = null,
        Func<int, IReadOnlyList<int[]>>? batches = null) => new()
        {
            Module = Model,
            ExampleCount = Texts.Count,
            ExampleLength = Texts.Length,
            Loss = rows =>
            {
                using var batch = TokenBatch.Create(Texts, rows, 0, CPU);
                return _loss.Compute(Model.call(batch), tensor(rows.Select(row => _labels[row]).ToArray()));
            },
            Validate = validate,
            Options = options,
            Freezing = freezing,
            Adapter = Transformers.Adapters.ModelAdapter.On(Model)?.Options,
            Batches = batches,
            Progress = progress,
            Seed = 3,
        };

    public Dictionary<string, float[]> Weights() => Model.named_parameters().ToDictionary(p => p.name, p => ReferenceTensors.Values(p.parameter));

    public void Dispose()
    {
        Model.Dispose();
        _loss.Dispose();
    }
}
