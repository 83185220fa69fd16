using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

public sealed partial class SentenceEmbeddingTrainer
{
    /// <summary>Options of the training of sentence embeddings.</summary>
    public sealed record Options : FineTuningOptions
    {
        /// <summary>Output column of the fitted transformer's vectors. Default <c>Features</c>, where ML.NET's trainers look.</summary>
        public string OutputColumnName { get; init; } = "Features";

        /// <summary>Text column that the fitted transformer embeds, which the training data need not have. Default null: <see cref="Sentence1ColumnName"/>.</summary>
        public string? InputColumnName { get; init; }

        /// <summary>Text column: the first text of a pair, the anchor, the query, or the only text. Default <c>Sentence1</c>. Missing counts as empty.</summary>
        public string Sentence1ColumnName { get; init; } = "Sentence1";

        /// <summary>Text column: the second text of a pair, the positive. Default null: single texts.</summary>
        public string? Sentence2ColumnName { get; init; }

        /// <summary>Text columns of hard negatives: texts that are like the first in words but not in meaning. Default: none.</summary>
        public IReadOnlyList<string> NegativeColumnNames { get; init; } = [];

        /// <summary>
        /// The label: a score (Single), whether the texts belong together (Boolean), a class (key), or a teacher's numbers (vector of Single). Default null:
        /// there is none. Rows without a label are left out.
        /// </summary>
        public string? LabelColumnName { get; init; }

        /// <summary>
        /// What training lowers; its needs decide which columns there must be. Default null, by the columns: pairs and triplets without a label
        /// <see cref="MultipleNegativesRankingLoss"/>; pairs with a score <see cref="CoSentLoss"/>, with a Boolean <see cref="ContrastiveLoss"/>, with a class
        /// <see cref="SoftmaxLoss"/>; triplets with a teacher's margins <see cref="MarginMseLoss"/>; single texts with a class
        /// <see cref="BatchAllTripletLoss"/>, with a teacher's vector <see cref="MseLoss"/>, without a label <see cref="SimCseLoss"/>.
        /// </summary>
        public ISentenceLoss? Loss { get; init; }

        /// <summary>Which examples go into one batch. Default null: as the loss wants it.</summary>
        public BatchSampling? BatchSampling { get; init; }

        /// <summary>Examples of one class that go into a batch together, with <see cref="BatchSampling.GroupedByLabel"/>. Default 4.</summary>
        public int SamplesPerLabel { get; init; } = EmbeddingSet.DefaultSamplesPerLabel;

        /// <summary>Data sets that are trained on beside the one that <c>Fit</c> takes. Default: none.</summary>
        public IReadOnlyList<EmbeddingTrainingSet> AdditionalSets { get; init; } = [];

        /// <summary>The order of batches of several data sets. Default: at random, by their sizes.</summary>
        public DataSetMixing Mixing { get; init; } = DataSetMixing.Proportional;

        /// <summary>
        /// The columns of <see cref="FineTuningOptions.ValidationSet"/> where they are not those of the training set: scored pairs, for example, beside
        /// training on single texts. What they are decides what is measured: pairs with a score, pairs with a Boolean, pairs alone, or triplets.
        /// Default null: those of the training set.
        /// </summary>
        public EmbeddingColumns? ValidationColumns { get; init; }

        /// <summary>A model that knows already which texts are alike, for a loss that asks one (<see cref="GistEmbedLoss"/>). Default null: none.</summary>
        public PretrainedModel? Guide { get; init; }

        /// <summary>How token vectors become one. Default null: as the model's folder says; a folder that does not, by the mean.</summary>
        public PoolingMode? Pooling { get; init; }

        /// <summary>Whether vectors are scaled to length 1. Default null: when the model's folder has a Normalize module.</summary>
        public bool? Normalize { get; init; }

        internal EmbeddingColumns Columns => new()
        {
            Sentence1ColumnName = Sentence1ColumnName,
            Sentence2ColumnName = Sentence2ColumnName,
            NegativeColumnNames = NegativeColumnNames,
            LabelColumnName = LabelColumnName,
        };

        internal string InputOrFirstColumnName => InputColumnName ?? Sentence1ColumnName;

        internal override IEnumerable<(string Option, string Name)> InputNames =>
            InputColumnName is null ? Columns.Names : [.. Columns.Names, (nameof(InputColumnName), InputColumnName)];

        internal override IEnumerable<(string Option, string Name)> OutputNames => [(nameof(OutputColumnName), OutputColumnName)];

        internal override void Validate()
        {
            base.Validate();
            Columns.Validate();
            ValidationColumns?.Validate();
            if (BatchSampling is { } sampling)
                Defined(sampling, nameof(BatchSampling));
            if (Pooling is { } pooling)
                Defined(pooling, nameof(Pooling));
            Defined(Mixing, nameof(Mixing));
            if (SamplesPerLabel < 2)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(SamplesPerLabel), SamplesPerLabel, $"'{nameof(SamplesPerLabel)}' is {SamplesPerLabel}; 2 or more is needed.");
            }

            foreach (var set in NotNull(AdditionalSets, nameof(AdditionalSets)))
                set.Columns.Validate();
            if (ValidationColumns is not null && ValidationSet is null)
                throw new ArgumentException($"'{nameof(ValidationColumns)}' needs '{nameof(ValidationSet)}', which is not given.", nameof(ValidationColumns));
            if (Training.LabelSmoothing != 0)
            {
                throw new ArgumentException($"'{nameof(TrainingOptions.LabelSmoothing)}' is for classes; the training of sentence embeddings has no use for it.",
                    nameof(TrainingOptions.LabelSmoothing));
            }
        }
    }
}
