using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class SplitTests
{
    private readonly MLContext _ml = new(5);

    [TestMethod]
    public void A_seed_gives_the_rows_that_it_gives_in_ML_NET()
    {
        var split = _ml.Data.TrainTestSplit(Rows(), 0.3, seed: 7);
        Golden.Check("split-seed-7", Ids(split.TestSet));
        CollectionAssert.AreEquivalent(Ids(Rows()).Split(' '), (Ids(split.TestSet) + " " + Ids(split.TrainSet)).Split(' '));
        Assert.AreEqual(Ids(split.TestSet), Ids(_ml.Data.TrainTestSplit(Rows(), 0.3, seed: 7).TestSet));
        if (!Mode.IsOld) // ML.NET 1.5 leaves its own column in
            Assert.AreEqual("Id: Int32; Group: String; Real: Single; Key: Key<UInt32, 0-9>; Flag: Boolean", ViewText.ShowSchema(split.TestSet.Schema));
    }

    [TestMethod]
    public void Without_a_seed_the_context_decides()
    {
        if (Mode.IsOld)
            Assert.Inconclusive("ML.NET 1.5 does not use the context's seed here.");
        Golden.Check("split-context-5", Ids(_ml.Data.TrainTestSplit(Rows(), 0.3).TestSet));
        Golden.Check("split-context-none", Ids(new MLContext().Data.TrainTestSplit(Rows(), 0.3).TestSet));
    }

    [TestMethod]
    [DataRow("Group")]
    [DataRow("Real")]
    [DataRow("Key")]
    [DataRow("Id")]
    [DataRow("Flag")]
    public void Rows_of_one_sampling_key_stay_together(string column)
    {
        var split = _ml.Data.TrainTestSplit(Rows(), 0.4, samplingKeyColumnName: column, seed: 3);
        CollectionAssert.AreEqual(Array.Empty<string>(), Values(split.TestSet, column).Intersect(Values(split.TrainSet, column)).ToArray());
        if (!Mode.IsOld)
            Golden.Check($"split-by-{column}", Ids(split.TestSet));
    }

    [TestMethod]
    public void Each_row_is_tested_once_in_cross_validation()
    {
        var folds = _ml.Data.CrossValidationSplit(Rows(), 4, seed: 2);
        Golden.Check("folds-seed-2", string.Join('\n', folds.Select(fold => Ids(fold.TestSet))));
        CollectionAssert.AreEquivalent(Ids(Rows()).Split(' '), folds.SelectMany(fold => Ids(fold.TestSet).Split(' ')).ToArray());
        foreach (var fold in folds)
            Assert.HasCount(60, (Ids(fold.TestSet) + " " + Ids(fold.TrainSet)).Split(' ').Distinct());
    }

    [TestMethod]
    public void Fractions_and_columns_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(Rows(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(Rows(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CrossValidationSplit(Rows(), 1));
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(Rows(), 0.1, "None")).Message, "'None'");
    }

    private IDataView Rows() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
    {
        Id = i,
        Group = i % 12 == 11 ? "größe ✓ ñ" : $"group {i % 12}",
        Real = (i * 37 % 19) - 5.5f,
        Key = (uint)(i % 10),
        Flag = i % 3 == 0,
    }).ToList());

    private static string Ids(IDataView data) => string.Join(' ', Values(data, "Id"));

    private static string[] Values(IDataView data, string column)
    {
        var index = data.Schema.Where(c => !c.IsHidden).ToList().FindIndex(c => c.Name == column);
        return [.. ViewText.Show(data).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')[index])];
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public string Group { get; set; } = "";

        public float Real { get; set; }

        [KeyType(10)]
        public uint Key { get; set; }

        public bool Flag { get; set; }
    }
}
