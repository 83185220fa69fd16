using System.Text.Json.Nodes;
using MLNetNlp.Transformers.FewShot;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.FewShot;

[TestClass]
public sealed class SetFitHeadTests
{
    [TestMethod]
    [DataRow("multiclass")]
    [DataRow("multiclass_t2")]
    [DataRow("binary_out1")]
    [DataRow("multilabel")]
    [DataRow("multilabel_t05_nobias")]
    public void Logits_loss_gradient_and_trained_weights_equal_setfit(string name)
    {
        using var scope = NewDisposeScope();
        using var expected = new ReferenceTensors(TestPaths.Fixture("setfit", "head.safetensors"));
        using var inputs = new ReferenceTensors(TestPaths.Fixture("setfit", "sklearn_heads.safetensors"));
        var facts = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("setfit", "head.json")))![name]!;
        var features = inputs["x_train"];
        var hasBias = (bool)facts["config"]!["bias"]!;
        var outputs = (int)facts["out_features"]!;
        using var head = new SetFitHead(12, name == "binary_out1" ? 1 : outputs, (double)facts["temperature"]!, seed: 1, hasBias);
        Assert.AreEqual(outputs, head.OutputSize);
        using (no_grad())
        {
            head.Layer.weight.copy_(expected[name + ".weight"]);
            if (hasBias)
                head.Layer.bias!.copy_(expected[name + ".bias"]);
        }

        var several = (bool)facts["multitarget"]!;
        var targets = several ? inputs["y_multilabel"].to(float32) : inputs[name == "binary_out1" ? "y_binary" : "y"];
        using var crossEntropy = new CrossEntropyLoss();
        var logits = head.call(features);
        var loss = SetFitHeadTraining.Loss(logits, targets, crossEntropy);
        loss.backward();
        expected.IsClose(name + ".logits", logits, 1e-5);
        expected.IsClose(name + ".probs", several ? logits.sigmoid() : nn.functional.softmax(logits, 1), 1e-5);
        Assert.AreEqual((float)facts["loss"]!, loss.item<float>(), 1e-5);
        expected.IsNear(name + ".grad_weight", head.Layer.weight.grad!, 1e-5);

        head.Layer.weight.grad = null;
        if (hasBias)
            head.Layer.bias!.grad = null;
        var losses = new List<(int Epoch, double Loss, double Rate)>();
        var options = SetFitHeadTraining.Options(16, 8, 1e-2, 0.01, default) with
        {
            Progress = new Report(p => losses.Add((p.Epoch, p.Loss, p.LearningRate))),
        };
        SetFitHeadTraining.Run(head, features, targets, options, 1, _ => [.. Enumerable.Range(0, 24).Chunk(8)]);
        var mean = losses.GroupBy(l => l.Epoch).Select(g => (float)g.Average(l => l.Loss)).ToArray();
        Close.AreClose([.. facts["train_mean_loss_per_epoch"]!.AsArray().Select(v => (float)v!)], mean, 1e-3, "losses");
        Close.AreClose([.. facts["train_lr_per_epoch"]!.AsArray().Select(v => (float)v!)], losses.GroupBy(l => l.Epoch).Select(g => (float)g.First().Rate).ToArray(), 1e-9, "rates");
        expected.IsClose(name + ".trained_weight", head.Layer.weight, 1e-3);
        var test = head.call(inputs["x_test"]);
        expected.IsClose(name + ".trained_probs", several ? test.sigmoid() : nn.functional.softmax(test, 1), 1e-3);
    }

    [TestMethod]
    public void New_weights_are_Xavier_uniform_and_depend_on_the_seed_alone()
    {
        using var scope = NewDisposeScope();
        using var first = new SetFitHead(384, 4, 1, seed: 3);
        manual_seed(8);
        using var again = new SetFitHead(384, 4, 1, seed: 3);
        using var other = new SetFitHead(384, 4, 1, seed: 4);
        var weights = ReferenceTensors.Values(first.Layer.weight);
        CollectionAssert.AreEqual(weights, ReferenceTensors.Values(again.Layer.weight));
        CollectionAssert.AreNotEqual(weights, ReferenceTensors.Values(other.Layer.weight));
        var bound = Math.Sqrt(6.0 / 388);
        Assert.IsTrue(weights.Max() < bound && weights.Max() > 0.98 * bound && weights.Min() > -bound);
        Assert.IsTrue(ReferenceTensors.Values(first.Layer.bias).All(b => b == 0.01f));
    }

    private sealed class Report(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => report(value);
    }
}
