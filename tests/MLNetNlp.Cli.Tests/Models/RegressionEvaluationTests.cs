using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Tests.Models;

[TestClass]
public sealed class RegressionEvaluationTests
{
    [TestMethod]
    public void Rows_are_read_once_to_check_them_and_once_to_score_them()
    {
        var passes = 0;
        string[][] rows = [["1", "1"], ["2", "3"], ["", "9"], ["3", "2"]];
        var source = new RecordSource("memory", () => new CountingReader(new MemoryReader(["label", "score"], rows), () => passes++));
        var view = new RecordView([source], [new("Score", NumberDataViewType.Single, "score"), new("Label", NumberDataViewType.Single, "label")]);
        var evaluation = RegressionEvaluation.Of(new MLContext(1), view, scored => scored, "Score");
        Assert.AreEqual(2, passes);
        Assert.AreEqual((3L, 1L), (evaluation.Json["rows"]!.GetValue<long>(), evaluation.Json["skippedRows"]!.GetValue<long>()));
        Assert.AreEqual(0.5, evaluation.Json["spearman"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(2.0 / 3, evaluation.Json["meanAbsoluteError"]!.GetValue<double>(), 1e-6);
    }

    /// <summary>Counts the passes that come to the end.</summary>
    private sealed class CountingReader(RecordReader inner, Action atEnd) : RecordReader
    {
        public override IReadOnlyList<string> Columns => inner.Columns;

        public override bool TryRead(out Record record)
        {
            if (inner.TryRead(out record))
                return true;
            atEnd();
            return false;
        }

        public override void Dispose() => inner.Dispose();
    }
}
