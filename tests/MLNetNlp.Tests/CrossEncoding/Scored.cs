using Microsoft.ML;

namespace MLNetNlp.Tests.CrossEncoding;

/// <summary>Pairs whose second text tells the label, and a model of them that many tests look at, trained once a test run.</summary>
internal static class Scored
{
    public static SentenceSimilarityTrainer.Options Options { get; } = new()
    {
        Model = TinyModel.Model,
        Training = Trained.Training with { MaxEpochs = 14 },
        Tokenization = new() { MaxLength = 48 },
    };

    private static readonly Lazy<CrossEncoderTransformer> LazyModel = new(() => Trainer(Options).Fit(Trained.Data(Pairs(160))));

    public static CrossEncoderTransformer Model => LazyModel.Value;

    public static SentenceSimilarityTrainer Trainer(SentenceSimilarityTrainer.Options options) => new MLContext(1).Regression.Trainers.SentenceSimilarity(options);

    /// <summary>Sport is high, food is low.</summary>
    public static List<ScoredPair> Pairs(int count, int seed = 3, float low = 0, float high = 1) =>
        [.. Texts.Pairs(count, seed).Select(p => new ScoredPair { Label = p.Label == "sport" ? high : low, Sentence1 = p.First, Sentence2 = p.Second })];

    /// <summary>Queries with four documents each: sport is 1, food is 0.</summary>
    public static List<RankedPair> Rankings(int queries, int seed = 3) =>
    [
        .. Texts.Pairs(4 * queries, seed).Select((p, i) => new RankedPair
        {
            Label = p.Label == "sport" ? 1 : 0,
            Query = $"q{i / 4}",
            Sentence1 = p.First,
            Sentence2 = p.Second,
        }),
    ];
}
