namespace MLNetNlp.Metrics.Retrieval;

/// <summary>What a search gave for one query, and what it should have given.</summary>
/// <param name="Found">Ids of the documents found, best first, as many as the largest k needs or fewer. One that is there twice counts at its first place.</param>
/// <param name="Relevant">Ids of the documents that answer the query. A query without any is left out of the figures.</param>
public sealed record RankedQuery(IReadOnlyList<string> Found, IReadOnlySet<string> Relevant);
