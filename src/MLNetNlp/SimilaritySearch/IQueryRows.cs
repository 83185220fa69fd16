namespace MLNetNlp;

/// <summary>The queries of a window of rows.</summary>
internal interface IQueryRows
{
    /// <summary>Takes in the query that the input row holds now; false, and nothing is taken, where it is empty.</summary>
    bool TryAdd();

    /// <summary>The vectors of the queries taken in, row by row.</summary>
    float[] Vectors();

    /// <summary>Forgets all queries.</summary>
    void Clear();
}
