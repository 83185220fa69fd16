namespace MLNetNlp;

public sealed partial class ClassifyByLabelEmbeddingsEstimator
{
    /// <summary>Options of zero-shot classification by the embeddings of labels.</summary>
    public sealed record Options
    {
        /// <summary>What stands for the label in <see cref="Template"/>.</summary>
        public const string LabelPlace = FewShotCatalog.LabelPlaceholder;

        /// <summary>The classes: at least two, each once. Required.</summary>
        public IReadOnlyList<string> Labels { get; init; } = [];

        /// <summary>
        /// What labels mean, in one or more sentences: "Refund" may be "I want my money back." The class's vector is the mean of theirs. Default: none; a label
        /// without a description is put into <see cref="Template"/>.
        /// </summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Descriptions { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

        /// <summary>Makes a sentence of a label. Default <c>This text is about {label}.</c></summary>
        public string Template { get; init; } = $"This text is about {LabelPlace}.";

        /// <summary>
        /// Cosines are divided by this before softmax: the lower, the surer the probabilities; the predicted class does not change. Default 0.05.
        /// </summary>
        public float Temperature { get; init; } = 0.05f;

        /// <summary>Text column. Default <c>Text</c>. Missing counts as empty.</summary>
        public string InputColumnName { get; init; } = "Text";

        /// <summary>Output column of the predicted label. Default <c>PredictedLabel</c>.</summary>
        public string PredictionColumnName { get; init; } = "PredictedLabel";

        /// <summary>Output column of the probabilities. Default <c>Score</c>.</summary>
        public string ScoreColumnName { get; init; } = "Score";

        /// <summary>A sentence-transformers folder or any encoder's. Default <see cref="PretrainedModel.Mini"/>.</summary>
        public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

        /// <summary>How token vectors become one. Default null: as the model's folder says, or else by the mean.</summary>
        public PoolingMode? Pooling { get; init; }

        /// <summary>How texts become tokens. Default null: as the model's folder says.</summary>
        public TokenizationOptions? Tokenization { get; init; }

        /// <summary><c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
        public string Device { get; init; } = "auto";

        /// <summary>The sentences whose mean vector stands for a label.</summary>
        internal IReadOnlyList<string> SentencesOf(string label) =>
            Descriptions.TryGetValue(label, out var descriptions) ? descriptions : [Template.Replace(LabelPlace, label, StringComparison.Ordinal)];

        /// <summary>Checks everything that needs neither data nor model to be checked.</summary>
        /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
        internal void Validate()
        {
            ArgumentNullException.ThrowIfNull(Labels);
            ArgumentNullException.ThrowIfNull(Descriptions);
            ArgumentNullException.ThrowIfNull(Model);
            foreach (var (option, name) in new[]
            {
                (nameof(InputColumnName), InputColumnName), (nameof(PredictionColumnName), PredictionColumnName), (nameof(ScoreColumnName), ScoreColumnName),
            })
            {
                if (string.IsNullOrWhiteSpace(name))
                    throw new ArgumentException($"'{option}' is empty; the name of a column is needed.", option);
            }

            if (PredictionColumnName == ScoreColumnName)
                throw new ArgumentException($"Prediction and score both have the output column '{ScoreColumnName}'; each needs its own.", nameof(ScoreColumnName));
            if (Labels.Count < 2)
                throw new ArgumentException($"'{nameof(Labels)}' has {Labels.Count} classes; at least two are needed.", nameof(Labels));
            if (Labels.FirstOrDefault(string.IsNullOrWhiteSpace) is not null)
                throw new ArgumentException($"'{nameof(Labels)}' has an empty label.", nameof(Labels));
            if (Labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new ArgumentException($"'{nameof(Labels)}' has '{twice.Key}' more than once.", nameof(Labels));
            foreach (var (label, descriptions) in Descriptions)
            {
                if (!Labels.Contains(label, StringComparer.Ordinal))
                    throw new ArgumentException($"'{nameof(Descriptions)}' describes '{label}', which is not among '{nameof(Labels)}'.", nameof(Descriptions));
                if (descriptions.Count == 0 || descriptions.Any(string.IsNullOrWhiteSpace))
                    throw new ArgumentException($"'{nameof(Descriptions)}' has nothing to say of '{label}'; leave it out, or describe it.", nameof(Descriptions));
            }

            if (!Template.Contains(LabelPlace, StringComparison.Ordinal))
                throw new ArgumentException($"'{nameof(Template)}' is \"{Template}\", which has no {LabelPlace}: all classes would be the same.", nameof(Template));
            if (!(Temperature > 0) || !float.IsFinite(Temperature))
            {
                throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature,
                    FormattableString.Invariant($"'{nameof(Temperature)}' is {Temperature}; a finite number above 0 is needed."));
            }

            if (Pooling is { } pooling && !Enum.IsDefined(pooling))
            {
                throw new ArgumentOutOfRangeException(nameof(Pooling), pooling,
                    $"'{nameof(Pooling)}' is {pooling}; one of {string.Join(", ", Enum.GetNames<PoolingMode>())} is needed.");
            }

            Tokenization?.Validate();
            Transformers.Inference.Devices.CheckName(Device);
        }
    }
}
