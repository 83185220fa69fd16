namespace MLNetNlp;

public sealed partial class CrossEncoderTrainer
{
    /// <summary>Options of ranking by a cross-encoder.</summary>
    public sealed record Options : CrossEncoderOptions
    {
        /// <summary>
        /// Key column: rows of one value are ranked against each other, as the documents of a query. Default <c>GroupId</c>. Rows without a group are left out.
        /// </summary>
        public string RowGroupColumnName { get; init; } = "GroupId";

        /// <summary>The loss. Default <see cref="RankingLoss.PairwiseLogistic"/>.</summary>
        public RankingLoss Loss { get; init; } = RankingLoss.PairwiseLogistic;

        /// <summary>For <see cref="RankingLoss.PairwiseMargin"/>: from which difference of scores on a pair costs nothing. Default 1.</summary>
        public double Margin { get; init; } = 1;

        internal override IEnumerable<(string Option, string Name)> InputNames => [.. base.InputNames, (nameof(RowGroupColumnName), RowGroupColumnName)];

        /// <summary>Whether the loss compares rows of a group.</summary>
        internal bool IsPairwise => Loss is RankingLoss.PairwiseLogistic or RankingLoss.PairwiseMargin or RankingLoss.MarginMse;

        internal override void Validate()
        {
            base.Validate();
            Defined(Loss, nameof(Loss));
            if (!(Margin > 0) || !double.IsFinite(Margin))
                throw new ArgumentOutOfRangeException(nameof(Margin), Margin, FormattableString.Invariant($"'{nameof(Margin)}' is {Margin}; a finite number above 0 is needed."));
            if (IsPairwise && Training.BatchSize < 2)
            {
                throw new ArgumentOutOfRangeException(nameof(TrainingOptions.BatchSize), Training.BatchSize,
                    $"'{nameof(TrainingOptions.BatchSize)}' is {Training.BatchSize}, but {Loss} compares the rows of a batch; 2 or more is needed.");
            }
        }
    }
}
