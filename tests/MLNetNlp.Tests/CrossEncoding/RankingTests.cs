using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.CrossEncoding;

[TestClass]
public sealed class RankingTests
{
    private static readonly CrossEncoderTrainer.Options Options = new()
    {
        Model = TinyModel.Model,
        Training = Trained.Training with { MaxEpochs = 6 },
        Tokenization = new() { MaxLength = 48 },
    };

    [TestMethod]
    [DataRow(RankingLoss.PairwiseLogistic)]
    [DataRow(RankingLoss.PairwiseMargin)]
    [DataRow(RankingLoss.MarginMse)]
    [DataRow(RankingLoss.BinaryCrossEntropy)]
    [DataRow(RankingLoss.MeanSquaredError)]
    public void Rankings_are_learned_and_ML_NET_measures_them(RankingLoss loss)
    {
        var ml = new MLContext(1);
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("GroupId", "Query").Append(ml.Ranking.Trainers.CrossEncoder(Options with { Loss = loss }))
            .Fit(Trained.Data(Scored.Rankings(40)));
        var scored = model.Transform(Trained.Data(Scored.Rankings(20, seed: 7)));
        var metrics = ml.Ranking.Evaluate(scored, new RankingEvaluatorOptions { DcgTruncationLevel = 4 });
        Assert.IsGreaterThan(0.9, metrics.NormalizedDiscountedCumulativeGains[0]);
        Assert.AreEqual("Ranking", SentenceSimilarityTests.Annotation(scored.Schema["Score"], "ScoreColumnKind"));
        (model as IDisposable)?.Dispose();
    }

    [TestMethod]
    public void Validation_by_groups_reports_pairs_in_order()
    {
        List<TrainingProgress> reports = [];
        var ml = new MLContext(1);
        var options = Options with { ValidationFraction = 0.25, Training = Options.Training with { MaxEpochs = 3, Progress = new Reports(reports) } };
        var data = ml.Transforms.Conversion.MapValueToKey("GroupId", "Query").Fit(Trained.Data(Scored.Rankings(20))).Transform(Trained.Data(Scored.Rankings(20)));
        using var model = ml.Ranking.Trainers.CrossEncoder(options).Fit(data);
        Assert.HasCount(3, reports.Where(r => r.ValidationMetric is >= 0 and <= 1 && r.ValidationLoss is > 0).ToList());
        Assert.AreEqual("GroupId", model.RowGroupColumnName);
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        var ml = new MLContext(1);
        IDataView Keyed(List<RankedPair> rows) => ml.Transforms.Conversion.MapValueToKey("GroupId", "Query").Fit(Trained.Data(rows)).Transform(Trained.Data(rows));
        void Throws<T>(string message, CrossEncoderTrainer.Options options, List<RankedPair> rows)
            where T : Exception => SentenceSimilarityTests.Throws<T>(message, () => ml.Ranking.Trainers.CrossEncoder(options).Fit(Keyed(rows)));

        Throws<ArgumentOutOfRangeException>("Column 'Query' is String, but CrossEncoder needs a key column (MapValueToKey makes one) for 'RowGroupColumnName'.",
            Options with { RowGroupColumnName = "Query" }, Scored.Rankings(2));
        var same = Scored.Rankings(2);
        same.ForEach(row => row.Label = 1);
        Throws<InvalidOperationException>("No group in column 'GroupId' has two rows whose labels in column 'Label' differ: PairwiseLogistic has nothing to compare in 8 rows of 2 groups.",
            Options, same);
        same[2].Label = 3;
        Throws<InvalidDataException>("Row 3: column 'Label' is 3; BinaryCrossEntropy needs numbers from 0 to 1. PairwiseLogistic takes any.",
            Options with { Loss = RankingLoss.BinaryCrossEntropy }, same);
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'Margin' is 0; a finite number above 0 is needed.",
            () => ml.Ranking.Trainers.CrossEncoder(Options with { Margin = 0 }));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'BatchSize' is 1, but PairwiseLogistic compares the rows of a batch; 2 or more is needed.",
            () => ml.Ranking.Trainers.CrossEncoder(Options with { Training = new() { BatchSize = 1 } }));
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
