namespace MLNetNlp.Metrics.Similarity;

/// <summary>How well a similarity agrees with the right scores.</summary>
/// <param name="Pearson">Pearson's coefficient, -1 to 1; NaN where one side is constant.</param>
/// <param name="Spearman">Spearman's rho, -1 to 1: only the order counts. The usual figure of semantic textual similarity.</param>
public readonly record struct CorrelationScore(double Pearson, double Spearman);
