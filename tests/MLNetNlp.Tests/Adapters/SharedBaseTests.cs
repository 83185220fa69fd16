using Microsoft.ML;
using MLNetNlp.Tests.Deployment;

namespace MLNetNlp.Tests.Adapters;

/// <summary>Several adapters over one base model in one process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class SharedBaseTests
{
    [TestMethod]
    public void Adapters_over_Mini_share_its_weights_in_memory()
    {
        var zips = Enumerable.Range(1, 3).Select(seed =>
        {
            using var model = Trained.OpinionTrainer(new MLContext(1), Adapted.Options with
            {
                Model = PretrainedModel.Mini,
                AdapterStorage = AdapterStorage.AdapterOnly,
                Training = Trained.Training with { MaxSteps = 2, Seed = seed },
            }).Fit(Trained.Data(Texts.Opinions(8)));
            return (Zip: Adapted.Save(model), Scores: Adapted.Scores(model));
        }).ToArray();
        var empty = NativeMemory.AllocatedMegabytes();
        var first = Adapted.Load(zips[0].Zip);
        var one = NativeMemory.AllocatedMegabytes() - empty;
        var second = Adapted.Load(zips[1].Zip);
        var third = Adapted.Load(zips[2].Zip);
        var three = NativeMemory.AllocatedMegabytes() - empty;
        Console.WriteLine(FormattableString.Invariant($"one model {one:f1} MiB, three {three:f1} MiB; a zip {new FileInfo(zips[0].Zip).Length / 1e6:f2} MB"));
        // Mini has 51 MiB of weights. Head, pooler (which Mini lacks) and adapter are each model's own, in two states.
        Assert.IsGreaterThan(45, one);
        Assert.IsLessThan(one + 10, three);

        // Each answers with its own adapter, at once.
        BinaryTextClassificationTransformer[] models = [first, second, third];
        Parallel.For(0, 6, i => CollectionAssert.AreEqual(zips[i % 3].Scores, Adapted.Scores(models[i % 3])));
        first.Dispose();
        CollectionAssert.AreEqual(zips[1].Scores, Adapted.Scores(second));
        second.Dispose();
        third.Dispose();
        Assert.IsLessThan(5, NativeMemory.AllocatedMegabytes() - empty, "MiB that stay");
    }

    [TestMethod]
    public void Adapters_over_one_base_answer_from_many_threads_as_each_does_alone()
    {
        BinaryTextClassificationTransformer[] models = [.. Enumerable.Range(1, 3).Select(seed => Adapted.Train(AdapterStorage.BaseAndAdapter, seed: seed))];
        float[][] expected = [.. models.Select(model => Adapted.Scores(model))];
        Assert.AreNotEqual(expected[0][0], expected[1][0]);
        Parallel.For(0, 24, i => CollectionAssert.AreEqual(expected[i % 3], Adapted.Scores(models[i % 3])));
        // Merging one takes weights of its own and leaves the others alone.
        using var merged = (BinaryTextClassificationTransformer)new MLContext().Model.MergeAdapter(models[0]);
        CollectionAssert.AreEqual(expected[1], Adapted.Scores(models[1]));
        Array.ForEach(models, model => model.Dispose());
    }
}
