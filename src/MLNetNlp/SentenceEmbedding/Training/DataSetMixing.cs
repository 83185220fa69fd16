namespace MLNetNlp;

/// <summary>In which order training takes batches from several data sets. A batch is always of one of them.</summary>
public enum DataSetMixing
{
    /// <summary>At random, each set as often as its size has it; an epoch is every batch of every set.</summary>
    Proportional,

    /// <summary>One batch of each set in turn, until the smallest set is through: all count alike, and larger sets are not used up in an epoch.</summary>
    RoundRobin,
}
