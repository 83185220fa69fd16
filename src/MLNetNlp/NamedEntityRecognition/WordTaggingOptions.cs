using MLNetNlp.Metrics.Tagging;

namespace MLNetNlp;

/// <summary>What the options of all tasks share that give each word a tag.</summary>
public abstract record WordTaggingOptions : ClassifierTrainingOptions
{
    internal const string DefaultLabelColumnName = "Label";

    private protected WordTaggingOptions()
    {
    }

    /// <summary>
    /// The tags: a vector of keys or of text, one for each word. Default <c>Label</c>. Where there is no such column, the columns <c>LabelStarts</c> and
    /// <c>LabelLengths</c> (vectors of Int32, in UTF-16 code units of the text) and <c>LabelTypes</c> (vector of text) hold the entities as spans.
    /// </summary>
    /// <remarks>
    /// Of a text column the tags are those of its words by white space. A word without a tag (missing key, empty text) does not count; but where the
    /// key has no value "O", missing keys are words outside of entities.
    /// </remarks>
    public string LabelColumnName { get; init; } = DefaultLabelColumnName;

    /// <summary>The sentences: a text column, or a vector of text with ready tokens. Default <c>Sentence1</c>.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Output column of the words' predicted tags: a vector of keys. Default <c>PredictedLabel</c>.</summary>
    public string PredictionColumnName { get; init; } = "PredictedLabel";

    /// <summary>Output column of the words' probabilities: a vector of words times tags, word by word. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// What the names of the columns of entities begin with: <c>EntityTypes</c>, <c>EntityTexts</c>, <c>EntityStarts</c>, <c>EntityLengths</c>,
    /// <c>EntityConfidences</c>. Default <c>Entity</c>.
    /// </summary>
    public string EntityColumnPrefix { get; init; } = "Entity";

    /// <summary>How the tags spell entities. Default null: found out from the training set. Spans need none.</summary>
    public TagScheme? Scheme { get; init; }

    /// <summary>
    /// The scheme that the model is trained on and predicts, into which the tags are converted. Default null: the tags' own; IOB2 for spans. Predicted
    /// tags are then those of this scheme, as text values.
    /// </summary>
    public TagScheme? TrainingScheme { get; init; }

    /// <summary>Which sub-words of a word carry its tag in training. Default: the first.</summary>
    public LabelAlignment LabelAlignment { get; init; } = LabelAlignment.FirstSubword;

    /// <summary>What training does with texts that are longer than a window. Default: trains on all of them.</summary>
    public LongTexts LongTexts { get; init; } = LongTexts.Windows;

    /// <summary>
    /// Where the words of a text column are, in training and prediction. Default null: by white space where the label is a column of tags, by the
    /// tokenizer where it is spans or where training reads ready tokens.
    /// </summary>
    public WordBoundaries? WordBoundaries { get; init; }

    /// <summary>How tags become entities. Default: neighbouring words by their predicted tags.</summary>
    public EntityAggregation Aggregation { get; init; } = EntityAggregation.Words;

    /// <summary>
    /// Whether only sequences of tags are predicted that the scheme allows (no <c>I-PER</c> after <c>O</c> in IOB2): the most likely of those, by
    /// Viterbi. Default false: each word's most likely tag.
    /// </summary>
    public bool ConstrainedDecoding { get; init; }

    internal override IEnumerable<(string Option, string Name)> InputNames =>
        [(nameof(LabelColumnName), LabelColumnName), (nameof(Sentence1ColumnName), Sentence1ColumnName)];

    internal override IEnumerable<(string Option, string Name)> OutputNames =>
        [(nameof(PredictionColumnName), PredictionColumnName), (nameof(ScoreColumnName), ScoreColumnName),
            .. TagOutput.EntityColumnNames(EntityColumnPrefix).Select(name => (nameof(EntityColumnPrefix), name))];

    internal override void Validate()
    {
        base.Validate();
        Defined(LabelAlignment, nameof(LabelAlignment));
        Defined(LongTexts, nameof(LongTexts));
        Defined(Scheme ?? TagScheme.Plain, nameof(Scheme));
        Defined(TrainingScheme ?? TagScheme.Plain, nameof(TrainingScheme));
        Defined(Aggregation, nameof(Aggregation));
        Defined(WordBoundaries ?? MLNetNlp.WordBoundaries.WhiteSpace, nameof(WordBoundaries));
    }
}
