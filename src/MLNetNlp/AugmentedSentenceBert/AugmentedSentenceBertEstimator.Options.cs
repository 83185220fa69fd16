using Microsoft.ML;

namespace MLNetNlp;

public sealed partial class AugmentedSentenceBertEstimator
{
    /// <summary>Options of Augmented SBERT. What each step does is set by the record that the step has on its own.</summary>
    public sealed record Options
    {
        /// <summary>Single column: how alike the two texts are. Default <c>Label</c>. Rows without a label (NaN) are left out.</summary>
        public string LabelColumnName { get; init; } = "Label";

        /// <summary>Text column. Default <c>Sentence1</c>. Missing counts as empty.</summary>
        public string Sentence1ColumnName { get; init; } = "Sentence1";

        /// <summary>Text column with the second text of a pair. Default <c>Sentence2</c>. Missing counts as empty.</summary>
        public string Sentence2ColumnName { get; init; } = "Sentence2";

        /// <summary>How the cross-encoder is trained on the labelled pairs. Its columns are those above.</summary>
        public SentenceSimilarityTrainer.Options CrossEncoder { get; init; } = new();

        /// <summary>
        /// How the sentence encoder is trained on labelled and machine-labelled pairs; its loss takes scores. Its columns are those above, its input and output
        /// columns its own.
        /// </summary>
        public SentenceEmbeddingTrainer.Options Embeddings { get; init; } = new();

        /// <summary>Which pairs the cross-encoder labels. Default <see cref="SilverSampling.Bm25AndSemantic"/>.</summary>
        public SilverSampling Sampling { get; init; } = SilverSampling.Bm25AndSemantic;

        /// <summary>
        /// Partners that are sought for each text, by each of the ways. Default 5. A pair found from both sides counts once. At random: half as many pairs a text.
        /// </summary>
        public int CandidatesPerText { get; init; } = 5;

        /// <summary>Most machine-labelled pairs; beyond, a random part is kept. Default null: all.</summary>
        public int? MaxSilverPairs { get; init; }

        /// <summary>The model whose embeddings the semantic way compares. Default null: the one that <see cref="Embeddings"/> starts from, as it is.</summary>
        public PretrainedModel? SearchModel { get; init; }

        /// <summary>
        /// Further texts without labels, in the columns <see cref="Sentence1ColumnName"/> and, where it has it, <see cref="Sentence2ColumnName"/>; pairs are chosen
        /// among them and those of the labelled pairs. Default null: among the latter alone.
        /// </summary>
        public IDataView? UnlabelledTexts { get; init; }

        /// <summary>Seed of the choice of pairs. Default null: drawn from the <c>MLContext</c>. The two trainings have their own in their options.</summary>
        public int? Seed { get; init; }

        internal void Validate()
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(LabelColumnName);
            ArgumentException.ThrowIfNullOrWhiteSpace(Sentence1ColumnName);
            ArgumentException.ThrowIfNullOrWhiteSpace(Sentence2ColumnName);
            ArgumentNullException.ThrowIfNull(CrossEncoder);
            ArgumentNullException.ThrowIfNull(Embeddings);
            if (!Enum.IsDefined(Sampling))
            {
                throw new ArgumentOutOfRangeException(nameof(Sampling), Sampling,
                    $"'{nameof(Sampling)}' is {Sampling}; one of {string.Join(", ", Enum.GetNames<SilverSampling>())} is needed.");
            }

            if (CandidatesPerText < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(CandidatesPerText), CandidatesPerText, $"'{nameof(CandidatesPerText)}' is {CandidatesPerText}; 1 or more is needed.");
            }

            if (MaxSilverPairs is < 1)
                throw new ArgumentOutOfRangeException(nameof(MaxSilverPairs), MaxSilverPairs, $"'{nameof(MaxSilverPairs)}' is {MaxSilverPairs}; 1 or more is needed.");
            if (Embeddings.NegativeColumnNames.Count > 0)
            {
                throw new ArgumentException($"'{nameof(Embeddings)}' has '{nameof(SentenceEmbeddingTrainer.Options.NegativeColumnNames)}', but Augmented SBERT trains on "
                    + "scored pairs.", nameof(Embeddings));
            }
        }
    }
}
