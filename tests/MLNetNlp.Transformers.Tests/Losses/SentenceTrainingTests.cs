using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

/// <summary>Losses on a tiny encoder: the reference's training of ten steps, and what gradient caching must not change.</summary>
[TestClass]
public sealed class SentenceTrainingTests
{
    [TestMethod]
    [DataRow("mnrl")]
    [DataRow("cosine")]
    public void Ten_steps_equal_sentence_transformers(string name)
    {
        using var scope = NewDisposeScope();
        using var figures = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "train.json")));
        using var data = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "train_data.json")));
        using var tensors = new ReferenceTensors(TestPaths.Fixture("losses", "train.safetensors"));
        using var encoder = Encoder();
        using var evaluation = Batch(Rows(data.RootElement.GetProperty("eval")));
        tensors.IsClose($"{name}.eval_before", Embed(encoder, evaluation), 1e-5);

        ISentenceLoss loss = name == "mnrl" ? new MultipleNegativesRankingLoss() : new CosineSimilarityLoss();
        using var module = new SentenceTrainingModule(encoder, [loss]);
        var steps = data.RootElement.GetProperty("steps");
        List<TrainingProgress> progress = [];
        TrainingLoop.Run(new TrainingJob
        {
            Module = module,
            ExampleCount = 10,
            ExampleLength = _ => 1,
            // An "example" is a whole batch of the reference here.
            Batches = _ => [.. Enumerable.Range(0, 10).Select(i => new[] { i })],
            Loss = rows =>
            {
                var step = steps[rows[0]];
                using var a = Batch(Rows(step.GetProperty("a")));
                using var b = Batch(Rows(step.GetProperty("b")));
                var labels = name == "mnrl" ? null : tensor(step.GetProperty("y").EnumerateArray().Select(y => y.GetSingle()).ToArray());
                return loss.Compute(encoder, new SentenceBatch { Columns = [a, b], Labels = labels });
            },
            DecaysEveryParameter = true,
            Progress = progress.Add,
            Options = new TrainingOptions
            {
                MaxEpochs = 1,
                LearningRate = 1e-3,
                Schedule = LearningRateSchedule.Constant,
                WarmupRatio = 0,
                MaxGradientNorm = 0,
            },
        });

        var run = figures.RootElement.GetProperty(name);
        for (var i = 0; i < 10; i++)
        {
            Assert.AreEqual(run.GetProperty("loss")[i].GetDouble(), progress[i].Loss, 1e-4, $"loss of step {i}");
            var norm = run.GetProperty("grad_norm")[i].GetDouble();
            Assert.AreEqual(norm, progress[i].GradientNorm, 1e-4 * norm, $"gradient norm of step {i}");
        }

        tensors.IsClose($"{name}.eval_after", Embed(encoder, evaluation), 1e-4);
        foreach (var final in tensors.Names.Where(n => n.StartsWith($"{name}.final.", StringComparison.Ordinal)))
            tensors.IsClose(final, encoder.Encoder.get_parameter(final[$"{name}.final.".Length..])!, 1e-4);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(64)]
    public void Cached_gradients_equal_those_of_the_whole_batch(int miniBatchSize)
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder();
        encoder.train();
        using var anchors = Batch([[2, 17, 9, 3], [2, 5, 3], [2, 44, 45, 46, 47, 48, 3], [2, 8, 11, 3], [2, 90, 91, 3]]);
        using var positives = Batch([[2, 18, 3], [2, 5, 6, 7, 3], [2, 49, 3], [2, 12, 3], [2, 92, 93, 94, 95, 96, 97, 3]]);
        var batch = new SentenceBatch { Columns = [anchors, positives] };
        ISentenceLoss plain = new MultipleNegativesRankingLoss(symmetric: true);
        var (value, expected) = Gradients(plain, encoder, batch);
        var (cachedValue, cached) = Gradients(new GradientCachedLoss(new MultipleNegativesRankingLoss(symmetric: true), miniBatchSize), encoder, batch);
        Assert.AreEqual(value, cachedValue, 1e-5 * Math.Abs(value));
        Assert.HasCount(expected.Count, cached);
        foreach (var (name, gradient) in expected)
            Close.AreClose(gradient, cached[name], 1e-6 + 1e-5 * gradient.Max(Math.Abs), name);
    }

    [TestMethod]
    public void Dropout_draws_the_same_in_both_passes_of_a_cached_loss()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder(dropout: 0.3);
        encoder.train();
        using var texts = Batch([[2, 17, 9, 3], [2, 5, 3], [2, 44, 45, 46, 47, 48, 3], [2, 8, 11, 3]]);
        var batch = new SentenceBatch { Columns = [texts] };
        manual_seed(11);
        var (value, cached) = Gradients(new GradientCachedLoss(new SquareSum(), 4), encoder, batch);
        // The whole batch is one part here, which the plain loss repeats when it begins with that part's seed.
        manual_seed(11);
        manual_seed(randint(long.MaxValue, [1], dtype: ScalarType.Int64).item<long>());
        var (expectedValue, expected) = Gradients(new SquareSum(), encoder, batch);
        Assert.AreEqual(expectedValue, value, 1e-5 * value);
        foreach (var (name, gradient) in expected)
            Close.AreClose(gradient, cached[name], 1e-6 + 1e-5 * gradient.Max(Math.Abs), name);
    }

    [TestMethod]
    public void Weights_of_losses_train_along_and_the_encoder_outlives_them()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder();
        ISentenceLoss[] losses =
        [
            new SoftmaxLoss().Prepare(new SentenceLossSetting { Encoder = encoder, ClassCount = 2, Seed = 1 }),
            new DenoisingAutoEncoderLoss().Prepare(new SentenceLossSetting { Encoder = encoder, Seed = 2 }),
        ];
        using var a = Batch([[2, 17, 9, 3], [2, 5, 3], [2, 44, 45, 46, 3], [2, 8, 11, 3]]);
        using var b = Batch([[2, 17, 20, 9, 3], [2, 5, 6, 3], [2, 44, 45, 40, 41, 46, 3], [2, 8, 9, 10, 11, 3]]);
        var batch = new SentenceBatch { Columns = [a, b], Labels = tensor(new long[] { 0, 1, 0, 1 }) };
        var module = new SentenceTrainingModule(encoder, losses);
        var before = module.named_parameters().ToDictionary(p => p.name, p => ReferenceTensors.Values(p.parameter));
        List<double>[] course = [[], []];
        TrainingLoop.Run(new TrainingJob
        {
            Module = module,
            ExampleCount = 2,
            ExampleLength = _ => 1,
            Batches = _ => [[0], [1]],
            Loss = rows => losses[rows[0]].Compute(encoder, batch),
            Progress = step => course[(step.Step - 1) % 2].Add(step.Loss),
            Options = new TrainingOptions { MaxEpochs = 20, LearningRate = 2e-3, Schedule = LearningRateSchedule.Constant },
        });
        foreach (var losing in course)
            Assert.IsLessThan(0.7 * losing[0], losing[^1], string.Join(" ", losing));
        foreach (var (name, parameter) in module.named_parameters().Where(p => p.name.StartsWith("loss", StringComparison.Ordinal)))
            CollectionAssert.AreNotEqual(before[name], ReferenceTensors.Values(parameter), name);
        Assert.IsTrue(before.ContainsKey("loss0.weight") && before.ContainsKey("loss1.cls.predictions.bias"), string.Join(" ", before.Keys));

        module.Dispose();
        Assert.IsTrue(Embed(encoder, a).isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Part_of_a_batch_is_padded_to_its_own_longest_text()
    {
        using var batch = Batch([[2, 17, 9, 3], [2, 5, 3], [2, 44, 45, 46, 47, 48, 3]]);
        using var two = batch.Rows(0, 2);
        CollectionAssert.AreEqual(new long[] { 2, 4 }, two.InputIds.shape);
        Assert.IsTrue(two.HasPadding);
        using var last = batch.Rows(2, 1);
        CollectionAssert.AreEqual(new long[] { 1, 7 }, last.InputIds.shape);
        Assert.IsFalse(last.HasPadding);
        CollectionAssert.AreEqual(new long[] { 2, 44, 45, 46, 47, 48, 3 }, last.InputIds.data<long>().ToArray());
    }

    [TestMethod]
    public void SimCse_learns_from_two_passes_with_dropout()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder(dropout: 0.2);
        encoder.train();
        using var texts = Batch([[2, 17, 9, 3], [2, 5, 3], [2, 44, 45, 46, 47, 48, 3], [2, 8, 11, 3]]);
        ISentenceLoss loss = new SimCseLoss();
        manual_seed(4);
        var value = loss.Compute(encoder, new SentenceBatch { Columns = [texts] }).item<float>();
        manual_seed(4);
        var expected = new MultipleNegativesRankingLoss().Compute([encoder.call(texts), encoder.call(texts)], null).item<float>();
        Assert.AreEqual(expected, value);
        Assert.IsGreaterThan(0, value);
    }

    private static (double Value, Dictionary<string, float[]> Gradients) Gradients(
        ISentenceLoss loss, SentenceEncoder encoder, SentenceBatch batch)
    {
        foreach (var parameter in encoder.parameters())
            parameter.grad = null;
        var value = loss.Backward(encoder, batch, 0.5);
        return (value, encoder.named_parameters().Where(p => p.parameter.grad is not null)
            .ToDictionary(p => p.name, p => ReferenceTensors.Values(p.parameter.grad)));
    }

    private static SentenceEncoder Encoder(double dropout = 0)
    {
        using var files = dropout == 0 ? ModelFiles.FromDirectory(TestPaths.Fixture("losses", "train_model")) : TinyCheckpoints.Of("bert", dropout);
        return SentenceEncoder.Load(files);
    }

    private static Tensor Embed(SentenceEncoder encoder, TokenBatch batch)
    {
        using var noGradients = no_grad();
        return encoder.call(batch);
    }

    private static int[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray())];

    private static TokenBatch Batch(int[][] rows)
    {
        var texts = new TokenizedTexts();
        foreach (var row in rows)
        {
            texts.Ids.AddRange(row);
            texts.Commit();
        }

        return TokenBatch.Create(texts, [.. Enumerable.Range(0, rows.Length)], 0, CPU);
    }

    /// <summary>A loss whose gradient depends on the vectors, so that other vectors in the second pass would show.</summary>
    private sealed class SquareSum : IEmbeddingLoss
    {
        public EmbeddingLossInputs Inputs { get; } = new(nameof(SquareSum), ["text"]);

        public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels) => embeddings[0].square().sum();
    }
}
