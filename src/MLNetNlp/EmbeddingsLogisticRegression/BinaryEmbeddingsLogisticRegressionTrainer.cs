using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Learns whether a Boolean label is true for a text by logistic regression on the vectors of a sentence encoder, which stays as it is.</summary>
/// <remarks>
/// In: the label (Boolean) and a text column. Out: the predicted label (Boolean), the score (log-odds of true) and the probability of true. Made by
/// <c>mlContext.BinaryClassification.Trainers.EmbeddingsLogisticRegression</c>; see <see cref="EmbeddingsLogisticRegressionTrainer"/>.
/// </remarks>
public sealed partial class BinaryEmbeddingsLogisticRegressionTrainer : IEstimator<BinarySetFitTransformer>
{
    private readonly BinarySetFitTrainer _trainer;

    internal BinaryEmbeddingsLogisticRegressionTrainer(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _trainer = new BinarySetFitTrainer(
            environment, options.Fill(new BinarySetFitTrainer.Options { ProbabilityColumnName = options.ProbabilityColumnName }));
    }

    /// <summary>Embeds the rows that have label and text, each text once, and fits the regression on their vectors.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidOperationException">There are no rows with label and text, or all have one label.</exception>
    /// <exception cref="IOException">The model's folder is not there, or lacks a file.</exception>
    /// <exception cref="InvalidDataException">The model's folder is damaged.</exception>
    /// <exception cref="OperationCanceledException"><see cref="EmbeddingsLogisticRegressionOptions.CancellationToken"/> was cancelled.</exception>
    public BinarySetFitTransformer Fit(IDataView input) => _trainer.Fit(input);

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _trainer.GetOutputSchema(inputSchema);
}
