using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;
using MLNetNlp.Tests.SentenceEmbedding;

namespace MLNetNlp.Tests.SimilaritySearch;

[TestClass]
public sealed class SearchTests
{
    [TestMethod]
    public void A_text_of_the_corpus_finds_itself_first_and_scores_fall()
    {
        using var search = Searched.Fit(Searched.Options, Searched.Entries);
        Assert.AreEqual((60, 32, 4, true), (search.Count, search.Dimension, search.Top, search.EmbedsTexts));
        string?[] queries = [.. Searched.Entries.Select(entry => entry.Text)];
        var found = Searched.Search(search, queries);
        for (var i = 0; i < queries.Length; i++)
        {
            Assert.AreEqual($"e{i}", found[i].SimilarIds[0]);
            Assert.AreEqual(queries[i], found[i].SimilarTexts[0]);
            Assert.AreEqual(1, found[i].SimilarScores[0], 1e-5);
            Assert.HasCount(4, found[i].SimilarIds);
            CollectionAssert.AreEqual(found[i].SimilarScores.OrderDescending().ToArray(), found[i].SimilarScores);
        }

        var engine = new MLContext().Model.CreatePredictionEngine<Searched.Question, Searched.Found>(search);
        CollectionAssert.AreEqual(found[7].SimilarIds, engine.Predict(new() { Text = queries[7] }).SimilarIds);
    }

    [TestMethod]
    public void Exact_and_approximate_search_find_the_same_in_a_small_corpus()
    {
        using var exact = Searched.Fit(Searched.Options, Searched.Entries);
        using var graph = Searched.Fit(Searched.Options with { Hnsw = new() { Seed = 5 } }, Searched.Entries);
        Assert.AreEqual((null, new HnswOptions { Seed = 5 }), (exact.Hnsw, graph.Hnsw));
        string?[] queries = [.. Texts.Reviews(30, seed: 8).Select(review => review.Text)];
        var (expected, actual) = (Searched.Search(exact, queries), Searched.Search(graph, queries));
        for (var i = 0; i < queries.Length; i++)
            CollectionAssert.AreEqual(expected[i].SimilarIds, actual[i].SimilarIds);
    }

    [TestMethod]
    public void Empty_queries_find_nothing_and_empty_entries_are_left_out()
    {
        using var search = Searched.Fit(Searched.Options, [new() { Id = "a", Text = "" }, new() { Id = "b", Text = null }, new() { Id = "c", Text = " \t" }, .. Searched.Entries]);
        Assert.AreEqual(60, search.Count);
        var found = Searched.Search(search, null, "", "  ", "goal");
        Assert.IsTrue(found.Take(3).All(row => row.SimilarIds.Length == 0 && row.SimilarScores.Length == 0 && row.SimilarTexts.Length == 0));
        Assert.HasCount(4, found[3].SimilarIds);
    }

    [TestMethod]
    public void Equal_texts_are_entries_of_their_own_unless_they_are_to_be_skipped()
    {
        Searched.Entry[] entries = [new() { Id = "z", Text = "goal" }, new() { Id = "a", Text = "soup" }, new() { Id = "b", Text = "goal" }];
        using var all = Searched.Fit(Searched.Options, entries);
        CollectionAssert.AreEqual(new[] { "z", "b", "a" }, Searched.Search(all, "goal")[0].SimilarIds, "equal scores in the corpus's order");
        using var once = Searched.Fit(Searched.Options with { SkipDuplicates = true }, entries);
        CollectionAssert.AreEqual(new[] { "z", "a" }, Searched.Search(once, "goal")[0].SimilarIds);
        using var more = once.Add(Trained.Data(new[] { new Searched.Entry { Id = "c", Text = "soup" }, new Searched.Entry { Id = "d", Text = "match" } }));
        Assert.AreEqual(3, more.Count);
    }

    [TestMethod]
    public void Entries_below_the_least_score_are_not_found()
    {
        using var search = Searched.Fit(Searched.Options with { MinScore = 0.9999f }, Searched.Entries);
        CollectionAssert.AreEqual(new[] { "e5" }, Searched.Search(search, Searched.Entries[5].Text)[0].SimilarIds);
    }

