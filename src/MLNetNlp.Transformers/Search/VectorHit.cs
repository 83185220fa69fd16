namespace MLNetNlp.Transformers.Search;

/// <summary>A vector that a search found.</summary>
/// <param name="Position">Its position in the index, from 0.</param>
/// <param name="Score">Its similarity to the query: greater is more alike.</param>
public readonly record struct VectorHit(int Position, float Score);
