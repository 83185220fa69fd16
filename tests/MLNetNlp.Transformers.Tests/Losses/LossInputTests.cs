using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

/// <summary>What losses do with input that does not fit, and with batches that hold nothing to learn.</summary>
[TestClass]
public sealed class LossInputTests
{
    /// <summary>Losses over one text and a class.</summary>
    public static IEnumerable<object[]> ClassLosses => new IEmbeddingLoss[]
    {
        new BatchAllTripletLoss(), new BatchHardTripletLoss(), new BatchHardSoftMarginTripletLoss(), new BatchSemiHardTripletLoss(),
        new SupervisedContrastiveLoss(), new BatchAllTripletLoss(EmbeddingDistance.Cosine, 0.2f), new BatchSemiHardTripletLoss(EmbeddingDistance.Manhattan),
    }.Select(loss => new object[] { loss });

    [TestMethod]
    public void SupCon_equals_SetFit()
    {
        using var scope = NewDisposeScope();
        using var figures = new ReferenceTensors(TestPaths.Fixture("losses", "supcon.safetensors"));
        var embeddings = figures["embeddings"].requires_grad_();
        var loss = new SupervisedContrastiveLoss().Compute([embeddings], figures["labels"]);
        var expected = figures["loss"].item<float>();
        Assert.AreEqual(expected, loss.item<float>(), 1e-5 * expected);
        loss.backward();
        figures.IsNear("grad", embeddings.grad!, 0);
    }

    [TestMethod]
    [DynamicData(nameof(ClassLosses))]
    public void A_batch_without_positives_has_a_finite_loss_and_pulls_nothing_together(IEmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        foreach (var labels in new long[][] { [0, 1, 2, 3], [5, 5, 5, 5] })
        {
            var texts = randn(4, 6).requires_grad_();
            var value = loss.Compute([texts], tensor(labels));
            value.backward();
            Assert.IsTrue(float.IsFinite(value.item<float>()), $"{loss.Inputs.LossName}: {value.item<float>()}");
            Assert.IsTrue(texts.grad!.isfinite().all().item<bool>(), loss.Inputs.LossName);
        }

        var alone = loss.Compute([randn(1, 6)], tensor(new long[] { 3 }));
        Assert.IsTrue(float.IsFinite(alone.item<float>()), $"{loss.Inputs.LossName} of one row: {alone.item<float>()}");
    }

    [TestMethod]
    public void Losses_that_need_positives_are_0_without()
    {
        using var scope = NewDisposeScope();
        var (texts, labels) = (randn(4, 6), tensor(new long[] { 0, 1, 2, 3 }));
        foreach (var loss in new IEmbeddingLoss[] { new BatchAllTripletLoss(), new BatchSemiHardTripletLoss(), new SupervisedContrastiveLoss() })
            Assert.AreEqual(0, loss.Compute([texts], labels).item<float>(), loss.Inputs.LossName);
    }

