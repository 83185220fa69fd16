namespace MLNetNlp.Metrics.Retrieval;

/// <summary>The candidates of one query, scored anew.</summary>
/// <param name="Scores">A score for each candidate: greater is better.</param>
/// <param name="Relevant">Whether each candidate answers the query. A query without any, or with nothing else, is left out of the figures.</param>
public sealed record RerankedQuery(IReadOnlyList<double> Scores, IReadOnlyList<bool> Relevant);
