namespace Microsoft.ML.Data;

/// <summary>When a member of a chain takes part.</summary>
[Flags]
public enum TransformerScope
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>When what follows is trained.</summary>
    Training = 1,

    /// <summary>When the model is evaluated.</summary>
    Testing = 2,

    /// <summary>When the model is used.</summary>
    Scoring = 4,

    /// <summary>In training and evaluation.</summary>
    TrainTest = Training | Testing,

    /// <summary>Always.</summary>
    Everything = Training | Testing | Scoring,
}
