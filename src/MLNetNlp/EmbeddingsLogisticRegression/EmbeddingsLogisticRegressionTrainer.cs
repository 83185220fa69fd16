using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Learns to classify texts by logistic regression on the vectors of a sentence encoder, which stays as it is.</summary>
/// <remarks>
/// In: the label (key; its cardinality is the number of classes) and a text column. Out: the predicted label (key, with the label's values) and the score (one
/// probability a class, with slot names). Made by <c>mlContext.MulticlassClassification.Trainers.EmbeddingsLogisticRegression</c>. The regression has the
/// objective and the defaults of scikit-learn's <c>LogisticRegression</c>. The model is that of <see cref="SetFitTrainer"/> with an untrained body.
/// </remarks>
public sealed partial class EmbeddingsLogisticRegressionTrainer : IEstimator<SetFitTransformer>
{
    private readonly SetFitTrainer _trainer;

    internal EmbeddingsLogisticRegressionTrainer(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _trainer = new SetFitTrainer(environment, options.Fill(new SetFitTrainer.Options()));
    }

    /// <summary>Embeds the rows that have label and text, each text once, and fits the regression on their vectors.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidOperationException">There are no rows with label and text, or all are of one class.</exception>
    /// <exception cref="IOException">The model's folder is not there, or lacks a file.</exception>
    /// <exception cref="InvalidDataException">The model's folder is damaged.</exception>
    /// <exception cref="OperationCanceledException"><see cref="EmbeddingsLogisticRegressionOptions.CancellationToken"/> was cancelled.</exception>
    public SetFitTransformer Fit(IDataView input) => _trainer.Fit(input);

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _trainer.GetOutputSchema(inputSchema);
}
