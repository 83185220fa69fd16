namespace MLNetNlp;

public sealed partial class TextClassificationTrainer
{
    /// <summary>Options of multiclass text classification.</summary>
    public sealed record Options : TextClassificationOptions;
}
