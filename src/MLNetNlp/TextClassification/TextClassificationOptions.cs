namespace MLNetNlp;

/// <summary>What the options of multiclass and of binary text classification share.</summary>
public abstract record TextClassificationOptions : ClassifierTrainingOptions
{
    internal const string DefaultLabelColumnName = "Label";

    private protected TextClassificationOptions()
    {
    }

    /// <summary>
    /// The label: a key column for multiclass, a Boolean column for binary classification. Default <c>Label</c>. Rows without a label are left out.
    /// </summary>
    public string LabelColumnName { get; init; } = DefaultLabelColumnName;

    /// <summary>Text column. Default <c>Sentence1</c>. Missing counts as empty.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Text column with the second text of a pair. Default null: single texts.</summary>
    public string? Sentence2ColumnName { get; init; }

    /// <summary>Output column of the scores. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Output column of the predicted label. Default <c>PredictedLabel</c>.</summary>
    public string PredictionColumnName { get; init; } = "PredictedLabel";

    internal sealed override IEnumerable<(string Option, string Name)> InputNames
    {
        get
        {
            yield return (nameof(LabelColumnName), LabelColumnName);
            yield return (nameof(Sentence1ColumnName), Sentence1ColumnName);
            if (Sentence2ColumnName is not null)
                yield return (nameof(Sentence2ColumnName), Sentence2ColumnName);
        }
    }

    internal override IEnumerable<(string Option, string Name)> OutputNames =>
        [(nameof(PredictionColumnName), PredictionColumnName), (nameof(ScoreColumnName), ScoreColumnName)];
}
