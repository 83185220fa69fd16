namespace MLNetNlp;

public sealed partial class SentenceEmbeddingEstimator
{
    /// <summary>Options of sentence embeddings.</summary>
    public sealed record Options
    {
        /// <summary>Output column of the vectors. Default <c>Features</c>, where ML.NET's trainers look.</summary>
        public string OutputColumnName { get; init; } = "Features";

        /// <summary>Text column. Default <c>Text</c>. Missing counts as empty.</summary>
        public string InputColumnName { get; init; } = "Text";

        /// <summary>A sentence-transformers folder or any encoder's. Default <see cref="PretrainedModel.Mini"/>, with 384 numbers per text.</summary>
        public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

        /// <summary>
        /// How token vectors become one. Default null: as the folder's <c>modules.json</c> and <c>1_Pooling</c> say; a folder without them, by the mean.
        /// </summary>
        public PoolingMode? Pooling { get; init; }

        /// <summary>Whether vectors are scaled to length 1. Default null: when the folder has a Normalize module.</summary>
        public bool? Normalize { get; init; }

        /// <summary>
        /// Keeps this many of each vector's first numbers, which models trained for it (<c>MatryoshkaLoss</c>) put the most into; normalised vectors are scaled
        /// to length 1 again. Default null: all.
        /// </summary>
        public int? TruncateDimension { get; init; }

        /// <summary>Whether the column holds whole numbers, bytes or bits. Default whole numbers (Single).</summary>
        public EmbeddingPrecision Precision { get; init; } = EmbeddingPrecision.Float32;

        /// <summary>
        /// Rows of the data from which <c>Fit</c> finds the range of each dimension, for <see cref="EmbeddingPrecision.Int8"/> and
        /// <see cref="EmbeddingPrecision.UInt8"/>. Default 1000; a hundred or more are wanted.
        /// </summary>
        public int CalibrationRowCount { get; init; } = 1000;

        /// <summary>
        /// How texts become tokens. Default null: the folder's <c>max_seq_length</c>, or else the tokenizer's own limit, at most the model's positions (256
        /// tokens for Mini).
        /// </summary>
        public TokenizationOptions? Tokenization { get; init; }

        /// <summary>Most texts in one forward pass. Default 32. Long texts make smaller batches.</summary>
        public int BatchSize { get; init; } = 32;

        /// <summary><c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
        public string Device { get; init; } = "auto";

        /// <summary>Checks everything that needs neither data nor model to be checked.</summary>
        /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
        internal void Validate()
        {
            NotEmpty(OutputColumnName, nameof(OutputColumnName));
            NotEmpty(InputColumnName, nameof(InputColumnName));
            ArgumentNullException.ThrowIfNull(Model);
            if (Pooling is { } pooling && !Enum.IsDefined(pooling))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Pooling), pooling, $"'{nameof(Pooling)}' is {pooling}; needed is one of {string.Join(", ", Enum.GetNames<PoolingMode>())}.");
            }

            if (TruncateDimension < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(TruncateDimension), TruncateDimension, $"'{nameof(TruncateDimension)}' is {TruncateDimension}; 1 or more is needed.");
            }

            if (!Enum.IsDefined(Precision))
            {
                throw new ArgumentOutOfRangeException(nameof(Precision), Precision,
                    $"'{nameof(Precision)}' is {Precision}; needed is one of {string.Join(", ", Enum.GetNames<EmbeddingPrecision>())}.");
            }

            if (CalibrationRowCount < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(CalibrationRowCount), CalibrationRowCount,
                    $"'{nameof(CalibrationRowCount)}' is {CalibrationRowCount}; 1 or more is needed.");
            }

            Tokenization?.Validate();
            if (BatchSize < 1)
                throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, $"'{nameof(BatchSize)}' is {BatchSize}; 1 or more is needed.");
            Transformers.Inference.Devices.CheckName(Device);
        }

        private static void NotEmpty(string? value, string option)
        {
            if (string.IsNullOrWhiteSpace(value))
                throw new ArgumentException($"'{option}' is empty; the name of a column is needed.", option);
        }
    }
}
