namespace MLNetNlp;

public sealed partial class SetFitTrainer
{
    /// <summary>Options of multiclass SetFit.</summary>
    public sealed record Options : SetFitOptions
    {
        /// <summary>
        /// A larger model to learn from instead of labels, with texts that need none: the body learns the teacher's cosines of all pairs of texts, the head the
        /// teacher's predictions. Default null. The label column is then not read. setfit's <c>DistillationTrainer</c>.
        /// </summary>
        public SetFitTransformer? Teacher { get; init; }

        internal override void Validate()
        {
            base.Validate();
            if (Teacher is not null && Loss.Inputs is not { Columns.Count: 2, Label: Transformers.Losses.EmbeddingLabelKind.Score })
            {
                throw new ArgumentException($"'{nameof(Loss)}' is {Loss.Inputs.LossName}, but with a '{nameof(Teacher)}' a loss of pairs with a score is needed.",
                    nameof(Loss));
            }
        }
    }
}
