using System.Text.Json;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>Ten steps of training against sentence-transformers: losses, gradient norms and the vectors that come of it.</summary>
[TestClass]
public sealed class ReferenceTrainingTests
{
    [TestMethod]
    public void Training_with_MultipleNegativesRanking_equals_the_reference_step_for_step() => Check("mnrl", new MultipleNegativesRankingLoss(), scores: false);

    [TestMethod]
    public void Training_with_CosineSimilarity_equals_the_reference_step_for_step() => Check("cosine", new CosineSimilarityLoss(), scores: true);

    private static void Check(string name, ISentenceLoss loss, bool scores)
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("losses", "train_model"));
        using var encoder = SentenceEncoder.Load(files);
        var tokenizer = TextTokenizer.Load(files.TryOpenRead, files.Description);
        using var data = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "train_data.json")));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "train.json")));
        using var tensors = SafetensorsFile.Open(TestPaths.Fixture("losses", "train.safetensors"));

        var pool = new TextPool(tokenizer, 64);
        var examples = new EmbeddingExamples(pool, 2, scores ? 1 : 0);
        var batches = data.RootElement.GetProperty("steps").EnumerateArray().Select(step => AddBatch(examples, step, scores)).ToArray();
        var evaluation = new TokenizedTexts();
        foreach (var ids in data.RootElement.GetProperty("eval").EnumerateArray())
            AddText(evaluation, ids);

        AreNear(tensors, $"{name}.eval_before", Vectors(encoder, evaluation));
        List<TrainingProgress> steps = [];
        new SentenceEncoderTraining
        {
            Encoder = encoder,
            PaddingId = 0,
            Device = CPU,
            Sets = [new EmbeddingSet(examples, loss) { Epoch = _ => batches }],
            Options = new()
            {
                MaxEpochs = 1,
                BatchSize = 4,
                LearningRate = 1e-3,
                Schedule = LearningRateSchedule.Constant,
                WarmupRatio = 0,
                MaxGradientNorm = 0,
                Progress = new Observer(steps, encoder),
            },
            Seed = 1,
        }.Run();

        var figures = expected.RootElement.GetProperty(name);
        Close.AreClose(Numbers(figures, "loss"), [.. steps.Select(s => (float)s.Loss)], 1e-4, "loss");
        foreach (var (norm, step) in Numbers(figures, "grad_norm").Zip(steps))
            Assert.AreEqual(norm, step.GradientNorm, 1e-3 * norm);
        AreNear(tensors, $"{name}.eval_after", Vectors(encoder, evaluation));
    }

    private static int[] AddBatch(EmbeddingExamples examples, JsonElement step, bool scores)
    {
        var rows = step.GetProperty("a").EnumerateArray().Zip(step.GetProperty("b").EnumerateArray(), step.GetProperty("y").EnumerateArray()).ToArray();
        var first = examples.Count;
        foreach (var (a, b, y) in rows)
            examples.Add([AddText(examples.Pool.Texts, a), AddText(examples.Pool.Texts, b)], scores ? [y.GetSingle()] : []);
        return [.. Enumerable.Range(first, rows.Length)];
    }

    private static int AddText(TokenizedTexts texts, JsonElement ids)
    {
        texts.Ids.AddRange(ids.EnumerateArray().Select(id => id.GetInt32()));
        texts.Commit();
        return texts.Count - 1;
    }

    private static float[] Vectors(SentenceEncoder encoder, TokenizedTexts texts)
    {
        var vectors = new float[texts.Count * encoder.Dimension];
        new Transformers.Inference.BatchRunner(encoder, 0, CPU).Run(texts, vectors);
        return vectors;
    }

    private static void AreNear(SafetensorsFile tensors, string name, float[] actual)
    {
        using var expected = tensors.ToTensor(name);
        Close.AreClose(expected.data<float>().ToArray(), actual, 1e-4, name);
    }

    private static float[] Numbers(JsonElement figures, string name) => [.. figures.GetProperty(name).EnumerateArray().Select(x => x.GetSingle())];

    /// <summary>
    /// Keeps what each step tells, and decays biases and LayerNorm weights after it: the reference's plain AdamW does, the training loop leaves them out.
    /// </summary>
    private sealed class Observer(List<TrainingProgress> steps, SentenceEncoder encoder) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            steps.Add(value);
            using var noGradients = no_grad();
            foreach (var (name, parameter) in encoder.named_parameters())
            {
                if ((name.EndsWith("bias", StringComparison.Ordinal) || name.Contains("LayerNorm", StringComparison.Ordinal)) && !name.Contains("pooler", StringComparison.Ordinal))
                    parameter.mul_(1 - value.LearningRate * 0.01);
            }
        }
    }
}
