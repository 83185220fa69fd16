namespace MLNetNlp;

/// <summary>What a search keeps beside index and corpus.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Top">Most entries found for a query.</param>
/// <param name="MinScore">Less alike ones are not found; null: no limit.</param>
/// <param name="SkipsDuplicates">Whether a text that is there already is not added.</param>
internal sealed record SearchSettings(SearchColumns Columns, int Top, float? MinScore, bool SkipsDuplicates);
