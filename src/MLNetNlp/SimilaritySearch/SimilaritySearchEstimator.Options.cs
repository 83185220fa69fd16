using MLNetNlp.Transformers.Inference;

namespace MLNetNlp;

public sealed partial class SimilaritySearchEstimator
{
    /// <summary>Options of search by meaning.</summary>
    public sealed record Options
    {
        /// <summary>
        /// What the names of the output columns begin with. Default <c>Similar</c>: <c>SimilarIds</c>, <c>SimilarScores</c> and <c>SimilarTexts</c>.
        /// </summary>
        public string OutputColumnName { get; init; } = "Similar";

        /// <summary>The corpus at <c>Fit</c>: a text column, or a vector of Single that is an embedding already. Default <c>Text</c>.</summary>
        public string InputColumnName { get; init; } = "Text";

        /// <summary>The queries at <c>Transform</c>, of the same kind. Default null: <see cref="InputColumnName"/>.</summary>
        public string? QueryColumnName { get; init; }

        /// <summary>The corpus's ids: text or whole numbers, each once. Default null: the number of the row, from 0.</summary>
        public string? IdColumnName { get; init; }

        /// <summary>
        /// The texts to give back, where they are not those that are searched. Default null: the corpus column when it is text, else none, and then there
        /// is no <c>Texts</c> output.
        /// </summary>
        public string? TextColumnName { get; init; }

        /// <summary>Most entries found for a query. Default 10.</summary>
        public int Top { get; init; } = 10;

        /// <summary>Entries that are less alike are not found. Default null: no limit.</summary>
        public float? MinScore { get; init; }

        /// <summary>Cosine (the default) or dot product; the two are the same for vectors of length 1.</summary>
        public SearchSimilarity Similarity { get; init; } = SearchSimilarity.Cosine;

        /// <summary>
        /// Null (the default): every query is compared with the whole corpus. Else an approximate index, for corpora of some hundred thousand entries and
        /// more.
        /// </summary>
        public HnswOptions? Hnsw { get; init; }

        /// <summary>
        /// Whether a text that is in the corpus already is left out. Default false: each is an entry of its own, and equal ones are found in the corpus's
        /// order.
        /// </summary>
        public bool SkipDuplicates { get; init; }

        /// <summary>What embeds texts: a sentence-transformers folder or any encoder's. Not used for vectors. Default <see cref="PretrainedModel.Mini"/>.</summary>
        public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

        /// <summary>How token vectors become one. Default null: as the model's folder says, or else by the mean.</summary>
        public PoolingMode? Pooling { get; init; }

        /// <summary>How texts become tokens. Default null: as the model's folder says.</summary>
        public TokenizationOptions? Tokenization { get; init; }

        /// <summary>Most texts in one forward pass. Default 32.</summary>
        public int BatchSize { get; init; } = 32;

        /// <summary>Where texts are embedded: <c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
        public string Device { get; init; } = "auto";

        /// <summary>Checks everything that needs neither data nor model to be checked.</summary>
        /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
        internal void Validate()
        {
            NotEmpty(OutputColumnName, nameof(OutputColumnName));
            NotEmpty(InputColumnName, nameof(InputColumnName));
            ArgumentNullException.ThrowIfNull(Model);
            if (Top < 1)
                throw new ArgumentOutOfRangeException(nameof(Top), Top, $"'{nameof(Top)}' is {Top}; 1 or more is needed.");
            if (MinScore is { } score && !float.IsFinite(score))
                throw new ArgumentOutOfRangeException(nameof(MinScore), score, $"'{nameof(MinScore)}' is {score}; a finite number is needed.");
            if (!Enum.IsDefined(Similarity))
            {
                throw new ArgumentOutOfRangeException(nameof(Similarity), Similarity,
                    $"'{nameof(Similarity)}' is {Similarity}; needed is one of {string.Join(", ", Enum.GetNames<SearchSimilarity>())}.");
            }

            Hnsw?.Validate();
            Tokenization?.Validate();
            if (BatchSize < 1)
                throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, $"'{nameof(BatchSize)}' is {BatchSize}; 1 or more is needed.");
            Devices.CheckName(Device);
        }

        private static void NotEmpty(string? value, string option)
        {
            if (string.IsNullOrWhiteSpace(value))
                throw new ArgumentException($"'{option}' is empty; a name is needed.", option);
        }
    }
}
