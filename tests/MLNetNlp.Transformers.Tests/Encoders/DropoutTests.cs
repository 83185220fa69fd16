using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Encoders;

[TestClass]
public sealed class DropoutTests
{
    // More than one chunk, and a rest that fills no vector.
    private const int Length = 100_003;

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.9)]
    public void The_asked_share_is_dropped_and_the_rest_is_scaled(double probability)
    {
        var values = Draw(1, probability);
        var deviation = Math.Sqrt(probability * (1 - probability) / Length);
        Assert.AreEqual(probability, values.Count(x => x == 0) / (double)Length, 5 * deviation);
        Assert.IsTrue(values.All(x => x == 0 || Math.Abs(x - 1 / (1 - probability)) < 1e-5));
    }

    [TestMethod]
    public void Neighbours_and_draws_are_independent()
    {
        float[] first = Draw(1, 0.5), second = Draw(2, 0.5);
        // Both kept by chance: a quarter of the places.
        for (var distance = 1; distance < 70; distance++)
        {
            var both = Enumerable.Range(0, Length - distance).Count(i => first[i] != 0 && first[i + distance] != 0);
            Assert.AreEqual(0.25, both / (double)Length, 0.01, $"distance {distance}");
        }

        Assert.AreEqual(0.25, Enumerable.Range(0, Length).Count(i => first[i] != 0 && second[i] != 0) / (double)Length, 0.01, "two seeds");
    }

    [TestMethod]
    public void The_same_seed_drops_the_same_whatever_the_number_of_threads()
    {
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var expected = Draw(3, 0.1);
            set_num_threads(2);
            CollectionAssert.AreEqual(expected, Draw(3, 0.1));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [TestMethod]
    public void Gradients_flow_through_what_was_kept()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var input = ones(1000, requires_grad: true);
        var output = Dropout.Copy(input, 0.5);
        output.sum().backward();
        CollectionAssert.AreEqual(ReferenceTensors.Values(output), ReferenceTensors.Values(input.grad!));
    }

    [TestMethod]
    public void Everything_may_be_dropped()
    {
        using var scope = NewDisposeScope();
        Assert.IsTrue(ReferenceTensors.Values(Dropout.Copy(ones(10), 1)).All(x => x == 0));
    }

    private static float[] Draw(long seed, double probability)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        return ReferenceTensors.Values(Dropout.OverwriteOrCopy(ones(Length), probability));
    }
}
