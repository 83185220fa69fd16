namespace MLNetNlp.Transformers.LinearModels;

/// <summary>Logistic regression, binary and multinomial, fitted by L-BFGS.</summary>
/// <remarks>
/// Minimises <c>sum_i s_i * -log p(y_i | x_i) + |W|^2 / (2 C)</c>, <c>s_i</c> the weight of the row's class, intercepts unpenalised: the objective of
/// scikit-learn's <c>LogisticRegression(solver="lbfgs")</c>, which divides it by the sum of the weights before it looks at the tolerance. Two classes have one
/// row of weights and the logistic function; more have a row each and the softmax. Starts at 0; computes in double precision; nothing is random.
/// </remarks>
internal sealed class LogisticRegression
{
    private readonly double[] _rows;
    private readonly int _width;
    private readonly int[] _labels;
    private readonly double[] _sampleWeights;
    private readonly double _weightSum;
    private readonly double _penalty;
    private readonly int _outputs;

    private LogisticRegression(ReadOnlySpan<float> features, int width, ReadOnlySpan<int> labels, int classes, LogisticRegressionSettings settings)
    {
        _rows = new double[features.Length];
        for (var i = 0; i < features.Length; i++)
            _rows[i] = features[i];
        _width = width;
        _labels = labels.ToArray();
        _sampleWeights = [.. _labels.Select(label => settings.ClassWeights is { } weights ? (double)weights[label] : 1)];
        _weightSum = _sampleWeights.Sum();
        _penalty = 1 / (settings.C * _weightSum);
        _outputs = classes == 2 ? 1 : classes;
    }

    /// <summary>Fits a model.</summary>
    /// <param name="features">[rows, width], row by row.</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="classes">Number of classes, at least 2; some may have no row.</param>
    /// <param name="settings">Penalty, class weights, when to stop.</param>
    /// <exception cref="ArgumentException">Sizes that disagree, no rows, features that are not finite, or weights that leave nothing.</exception>
    public static LogisticRegressionModel Fit(
        ReadOnlySpan<float> features, int width, ReadOnlySpan<int> labels, int classes, LogisticRegressionSettings settings)
    {
        if (labels.Length == 0 || features.Length != labels.Length * width)
            throw new ArgumentException($"{features.Length} features are not {labels.Length} rows of {width}; at least one row is needed.", nameof(features));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        foreach (var value in features)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"A feature is {value}; finite numbers are needed.", nameof(features));
        }

        var problem = new LogisticRegression(features, width, labels, classes, settings);
        if (!(problem._weightSum > 0))
            throw new ArgumentException("The weights of all rows are 0; at least one above 0 is needed.", nameof(settings));
        var point = new double[problem._outputs * (width + 1)];
        var (iterations, converged) = Lbfgs.Minimize(problem.Objective, point, settings.Tolerance, settings.MaxIterations);
        return new LogisticRegressionModel(width, point[..(problem._outputs * width)], point[(problem._outputs * width)..])
        {
            Iterations = iterations,
            Converged = converged,
            Objective = problem.Objective(point, new double[point.Length]) * problem._weightSum,
        };
    }

    /// <summary>The mean objective at a point (all weights, row by row, then the intercepts), and its gradient.</summary>
    private double Objective(double[] point, double[] gradient)
    {
        Array.Clear(gradient);
        var intercepts = _outputs * _width;
        Span<double> scores = new double[_outputs];
        double sum = 0;
        for (var i = 0; i < _labels.Length; i++)
        {
            var row = _rows.AsSpan(i * _width, _width);
            for (var k = 0; k < _outputs; k++)
                scores[k] = Vectors.Dot(row, point.AsSpan(k * _width, _width)) + point[intercepts + k];
            var share = _sampleWeights[i] / _weightSum;
            sum += share * (_outputs == 1 ? Binary(scores, _labels[i]) : Multinomial(scores, _labels[i]));
            for (var k = 0; k < _outputs; k++)
            {
                Vectors.AddScaled(gradient.AsSpan(k * _width, _width), row, share * scores[k]);
                gradient[intercepts + k] += share * scores[k];
            }
        }

        var weights = point.AsSpan(0, intercepts);
        Vectors.AddScaled(gradient.AsSpan(0, intercepts), weights, _penalty);
        return sum + _penalty / 2 * Vectors.Dot(weights, weights);
    }

    /// <summary>The loss of a row; scores become its derivative by them.</summary>
    private static double Binary(Span<double> scores, int label)
    {
        var signed = label == 1 ? scores[0] : -scores[0];
        var loss = signed > 0 ? Math.Log(1 + Math.Exp(-signed)) : -signed + Math.Log(1 + Math.Exp(signed));
        scores[0] = LogisticRegressionModel.Sigmoid(scores[0]) - label;
        return loss;
    }

    /// <inheritdoc cref="Binary"/>
    private static double Multinomial(Span<double> scores, int label)
    {
        var own = scores[label];
        var total = LogisticRegressionModel.Softmax(scores);
        var loss = total - own;
        scores[label] -= 1;
        return loss;
    }
}
