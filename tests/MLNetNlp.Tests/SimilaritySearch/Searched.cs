using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.SimilaritySearch;

/// <summary>Corpora and searches that several tests look at.</summary>
internal static class Searched
{
    /// <summary>A corpus whose texts and vectors are told apart by their numbers.</summary>
    public static Entry[] Entries { get; } = [.. Texts.Reviews(60, seed: 3).Select((review, i) => new Entry { Id = $"e{i}", Text = review.Text + " " + i })];

    public static SimilaritySearchEstimator.Options Options { get; } = new() { Model = TinyModel.Model, Device = "cpu", IdColumnName = "Id", Top = 4 };

    public static SimilaritySearchTransformer Fit(SimilaritySearchEstimator.Options options, params Entry[] entries) =>
        new MLContext(1).Transforms.Text.SearchSimilar(options).Fit(Trained.Data(entries));

    public static Found[] Search(ITransformer search, params string?[] queries) =>
        [.. new MLContext().Data.CreateEnumerable<Found>(search.Transform(Trained.Data(queries.Select(text => new Question { Text = text }))), reuseRowObject: false, ignoreMissingColumns: true)];

    public static VectorEntry[] Vectors(params (string Id, float X, float Y)[] rows) => [.. rows.Select(row => new VectorEntry { Id = row.Id, Vector = [row.X, row.Y] })];

    public sealed class Entry
    {
        public string? Id { get; set; }

        public string? Text { get; set; }
    }

    public sealed class Question
    {
        public string? Text { get; set; }
    }

    public sealed class VectorEntry
    {
        public string? Id { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];
    }

    public sealed class Found
    {
        public string[] SimilarIds { get; set; } = [];

        public float[] SimilarScores { get; set; } = [];

        public string[] SimilarTexts { get; set; } = [];
    }
}
