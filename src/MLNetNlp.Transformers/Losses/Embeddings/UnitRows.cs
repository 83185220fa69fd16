using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Vectors of length 1: their dot products are cosines.</summary>
internal static class UnitRows
{
    private const double SmallestNorm = 1e-12;

    /// <summary>Scales each row to length 1; a row of zeros stays.</summary>
    public static Tensor Of(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return (rows / rows.norm(1, keepdim: true).clamp_min(SmallestNorm)).MoveToOuterDisposeScope();
    }
}
