using Microsoft.Extensions.AI;
using Microsoft.ML;

[assembly: Parallelize(Scope = ExecutionScope.ClassLevel)]

namespace MLNetNlp.Extensions.AI.Tests;

[TestClass]
public sealed class EmbeddingGeneratorTests
{
    private static SentenceEmbeddingTransformer _embedder = null!;

    [ClassInitialize]
    public static void Load(TestContext context)
    {
        var ml = new MLContext();
        _embedder = ml.Transforms.Text.EmbedSentences("Features", "Text").Fit(ml.Data.LoadFromEnumerable(new[] { new Row { Text = "x" } }));
    }

    [ClassCleanup]
    public static void Free() => _embedder.Dispose();

    [TestMethod]
    public async Task Generated_embeddings_are_those_of_the_transformer_in_order()
    {
        var generator = _embedder.AsEmbeddingGenerator("mini");
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Repeat("a text ", i % 7)) + i), ""];
        var expected = _embedder.Embed(texts);
        var embeddings = await generator.GenerateAsync(texts);
        Assert.HasCount(texts.Length, embeddings);
        for (var i = 0; i < texts.Length; i++)
            Close.AreClose(expected[i], embeddings[i].Vector.Span, 1e-6, $"text {i}");
        Assert.AreEqual("mini", embeddings[0].ModelId);
        Assert.IsEmpty(await generator.GenerateAsync([]));
    }

    [TestMethod]
    public async Task Many_threads_share_one_generator()
    {
        var generator = _embedder.AsEmbeddingGenerator();
        var expected = _embedder.Embed(["one text", "another"]);
        var tasks = Enumerable.Range(0, 8).Select(i => generator.GenerateVectorAsync(i % 2 == 0 ? "one text" : "another")).ToArray();
        for (var i = 0; i < tasks.Length; i++)
        {
            var vector = await tasks[i];
            Close.AreClose(expected[i % 2], vector.Span, 1e-5);
        }
    }

    [TestMethod]
    public void Metadata_and_services_are_there()
    {
        var generator = _embedder.AsEmbeddingGenerator("mini");
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.AreEqual(("MLNetNlp", "mini", 384), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.AreSame(_embedder, generator.GetService<SentenceEmbeddingTransformer>());
        Assert.AreSame(generator, generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.IsNull(generator.GetService(typeof(string)));
        Assert.IsNull(generator.GetService(typeof(EmbeddingGeneratorMetadata), "key"));
    }

    [TestMethod]
    public async Task Fewer_dimensions_are_the_first_and_more_are_refused()
    {
        var generator = _embedder.AsEmbeddingGenerator();
        var whole = _embedder.Embed(["a text"])[0];
        var part = (await generator.GenerateAsync(["a text"], new() { Dimensions = 64 }))[0].Vector.ToArray();
        Assert.HasCount(64, part);
        Assert.AreEqual(part[1] / part[0], whole[1] / whole[0], 1e-4);
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => generator.GenerateAsync(["a text"], new() { Dimensions = 500 }));
        StringAssert.StartsWith(error.Message, "'Dimensions' is 500, but the model makes vectors of 384; 1 to as many are needed.");
    }

    [TestMethod]
    public async Task Cancellation_stops_it() => await Assert.ThrowsAsync<OperationCanceledException>(
        () => _embedder.AsEmbeddingGenerator().GenerateAsync(["a"], cancellationToken: new CancellationToken(true)));

    [TestMethod]
    public void Disposing_the_generator_leaves_the_embedder_alone_unless_asked()
    {
        _embedder.AsEmbeddingGenerator().Dispose();
        Assert.HasCount(1, _embedder.Embed(["still there"]));
        var ml = new MLContext();
        var own = ml.Transforms.Text.EmbedSentences("Features", "Text").Fit(ml.Data.LoadFromEnumerable(new[] { new Row { Text = "x" } }));
        own.AsEmbeddingGenerator(disposesEmbedder: true).Dispose();
        Assert.Throws<ObjectDisposedException>(() => own.Embed(["gone"]));
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
