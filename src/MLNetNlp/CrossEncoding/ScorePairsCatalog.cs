using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Ready-made cross-encoders in ML.NET's catalog of text transforms.</summary>
public static class ScorePairsCatalog
{
    /// <summary>Scores pairs of texts with a cross-encoder that has been trained already: one from Hugging Face, or one trained here.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="model">A folder or hub model with one label (<c>...ForSequenceClassification</c>), of any family that is known.</param>
    /// <param name="outputColumnName">Output column of the score.</param>
    /// <param name="sentence1ColumnName">Text column: of a reranker, the query. Missing counts as empty.</param>
    /// <param name="sentence2ColumnName">Text column: of a reranker, the document. Missing counts as empty.</param>
    /// <param name="maxLength">Most tokens of a pair, special tokens included; of the longer text first, what is beyond is cut off. Null: as many as the model takes.</param>
    /// <param name="activation">
    /// What becomes of the logit. Null: as <c>config.json</c> says (sentence-transformers writes it there); where it does not, the logit itself for a
    /// <c>problem_type</c> of "regression" and the sigmoid for all others, as in sentence-transformers.
    /// </param>
    /// <returns>An estimator that needs no training and adds <paramref name="outputColumnName"/> (Single).</returns>
    /// <exception cref="ArgumentException">A column's name is empty.</exception>
    /// <example><code language="csharp">
    /// var pipeline = ml.Transforms.Text.ScorePairs(PretrainedModel.FromHub("cross-encoder/ms-marco-MiniLM-L6-v2"), sentence1ColumnName: "Query",
    ///     sentence2ColumnName: "Passage");
    /// </code></example>
    public static ScorePairsEstimator ScorePairs(
        this TransformsCatalog.TextTransforms catalog,
        PretrainedModel model,
        string outputColumnName = "Score",
        string sentence1ColumnName = "Sentence1",
        string sentence2ColumnName = "Sentence2",
        int? maxLength = null,
        ScoreActivation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence1ColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence2ColumnName);
        return new ScorePairsEstimator(model, outputColumnName, new TextColumns(sentence1ColumnName, sentence2ColumnName), maxLength, activation);
    }
}
