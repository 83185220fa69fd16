using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

[TestClass]
public sealed class DenoisingAutoEncoderLossTests
{
    [TestMethod]
    public void Loss_logits_and_gradients_equal_sentence_transformers()
    {
        using var scope = NewDisposeScope();
        using var figures = new ReferenceTensors(TestPaths.Fixture("losses", "tsdae.safetensors"));
        using var encoder = Encoder(PoolingMode.Cls);
        var loss = (DenoisingAutoEncoderLoss)new DenoisingAutoEncoderLoss().Prepare(new SentenceLossSetting { Encoder = encoder });
        using var decoder = loss.Weights!;
        Fill(decoder, figures);

        using var source = new TokenBatch(figures["source_ids"], figures["source_mask"]);
        using var target = new TokenBatch(figures["target_ids"], figures["target_mask"]);
        encoder.train();
        var sentences = encoder.call(source);
        figures.IsClose("sentence_embedding", sentences, 1e-5);
        var (value, logits) = loss.Compute(sentences, target);
        Assert.AreEqual(7.098243236541748, value.item<float>(), 7.1e-5);
        figures.IsClose("logits", logits, 1e-4);
        value.backward();

        var gradients = decoder.named_parameters().Concat(encoder.Encoder.named_parameters().Select(p => ($"bert.{p.name}", p.parameter)))
            .ToDictionary(p => p.Item1, p => p.Item2.grad);
        var named = figures.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(7, named);
        foreach (var name in named)
        {
            if (name.EndsWith("crossattention.self.query.weight", StringComparison.Ordinal))
                Assert.IsLessThan(1e-6f, figures[name].abs().max().item<float>(), "One vector to attend to leaves queries without gradient, so there are none.");
            else
                figures.IsNear(name, gradients[name["grad.".Length..]]!, 1e-7);
        }
    }

    [TestMethod]
    public void A_batch_is_damaged_texts_and_whole_ones()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder(PoolingMode.Cls);
        var loss = new DenoisingAutoEncoderLoss(new DeletionNoise { DeletionRatio = 0.3 });
        Assert.AreEqual(0.3, loss.Inputs.Noise!.DeletionRatio);
        var prepared = loss.Prepare(new SentenceLossSetting { Encoder = encoder, Seed = 3 });
        using var weights = prepared.Weights!;
        using var damaged = new TokenBatch(tensor(new long[,] { { 2, 17, 3 }, { 2, 9, 3 } }));
        using var whole = new TokenBatch(tensor(new long[,] { { 2, 17, 20, 3 }, { 2, 9, 9, 3 } }));
        Assert.IsGreaterThan(0, prepared.Compute(encoder, new SentenceBatch { Columns = [damaged, whole] }).item<float>());
        var error = Assert.ThrowsExactly<ArgumentException>(() => prepared.Compute(encoder, new SentenceBatch { Columns = [whole] }));
        Assert.AreEqual("DenoisingAutoEncoderLoss takes each text damaged and whole, but 1 columns were given.", error.Message);
    }

    [TestMethod]
    public void Encoders_that_cannot_decode_are_named()
    {
        using var modern = SentenceEncoder.Load(TinyCheckpoints.Of("modernbert"));
        var error = Assert.ThrowsExactly<ArgumentException>(() => new DenoisingAutoEncoderLoss().Prepare(new SentenceLossSetting { Encoder = modern }));
        StringAssert.StartsWith(error.Message,
            "DenoisingAutoEncoderLoss needs an encoder of BERT's or RoBERTa's kind with absolute positions and no prompt or prefix, but this one is 'modernbert'.");
    }

    [TestMethod]
    public void Noise_deletes_the_words_that_the_reference_deletes()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "tsdae_noise.json")));
        foreach (var reference in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var text = reference.GetProperty("text").GetString()!;
            var words = TreebankWords.Split(text);
            CollectionAssert.AreEqual(reference.GetProperty("words").EnumerateArray().Select(w => w.GetString()).ToArray(), words, text);
            if (words.Length == 0)
                continue;
            double[] draws = [.. reference.GetProperty("draws").EnumerateArray().Select(d => d.GetDouble())];
            var kept = new DeletionNoise().Keep(words, draws, () => reference.GetProperty("rescued_index").GetInt32());
            Assert.AreEqual(reference.GetProperty("noisy").GetString(), TreebankWords.Join(kept));
        }
    }

    [TestMethod]
    public void Noise_keeps_two_words_of_five_and_never_none()
    {
        var noise = new DeletionNoise();
        var text = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"word{i}"));
        var random = new SeededRandom(5);
        var kept = Enumerable.Range(0, 500).Average(_ => noise.Apply(text, random).Split(' ').Length);
        Assert.AreEqual(8, kept, 0.3);
        Assert.AreEqual("Word", noise.Apply("Word", random));
        Assert.AreEqual("", noise.Apply("", random));
        Assert.AreEqual("  ", noise.Apply("  ", random));
        Assert.AreEqual(noise.Apply(text, new SeededRandom(8)), noise.Apply(text, new SeededRandom(8)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DeletionNoise { DeletionRatio = 1.5 });
    }

    [TestMethod]
    [DataRow("He said \"no\" twice.", "He said `` no '' twice .")]
    [DataRow("I can't go; we'll see (maybe) -- it's 3:30, $2,500 or 40%", "I ca n't go ; we 'll see ( maybe ) -- it 's 3:30 , $ 2,500 or 40 %")]
    [DataRow("Gonna try, cannot lose", "Gon na try , can not lose")]
    public void Words_are_split_and_joined_by_the_rules_of_the_treebank(string text, string words)
    {
        Assert.AreEqual(words, string.Join(' ', TreebankWords.Split(text)));
        Assert.AreEqual(text.Replace(" -- ", "--", StringComparison.Ordinal), TreebankWords.Join(words.Split(' ')));
    }

    private static SentenceEncoder Encoder(PoolingMode pooling)
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("losses", "tsdae_model"));
        return SentenceEncoder.Load(files, pooling);
    }

    private static void Fill(nn.Module decoder, ReferenceTensors figures)
    {
        using var noGradients = no_grad();
        foreach (var (name, parameter) in decoder.named_parameters())
            parameter.copy_(figures[$"decoder.{name}"]);
    }
}
