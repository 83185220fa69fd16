namespace MLNetNlp;

/// <summary>Which figure of the validation set early stopping and the choice of the best weights go by.</summary>
public enum ValidationMetric
{
    /// <summary>The task's own figure, higher is better: accuracy for classification. The default.</summary>
    Task,

    /// <summary>The mean loss on the validation set, lower is better.</summary>
    Loss,
}
