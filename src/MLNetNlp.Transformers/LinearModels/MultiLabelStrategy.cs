namespace MLNetNlp;

/// <summary>How a logistic regression head treats several labels a text.</summary>
public enum MultiLabelStrategy
{
    /// <summary>A binary classifier for each label; a label that all examples have, or none, is predicted so. The default.</summary>
    OneVsRest,

    /// <summary>A binary classifier for each label, as <see cref="OneVsRest"/>; every label needs examples with it and without.</summary>
    MultiOutput,

    /// <summary>
    /// A binary classifier for each label, which also sees the labels before it: those of the examples in training, its own predictions later. Read et al.
    /// 2009, "Classifier Chains for Multi-label Classification".
    /// </summary>
    ClassifierChain,
}
