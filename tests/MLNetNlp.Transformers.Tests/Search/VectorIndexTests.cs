using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp.Transformers.Tests.Search;

[TestClass]
public sealed class VectorIndexTests
{
    private const int Dimension = 24;

    [TestMethod]
    [DataRow(3)]
    [DataRow(300)]
    public void Exact_search_gives_what_sorting_all_cosines_gives(int queryCount)
    {
        var vectors = Vectors(50_000, 1);
        var queries = Vectors(queryCount, 2);
        var index = ExactVectorIndex.Empty(Dimension).Add(vectors);
        Assert.IsGreaterThan(1, index.Vectors.Blocks.Count);
        var hits = index.Search(queries, 7);
        Assert.HasCount(queryCount, hits);
        for (var q = 0; q < queryCount; q += 50)
        {
            var query = queries.AsMemory(q * Dimension, Dimension);
            var expected = Enumerable.Range(0, 50_000).Select(i => (Position: i, Score: Cosine(query.Span, vectors.AsSpan(i * Dimension, Dimension))))
                .OrderByDescending(hit => hit.Score).Take(7).ToArray();
            CollectionAssert.AreEqual(expected.Select(hit => hit.Position).ToArray(), hits[q].Select(hit => hit.Position).ToArray());
            Close.AreClose([.. expected.Select(hit => (float)hit.Score)], [.. hits[q].Select(hit => hit.Score)], 1e-5);
        }
    }

