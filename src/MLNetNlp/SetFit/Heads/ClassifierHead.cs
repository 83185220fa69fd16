namespace MLNetNlp;

/// <summary>A fitted head: vectors of texts to logits.</summary>
internal sealed class ClassifierHead
{
    private readonly float[][] _weights;
    private readonly float[] _intercepts;

    /// <summary>A head from its numbers.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="width">Numbers of a text's vector.</param>
    /// <param name="outputs">Classes or labels.</param>
    /// <param name="weights">A row a class or label; one alone for two classes of logistic regression. In a chain each is one longer than the one before.</param>
    /// <param name="intercepts">One a row.</param>
    public ClassifierHead(HeadKind kind, int width, int outputs, float[][] weights, float[] intercepts)
    {
        (Kind, Width, Outputs, _weights, _intercepts) = (kind, width, outputs, weights, intercepts);
        if (weights.Length != intercepts.Length || (weights.Length != outputs && !IsOneRow))
            throw new InvalidDataException($"the head has {weights.Length} rows of weights and {intercepts.Length} intercepts for {outputs} outputs.");
        for (var k = 0; k < weights.Length; k++)
        {
            var needed = kind == HeadKind.ClassifierChain ? width + k : width;
            if (weights[k].Length != needed)
                throw new InvalidDataException($"row {k} of the head has {weights[k].Length} weights; vectors have {needed} numbers.");
        }
    }

    public HeadKind Kind { get; }

    public int Width { get; }

    /// <summary>Logits.</summary>
    public int Outputs { get; }

    public IReadOnlyList<float[]> Weights => _weights;

    public IReadOnlyList<float> Intercepts => _intercepts;

    /// <summary>What logits are divided by: setfit's temperature with its small number.</summary>
    public double Divisor { get; init; } = 1;

    /// <summary>Whether outputs are labels, of which any number is on, instead of classes. For a trained layer, see <see cref="IsMultiLabelLayer"/>.</summary>
    public bool HasSeveralLabels => IsMultiLabelLayer || Kind is HeadKind.OneVsRest or HeadKind.MultiOutput or HeadKind.ClassifierChain;

    /// <summary>Whether a trained layer's outputs are labels.</summary>
    public bool IsMultiLabelLayer { get; init; }

    private bool IsOneRow => Kind == HeadKind.LogisticRegression && Outputs == 2 && _weights.Length == 1;

    /// <summary>The logits of one vector: of classes, or the log-odds of labels.</summary>
    public void Score(ReadOnlySpan<float> vector, Span<float> logits)
    {
        if (IsOneRow)
        {
            logits[0] = 0;
            logits[1] = (float)(Dot(0, vector) / Divisor);
            return;
        }

        for (var k = 0; k < _weights.Length; k++)
        {
            var sum = Dot(k, vector);
            for (var before = 0; Kind == HeadKind.ClassifierChain && before < k; before++)
                sum += logits[before] > 0 ? _weights[k][Width + before] : 0;
            logits[k] = (float)(sum / Divisor);
        }
    }

    private double Dot(int row, ReadOnlySpan<float> vector)
    {
        double sum = _intercepts[row];
        var weights = _weights[row];
        for (var i = 0; i < vector.Length; i++)
            sum += (double)weights[i] * vector[i];
        return sum;
    }
}
