using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Tests.Inputs;

[TestClass]
public sealed class SeededRandomTests
{
    [TestMethod]
    public void The_stream_is_that_of_xoshiro_seeded_by_splitmix()
    {
        // From the authors' C code: splitmix64 seeded 0 fills the state, then xoshiro256** 1.0.
        var random = new SeededRandom(0);
        ulong[] expected = [11091344671253066420, 13793997310169335082, 1900383378846508768, 7684712102626143532, 13521403990117723737];
        CollectionAssert.AreEqual(expected, expected.Select(_ => random.NextBits()).ToArray());
    }

    [TestMethod]
    public void Numbers_below_a_limit_are_equally_likely()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;
        Assert.IsLessThan(400, counts.Max(count => Math.Abs(count - 10_000)), string.Join(", ", counts));
    }

    [TestMethod]
    public void Gaussians_have_mean_0_and_deviation_1()
    {
        var random = new SeededRandom(2);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian()).ToArray();
        Assert.AreEqual(0, values.Average(), 0.02);
        Assert.AreEqual(1, values.Average(x => x * x), 0.02);
        Assert.AreEqual(0.6827, values.Count(x => Math.Abs(x) < 1) / 1e5, 0.01);
    }

    [TestMethod]
    public void A_shuffle_moves_every_item_anywhere()
    {
        var random = new SeededRandom(3);
        var counts = new int[5, 5];
        for (var i = 0; i < 5000; i++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Shuffle<int>(items);
            for (var place = 0; place < 5; place++)
                counts[items[place], place]++;
        }

        Assert.IsTrue(counts.Cast<int>().All(count => count is > 850 and < 1150), string.Join(", ", counts.Cast<int>()));
    }
}
