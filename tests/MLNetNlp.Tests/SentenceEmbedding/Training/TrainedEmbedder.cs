using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>Rows to train sentence embeddings on, and the trainer of the tiny model.</summary>
internal static class TrainedEmbedder
{
    public static SentenceEmbeddingTrainer.Options PairOptions { get; } = new()
    {
        Sentence1ColumnName = "First",
        Sentence2ColumnName = "Second",
        Model = TinyModel.Model,
        Training = Trained.Training with { MaxEpochs = 2, LearningRate = 1e-3 },
        Tokenization = new() { MaxLength = 32 },
    };

    public static SentenceEmbeddingTrainer Trainer(SentenceEmbeddingTrainer.Options options, MLContext? ml = null) =>
        (ml ?? new MLContext(1)).Transforms.Text.TrainSentenceEmbeddings(options);

    /// <summary>Pairs of texts: on one topic, with score 1, or on two, with score 0.</summary>
    public static List<TextPair> Pairs(int count, int seed = 1)
    {
        var (first, second, random) = (Texts.Reviews(count, seed), Texts.Reviews(count, seed + 100), new Random(seed));
        return
        [
            .. first.Select(row =>
            {
                var other = second[random.Next(count)];
                return new TextPair { First = row.Text!, Second = other.Text!, Topic = row.Label!, Same = row.Label == other.Label, Score = row.Label == other.Label ? 1 : 0 };
            }),
        ];
    }

    /// <summary>Anchor and positive of one topic, and a negative of another.</summary>
    public static List<TextTriplet> Triplets(int count, int seed = 1)
    {
        var (first, second) = (Texts.Reviews(count, seed), Texts.Reviews(count + 3, seed + 100));
        return [.. first.Select((row, i) => new TextTriplet { First = row.Text!, Second = second[i].Text!, Third = second[i + 1].Text!, Fourth = second[i + 2].Text! })];
    }

    public static float[] Vectors(SentenceEmbeddingTransformer model, IDataView data) =>
        [.. model.Transform(data).GetColumn<float[]>(model.OutputColumnName).SelectMany(v => v)];
}

internal sealed class TextPair
{
    public string First { get; set; } = "";

    public string Second { get; set; } = "";

    public float Score { get; set; }

    public bool Same { get; set; }

    public string Topic { get; set; } = "";
}

internal sealed class TextTriplet
{
    public string First { get; set; } = "";

    public string Second { get; set; } = "";

    public string Third { get; set; } = "";

    public string Fourth { get; set; } = "";
}
