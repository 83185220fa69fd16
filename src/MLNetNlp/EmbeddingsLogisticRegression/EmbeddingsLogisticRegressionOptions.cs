namespace MLNetNlp;

/// <summary>What the options of multiclass and of binary embeddings with logistic regression share.</summary>
/// <remarks>Nothing is drawn at random, so there is no seed: the same rows give the same model.</remarks>
public abstract record EmbeddingsLogisticRegressionOptions
{
    private protected EmbeddingsLogisticRegressionOptions()
    {
    }

    /// <summary>
    /// The label: a key column for multiclass, a Boolean column for binary classification. Default <c>Label</c>. Rows without a label are left out.
    /// </summary>
    public string LabelColumnName { get; init; } = SetFitOptions.DefaultLabelColumnName;

    /// <summary>Text column. Default <c>Sentence1</c>. Rows without text are left out of the training.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Output column of the scores. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Output column of the predicted label. Default <c>PredictedLabel</c>.</summary>
    public string PredictionColumnName { get; init; } = "PredictedLabel";

    /// <summary>A sentence-transformers folder or any encoder's; it stays as it is. Default <see cref="PretrainedModel.Mini"/>.</summary>
    public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

    /// <summary>Whether vectors are scaled to length 1. Default null: when the folder has a Normalize module.</summary>
    public bool? Normalize { get; init; }

    /// <summary>How texts become tokens. Default null: as the model's folder says.</summary>
    public TokenizationOptions? Tokenization { get; init; }

    /// <summary>Inverse strength of the squared penalty on weights. Default 1; smaller is stronger.</summary>
    public double C { get; init; } = 1;

    /// <summary>Ends when no derivative of the mean objective is larger. Default 1e-4.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Most L-BFGS iterations. Default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>How much each class counts in the regression. Default: all the same.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary><c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Ends the download of the model and the reading of rows. Default: never.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>SetFit without its first phase, which is what these options stand for.</summary>
    internal TSetFit Fill<TSetFit>(TSetFit setFit)
        where TSetFit : SetFitOptions => (TSetFit)((SetFitOptions)setFit with
        {
            Component = "EmbeddingsLogisticRegression",
            TrainBody = false,
            LabelColumnName = LabelColumnName,
            Sentence1ColumnName = Sentence1ColumnName,
            ScoreColumnName = ScoreColumnName,
            PredictionColumnName = PredictionColumnName,
            Model = Model,
            NormalizeEmbeddings = Normalize,
            Tokenization = Tokenization ?? new(),
            TakesLengthFromModel = Tokenization is null,
            Head = new LogisticRegressionHeadOptions { C = C, Tolerance = Tolerance, MaxIterations = MaxIterations },
            ClassWeights = ClassWeights,
            Training = SetFitOptions.DefaultTraining with { Device = Device, CancellationToken = CancellationToken, Seed = 0 },
        });
}
