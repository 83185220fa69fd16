namespace MLNetNlp;

public sealed partial class SentenceSimilarityTrainer
{
    /// <summary>Options of sentence similarity.</summary>
    public sealed record Options : CrossEncoderOptions
    {
        /// <summary>The loss. Default <see cref="SimilarityLoss.MeanSquaredError"/>.</summary>
        public SimilarityLoss Loss { get; init; } = SimilarityLoss.MeanSquaredError;

        /// <summary>The label of two texts that have nothing in common. Default 0. Used by <see cref="SimilarityLoss.BinaryCrossEntropy"/>.</summary>
        public float LabelMinimum { get; init; }

        /// <summary>
        /// The label of two texts that say the same. Default 1; 5 for STS-B. Used by <see cref="SimilarityLoss.BinaryCrossEntropy"/>, which takes no label
        /// beyond and whose scores lie between the two; in Python, where nobody knows of it, they lie between 0 and 1.
        /// </summary>
        public float LabelMaximum { get; init; } = 1;

        internal override void Validate()
        {
            base.Validate();
            Defined(Loss, nameof(Loss));
            if (!float.IsFinite(LabelMinimum) || !float.IsFinite(LabelMaximum) || LabelMinimum >= LabelMaximum)
            {
                throw new ArgumentOutOfRangeException(nameof(LabelMaximum), LabelMaximum, FormattableString.Invariant(
                    $"'{nameof(LabelMinimum)}' is {LabelMinimum} and '{nameof(LabelMaximum)}' is {LabelMaximum}; finite numbers are needed, the second above the first."));
            }
        }
    }
}
