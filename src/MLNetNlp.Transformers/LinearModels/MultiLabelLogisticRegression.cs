namespace MLNetNlp.Transformers.LinearModels;

/// <summary>A binary logistic regression for each of several labels, alone or in a chain.</summary>
/// <remarks>Equal to scikit-learn's <c>OneVsRestClassifier</c>, <c>MultiOutputClassifier</c> and <c>ClassifierChain</c> (order 0, 1, ...; hard predictions).</remarks>
internal sealed class MultiLabelLogisticRegression
{
    // The logistic function of it is 1 to the last bit.
    private const double Certain = 1000;
    private readonly IReadOnlyList<LogisticRegressionModel> _models;

    /// <summary>Puts fitted models together; in a chain each takes one feature more than the one before it.</summary>
    public MultiLabelLogisticRegression(IReadOnlyList<LogisticRegressionModel> models, bool chained)
    {
        _models = models;
        IsChain = chained;
    }

    /// <summary>Whether a label's classifier sees the labels before it.</summary>
    public bool IsChain { get; }

    /// <summary>The classifier of each label.</summary>
    public IReadOnlyList<LogisticRegressionModel> Models => _models;

    /// <summary>Fits a classifier a label.</summary>
    /// <param name="features">[rows, width], row by row.</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="targets">[rows, labels], row by row.</param>
    /// <param name="labels">Number of labels.</param>
    /// <param name="strategy">How the labels go together.</param>
    /// <param name="settings">Of every classifier; class weights, where given, are those of "not" and "yes".</param>
    /// <exception cref="InvalidOperationException">A label that all rows have or none, with a strategy that needs both; the message has its number.</exception>
    public static MultiLabelLogisticRegression Fit(ReadOnlySpan<float> features, int width, ReadOnlySpan<bool> targets, int labels,
        MultiLabelStrategy strategy, LogisticRegressionSettings settings)
    {
        var rows = targets.Length / labels;
        var models = new LogisticRegressionModel[labels];
        var chained = strategy == MultiLabelStrategy.ClassifierChain;
        for (var k = 0; k < labels; k++)
        {
            var wide = chained ? width + k : width;
            var own = new int[rows];
            var inputs = new float[rows * wide];
            for (var i = 0; i < rows; i++)
            {
                own[i] = targets[i * labels + k] ? 1 : 0;
                features.Slice(i * width, width).CopyTo(inputs.AsSpan(i * wide));
                for (var before = 0; chained && before < k; before++)
                    inputs[i * wide + width + before] = targets[i * labels + before] ? 1 : 0;
            }

            if (own.Distinct().Count() > 1)
                models[k] = LogisticRegression.Fit(inputs, wide, own, 2, settings);
            else if (strategy == MultiLabelStrategy.OneVsRest)
                models[k] = new LogisticRegressionModel(wide, new double[wide], [own[0] == 1 ? Certain : -Certain]) { Converged = true };
            else
                throw new InvalidOperationException($"Label {k} is {(own[0] == 1 ? "on" : "off")} in all {rows} examples; {strategy} needs both.");
        }

        return new MultiLabelLogisticRegression(models, chained);
    }

    /// <summary>The log-odds of each label of one row.</summary>
    /// <param name="features">[width].</param>
    /// <param name="scores">[labels].</param>
    public void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        if (!IsChain)
        {
            for (var k = 0; k < _models.Count; k++)
                _models[k].Score(features, scores.Slice(k, 1));
            return;
        }

        var inputs = new float[features.Length + _models.Count];
        features.CopyTo(inputs);
        for (var k = 0; k < _models.Count; k++)
        {
            _models[k].Score(inputs.AsSpan(0, features.Length + k), scores.Slice(k, 1));
            inputs[features.Length + k] = scores[k] > 0 ? 1 : 0;
        }
    }
}
