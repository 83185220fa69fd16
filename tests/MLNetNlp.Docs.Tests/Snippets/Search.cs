using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/search.md.</summary>
internal static class Search
{
    public class Article
    {
        [LoadColumn(0)] public string Id { get; set; } = "";
        [LoadColumn(1)] public string Text { get; set; } = "";
    }

    public class Question
    {
        public string Text { get; set; } = "";
    }

    #region answers
    public class Answers
    {
        public string[] SimilarIds { get; set; } = [];
        public float[] SimilarScores { get; set; } = [];
        public string[] SimilarTexts { get; set; } = [];
    }
    #endregion

    public static async Task Use(IDataView newArticles, IDataView queries, IDataView scored)
    {
        #region first
        var ml = new MLContext(seed: 1);
        IDataView corpus = ml.Data.LoadFromTextFile<Article>("faq.tsv", hasHeader: true);
        SimilaritySearchTransformer search = ml.Transforms.Text.SearchSimilar(inputColumnName: "Text", idColumnName: "Id", top: 5).Fit(corpus);

        var engine = ml.Model.CreatePredictionEngine<Question, Answers>(search);
        Answers answers = engine.Predict(new Question { Text = "the bin men forgot our street" });
        Console.WriteLine($"{answers.SimilarScores[0]:0.00} {answers.SimilarIds[0]} {answers.SimilarTexts[0]}");

        ml.Model.Save(search, corpus.Schema, "search.zip");
        #endregion

        #region vectors
        ITransformer model = ml.Transforms.Text.EmbedSentences("Vector", "Text", PretrainedModel.FromDirectory("my-model"))
            .Append(ml.Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options
            {
                InputColumnName = "Vector",
                TextColumnName = "Text",
                IdColumnName = "Id",
                Top = 10,
                MinScore = 0.4f,
            }))
            .Fit(corpus);
        #endregion

        #region hnsw
        var approximate = ml.Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options
        {
            Hnsw = new HnswOptions { M = 16, EfConstruction = 200, EfSearch = 128 },
        });
        #endregion

        #region add
        SimilaritySearchTransformer more = search.Add(newArticles);
        #endregion

        #region retrieval
        RetrievalMetrics retrieval = ml.Ranking.EvaluateRetrieval(search.Transform(queries), relevantColumnName: "RelevantIds");
        Console.WriteLine($"first hit right {retrieval.Accuracy[1]:0.000}, MRR@10 {retrieval.Mrr[10]:0.000}");
        Console.WriteLine(retrieval);
        #endregion

        #region similarity
        var embed = ml.Transforms.Text.EmbedSentences("Embedding1", "Sentence1").Append(ml.Transforms.Text.EmbedSentences("Embedding2", "Sentence2"));
        IDataView pairs = embed.Fit(scored).Transform(scored);
        SimilarityMetrics similarity = ml.Regression.EvaluateSimilarity(pairs);
        PairClassificationMetrics same = ml.BinaryClassification.EvaluatePairs(pairs, labelColumnName: "Same");
        Console.WriteLine($"Spearman {similarity.Cosine.Spearman:0.000}, average precision {same.Cosine.AveragePrecision:0.000} from {same.Cosine.F1Threshold:0.00}");
        #endregion

        #region mine
        IReadOnlyList<ParaphrasePair> paraphrases = ml.Data.MineParaphrases(corpus, new ParaphraseMiningOptions { IdColumnName = "Id", MaxPairs = 100, MinScore = 0.8f });
        foreach (var pair in paraphrases)
            Console.WriteLine($"{pair.Score:0.00} {pair.FirstText} / {pair.SecondText}");
        #endregion

        #region generator
        SentenceEmbeddingTransformer embedder = ml.Transforms.Text.EmbedSentences("Vector", "Text").Fit(corpus);
        IEmbeddingGenerator<string, Embedding<float>> generator = embedder.AsEmbeddingGenerator("mini");
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(["Where can I reset my password?", "I forgot my login."]);
        #endregion
    }
}
