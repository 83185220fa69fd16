using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Damages a text by deleting words at random: what a denoising auto-encoder repairs.</summary>
/// <remarks>
/// Each word stays when a number drawn from 0 to 1 is above <see cref="DeletionRatio"/>; if none stays, one drawn word does. Wang, Reimers and Gurevych
/// 2021, "TSDAE"; the reference is sentence-transformers' <c>DenoisingAutoEncoderDataset.delete</c>.
/// </remarks>
public sealed record DeletionNoise
{
    /// <summary>Share of the words that are deleted. Default 0.6.</summary>
    public double DeletionRatio { get; init; } = 0.6;
}
