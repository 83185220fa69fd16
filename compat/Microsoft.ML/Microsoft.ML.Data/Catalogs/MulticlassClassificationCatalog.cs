using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Multiclass classification: trainers, and how good models are.</summary>
public sealed class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(IHostEnvironment env)
        : base(env) => Trainers = new MulticlassClassificationTrainers(this);

    /// <summary>The trainers, as extension methods.</summary>
    public MulticlassClassificationTrainers Trainers { get; }

    /// <summary>Measures scores.</summary>
    /// <param name="data">The scored rows.</param>
    /// <param name="labelColumnName">The true class: a key, or its number from 0.</param>
    /// <param name="scoreColumnName">One probability a class.</param>
    /// <param name="predictedLabelColumnName">The predicted class; it must be there, but the scores count.</param>
    /// <param name="topKPredictionCount">Among how many highest scores the true class must be for top-k accuracy; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is not there or of another type.</exception>
    public MulticlassClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0)
    {
        Environment.RegisterUnused("MulticlassClassificationEvaluator");
        return MulticlassClassificationEvaluator.Evaluate(data, labelColumnName, scoreColumnName, predictedLabelColumnName, topKPredictionCount);
    }

    /// <summary>Trains on all folds but one, and measures scores on that one; for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class MulticlassClassificationTrainers : CatalogInstantiatorBase
    {
        internal MulticlassClassificationTrainers(MulticlassClassificationCatalog catalog)
            : base(catalog)
        {
        }
    }
}
