using Microsoft.ML;

namespace MLNetNlp.Tests.SimilaritySearch;

[TestClass]
public sealed class SaveLoadTests
{
    [TestMethod]
    public void A_zip_keeps_model_index_ids_and_texts()
    {
        Searched.Entry[] entries = [.. Searched.Entries, new() { Id = "\"odd\"\n", Text = "漢字 \u2028 goal" }];
        foreach (var hnsw in (HnswOptions?[])[null, new() { M = 5, EfSearch = 30 }])
        {
            using var search = Searched.Fit(Searched.Options with { Hnsw = hnsw, MinScore = -2, Similarity = SearchSimilarity.Dot }, entries);
            using var loaded = Load(search);
            Assert.AreEqual((61, 32, 4, true, hnsw, SearchSimilarity.Dot),
                (loaded.Count, loaded.Dimension, loaded.Top, loaded.EmbedsTexts, loaded.Hnsw, loaded.Similarity));
            string?[] queries = [.. Texts.Reviews(12, seed: 8).Select(review => review.Text), "漢字"];
            var (expected, actual) = (Searched.Search(search, queries), Searched.Search(loaded, queries));
            for (var i = 0; i < queries.Length; i++)
            {
                CollectionAssert.AreEqual(expected[i].SimilarIds, actual[i].SimilarIds);
                CollectionAssert.AreEqual(expected[i].SimilarTexts, actual[i].SimilarTexts);
                CollectionAssert.AreEqual(expected[i].SimilarScores, actual[i].SimilarScores);
            }

            using var grown = loaded.Add(Trained.Data(new[] { new Searched.Entry { Id = "new", Text = "penalty kick" } }));
            Assert.AreEqual(62, grown.Count);
        }
    }

    [TestMethod]
    public void A_zip_of_vectors_has_no_model()
    {
        using var search = new MLContext().Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options { InputColumnName = "Vector" })
            .Fit(Trained.Data(Searched.Vectors(("a", 1, 0), ("b", 0, 1))));
        using var loaded = Load(search);
        Assert.AreEqual((2, false), (loaded.Count, loaded.EmbedsTexts));
        var found = new MLContext().Data.CreateEnumerable<Searched.Found>(
            loaded.Transform(Trained.Data(Searched.Vectors(("q", 0, 3)))), false, ignoreMissingColumns: true).Single();
        CollectionAssert.AreEqual(new[] { "1", "0" }, found.SimilarIds);
    }

    [TestMethod]
    public void A_zip_saved_here_finds_the_same_in_a_fresh_process()
    {
        using var search = Searched.Fit(Searched.Options, Searched.Entries);
        var found = FreshProcess.Run("--search", Save(search), "goal and match", "").GetProperty("Predictions").EnumerateArray().ToArray();
        var expected = Searched.Search(search, "goal and match", "");
        for (var i = 0; i < 2; i++)
        {
            CollectionAssert.AreEqual(expected[i].SimilarIds, found[i].GetProperty("Ids").Strings());
            TestSupport.Close.AreClose(expected[i].SimilarScores, found[i].GetProperty("Scores").Numbers(), 1e-6);
        }
    }

    private static SimilaritySearchTransformer Load(SimilaritySearchTransformer search) => (SimilaritySearchTransformer)new MLContext().Model.Load(Save(search), out _);

    private static string Save(SimilaritySearchTransformer search)
    {
        var path = Scratch.NewPath("search.zip");
        new MLContext().Model.Save(search, Trained.Data(Searched.Entries).Schema, path);
        return path;
    }
}
