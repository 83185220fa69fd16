using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Binary classification: trainers, and how good models are.</summary>
public sealed class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(IHostEnvironment env)
        : base(env) => Trainers = new BinaryClassificationTrainers(this);

    /// <summary>The trainers, as extension methods.</summary>
    public BinaryClassificationTrainers Trainers { get; }

    /// <summary>Measures scores and probabilities.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is not there or of another type, or one of the classes has no rows.</exception>
    public CalibratedBinaryClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
    {
        Contracts.CheckNonEmpty(probabilityColumnName, nameof(probabilityColumnName));
        Environment.RegisterUnused("BinaryClassifierEvaluator");
        return (CalibratedBinaryClassificationMetrics)BinaryClassificationEvaluator.Evaluate(data, labelColumnName, scoreColumnName, probabilityColumnName,
            predictedLabelColumnName);
    }

    /// <summary>Measures scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is not there or of another type, or one of the classes has no rows.</exception>
    public BinaryClassificationMetrics EvaluateNonCalibrated(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
    {
        Environment.RegisterUnused("BinaryClassifierEvaluator");
        return BinaryClassificationEvaluator.Evaluate(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName);
    }

    /// <summary>Trains on all folds but one, and measures scores and probabilities on that one; for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));

    /// <summary>Trains on all folds but one, and measures scores on that one; for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => EvaluateNonCalibrated(scores, labelColumnName));

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class BinaryClassificationTrainers : CatalogInstantiatorBase
    {
        internal BinaryClassificationTrainers(BinaryClassificationCatalog catalog)
            : base(catalog)
        {
        }
    }
}
