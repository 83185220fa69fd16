namespace MLNetNlp;

public sealed partial class EmbeddingsLogisticRegressionTrainer
{
    /// <summary>Options of multiclass embeddings with logistic regression.</summary>
    public sealed record Options : EmbeddingsLogisticRegressionOptions;
}
