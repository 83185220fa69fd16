namespace MLNetNlp;

/// <summary>Logistic regression as head, fitted by L-BFGS with the objective and the defaults of scikit-learn: setfit's default.</summary>
public sealed record LogisticRegressionHeadOptions : SetFitHeadOptions
{
    /// <summary>Inverse strength of the squared penalty on weights. Default 1; smaller is stronger.</summary>
    public double C { get; init; } = 1;

    /// <summary>Ends when no derivative of the mean objective is larger. Default 1e-4.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Most L-BFGS iterations. Default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>How several labels go together; no matter otherwise. Default: a classifier for each.</summary>
    public MultiLabelStrategy Strategy { get; init; } = MultiLabelStrategy.OneVsRest;

    internal override void Validate()
    {
        Check(C > 0 && double.IsFinite(C), C, nameof(C), "a finite number above 0");
        Check(Tolerance > 0 && double.IsFinite(Tolerance), Tolerance, nameof(Tolerance), "a finite number above 0");
        Check(MaxIterations >= 1, MaxIterations, nameof(MaxIterations), "1 or more");
        if (!Enum.IsDefined(Strategy))
            throw new ArgumentOutOfRangeException(nameof(Strategy), Strategy, $"'{nameof(Strategy)}' is {Strategy}; one of {string.Join(", ", Enum.GetNames<MultiLabelStrategy>())} is needed.");
    }
}
