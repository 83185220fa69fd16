using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Regression: trainers, and how good models are.</summary>
public sealed class RegressionCatalog : TrainCatalogBase
{
    internal RegressionCatalog(IHostEnvironment env)
        : base(env) => Trainers = new RegressionTrainers(this);

    /// <summary>The trainers, as extension methods.</summary>
    public RegressionTrainers Trainers { get; }

    /// <summary>Measures predicted numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is not there or of another type.</exception>
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        Environment.RegisterUnused("RegressionEvaluator");
        return RegressionEvaluator.Evaluate(data, labelColumnName, scoreColumnName);
    }

    /// <summary>Trains on all folds but one, and measures predictions on that one; for each fold.</summary>
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(IDataView data, IEstimator<ITransformer> estimator,
        int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null) =>
        CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));

    /// <summary>The trainers, as extension methods.</summary>
    public sealed class RegressionTrainers : CatalogInstantiatorBase
    {
        internal RegressionTrainers(RegressionCatalog catalog)
            : base(catalog)
        {
        }
    }
}