    [TestMethod]
    public void Equal_vectors_come_in_the_order_in_which_they_were_added()
    {
        float[] vectors = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0];
        foreach (VectorIndex index in (VectorIndex[])[ExactVectorIndex.Empty(2).Add(vectors), HnswVectorIndex.Empty(2).Add(vectors)])
        {
            CollectionAssert.AreEqual(new[] { 1, 2, 4 }, index.Search([2, 0], 3)[0].Select(hit => hit.Position).ToArray());
            CollectionAssert.AreEqual(new[] { 1, 2, 4, 0, 3 }, index.Search([2, 0], 99)[0].Select(hit => hit.Position).ToArray());
        }
    }

    [TestMethod]
    public void Dot_products_are_not_scaled()
    {
        var index = ExactVectorIndex.Empty(2, normalize: false).Add([1, 0, 3, 0]);
        Assert.AreEqual(new VectorHit(1, 6), index.Search([2, 0], 1)[0][0]);
    }

    [TestMethod]
    public void The_graph_finds_at_least_95_of_100_nearest()
    {
        var vectors = Vectors(6000, 3);
        var queries = Vectors(100, 4);
        var exact = ExactVectorIndex.Empty(Dimension).Add(vectors).Search(queries, 10);
        var graph = HnswVectorIndex.Empty(Dimension, options: new() { M = 8, EfConstruction = 60, EfSearch = 80 }).Add(vectors);
        Assert.IsGreaterThan(0.95, Recall(exact, graph.Search(queries, 10)));
        Assert.IsLessThan(Recall(exact, graph.Search(queries, 10)), Recall(exact, graph.WithEfSearch(1).Search(queries, 10)));
    }

    [TestMethod]
    public void Vectors_added_in_parts_make_the_same_index_as_at_once_and_leave_the_old_one_alone()
    {
        var vectors = Vectors(1500, 5);
        var queries = Vectors(20, 6);
        foreach (VectorIndex empty in (VectorIndex[])[ExactVectorIndex.Empty(Dimension), HnswVectorIndex.Empty(Dimension, options: new() { M = 6 })])
        {
            var first = empty.Add(vectors.AsSpan(0, 700 * Dimension));
            var before = Write(first);
            var parts = first.Add([]).Add(vectors.AsSpan(700 * Dimension));
            CollectionAssert.AreEqual(Write(empty.Add(vectors)), Write(parts));
            CollectionAssert.AreEqual(before, Write(first));
            Assert.AreEqual((0, 700, 1500), (empty.Count, first.Count, parts.Count));
            Assert.IsTrue(first.Search(queries, 5).SelectMany(hits => hits).All(hit => hit.Position < 700));
        }
    }

    [TestMethod]
    public void A_saved_index_finds_the_same()
    {
        var vectors = Vectors(900, 7);
        var queries = Vectors(9, 8);
        VectorIndex[] indexes =
        [
            ExactVectorIndex.Empty(Dimension).Add(vectors), ExactVectorIndex.Empty(Dimension, normalize: false),
            HnswVectorIndex.Empty(Dimension, options: new() { M = 5, EfSearch = 20, Seed = 4 }).Add(vectors), HnswVectorIndex.Empty(Dimension),
        ];
        foreach (var index in indexes)
        {
            var loaded = Read(Write(index));
            Assert.AreEqual((index.GetType(), index.Count, index.Dimension, index.Normalizes), (loaded.GetType(), loaded.Count, loaded.Dimension, loaded.Normalizes));
            Assert.AreEqual((index as HnswVectorIndex)?.Options, (loaded as HnswVectorIndex)?.Options);
            var (expected, actual) = (index.Search(queries, 4), loaded.Search(queries, 4));
            for (var i = 0; i < expected.Count; i++)
                CollectionAssert.AreEqual(expected[i], actual[i]);
        }
    }

    [TestMethod]
    public void Links_that_lead_out_of_the_graph_are_refused()
    {
        var bytes = Write(HnswVectorIndex.Empty(2).Add([1, 0, 0, 1]));
        using var file = SafetensorsFile.FromMemory(bytes);
        var links = (int)file.Tensors["links.lowest"].Offset;
        BitConverter.TryWriteBytes(bytes.AsSpan(links + 4), 77);
        var error = Assert.Throws<InvalidDataException>(() => Read(bytes));
        StringAssert.Matches(error.Message, new("^The search index '.+' cannot be read: the index's vector 0 is linked to 77, which is not on layer 0\\.$"));
        // The file says so in its header, as text of the same length.
        var text = System.Text.Encoding.Latin1.GetString(Write(HnswVectorIndex.Empty(2).Add([1, 0, 0, 1])));
        error = Assert.Throws<InvalidDataException>(() => Read(System.Text.Encoding.Latin1.GetBytes(text.Replace("\"M\":\"16\"", "\"M\":\"-1\""))));
        StringAssert.Contains(error.Message, "cannot be read: 'M' is -1; 2 or more is needed.");
    }

    [TestMethod]
    public void NaN_and_other_dimensions_are_refused()
    {
        var index = ExactVectorIndex.Empty(2);
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => index.Add([1, 2, 3, float.NaN])).Message,
            "Vector 1 holds NaN; only finite numbers can be searched.");
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => index.Search([1, 2, 3], 1)).Message,
            "3 numbers are not whole vectors of 2, the index's dimension.");
        StringAssert.StartsWith(Assert.Throws<ArgumentOutOfRangeException>(() => HnswVectorIndex.Empty(2, options: new() { M = 1 })).Message,
            "'M' is 1; 2 or more is needed.");
    }

    [TestMethod]
    public void An_empty_index_finds_nothing() => Assert.IsEmpty(HnswVectorIndex.Empty(2).Search([1, 2], 3)[0]);

    private static double Recall(IReadOnlyList<VectorHit[]> exact, IReadOnlyList<VectorHit[]> found) =>
        exact.Zip(found, (e, f) => (double)e.Select(hit => hit.Position).Intersect(f.Select(hit => hit.Position)).Count() / e.Length).Average();

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, squaresA = 0, squaresB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            squaresA += (double)a[i] * a[i];
            squaresB += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(squaresA * squaresB);
    }

    private static float[] Vectors(int count, int seed)
    {
        var random = new SeededRandom(seed);
        var values = new float[count * Dimension];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)random.NextGaussian();
        return values;
    }

    private static byte[] Write(VectorIndex index)
    {
        var stream = new MemoryStream();
        index.Save(_ => stream);
        return stream.ToArray();
    }

    private static VectorIndex Read(byte[] bytes) => VectorIndex.Load(ModelFiles.FromMemory(new Dictionary<string, byte[]> { [VectorIndex.FileName] = bytes }, "index"));
}
