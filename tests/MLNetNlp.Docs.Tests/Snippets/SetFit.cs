using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/setfit.md.</summary>
internal static class SetFit
{
    public static void Use(IDataView data, IDataView testData, IDataView keyed, IDataView unlabelled)
    {
        #region shortest
        var ml = new MLContext(seed: 1);
        IDataView fewShots = ml.Data.SampleFewShot(data, "Label", perClass: 8, seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SetFit(sentence1ColumnName: "Text"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = pipeline.Fit(fewShots);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(testData));
        ml.Model.Save(model, data.Schema, "model.zip");
        #endregion

        #region options
        var trainer = ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = PretrainedModel.FromHub("sentence-transformers/all-MiniLM-L6-v2"),
            Sampling = PairSampling.Undersampling,
            Loss = new CosineSimilarityLoss(),
            Head = new LogisticRegressionHeadOptions { C = 1 },
            Training = SetFitOptions.DefaultTraining with { MaxEpochs = 2, Seed = 7 },
        });
        #endregion

        #region differentiable
        var endToEnd = ml.BinaryClassification.Trainers.SetFit(new BinarySetFitTrainer.Options
        {
            LabelColumnName = "IsUrgent",
            Sentence1ColumnName = "Text",
            Head = new DifferentiableHeadOptions { Temperature = 1, EndToEnd = true, LearningRate = 1e-2, BodyLearningRate = 1e-5, WeightDecay = 0.01 },
        });
        #endregion

        #region multilabel
        var topics = ml.MulticlassClassification.Trainers.MultiLabelSetFit(
            labelColumnName: "Topics", sentence1ColumnName: "Text", strategy: MultiLabelStrategy.ClassifierChain);
        #endregion

        #region evaluate
        FewShotEvaluation result = ml.MulticlassClassification.EvaluateFewShot(data, testData, pipeline, perClass: 8, numberOfSeeds: 5);
        Console.WriteLine($"{result.MicroAccuracy.Mean:f3} +- {result.MicroAccuracy.StandardDeviation:f3}");
        #endregion

        #region suggest
        SetFitTransformer setFit = trainer.Fit(keyed);
        foreach (SuggestedExample example in setFit.SuggestExamples(unlabelled, count: 20))
            Console.WriteLine($"row {example.Row}: {example.Text}");
        #endregion

        #region templates
        IDataView templated = ml.Data.CreateTemplatedExamples(["joy", "anger", "fear"], "This sentence is {label}");
        #endregion

        #region head
        SentenceEmbeddingTransformer body = setFit.ToEmbedder("Features");
        var head = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(body.Transform(keyed));
        #endregion

        #region distil
        var student = ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = PretrainedModel.Mini,
            Teacher = setFit,
            Iterations = 20,
        }).Fit(unlabelled);
        #endregion

        #region folder
        setFit.SaveToDirectory("setfit-model");
        SetFitTransformer loaded = ml.MulticlassClassification.LoadSetFit("setfit-model", sentence1ColumnName: "Text");
        #endregion

        #region refit
        var refitted = ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = PretrainedModel.FromDirectory("setfit-from-python"),
            TrainBody = false,
        }).Fit(keyed);
        #endregion
    }
}
