using Microsoft.ML;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class AnnotationTests
{
    [TestMethod]
    public void Evaluators_and_tools_find_the_annotations_that_they_know()
    {
        // As SdcaMaximumEntropy and SdcaLogisticRegression of Microsoft.ML 5.0.1 write them, for text labels of three classes.
        string[] scorer = ["ScoreColumnKind: String", "ScoreColumnSetId: Key<UInt32, 0-2147483646>", "ScoreValueKind: String"];
        var multiclass = Trained.TopicClassifier.GetOutputSchema(Trained.Data(Texts.Reviews(1)).Schema);
        Check(multiclass["Score"], "MulticlassClassification", "Score", [.. scorer, "SlotNames: Vector<String, 3>", "TrainingLabelValues: Vector<String, 3>"]);
        Check(multiclass["PredictedLabel"], "MulticlassClassification", "PredictedLabel", ["KeyValues: Vector<String, 3>", .. scorer]);
        var binary = Trained.Opinions.GetOutputSchema(Trained.Data(Texts.Opinions(1)).Schema);
        Check(binary["Score"], "BinaryClassification", "Score", scorer);
        Check(binary["Probability"], "BinaryClassification", "Probability", ["IsNormalized: Boolean", .. scorer]);
        Check(binary["PredictedLabel"], "BinaryClassification", "PredictedLabel", scorer);

        static void Check(DataViewSchema.Column column, string kind, string valueKind, string[] annotations)
        {
            CollectionAssert.AreEqual(annotations, column.Annotations.Schema.Select(a => $"{a.Name}: {a.Type}").Order(StringComparer.Ordinal).ToArray(),
                column.Name);
            ReadOnlyMemory<char> text = default;
            column.Annotations.GetValue("ScoreColumnKind", ref text);
            Assert.AreEqual(kind, text.ToString(), column.Name);
            column.Annotations.GetValue("ScoreValueKind", ref text);
            Assert.AreEqual(valueKind, text.ToString(), column.Name);
        }
    }
}
