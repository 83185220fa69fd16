namespace MLNetNlp;

public sealed partial class BinaryEmbeddingsLogisticRegressionTrainer
{
    /// <summary>Options of binary embeddings with logistic regression.</summary>
    public sealed record Options : EmbeddingsLogisticRegressionOptions
    {
        /// <summary>Output column of the probability that the label is true. Default <c>Probability</c>.</summary>
        public string ProbabilityColumnName { get; init; } = "Probability";
    }
}
