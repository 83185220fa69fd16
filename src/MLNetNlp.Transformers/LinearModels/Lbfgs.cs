namespace MLNetNlp.Transformers.LinearModels;

/// <summary>Limited-memory BFGS with a strong Wolfe line search, for smooth functions of many variables.</summary>
/// <remarks>
/// Stops as SciPy's L-BFGS-B does: largest absolute derivative at most the tolerance, a relative gain below 64 machine epsilons, or the most iterations.
/// Nocedal and Wright 2006, "Numerical Optimization", algorithms 7.4, 3.5 and 3.6.
/// </remarks>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MostTrials = 40;
    private const double SmallestGain = 64 * 2.220446049250313e-16;

    /// <summary>Value of a function at a point; fills in the gradient.</summary>
    public delegate double Objective(double[] point, double[] gradient);

    /// <summary>Finds a minimum, in place.</summary>
    /// <param name="function">The function.</param>
    /// <param name="point">Where to begin; holds the minimum afterwards.</param>
    /// <param name="tolerance">On the largest absolute derivative.</param>
    /// <param name="maxIterations">Most iterations.</param>
    /// <returns>Iterations done, and whether one of the first two criteria stopped it.</returns>
    public static (int Iterations, bool Converged) Minimize(Objective function, double[] point, double tolerance, int maxIterations)
    {
        var gradient = new double[point.Length];
        var value = function(point, gradient);
        List<(double[] Step, double[] Change, double Scale)> history = [];
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            if (Largest(gradient) <= tolerance)
                return (iteration, true);
            var direction = Direction(gradient, history);
            var slope = Vectors.Dot(direction, gradient);
            if (slope >= 0)
            {
                history.Clear();
                direction = Direction(gradient, history);
                slope = Vectors.Dot(direction, gradient);
            }

            var first = history.Count > 0 ? 1 : Math.Min(1, 1 / Math.Sqrt(Vectors.Dot(gradient, gradient)));
            var search = new LineSearch(function, point, direction, value, slope);
            if (!search.Run(first))
                return (iteration, true); // no lower point in floating point
            var step = search.Point.Zip(point, (a, b) => a - b).ToArray();
            var change = search.Gradient.Zip(gradient, (a, b) => a - b).ToArray();
            var product = Vectors.Dot(step, change);
            if (product > 1e-300)
            {
                if (history.Count == Memory)
                    history.RemoveAt(0);
                history.Add((step, change, 1 / product));
            }

            var gain = (value - search.Value) / Math.Max(Math.Max(Math.Abs(value), Math.Abs(search.Value)), 1);
            search.Point.CopyTo(point, 0);
            (value, gradient) = (search.Value, search.Gradient);
            if (gain <= SmallestGain)
                return (iteration + 1, true);
        }

        return (maxIterations, Largest(gradient) <= tolerance);
    }

    private static double Largest(double[] gradient) => gradient.Max(Math.Abs);

    /// <summary>The two-loop recursion: minus the inverse Hessian's estimate times the gradient.</summary>
    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Scale)> history)
    {
        var q = (double[])gradient.Clone();
        var alphas = new double[history.Count];
        for (var i = history.Count - 1; i >= 0; i--)
        {
            alphas[i] = history[i].Scale * Vectors.Dot(history[i].Step, q);
            Vectors.AddScaled(q, history[i].Change, -alphas[i]);
        }

        if (history is [.., var (_, change, scale)])
            Vectors.Scale(q, 1 / (scale * Vectors.Dot(change, change)));
        for (var i = 0; i < history.Count; i++)
            Vectors.AddScaled(q, history[i].Step, alphas[i] - history[i].Scale * Vectors.Dot(history[i].Change, q));
        Vectors.Scale(q, -1);
        return q;
    }

    private sealed class LineSearch(Objective function, double[] start, double[] direction, double startValue, double startSlope)
    {
        public double[] Point { get; private set; } = [];

        public double[] Gradient { get; private set; } = [];

        public double Value { get; private set; }

        /// <summary>Looks for a step that meets the strong Wolfe conditions; false when not even a lower point is found.</summary>
        public bool Run(double step)
        {
            var (previous, previousValue, previousSlope) = (0.0, startValue, startSlope);
            for (var trial = 0; trial < MostTrials; trial++)
            {
                var slope = Try(step);
                if (Value > startValue + SufficientDecrease * step * startSlope || (trial > 0 && Value >= previousValue))
                    return Zoom(previous, previousValue, previousSlope, step, Value, slope);
                if (Math.Abs(slope) <= -Curvature * startSlope)
                    return true;
                if (slope >= 0)
                    return Zoom(step, Value, slope, previous, previousValue, previousSlope);
                (previous, previousValue, previousSlope) = (step, Value, slope);
                step *= 2;
            }

            return true; // went down all the way
        }

        private bool Zoom(double low, double lowValue, double lowSlope, double high, double highValue, double highSlope)
        {
            for (var trial = 0; trial < MostTrials; trial++)
            {
                var step = Cubic(low, lowValue, lowSlope, high, highValue, highSlope);
                var slope = Try(step);
                if (Value > startValue + SufficientDecrease * step * startSlope || Value >= lowValue)
                {
                    (high, highValue, highSlope) = (step, Value, slope);
                }
                else
                {
                    if (Math.Abs(slope) <= -Curvature * startSlope)
                        return true;
                    if (slope * (high - low) >= 0)
                        (high, highValue, highSlope) = (low, lowValue, lowSlope);
                    (low, lowValue, lowSlope) = (step, Value, slope);
                }

                if (Math.Abs(high - low) < 1e-14 * Math.Max(1, Math.Abs(low)))
                    break;
            }

            if (low == 0)
                return false;
            Try(low);
            return Value < startValue;
        }

        /// <summary>The lowest point of the cubic through both ends, kept a tenth away from them.</summary>
        private static double Cubic(double a, double fa, double ga, double b, double fb, double gb)
        {
            var d1 = ga + gb - 3 * (fa - fb) / (a - b);
            var square = d1 * d1 - ga * gb;
            var step = (a + b) / 2;
            if (square >= 0)
            {
                var d2 = Math.Sign(b - a) * Math.Sqrt(square);
                var found = b - (b - a) * (gb + d2 - d1) / (gb - ga + 2 * d2);
                if (double.IsFinite(found))
                    step = found;
            }

            var (left, right) = (Math.Min(a, b), Math.Max(a, b));
            var margin = 0.1 * (right - left);
            return Math.Clamp(step, left + margin, right - margin);
        }

        private double Try(double step)
        {
            Point = (double[])start.Clone();
            Vectors.AddScaled(Point, direction, step);
            Gradient = new double[start.Length];
            Value = function(Point, Gradient);
            return Vectors.Dot(Gradient, direction);
        }
    }
}
