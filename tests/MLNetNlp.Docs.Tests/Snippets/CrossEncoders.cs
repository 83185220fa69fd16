using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/cross-encoders.md.</summary>
internal static class CrossEncoders
{
    public static void Similarity(IDataView trainingPairs, IDataView testPairs)
    {
        #region similarity
        var ml = new MLContext(seed: 1);
        var trainer = ml.Regression.Trainers.SentenceSimilarity(new SentenceSimilarityTrainer.Options
        {
            LabelColumnName = "Similarity",        // Single, 0 to 5 for example
            Sentence1ColumnName = "Question",
            Sentence2ColumnName = "Other",
            Loss = SimilarityLoss.BinaryCrossEntropy,
            LabelMaximum = 5,
            Training = new() { MaxEpochs = 4, BatchSize = 16, LearningRate = 5e-5 },
            ValidationFraction = 0.1,              // Spearman's correlation after every epoch; the best epoch is kept
        });
        CrossEncoderTransformer model = trainer.Fit(trainingPairs);
        RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(testPairs), "Similarity");
        ml.Model.Save(model, trainingPairs.Schema, "similarity.zip");
        model.SaveToDirectory("similarity");       // opens in Python as CrossEncoder("similarity")
        #endregion
    }

    public static CrossEncoderTransformer Ready(MLContext ml, IDataView data)
    {
        #region ready
        var scorer = ml.Transforms.Text.ScorePairs(PretrainedModel.FromHub("cross-encoder/ms-marco-MiniLM-L6-v2"),
            sentence1ColumnName: "Query", sentence2ColumnName: "Passage");
        #endregion
        return scorer.Fit(data);
    }

    public static void Ranking(MLContext ml, IDataView training, IDataView test)
    {
        #region ranking
        var pipeline = ml.Transforms.Conversion.MapValueToKey("GroupId", "Query")
            .Append(ml.Ranking.Trainers.CrossEncoder(new CrossEncoderTrainer.Options
            {
                LabelColumnName = "Relevance",     // Single or key: higher is better
                Sentence1ColumnName = "Query",
                Sentence2ColumnName = "Passage",
                Loss = RankingLoss.PairwiseLogistic,
                Training = new() { MaxEpochs = 3, BatchSize = 32 },
            }));
        ITransformer ranker = pipeline.Fit(training);
        RankingMetrics metrics = ml.Ranking.Evaluate(ranker.Transform(test), "Relevance");
        #endregion
    }

    public static void Rerank(MLContext ml, IDataView questions, IDataView corpus, CrossEncoderTransformer crossEncoder)
    {
        #region rerank
        var search = ml.Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options { QueryColumnName = "Question", Top = 50 }).Fit(corpus);
        IDataView found = search.Transform(questions);
        var rerank = ml.Transforms.Text.Rerank(crossEncoder, "Question", otherColumnNames: ["SimilarIds"], top: 5).Fit(found);
        IDataView best = rerank.Transform(found);  // SimilarTexts, SimilarScores and SimilarIds: five each, in the cross-encoder's order
        #endregion
    }

    public static void Mine(MLContext ml, IDataView pairs, IDataView corpus)
    {
        #region mine
        var embedder = ml.Transforms.Text.EmbedSentences("Vector", "Question").Fit(pairs);
        IDataView triplets = ml.Data.MineHardNegatives(pairs, embedder, new HardNegativeOptions
        {
            Sentence1ColumnName = "Question",
            Sentence2ColumnName = "Answer",
            Corpus = corpus,
            NumberOfNegatives = 2,
            RangeMin = 5,                          // the nearest five may be answers that nobody marked
            RelativeMargin = 0.05f,                // and a negative scores at least 5 % below the answer
        });
        var trained = ml.Transforms.Text.TrainSentenceEmbeddings("Vector", "Question", "Answer", negativeColumnNames: ["Negative"]).Fit(triplets);
        #endregion
    }

    public static void Augment(MLContext ml, IDataView labelledPairs)
    {
        #region augment
        var estimator = ml.Transforms.Text.AugmentedSentenceBert(new AugmentedSentenceBertEstimator.Options
        {
            LabelColumnName = "Similarity",
            Sentence1ColumnName = "Question",
            Sentence2ColumnName = "Other",
            CrossEncoder = new() { Model = PretrainedModel.FromDirectory("all-MiniLM-L6-v2"), Training = new() { MaxEpochs = 6, BatchSize = 16 } },
            Embeddings = new() { Training = new() { MaxEpochs = 2, BatchSize = 16 } },
            Sampling = SilverSampling.Bm25AndSemantic,
            CandidatesPerText = 3,
        });
        SentenceEmbeddingTransformer embedder = estimator.Fit(labelledPairs, out IDataView silverPairs);
        #endregion
    }

    public static IEstimator<ITransformer> ZeroShot(MLContext ml)
    {
        #region zero-shot
        var zeroShot = ml.Transforms.Text.ClassifyByLabelEmbeddings(new ClassifyByLabelEmbeddingsEstimator.Options
        {
            Labels = ["refund", "delivery", "praise"],
            Descriptions = new Dictionary<string, IReadOnlyList<string>>
            {
                ["refund"] = ["I want my money back.", "The amount was charged twice."],
            },
            Template = "This message is about {label}.",
        }).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        #endregion
        return zeroShot;
    }
}
