namespace MLNetNlp.Transformers.LinearModels;

/// <summary>A fitted logistic regression: one row of weights for two classes, a row a class for more.</summary>
/// <param name="width">Features per row.</param>
/// <param name="weights">[outputs, width], row by row.</param>
/// <param name="intercepts">[outputs].</param>
internal sealed class LogisticRegressionModel(int width, double[] weights, double[] intercepts)
{
    /// <summary>Features per row.</summary>
    public int Width => width;

    /// <summary>[outputs, <see cref="Width"/>], row by row.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>[outputs].</summary>
    public IReadOnlyList<double> Intercepts => intercepts;

    /// <summary>1 for two classes, otherwise their number.</summary>
    public int Outputs => intercepts.Length;

    /// <summary>Number of classes.</summary>
    public int Classes => Outputs == 1 ? 2 : Outputs;

    /// <summary>L-BFGS iterations of the fit.</summary>
    public int Iterations { get; init; }

    /// <summary>Whether the fit met its tolerance before its most iterations.</summary>
    public bool Converged { get; init; }

    /// <summary>Value of the objective: the summed loss and the penalty.</summary>
    public double Objective { get; init; }

    /// <summary>The linear scores of one row.</summary>
    /// <param name="features">[<see cref="Width"/>].</param>
    /// <param name="scores">[<see cref="Outputs"/>]: log-odds of class 1 for two classes, logits otherwise.</param>
    public void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        for (var k = 0; k < intercepts.Length; k++)
        {
            var row = weights.AsSpan(k * width, width);
            var sum = intercepts[k];
            for (var i = 0; i < row.Length; i++)
                sum += row[i] * features[i];
            scores[k] = sum;
        }
    }

    /// <summary>One probability a class of one row.</summary>
    /// <param name="features">[<see cref="Width"/>].</param>
    /// <param name="probabilities">[<see cref="Classes"/>].</param>
    public void Predict(ReadOnlySpan<float> features, Span<double> probabilities)
    {
        if (Outputs > 1)
        {
            Score(features, probabilities);
            Softmax(probabilities);
            return;
        }

        Score(features, probabilities[1..]);
        probabilities[1] = Sigmoid(probabilities[1]);
        probabilities[0] = 1 - probabilities[1];
    }

    /// <summary><c>1 / (1 + exp(-x))</c>, without overflow.</summary>
    internal static double Sigmoid(double x)
    {
        var power = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + power) : power / (1 + power);
    }

    /// <summary>Scores become probabilities; gives the logarithm of the sum of their powers.</summary>
    internal static double Softmax(Span<double> scores)
    {
        var highest = double.NegativeInfinity;
        foreach (var score in scores)
            highest = Math.Max(highest, score);
        double sum = 0;
        foreach (ref var score in scores)
            sum += score = Math.Exp(score - highest);
        foreach (ref var score in scores)
            score /= sum;
        return highest + Math.Log(sum);
    }
}