    [TestMethod]
    public void Added_entries_are_found_by_the_new_search_only_and_either_can_be_disposed()
    {
        var old = Searched.Fit(Searched.Options with { IdColumnName = null }, Searched.Entries);
        using var grown = old.Add(Trained.Data(new[] { new Searched.Entry { Text = "penalty kick" } }));
        Assert.AreEqual((60, 61), (old.Count, grown.Count));
        Assert.AreNotEqual("60", Searched.Search(old, "penalty kick")[0].SimilarIds[0]);
        old.Dispose();
        Assert.AreEqual("60", Searched.Search(grown, "penalty kick")[0].SimilarIds[0]);
        Assert.Throws<ObjectDisposedException>(() => Searched.Search(old, "penalty kick"));
    }

    [TestMethod]
    public void Vectors_of_an_earlier_step_are_searched_in_a_chain()
    {
        var ml = new MLContext(1);
        var chain = Embedded.Estimator(ml).Append(ml.Transforms.Text.SearchSimilar(
            new SimilaritySearchEstimator.Options { InputColumnName = "Features", IdColumnName = "Id", TextColumnName = "Text", Top = 4 }));
        ITransformer model = chain.Fit(Trained.Data(Searched.Entries));
        using var whole = Searched.Fit(Searched.Options, Searched.Entries);
        string?[] queries = [.. Texts.Reviews(5, seed: 8).Select(review => review.Text)];
        var (expected, actual) = (Searched.Search(whole, queries), Searched.Search(model, queries));
        for (var i = 0; i < queries.Length; i++)
        {
            CollectionAssert.AreEqual(expected[i].SimilarIds, actual[i].SimilarIds);
            CollectionAssert.AreEqual(expected[i].SimilarTexts, actual[i].SimilarTexts);
        }

        (model as IDisposable)?.Dispose();
    }

    [TestMethod]
    public void The_promised_columns_are_those_of_the_output()
    {
        var data = Trained.Data(Searched.Entries);
        var estimator = new MLContext().Transforms.Text.SearchSimilar(Searched.Options);
        var promised = estimator.GetOutputSchema(new SchemaShape(data.Schema.Select(c => Shapes.Of(c.Name, c.Type, c.Annotations)))).Select(c => c.Name);
        using var search = estimator.Fit(data);
        var schema = search.GetOutputSchema(data.Schema);
        CollectionAssert.AreEqual(schema.Select(c => c.Name).ToArray(), promised.ToArray());
        Assert.IsFalse(((VectorDataViewType)schema["SimilarIds"].Type).IsKnownSize);
    }

    [TestMethod]
    public void Top_5_of_MiniLM_equal_sentence_transformers()
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(TestPaths.Shared("reference", "minilm", "search.json")));
        var lines = File.ReadLines(TestPaths.Shared("data", "emotion", "train.txt")).Skip(1).Take(2000).Select(line => line[..line.LastIndexOf(';')]);
        var ml = new MLContext();
        using var search = ml.Transforms.Text.SearchSimilar(top: 5, model: PretrainedModel.FromDirectory(TestPaths.Shared("models", "all-MiniLM-L6-v2")))
            .Fit(Trained.Data(lines.Select(text => new Searched.Question { Text = text })));
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToArray();
        var found = Searched.Search(search, [.. results.Select(result => result.GetProperty("query").GetString())]);
        for (var i = 0; i < results.Length; i++)
        {
            var hits = results[i].GetProperty("hits").EnumerateArray().ToArray();
            TestSupport.Close.AreClose([.. hits.Select(hit => hit.GetProperty("score").GetSingle())], found[i].SimilarScores, 2e-5, $"query {i}");
            if (results[i].GetProperty("smallest_gap_within_top6").GetDouble() > 4e-5)
                CollectionAssert.AreEqual(hits.Select(hit => hit.GetProperty("corpus_id").ToString()).ToArray(), found[i].SimilarIds);
        }

        Assert.HasCount(20, results);
    }
}
