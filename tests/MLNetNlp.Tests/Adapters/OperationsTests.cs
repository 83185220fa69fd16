using Microsoft.ML;

namespace MLNetNlp.Tests.Adapters;

/// <summary>Merging, unmerging, exporting and describing the adapters of fitted models.</summary>
[TestClass]
public sealed class OperationsTests
{
    [TestMethod]
    public void A_model_is_merged_and_unmerged_and_goes_on_as_it_is()
    {
        var ml = new MLContext();
        var expected = Adapted.Scores(Adapted.Alone);
        var tolerance = 1e-5 * expected.Max(Math.Abs);
        using var merged = (BinaryTextClassificationTransformer)ml.Model.MergeAdapter(Adapted.Alone);
        Close.AreClose(expected, Adapted.Scores(merged), tolerance, "merged");
        using var apart = (BinaryTextClassificationTransformer)ml.Model.UnmergeAdapter(merged);
        CollectionAssert.AreEqual(expected, Adapted.Scores(apart));
        CollectionAssert.AreEqual(expected, Adapted.Scores(Adapted.Alone));
        Assert.IsTrue(Adapted.Names(Adapted.Save(apart)).Contains("model.safetensors"), "unmerged, base and adapter are saved");

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.Model.MergeAdapter(merged)).Message, "merged already");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.Model.UnmergeAdapter(apart)).Message, "nothing to unmerge");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.Model.MergeAdapter(Trained.Opinions)).Message, "has no adapter");
    }

    [TestMethod]
    public void A_model_is_saved_in_any_form()
    {
        var ml = new MLContext();
        var expected = Adapted.Scores(Adapted.Alone);
        using var merged = (BinaryTextClassificationTransformer)ml.Model.MergeAdapter(Adapted.Alone);
        foreach (var model in (ITransformer[])[Adapted.Alone, merged])
        {
            foreach (var storage in Enum.GetValues<AdapterStorage>())
            {
                var zip = Scratch.NewPath("form.zip");
                ml.Model.Save(model, Adapted.Data.Schema, zip, storage);
                Assert.AreEqual(storage != AdapterStorage.AdapterOnly, Adapted.Names(zip).Contains("model.safetensors"), $"{storage}");
                using var loaded = Adapted.Load(zip);
                Close.AreClose(expected, Adapted.Scores(loaded), 1e-5 * expected.Max(Math.Abs), $"{storage}");
                Assert.AreEqual(storage, ml.Model.DescribeAdapters(loaded).Single().Storage);
            }
        }
    }

    [TestMethod]
    public void A_model_that_cannot_be_saved_leaves_the_file_that_is_there()
    {
        var zip = Adapted.Save(Adapted.Alone);
        var before = File.ReadAllBytes(zip);
        Assert.ThrowsExactly<InvalidOperationException>(() => new MLContext().Model.Save(Trained.Opinions, Adapted.Data.Schema, zip, AdapterStorage.Merged));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(zip));
        using var staying = Trained.OpinionTrainer(new MLContext(1), Adapted.Options with { Adapter = new BottleneckOptions(), Training = Trained.Training with { MaxSteps = 1 } })
            .Fit(Adapted.Data);
        Assert.ThrowsExactly<InvalidOperationException>(() => new MLContext().Model.Save(staying, Adapted.Data.Schema, zip, AdapterStorage.Merged));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(zip));
        Assert.IsFalse(File.Exists(zip + ".partial"));
    }

    [TestMethod]
    public void An_adapter_is_described_and_exported()
    {
        var ml = new MLContext();
        var description = ml.Model.DescribeAdapters(Adapted.Alone).Single();
        Assert.AreEqual("LORA", description.Kind);
        Assert.AreEqual(TinyModel.Folder, description.BaseModel);
        Assert.AreEqual(64, description.BaseSha256!.Length);
        // Rank 4 on query and value of two layers of 32, and the head.
        Assert.AreEqual(2 * 2 * 4 * 64 + 2 * 32 + 2, description.ParameterCount);
        CollectionAssert.Contains(description.Parameters.Select(p => p.Name).ToArray(), "base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight");
        var folder = Scratch.NewPath("export");
        ml.Model.ExportAdapter(Adapted.Alone, folder);
        Assert.AreEqual(description.Bytes, new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length));
        Assert.HasCount(0, ml.Model.DescribeAdapters(Trained.Opinions));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.Model.ExportAdapter(Trained.Opinions, folder)).Message, "has no adapter");
    }
}
