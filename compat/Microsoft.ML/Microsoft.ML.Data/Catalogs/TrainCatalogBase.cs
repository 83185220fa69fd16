using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What the catalogs of the tasks share.</summary>
public abstract class TrainCatalogBase : IInternalCatalog
{
    private protected TrainCatalogBase(IHostEnvironment env) => Environment = env;

    IHostEnvironment IInternalCatalog.Environment => Environment;

    private protected IHostEnvironment Environment { get; }

    private protected IReadOnlyList<CrossValidationResult<T>> CrossValidate<T>(IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds,
        string samplingKeyColumnName, int? seed, Func<IDataView, T> evaluate)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        List<CrossValidationResult<T>> results = [];
        foreach (DataOperationsCatalog.TrainTestData split in RowSplitter.CrossValidationSplit(Environment, data, numberOfFolds, samplingKeyColumnName, seed))
        {
            ITransformer model = estimator.Fit(split.TrainSet);

            // Like ML.NET, every part of a chain scores here, not only those of the scoring scope.
            IDataView scores = model is ITransformerChainAccessor chain ? chain.TransformAll(split.TestSet) : model.Transform(split.TestSet);
            results.Add(new CrossValidationResult<T>(model, evaluate(scores), scores, results.Count));
        }

        return results;
    }

    /// <summary>The model of one fold, its scores on the rest, and how good they are.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        /// <summary>How good the scores are.</summary>
        public readonly T Metrics;

        /// <summary>The model, trained on the other folds.</summary>
        public readonly ITransformer Model;

        /// <summary>The scores on this fold.</summary>
        public readonly IDataView ScoredHoldOutSet;

        /// <summary>The index of the fold.</summary>
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scores;
            Fold = fold;
        }
    }

    /// <summary>What trainers hang on, as extension methods.</summary>
    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase catalog) => Owner = catalog;

        IHostEnvironment IInternalCatalog.Environment => Owner.Environment;

        internal TrainCatalogBase Owner { get; }
    }
}
