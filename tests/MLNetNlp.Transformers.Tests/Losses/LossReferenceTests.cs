using System.Text.Json;
using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

/// <summary>Every loss against sentence-transformers 6.2.0: value and gradients.</summary>
[TestClass]
public sealed class LossReferenceTests
{
    private static readonly Dictionary<string, ISentenceLoss> Losses = new()
    {
        ["cosine_similarity"] = new CosineSimilarityLoss(),
        ["softmax_rep_diff"] = new SoftmaxLoss(),
        ["softmax_rep"] = new SoftmaxLoss(SentencePairFeatures.Vectors),
        ["softmax_diff"] = new SoftmaxLoss(SentencePairFeatures.Difference),
        ["softmax_rep_diff_mul"] = new SoftmaxLoss(SentencePairFeatures.Vectors | SentencePairFeatures.Difference | SentencePairFeatures.Product),
        ["mnrl"] = new MultipleNegativesRankingLoss(),
        ["mnrl_scale1_dot"] = new MultipleNegativesRankingLoss(1) { Similarity = EmbeddingSimilarity.DotProduct },
        ["mnrl_hard1"] = new MultipleNegativesRankingLoss(),
        ["mnrl_hard2"] = new MultipleNegativesRankingLoss(),
        ["mnrl_symmetric"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_symmetric_class"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_symmetric_hard1"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_all_directions_joint"] = new MultipleNegativesRankingLoss { Directions = ContrastDirections.All },
        ["cached_mnrl_mb3"] = new GradientCachedLoss(new MultipleNegativesRankingLoss(), 3),
        ["cached_mnrl_mb8"] = new GradientCachedLoss(new MultipleNegativesRankingLoss(), 8),
        ["contrastive_cosine"] = new ContrastiveLoss(),
        ["contrastive_cosine_sum"] = new ContrastiveLoss(averages: false),
        ["contrastive_euclidean"] = new ContrastiveLoss(EmbeddingDistance.Euclidean, 4),
        ["contrastive_manhattan"] = new ContrastiveLoss(EmbeddingDistance.Manhattan, 14),
        ["online_contrastive_cosine"] = new OnlineContrastiveLoss(),
        ["online_contrastive_euclidean"] = new OnlineContrastiveLoss(EmbeddingDistance.Euclidean, 4),
        ["online_contrastive_manhattan"] = new OnlineContrastiveLoss(EmbeddingDistance.Manhattan, 14),
        ["triplet_cosine"] = new TripletLoss(EmbeddingDistance.Cosine, 0.3f),
        ["triplet_euclidean"] = new TripletLoss(),
        ["triplet_manhattan"] = new TripletLoss(EmbeddingDistance.Manhattan),
        ["batch_all_euclidean"] = new BatchAllTripletLoss(),
        ["batch_hard_euclidean"] = new BatchHardTripletLoss(),
        ["batch_semi_hard_euclidean"] = new BatchSemiHardTripletLoss(),
        ["batch_hard_soft_euclidean"] = new BatchHardSoftMarginTripletLoss(),
        ["batch_all_cosine"] = new BatchAllTripletLoss(EmbeddingDistance.Cosine, 0.25f),
        ["batch_hard_cosine"] = new BatchHardTripletLoss(EmbeddingDistance.Cosine, 0.25f),
        ["batch_semi_hard_cosine"] = new BatchSemiHardTripletLoss(EmbeddingDistance.Cosine, 0.25f),
        ["batch_hard_soft_cosine"] = new BatchHardSoftMarginTripletLoss(EmbeddingDistance.Cosine),
        ["cosent"] = new CoSentLoss(),
        ["angle"] = new AngleLoss(),
        ["mse"] = new MseLoss(),
        ["mse_pair"] = new MseLoss(),
        ["mse_pair_3d"] = new MseLoss(),
        ["mse_projection"] = new MseLoss(20),
        ["margin_mse"] = new MarginMseLoss(),
        ["margin_mse_2neg"] = new MarginMseLoss(),
        ["margin_mse_scores"] = new MarginMseLoss(),
        ["matryoshka_mnrl"] = new MatryoshkaLoss(new MultipleNegativesRankingLoss(), [16, 8, 4]),
        ["matryoshka_mnrl_weighted"] = new MatryoshkaLoss(new MultipleNegativesRankingLoss(), [4, 16, 8], [0.25f, 1, 0.5f]),
        ["matryoshka_cosent"] = new MatryoshkaLoss(new CoSentLoss(), [16, 8]),
        ["gist_pair"] = new GistEmbedLoss(),
        ["gist_triplet"] = new GistEmbedLoss(),
        ["gist_pair_abs_margin"] = new GistEmbedLoss(margin: 0.1f),
        ["gist_triplet_abs_margin"] = new GistEmbedLoss(margin: 0.1f),
        ["gist_pair_rel_margin"] = new GistEmbedLoss(marginKind: GistMargin.Relative, margin: 0.05f),
        ["gist_triplet_rel_margin"] = new GistEmbedLoss(marginKind: GistMargin.Relative, margin: 0.05f),
        ["gist_pair_plain"] = new GistEmbedLoss { ContrastsAnchors = false, ContrastsPositives = false },
        ["gist_triplet_plain"] = new GistEmbedLoss { ContrastsAnchors = false, ContrastsPositives = false },
        ["simcse"] = new MultipleNegativesRankingLoss(),
    };

    private static readonly Lazy<List<Case>> LazyCases = new(ReadCases);

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<object[]> Names => Cases().Select(reference => new object[] { reference.Name });

    [TestMethod]
    public void There_are_62_cases() => Assert.HasCount(62, Cases());

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Value_and_gradients_equal_sentence_transformers(string name)
    {
        using var scope = NewDisposeScope();
        using var inputs = new ReferenceTensors(TestPaths.Fixture("losses", "inputs.safetensors"));
        using var gradients = new ReferenceTensors(TestPaths.Fixture("losses", "grads.safetensors"));
        var reference = Cases().Single(c => c.Name == name);
        // The tight cases differ in their inputs alone.
        var loss = Losses[name.Replace("_tight", "", StringComparison.Ordinal)];
        if (loss is SoftmaxLoss or MseLoss { TeacherDimension: not null })
            loss = WithWeights(loss, name, inputs);

        var embeddings = reference.Inputs.Select(input => inputs[input].requires_grad_()).ToArray();
        var labels = reference.Labels is { } column ? inputs[column] : null;
        var value = Compute(loss, embeddings, labels, [.. reference.Guide.Select(guide => inputs[guide])]);
        Assert.AreEqual(reference.Loss, value.item<float>(), 1e-6 + 1e-5 * Math.Abs(reference.Loss), name);
        value.backward();
        foreach (var (input, embedding) in reference.Inputs.Zip(embeddings))
            gradients.IsNear($"{name}.{input}", embedding.grad!, 0);
        if (loss.Weights is not { } weights)
            return;
        foreach (var (parameter, tensor) in weights.named_parameters())
            gradients.IsNear($"{name}.{(loss is SoftmaxLoss ? "classifier" : "projection")}.{parameter}", tensor.grad!, 0);
        weights.Dispose();
    }

    private static Tensor Compute(ISentenceLoss loss, Tensor[] embeddings, Tensor? labels, Tensor[] guide) => loss switch
    {
        GistEmbedLoss gist => gist.Compute(embeddings, guide),
        GradientCachedLoss cached => cached.Loss.Compute(embeddings, labels),
        _ => ((IEmbeddingLoss)loss).Compute(embeddings, labels),
    };

    private static ISentenceLoss WithWeights(ISentenceLoss loss, string name, ReferenceTensors inputs)
    {
        var prepared = loss.Prepare(new SentenceLossSetting { Encoder = null!, Dimension = 16, ClassCount = 3 });
        var prefix = loss is SoftmaxLoss ? name.Replace("softmax_", "softmax.", StringComparison.Ordinal) : "mse.projection";
        using var noGradients = no_grad();
        foreach (var (parameter, tensor) in prepared.Weights!.named_parameters())
            tensor.copy_(inputs[$"{prefix}.{parameter}"]);
        return prepared;
    }

    private static List<Case> Cases() => LazyCases.Value;

    private static List<Case> ReadCases()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "losses.json")));
        return [.. document.RootElement.EnumerateArray().Select(e => new Case(e.GetProperty("name").GetString()!, Strings(e.GetProperty("inputs")),
            e.GetProperty("labels").GetString(), e.GetProperty("guide").ValueKind == JsonValueKind.Null ? [] : Strings(e.GetProperty("guide")),
            e.GetProperty("loss").GetDouble()))];

        static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }

    private sealed record Case(string Name, string[] Inputs, string? Labels, string[] Guide, double Loss);
}
