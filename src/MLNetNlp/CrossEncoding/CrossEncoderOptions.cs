namespace MLNetNlp;

/// <summary>What the options of cross-encoders share, whether they learn similarity or a ranking.</summary>
public abstract record CrossEncoderOptions : FineTuningOptions
{
    private protected CrossEncoderOptions()
    {
    }

    /// <summary>The label. Default <c>Label</c>. Rows without a label are left out.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Column of the first text: of a ranking, the query. Default <c>Sentence1</c>. Missing counts as empty.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Column of the second text: of a ranking, the document. Default <c>Sentence2</c>. Missing counts as empty.</summary>
    public string Sentence2ColumnName { get; init; } = "Sentence2";

    /// <summary>Output column of the score. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    internal override IEnumerable<(string Option, string Name)> InputNames =>
    [
        (nameof(LabelColumnName), LabelColumnName), (nameof(Sentence1ColumnName), Sentence1ColumnName), (nameof(Sentence2ColumnName), Sentence2ColumnName),
    ];

    internal override IEnumerable<(string Option, string Name)> OutputNames => [(nameof(ScoreColumnName), ScoreColumnName)];

    internal override void Validate()
    {
        base.Validate();
        if (Training.LabelSmoothing != 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"'{nameof(TrainingOptions.LabelSmoothing)}' is {Training.LabelSmoothing}, but a cross-encoder with one score has no classes to spread it over."),
                nameof(TrainingOptions.LabelSmoothing));
        }
    }
}
