namespace MLNetNlp;

/// <summary>How many pairs of texts SetFit makes of the examples for an epoch of contrastive training.</summary>
/// <remarks>P is the number of pairs of one class, each text with itself among them, N the number of pairs of two classes.</remarks>
public enum PairSampling
{
    /// <summary>The larger of P and N of both kinds; the scarcer kind begins anew when it is used up. The default.</summary>
    Oversampling,

    /// <summary>The smaller of P and N of both kinds.</summary>
    Undersampling,

    /// <summary>Every pair once: P of one kind and N of the other.</summary>
    Unique,
}
