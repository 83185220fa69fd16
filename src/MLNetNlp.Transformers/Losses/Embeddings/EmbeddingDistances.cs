using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Distances of pairs, and of all rows of a batch from each other.</summary>
internal static class EmbeddingDistances
{
    // Added to a squared distance of 0, whose root has no slope.
    private const double Smallest = 1e-16;

    /// <summary>The distance of each row from the same row of the other: [batch].</summary>
    /// <param name="distance">Its kind.</param>
    /// <param name="left">[batch, dimension].</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    /// <param name="shift">Added to every number of the difference, but for the cosine: <c>pairwise_distance</c> of torch has 1e-6.</param>
    public static Tensor Pairs(this EmbeddingDistance distance, Tensor left, Tensor right, double shift = 0)
    {
        using var scope = NewDisposeScope();
        var result = distance switch
        {
            EmbeddingDistance.Cosine => 1 - (UnitRows.Of(left) * UnitRows.Of(right)).sum(1),
            EmbeddingDistance.Euclidean => Difference().norm(1),
            _ => Difference().abs().sum(1),
        };
        return result.MoveToOuterDisposeScope();

        Tensor Difference() => shift == 0 ? left - right : left - right + shift;
    }

    /// <summary>The distance of each row from each: [batch, batch]. Rows that are alike are 0 apart, and get no gradient from it.</summary>
    public static Tensor Matrix(this EmbeddingDistance distance, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var result = distance switch
        {
            EmbeddingDistance.Cosine => Cosines(UnitRows.Of(rows)),
            EmbeddingDistance.Euclidean => Euclidean(rows),
            _ => (rows.unsqueeze(1) - rows.unsqueeze(0)).abs().sum(2),
        };
        return result.MoveToOuterDisposeScope();

        static Tensor Cosines(Tensor unit) => 1 - unit.matmul(unit.t());
    }

    // One matrix product instead of all differences, as the reference has it: little memory, and the same rounding.
    private static Tensor Euclidean(Tensor rows)
    {
        var products = rows.matmul(rows.t());
        var squares = products.diagonal(0, 0, 1);
        var squared = (squares.unsqueeze(0) - products * 2 + squares.unsqueeze(1)).clamp_min(0);
        var same = squared.eq(0);
        return (squared + same.to(squared.dtype) * Smallest).sqrt().masked_fill(same, 0);
    }
}
