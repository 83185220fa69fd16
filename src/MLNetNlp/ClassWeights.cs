using System.Globalization;

namespace MLNetNlp;

/// <summary>How much each class counts in the training loss, against sets in which some classes are rare.</summary>
/// <remarks>The loss of a batch is the weighted mean over its examples: <c>sum(w[y] * loss) / sum(w[y])</c>. Validation figures are not weighted.</remarks>
public abstract record ClassWeights
{
    private ClassWeights()
    {
    }

    /// <summary>Every example counts the same. The default.</summary>
    public static ClassWeights None { get; } = new Equal();

    /// <summary>
    /// Each class counts the same in all: an example of a class weighs <c>examples / (classes * examples of the class)</c>, as in scikit-learn's "balanced".
    /// </summary>
    public static ClassWeights Balanced { get; } = new Inverse();

    /// <summary>
    /// A weight for each class by its label value's text (<c>False</c> and <c>True</c> for Boolean labels). Classes that are not named weigh 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not a finite number.</exception>
    public static ClassWeights Of(IReadOnlyDictionary<string, float> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var (name, weight) in weights)
        {
            if (!(weight >= 0) || !float.IsFinite(weight))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weight,
                    string.Create(CultureInfo.InvariantCulture, $"The weight of class '{name}' is {weight}; a finite number of at least 0 is needed."));
            }
        }

        return new Named(weights);
    }

    /// <summary>The weight of each class; null when all weigh the same.</summary>
    /// <param name="names">The classes' label values.</param>
    /// <param name="counts">Training examples of each class.</param>
    /// <exception cref="ArgumentException">A weight is given for a class that the label column does not have.</exception>
    internal abstract float[]? Compute(IReadOnlyList<string> names, ReadOnlySpan<int> counts);

    private sealed record Equal : ClassWeights
    {
        internal override float[]? Compute(IReadOnlyList<string> names, ReadOnlySpan<int> counts) => null;

        public override string ToString() => "none";
    }

    private sealed record Inverse : ClassWeights
    {
        internal override float[] Compute(IReadOnlyList<string> names, ReadOnlySpan<int> counts)
        {
            long total = 0;
            foreach (var count in counts)
                total += count;
            var weights = new float[counts.Length];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = counts[i] == 0 ? 1 : (float)(total / ((double)counts.Length * counts[i]));
            return weights;
        }

        public override string ToString() => "balanced";
    }

    private sealed record Named(IReadOnlyDictionary<string, float> Weights) : ClassWeights
    {
        internal override float[] Compute(IReadOnlyList<string> names, ReadOnlySpan<int> counts)
        {
            foreach (var name in Weights.Keys)
            {
                if (!names.Contains(name))
                {
                    var values = string.Join(", ", names.Take(20).Select(n => $"'{n}'"));
                    throw new ArgumentException(
                        $"{nameof(ClassWeights)} has a weight for class '{name}', but the label's values are {values}.", nameof(ClassWeights));
                }
            }

            return [.. names.Select(name => Weights.TryGetValue(name, out var weight) ? weight : 1)];
        }

        public override string ToString() => string.Join(", ", Weights.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key} {w.Value}")));
    }
}
