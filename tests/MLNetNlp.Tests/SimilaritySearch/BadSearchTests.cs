using Microsoft.ML;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp.Tests.SimilaritySearch;

[TestClass]
public sealed class BadSearchTests
{
    private static readonly SimilaritySearchEstimator.Options VectorOptions = new() { InputColumnName = "Vector", IdColumnName = "Id" };

    [TestMethod]
    public void NaN_in_the_corpus_is_refused_with_its_row() => Refuse(
        () => Fit(("a", 1, 0), ("b", float.NaN, 0)), "Row 1 of column 'Vector' holds NaN, but SearchSimilar needs finite numbers.");

    [TestMethod]
    public void NaN_in_a_query_is_refused_with_its_row()
    {
        using var search = Fit(("a", 1, 0));
        var rows = search.Transform(Trained.Data(Searched.Vectors(("q", 1, 0), ("r", 0, float.PositiveInfinity))));
        var error = Assert.Throws<Exception>(() => new MLContext().Data.CreateEnumerable<Searched.Found>(rows, false, ignoreMissingColumns: true).ToArray());
        StringAssert.Contains(error.ToString(), "Row 1 of column 'Vector' holds Infinity, but SearchSimilar needs finite numbers.");
    }

    [TestMethod]
    public void A_vector_of_zeros_is_an_empty_entry_and_an_empty_query()
    {
        using var search = Fit(("a", 0, 0), ("b", 0, 2), ("c", 3, 0));
        Assert.AreEqual(2, search.Count);
        var found = new MLContext().Data.CreateEnumerable<Searched.Found>(
            search.Transform(Trained.Data(Searched.Vectors(("q", 0, 0), ("r", 0, 1)))), false, ignoreMissingColumns: true).ToArray();
        Assert.IsEmpty(found[0].SimilarIds);
        CollectionAssert.AreEqual(new[] { "b", "c" }, found[1].SimilarIds);
        Assert.IsEmpty(found[1].SimilarTexts, "no column of texts, no texts");
    }

    [TestMethod]
    public void An_id_that_comes_twice_is_refused()
    {
        Refuse(() => Fit(("a", 1, 0), ("b", 1, 0), ("a", 0, 1)), "Id 'a' in row 2 is in row 0 too, but SearchSimilar needs each id once.");
        using var search = Fit(("a", 1, 0));
        Refuse(() => search.Add(Trained.Data(Searched.Vectors(("a", 0, 1)))), "Id 'a' in row 0 is in the index already, but SearchSimilar needs each id once.");
    }

    [TestMethod]
    public void Queries_of_another_dimension_are_refused_before_any_row_is_read()
    {
        using var search = Fit(("a", 1, 0));
        var other = Trained.Data(new[] { new Wide { Vector = [1, 2, 3] } });
        Refuse(() => search.Transform(other),
            "Column 'Vector' is Vector<Single, 3>, but SearchSimilar needs a vector of Single with 2 numbers, as the index holds for 'QueryColumnName'.");
        Refuse(() => search.Add(Trained.Data(new[] { new Wide { Id = "w", Vector = [1, 2, 3] } })),
            "Column 'Vector' has vectors of 3 numbers, but the index holds vectors of 2.");
    }

    [TestMethod]
    public void Columns_that_are_missing_or_of_another_type_are_refused()
    {
        Refuse(() => Searched.Fit(Searched.Options with { InputColumnName = "Nope" }, Searched.Entries),
            "There is no column 'Nope', but SearchSimilar needs a text column, or a vector of Single of known size for 'InputColumnName'; the columns are 'Id', 'Text'.");
        Refuse(() => new MLContext().Transforms.Text.SearchSimilar(idColumnName: "Number").Fit(Trained.Data(Texts.Reviews(2))),
            "Column 'Number' is Single, but SearchSimilar needs a text column or one of whole numbers for 'IdColumnName'.");
    }

    [TestMethod]
    public void Options_that_make_no_sense_are_refused_by_name()
    {
        var text = new MLContext().Transforms.Text;
        Refuse(() => text.SearchSimilar(top: 0), "'Top' is 0; 1 or more is needed.");
        Refuse(() => text.SearchSimilar(new SimilaritySearchEstimator.Options { Hnsw = new() { M = 1 } }), "'M' is 1; 2 or more is needed.");
        Refuse(() => text.SearchSimilar(new SimilaritySearchEstimator.Options { MinScore = float.NaN }), "'MinScore' is NaN; a finite number is needed.");
    }

    [TestMethod]
    public void An_index_of_another_model_is_refused()
    {
        MemoryStream index = new(), corpus = new();
        ExactVectorIndex.Empty(3).Add([1, 2, 3]).Save(_ => index);
        new SearchCorpus(["a"], null, 1).Save(_ => corpus);
        using var files = ModelFiles.FromMemory(
            new Dictionary<string, byte[]> { ["search_index.safetensors"] = index.ToArray(), ["search_corpus.jsonl"] = corpus.ToArray() }, "zip");
        using var model = ModelFiles.FromDirectory(TinyModel.Folder);
        using var embedder = SentenceEmbedder.Load(model, null, null, null, 32, TorchSharp.torch.CPU);
        var error = Assert.Throws<InvalidDataException>(() => SimilaritySearchTransformer.LoadIndex(files, false, 1, embedder));
        Assert.AreEqual("the index holds vectors of 3 numbers, but its model makes vectors of 32: they do not belong together.", error.Message);
    }

    private static SimilaritySearchTransformer Fit(params (string Id, float X, float Y)[] rows) =>
        new MLContext().Transforms.Text.SearchSimilar(VectorOptions).Fit(Trained.Data(Searched.Vectors(rows)));

    private static void Refuse(Action action, string message) => StringAssert.StartsWith(Assert.Throws<ArgumentException>(action).Message, message);

    private sealed class Wide
    {
        public string? Id { get; set; }

        [Microsoft.ML.Data.VectorType(3)]
        public float[] Vector { get; set; } = [];
    }
}