    [TestMethod]
    public void A_batch_of_one_pair_or_of_one_kind_is_defined()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (randn(1, 6), randn(1, 6));
        Assert.AreEqual(0, new MultipleNegativesRankingLoss().Compute([a, b], null).item<float>(), 1e-6f);
        Assert.AreEqual(0, new MultipleNegativesRankingLoss { Directions = ContrastDirections.All, Partition = ContrastPartition.PerDirection }
            .Compute([a, b], null).item<float>(), 1e-6f);
        Assert.AreEqual(0, new CoSentLoss().Compute([randn(3, 6), randn(3, 6)], tensor(new[] { 0.5f, 0.5f, 0.5f })).item<float>());
        Assert.AreEqual(0, new AngleLoss().Compute([a, b], tensor(new[] { 0.5f })).item<float>());
        foreach (var label in new long[] { 0, 1 })
        {
            var (left, right) = (randn(2, 6).requires_grad_(), randn(2, 6).requires_grad_());
            var loss = new OnlineContrastiveLoss().Compute([left, right], tensor(new[] { label, label }));
            loss.backward();
            Assert.IsTrue(float.IsFinite(loss.item<float>()) && left.grad!.isfinite().all().item<bool>(), $"label {label}: {loss.item<float>()}");
        }
    }

    [TestMethod]
    public void Texts_that_are_alike_leave_gradients_finite()
    {
        using var scope = NewDisposeScope();
        foreach (var distance in Enum.GetValues<EmbeddingDistance>())
        {
            var same = ones(4, 6).requires_grad_();
            (new TripletLoss(distance).Compute([same, same, same], null) + new ContrastiveLoss(distance).Compute([same, same], tensor(new long[] { 0, 1, 0, 1 }))
                + new BatchHardTripletLoss(distance).Compute([same], tensor(new long[] { 0, 0, 1, 1 }))).backward();
            Assert.IsTrue(same.grad!.isfinite().all().item<bool>(), distance.ToString());
        }
    }

    [TestMethod]
    public void Columns_labels_and_shapes_that_do_not_fit_are_named()
    {
        using var scope = NewDisposeScope();
        var (a, labels) = (randn(4, 6), tensor(new[] { 0.1f, 0.2f, 0.3f, 0.4f }));
        Error("TripletLoss takes 3 text columns (anchor, positive, negative), but 2 were given.", () => new TripletLoss().Compute([a, a], null));
        Error("MultipleNegativesRankingLoss takes 2 text columns (anchor, positive, then any number of hard negatives), but 1 was given.",
            () => new MultipleNegativesRankingLoss().Compute([a], null));
        Error("BatchAllTripletLoss takes 1 text column (text), but 2 were given.", () => new BatchAllTripletLoss().Compute([a, a], labels));
        Error("CosineSimilarityLoss needs a label (Score), but none was given.", () => new CosineSimilarityLoss().Compute([a, a], null));
        Error("CoSentLoss needs a label (Score) for each of 4 rows, but the labels are [3].",
            () => new CoSentLoss().Compute([a, a], tensor(new[] { 0.1f, 0.2f, 0.3f })));
        Error("TripletLoss takes columns of one shape [batch, dimension], but they are [4, 6] and [4, 6] and [3, 6].",
            () => new TripletLoss().Compute([a, a, randn(3, 6)], null));
        Error("AngleLoss needs vectors of an even dimension, but theirs is 5.", () => new AngleLoss().Compute([randn(4, 5), randn(4, 5)], labels));
        Error("MseLoss compares vectors of 6 numbers with the teacher's, but each label has 7 numbers; 6 are needed.",
            () => new MseLoss().Compute([a], randn(4, 7)));
        Error("MarginMseLoss has 1 negatives, so that its label needs 1 margins or 2 scores, but it has 3 numbers.",
            () => new MarginMseLoss().Compute([a, a, a], randn(4, 3)));
        Error("GistEmbedLoss needs the guide's vectors of 2 columns, but has those of 0.", () => new GistEmbedLoss().Compute([a, a], null));
        Error("MatryoshkaLoss is to keep 8 numbers, but the encoder's vectors have 6.",
            () => new MatryoshkaLoss(new CoSentLoss(), [8, 4]).Compute([a, a], labels));
    }

    [TestMethod]
    public void Scores_outside_the_range_are_named()
    {
        var inputs = new CosineSimilarityLoss().Inputs;
        inputs.CheckScore(-1, "");
        inputs.CheckScore(1, "");
        Error("Column 'Score', row 5 is 3.5; CosineSimilarityLoss needs a number from -1 to 1.", () => inputs.CheckScore(3.5f, "Column 'Score', row 5"));
        new CoSentLoss().Inputs.CheckScore(5, "");
        Error("Column 'Score', row 7 is NaN; CoSentLoss needs a finite number.", () => new CoSentLoss().Inputs.CheckScore(float.NaN, "Column 'Score', row 7"));
    }

    [TestMethod]
    public void Settings_that_make_no_sense_are_named()
    {
        Error("'scale' is 0; a finite number above 0 is needed.", () => _ = new MultipleNegativesRankingLoss(0));
        Error("'margin' is -1; a finite number of at least 0 is needed.", () => _ = new TripletLoss(margin: -1));
        Error("'distance' is 9; needed is one of Cosine, Euclidean, Manhattan.", () => _ = new TripletLoss((EmbeddingDistance)9));
        Error("'dimensions' are 8, 8; at least one number above 0, and each once, is needed.", () => _ = new MatryoshkaLoss(new CoSentLoss(), [8, 8]));
        Error("There are 2 dimensions, but 1 weights.", () => _ = new MatryoshkaLoss(new CoSentLoss(), [8, 4], [1]));
        Error("'miniBatchSize' is 0; 1 or more is needed.", () => _ = new GradientCachedLoss(new CoSentLoss(), 0));
        Error("SoftmaxLoss needs at least 2 classes, but the label has 1.",
            () => new SoftmaxLoss().Prepare(new SentenceLossSetting { Encoder = null!, Dimension = 6, ClassCount = 1 }));
        Error("MatryoshkaLoss cannot have SoftmaxLoss inside: its weights are made for one dimension.",
            () => new MatryoshkaLoss(new SoftmaxLoss(), [4]).Prepare(new SentenceLossSetting { Encoder = null!, Dimension = 6, ClassCount = 3 }));
        var unprepared = Assert.ThrowsExactly<InvalidOperationException>(() => new SoftmaxLoss().Compute([randn(2, 4), randn(2, 4)], tensor(new long[] { 0, 1 })));
        Assert.AreEqual("SoftmaxLoss has no classifier yet: call Prepare first.", unprepared.Message);
    }

    [TestMethod]
    public void Weights_of_a_loss_follow_from_the_seed_and_are_new_for_each_training()
    {
        var loss = new SoftmaxLoss();
        float[] Drawn(int seed)
        {
            var prepared = loss.Prepare(new SentenceLossSetting { Encoder = null!, Dimension = 6, ClassCount = 3, Seed = seed });
            using var weights = prepared.Weights!;
            return ReferenceTensors.Values(weights.get_parameter("weight"));
        }

        CollectionAssert.AreEqual(Drawn(1), Drawn(1));
        CollectionAssert.AreNotEqual(Drawn(1), Drawn(2));
        Assert.IsNull(loss.Weights);
    }

    [TestMethod]
    public void Matryoshka_can_draw_some_of_its_dimensions_anew_for_each_batch()
    {
        using var scope = NewDisposeScope();
        var (a, b, labels) = (randn(4, 16), randn(4, 16), tensor(new[] { 0.1f, 0.2f, 0.3f, 0.4f }));
        int[] dimensions = [16, 8, 4];
        float[] each = [.. dimensions.Select(d => new MatryoshkaLoss(new CoSentLoss(), [d]).Compute([a, b], labels).item<float>())];
        var two = new MatryoshkaLoss(new CoSentLoss(), dimensions, dimensionsPerStep: 2);
        var drawn = Enumerable.Range(0, 60).Select(_ => two.Compute([a, b], labels).item<float>()).Distinct().Order().ToArray();
        Close.AreClose([.. new[] { each[0] + each[1], each[0] + each[2], each[1] + each[2] }.Order()], drawn, 1e-5, "sums of two");
    }

    private static void Error(string message, Action action)
    {
        var error = Assert.Throws<ArgumentException>(action);
        StringAssert.StartsWith(error.Message, message);
    }
}
