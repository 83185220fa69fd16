using Microsoft.ML;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/training-embeddings.md.</summary>
internal static class TrainingEmbeddings
{
    public static void Use(IDataView pairs, IDataView held, IDataView questions)
    {
        #region shortest
        var ml = new MLContext(seed: 1);
        var trainer = ml.Transforms.Text.TrainSentenceEmbeddings("Vector", "Question", "Answer");
        SentenceEmbeddingTransformer embedder = trainer.Fit(pairs);
        ml.Model.Save(embedder, pairs.Schema, "embedder.zip");
        #endregion

        #region options
        var options = new SentenceEmbeddingTrainer.Options
        {
            OutputColumnName = "Vector",
            Sentence1ColumnName = "First",
            Sentence2ColumnName = "Second",
            LabelColumnName = "Score",
            Loss = new MatryoshkaLoss(new CoSentLoss(), [384, 128]),
            Model = PretrainedModel.Mini,
            Training = new() { MaxEpochs = 2, BatchSize = 16, LearningRate = 2e-5 },
            ValidationSet = held,
        };
        #endregion

        #region several
        var several = options with
        {
            AdditionalSets =
            [
                new() { Data = questions, Columns = new() { Sentence1ColumnName = "Question", Sentence2ColumnName = "Answer" } },
            ],
            Mixing = DataSetMixing.RoundRobin,
        };
        #endregion

        #region unlabelled
        var unlabelled = new SentenceEmbeddingTrainer.Options
        {
            Sentence1ColumnName = "First",
            Loss = new DenoisingAutoEncoderLoss(),
            Pooling = PoolingMode.Cls,
            ValidationSet = held,
            ValidationColumns = new() { Sentence1ColumnName = "First", Sentence2ColumnName = "Second", LabelColumnName = "Score" },
        };
        #endregion

        Console.WriteLine($"{several} {unlabelled}");
    }
}
