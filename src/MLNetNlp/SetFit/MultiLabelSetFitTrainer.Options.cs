namespace MLNetNlp;

public sealed partial class MultiLabelSetFitTrainer
{
    /// <summary>Options of SetFit with any number of labels a text.</summary>
    public sealed record Options : SetFitOptions
    {
        internal override bool HasSeveralLabels => true;

        internal override void Validate()
        {
            base.Validate();
            if (ClassWeights != ClassWeights.None)
            {
                throw new ArgumentException($"'{nameof(ClassWeights)}' is {ClassWeights}, but texts may have several labels: there are no classes to weigh.",
                    nameof(ClassWeights));
            }
        }
    }
}
