namespace MLNetNlp;

/// <summary>An approximate index: a graph in which near vectors are linked, walked from far to near.</summary>
/// <remarks>Malkov and Yashunin 2016, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable Small World graphs".</remarks>
public sealed record HnswOptions
{
    /// <summary>Links of a vector on each upper layer; the lowest has twice as many. Default 16. More links: better recall, more memory, slower.</summary>
    public int M { get; init; } = 16;

    /// <summary>Candidates looked at when a vector is added. Default 200. More: a better graph, built more slowly.</summary>
    public int EfConstruction { get; init; } = 200;

    /// <summary>Candidates looked at in a search; at least as many as are asked for. Default 128. More: better recall, slower.</summary>
    public int EfSearch { get; init; } = 128;

    /// <summary>Decides which vectors are on which layers. Default 0. One seed and one order of vectors make one graph.</summary>
    public int Seed { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes no sense; the message names it.</exception>
    internal void Validate()
    {
        if (M < 2)
            throw new ArgumentOutOfRangeException(nameof(M), M, $"'{nameof(M)}' is {M}; 2 or more is needed.");
        if (EfConstruction < 1)
            throw new ArgumentOutOfRangeException(nameof(EfConstruction), EfConstruction, $"'{nameof(EfConstruction)}' is {EfConstruction}; 1 or more is needed.");
        if (EfSearch < 1)
            throw new ArgumentOutOfRangeException(nameof(EfSearch), EfSearch, $"'{nameof(EfSearch)}' is {EfSearch}; 1 or more is needed.");
    }
}
