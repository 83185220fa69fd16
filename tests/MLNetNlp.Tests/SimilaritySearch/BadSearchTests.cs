using System.IO.Compression;
using Microsoft.ML;
using MLNetNlp.Tests.SetFit;

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
    public void A_zip_with_the_index_of_another_model_is_refused()
    {
        using var search = Searched.Fit(Searched.Options, Searched.Entries[..2]);
        using var vectors = Fit(("a", 1, 0), ("b", 0, 1));
        var (zip, other) = (Scratch.NewPath("search.zip"), Scratch.NewPath("vectors.zip"));
        new MLContext().Model.Save(search, null, zip);
        new MLContext().Model.Save(vectors, null, other);
        using (var from = ZipFile.OpenRead(other))
        using (var to = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            // Without its checksums, so that it is not the changed bytes that are noticed.
            Entry(to, "mlnetnlp.sums").Delete();
            var entry = Entry(to, "search_index.safetensors");
            var name = entry.FullName;
            entry.Delete();
            using var output = to.CreateEntry(name).Open();
            using var input = Entry(from, "search_index.safetensors").Open();
            input.CopyTo(output);
        }

        var error = Assert.Throws<Exception>(() => new MLContext().Model.Load(zip, out _));
        StringAssert.Contains(error.ToString(), "the index holds vectors of 2 numbers, but its model makes vectors of 32: they do not belong together.");

        static ZipArchiveEntry Entry(ZipArchive zip, string name) => zip.Entries.Single(e => Path.GetFileName(e.FullName.Replace('\\', '/')) == name);
    }

    [TestMethod]
    public void A_model_that_gives_no_numbers_is_refused_with_the_row() => Refuse(
        () => Searched.Fit(Searched.Options with { Model = PretrainedModel.FromDirectory(TinyModel.WriteNaN(Scratch.NewPath("nan"))) }, [new(), .. Searched.Entries[..2]]),
        "Row 1 of column 'Text' gets a vector from the model that holds NaN, but SearchSimilar needs finite numbers.");

    [TestMethod]
    public void Texts_that_come_again_are_warned_of_unless_they_are_skipped()
    {
        Searched.Entry[] entries = [new() { Id = "z", Text = "goal" }, new() { Id = "a", Text = "soup" }, new() { Id = "b", Text = "goal" }];
        CollectionAssert.AreEqual(new[] { "1 rows of the corpus repeat a text and are entries of their own; 'SkipDuplicates' leaves them out." },
            FewShots.Warnings(ml => ml.Transforms.Text.SearchSimilar(Searched.Options).Fit(Trained.Data(entries)).Dispose()));
        Assert.IsEmpty(FewShots.Warnings(ml => ml.Transforms.Text.SearchSimilar(Searched.Options with { SkipDuplicates = true }).Fit(Trained.Data(entries)).Dispose()));
    }

    [TestMethod]
    public void Mining_of_paraphrases_says_its_own_name()
    {
        var data = Trained.Data(Searched.Vectors(("a", 1, 0), ("b", float.NaN, 0)));
        Refuse(() => new MLContext().Data.MineParaphrases(data, new() { InputColumnName = "Vector" }),
            "Row 1 of column 'Vector' holds NaN, but MineParaphrases needs finite numbers.");
        Refuse(() => new MLContext().Data.MineParaphrases(data, new() { InputColumnName = "Nope" }),
            "There is no column 'Nope', but MineParaphrases needs a text column, or a vector of Single of known size for 'InputColumnName'");
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
