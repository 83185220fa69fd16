namespace MLNetNlp.Pipeline;

/// <summary>
/// Computes a transformer's outputs for a window of rows. Belongs to one cursor or one row, which is why it may keep state; the transformer may not.
/// </summary>
/// <remarks>
/// The owner adds rows, selects one after the other and clears. The scorer computes the whole window when the first value of it is asked for.
/// </remarks>
internal interface IRowScorer
{
    /// <summary>Takes in what the input row holds now.</summary>
    void Add();

    /// <summary>Makes the getters give the values of the row that was added as number <paramref name="row"/>, from 0.</summary>
    void Select(int row);

    /// <summary>Forgets all rows.</summary>
    void Clear();

    /// <summary>The <c>ValueGetter</c> of output number <paramref name="output"/>, in the order of the transformer's output columns.</summary>
    Delegate Getter(int output);
}
