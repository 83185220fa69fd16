namespace MLNetNlp;

public sealed partial class BinarySetFitTrainer
{
    /// <summary>Options of binary SetFit.</summary>
    public sealed record Options : SetFitOptions
    {
        /// <summary>Output column of the probability that the label is true. Default <c>Probability</c>.</summary>
        public string ProbabilityColumnName { get; init; } = "Probability";

        internal override IEnumerable<(string Option, string Name)> OutputNames =>
            [.. base.OutputNames, (nameof(ProbabilityColumnName), ProbabilityColumnName)];
    }
}
