using System.Text.Json;
using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

/// <summary>Every loss against sentence-transformers 6.2: value and gradients of all its cases.</summary>
[TestClass]
public sealed class LossReferenceTests
{
    private static readonly Dictionary<string, IEmbeddingLoss> Losses = new()
    {
        ["cosine_similarity"] = new CosineSimilarityLoss(),
        ["mnrl"] = new MultipleNegativesRankingLoss(),
        ["mnrl_scale1_dot"] = new MultipleNegativesRankingLoss(1) { Similarity = EmbeddingSimilarity.DotProduct },
        ["mnrl_hard1"] = new MultipleNegativesRankingLoss(),
        ["mnrl_hard2"] = new MultipleNegativesRankingLoss(),
        ["mnrl_symmetric"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_symmetric_class"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_symmetric_hard1"] = new MultipleNegativesRankingLoss(symmetric: true),
        ["mnrl_all_directions_joint"] = new MultipleNegativesRankingLoss { Directions = ContrastDirections.All },
        ["cosent"] = new CoSentLoss(),
    };

    [TestMethod]
    public void Values_and_gradients_equal_sentence_transformers()
    {
        foreach (var loss in Cases().Where(c => Losses.ContainsKey(c.Name)))
            Check(loss, Losses[loss.Name]);
    }

    private static void Check(Case reference, IEmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        using var inputs = new ReferenceTensors(TestPaths.Fixture("losses", "inputs.safetensors"));
        using var gradients = new ReferenceTensors(TestPaths.Fixture("losses", "grads.safetensors"));
        var embeddings = reference.Inputs.Select(name => inputs[name].requires_grad_()).ToArray();
        var value = loss.Compute(embeddings, reference.Labels is { } labels ? inputs[labels] : null);
        Assert.AreEqual(reference.Loss, value.item<float>(), 1e-6 + 1e-5 * Math.Abs(reference.Loss), reference.Name);
        value.backward();
        foreach (var (name, embedding) in reference.Inputs.Zip(embeddings))
            gradients.IsNear($"{reference.Name}.{name}", embedding.grad!, 0);
    }

    private static List<Case> Cases()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Fixture("losses", "losses.json")));
        return [.. document.RootElement.EnumerateArray().Select(e => new Case(e.GetProperty("name").GetString()!, Strings(e.GetProperty("inputs")),
            e.GetProperty("labels").GetString(), e.GetProperty("guide").ValueKind == JsonValueKind.Null ? [] : Strings(e.GetProperty("guide")),
            e.GetProperty("loss").GetDouble()))];

        static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }

    private sealed record Case(string Name, string[] Inputs, string? Labels, string[] Guide, double Loss);
}
