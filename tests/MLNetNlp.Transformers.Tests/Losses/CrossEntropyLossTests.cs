using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

[TestClass]
public sealed class CrossEntropyLossTests
{
    private static readonly float[] Logits = [2, -1, 0.5f, 0, 3, 1];

    [TestMethod]
    [DataRow(0.0, false)]
    [DataRow(0.1, false)]
    [DataRow(0.0, true)]
    [DataRow(0.2, true)]
    public void The_loss_is_the_formula(double smoothing, bool weighted)
    {
        float[] weights = [1, 2, 0.5f];
        int[] labels = [2, 1];
        var (sum, total) = (0.0, 0.0);
        for (var row = 0; row < 2; row++)
        {
            var logits = Logits.AsSpan(row * 3, 3).ToArray();
            var normaliser = Math.Log(logits.Sum(x => Math.Exp(x)));
            // torch weights the smoothed part by each class's own weight, and divides by the weights of the true classes.
            double Weight(int c) => weighted ? weights[c] : 1;
            sum += (1 - smoothing) * Weight(labels[row]) * (normaliser - logits[labels[row]]);
            for (var c = 0; c < 3; c++)
                sum += smoothing / 3 * Weight(c) * (normaliser - logits[c]);
            total += Weight(labels[row]);
        }

        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss(smoothing, weighted ? weights : null);
        var actual = loss.Compute(tensor(Logits, [2, 3]), tensor(new long[] { 2, 1 }));
        Assert.AreEqual(sum / total, actual.item<float>(), 1e-6);
    }

    [TestMethod]
    public void Senseless_settings_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new CrossEntropyLoss(1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new CrossEntropyLoss(double.NaN));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new CrossEntropyLoss(0, [1, -2])).Message, "weight 1 is -2");
        Assert.ThrowsExactly<ArgumentException>(() => new CrossEntropyLoss(0, [1, float.NaN]));
        Assert.ThrowsExactly<ArgumentException>(() => new CrossEntropyLoss(0, [0, 0]));
    }
}
