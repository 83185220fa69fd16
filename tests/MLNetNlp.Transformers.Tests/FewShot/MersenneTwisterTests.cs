using System.Text.Json.Nodes;
using MLNetNlp.Transformers.FewShot;

namespace MLNetNlp.Transformers.Tests.FewShot;

[TestClass]
public sealed class MersenneTwisterTests
{
    [TestMethod]
    public void Permutations_equal_numpys_RandomState()
    {
        var reference = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("setfit", "sampler.json")))!
            ["randomstate42_permutation_of_n_times_n_plus_1_over_2"]!.AsObject();
        foreach (var (count, order) in reference)
        {
            int[] expected = [.. order!.AsArray().Select(i => (int)i!)];
            CollectionAssert.AreEqual(expected, MersenneTwister.AsNumPy(42).Permutation(expected.Length), $"n = {count}");
        }
    }

    [TestMethod]
    [DataRow(0, 10, 3, new[] { 6, 9, 0 })]
    [DataRow(1, 3310, 8, new[] { 550, 2331, 3286, 3128, 258, 1044, 482, 2029 })]
    [DataRow(2, 3610, 16, new[] { 3535, 3477, 231, 375, 347, 1478, 3422, 692, 3014, 3313, 2743, 3497, 1262, 1030, 2481, 869 })]
    [DataRow(3, 21, 5, new[] { 7, 18, 17, 4, 11 })]
    [DataRow(42, 22, 6, new[] { 20, 3, 0, 8, 7, 17 })]
    [DataRow(7, 85, 6, new[] { 41, 19, 50, 6, 9, 68 })]
    [DataRow(5, 86, 16, new[] { 79, 32, 45, 83, 67, 3, 59, 31, 6, 20, 14, 47, 60, 48, 69, 13 })]
    [DataRow(123456, 277, 16, new[] { 148, 15, 89, 1, 39, 26, 137, 14, 59, 117, 249, 95, 12, 270, 66, 193 })]
    [DataRow(4, 278, 64, new[] { 120, 155, 52, 202, 245, 79, 46, 34, 10, 205, 148, 30, 113, 266, 274, 184, 141, 88, 54, 134, 109, 13, 133, 139, 99, 84, 158, 190, 44, 172, 198, 259, 127, 91, 126, 242, 143, 45, 153, 3, 149, 159, 260, 211, 216, 147, 220, 231, 82, 119, 156, 132, 22, 41, 23, 236, 265, 273, 241, 175, 74, 100, 103, 225 })]
    public void Samples_equal_pythons_random(int seed, int count, int size, int[] expected) =>
        CollectionAssert.AreEqual(expected, MersenneTwister.AsPython((uint)seed).Sample(count, size));

    [TestMethod]
    public void More_than_there_is_cannot_be_drawn() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MersenneTwister.AsPython(1).Sample(3, 4));
}
