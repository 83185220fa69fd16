using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>What the options of all SetFit trainers share. Defaults are those of setfit 1.2.</summary>
/// <remarks>
/// <see cref="FineTuningOptions.Training"/> is the first phase, the body's: 1 epoch, batches of 16, learning rate <see cref="DefaultLearningRate"/>
/// (with an adapter that of its kind), linear schedule with a tenth of warm-up, weight decay 0.01. Who sets some of it starts from
/// <see cref="DefaultTraining"/>: <c>SetFitOptions.DefaultTraining with { Seed = 1 }</c>.
/// </remarks>
public abstract record SetFitOptions : ClassifierTrainingOptions
{
    /// <summary>The body's learning rate where <see cref="TrainingOptions.LearningRate"/> gives none and no adapter trains: 2e-5.</summary>
    public const double DefaultLearningRate = 2e-5;

    internal const string DefaultLabelColumnName = "Label";

    private protected SetFitOptions() => Training = DefaultTraining;

    /// <summary>setfit's settings of the first phase; see the remarks of this type.</summary>
    public static TrainingOptions DefaultTraining { get; } = new() { MaxEpochs = 1, BatchSize = 16 };

    /// <summary>
    /// The label: a key column for multiclass, a Boolean column for binary classification, a vector of Boolean, Single or key for several labels. Default
    /// <c>Label</c>. Rows without a label are left out.
    /// </summary>
    public string LabelColumnName { get; init; } = DefaultLabelColumnName;

    /// <summary>Text column. Default <c>Sentence1</c>. Rows without text are left out of the training.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Output column of the scores. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Output column of the predicted label. Default <c>PredictedLabel</c>.</summary>
    public string PredictionColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// Whether the body is trained. Default true. Without it the body stays as it is and only the head is fitted: embeddings with logistic regression, and the
    /// way to give a SetFit folder from Python, whose pickled head is never opened, a head again.
    /// </summary>
    public bool TrainBody { get; init; } = true;

    /// <summary>How many pairs an epoch of the first phase has. Default: oversampling.</summary>
    public PairSampling Sampling { get; init; } = PairSampling.Oversampling;

    /// <summary>This many positive and as many negative pairs for every text instead of <see cref="Sampling"/>. Default null.</summary>
    public int? Iterations { get; init; }

    /// <summary>
    /// The loss of the first phase. Default <see cref="CosineSimilarityLoss"/> on pairs. Losses of three columns get triplets, losses of single texts with a
    /// class (the batch triplets, supervised contrastive) the examples themselves, grouped by class; <see cref="Iterations"/> is then how often an epoch has
    /// each of them.
    /// </summary>
    public ISentenceLoss Loss { get; init; } = new CosineSimilarityLoss();

    /// <summary>Examples of one class in a group, for losses of single texts with a class. Default 2.</summary>
    public int SamplesPerLabel { get; init; } = 2;

    /// <summary>
    /// Whether vectors are scaled to length 1 before they reach the head. Default null: as the folder's <c>config_setfit.json</c> and modules say, else not.
    /// </summary>
    public bool? NormalizeEmbeddings { get; init; }

    /// <summary>The head on top of the body. Default: logistic regression.</summary>
    public SetFitHeadOptions Head { get; init; } = new LogisticRegressionHeadOptions();

    /// <summary>What messages call the trainer.</summary>
    internal string Component { get; init; } = SetFitTransformerBase.Component;

    /// <summary>Whether texts are cut where the model's folder says instead of where <see cref="FineTuningOptions.Tokenization"/> does.</summary>
    internal bool TakesLengthFromModel { get; init; }

    /// <summary>Whether several labels can be on in a text.</summary>
    internal virtual bool HasSeveralLabels => false;

    internal sealed override IEnumerable<(string Option, string Name)> InputNames =>
        [(nameof(LabelColumnName), LabelColumnName), (nameof(Sentence1ColumnName), Sentence1ColumnName)];

    internal override IEnumerable<(string Option, string Name)> OutputNames =>
        [(nameof(PredictionColumnName), PredictionColumnName), (nameof(ScoreColumnName), ScoreColumnName)];

    private protected override double TaskLearningRate => DefaultLearningRate;

    internal override void Validate()
    {
        base.Validate();
        Defined(Sampling, nameof(Sampling));
        if (Iterations < 1)
            throw new ArgumentOutOfRangeException(nameof(Iterations), Iterations, $"'{nameof(Iterations)}' is {Iterations}; 1 or more is needed.");
        if (SamplesPerLabel < 2)
            throw new ArgumentOutOfRangeException(nameof(SamplesPerLabel), SamplesPerLabel, $"'{nameof(SamplesPerLabel)}' is {SamplesPerLabel}; 2 or more is needed.");
        NotNull(Loss, nameof(Loss));
        NotNull(Head, nameof(Head)).Validate();
        PairExamples.Check(Loss.Inputs, HasSeveralLabels);
        if (!TrainBody && Adapter is not null && Head is not DifferentiableHeadOptions { EndToEnd: true })
            throw new ArgumentException($"'{nameof(Adapter)}' is given, but '{nameof(TrainBody)}' is false: nothing of the body trains.", nameof(Adapter));
    }
}
