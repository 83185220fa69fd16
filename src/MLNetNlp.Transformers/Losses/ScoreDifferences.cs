using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>How much higher the better row of each pair scores than the worse.</summary>
internal static class ScoreDifferences
{
    /// <summary>[pairs], negative where the order is wrong.</summary>
    public static Tensor Of(Tensor scores, RankingPairs pairs)
    {
        var better = tensor(Array.ConvertAll(pairs.Better, i => (long)i), device: scores.device);
        var worse = tensor(Array.ConvertAll(pairs.Worse, i => (long)i), device: scores.device);
        return scores.index_select(0, better) - scores.index_select(0, worse);
    }
}
