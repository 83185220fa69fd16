using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Classes without examples: a zip that was saved without any label is measured and predicts like any other classifier's.</summary>
[TestClass]
public sealed class UntrainedClassifierTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Labels_are_told_by_their_names(bool asText)
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(1);
        var none = new RecordView([RecordSource.Memory(["Text"], [])], [new("Text", TextDataViewType.Instance, "Text")]);
        var estimator = ml.Transforms.Text.ClassifyByLabelEmbeddings(["sport", "cooking", "politics"]);
        ITransformer model = asText ? estimator.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(none) : estimator.Fit(none);
        ml.Model.Save(model, none.Schema, folder["labels.zip"]);
        (model as IDisposable)?.Dispose();

        var data = folder.Write("data.tsv", "body\ttopic\nMy goalkeeper saved the penalty and we won the cup.\tsport\nFry the onions gently, then add garlic and stock.\tcooking\n"
            + "Parliament passed the tax law by two votes.\tcooking\nA train.\ttravel\nNo topic.\t\n");
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", folder["labels.zip"], "--data", data, "--text", "body", "--label", "topic", "--metrics", folder["test.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("3 rows, 1 left out without a label, 1 left out with a label the model does not know", output);
        var json = JsonDocument.Parse(File.ReadAllText(folder["test.json"])).RootElement;
        Assert.AreEqual(2.0 / 3, json.GetProperty("microAccuracy").GetDouble(), 1e-9);
        Assert.AreEqual("classification", json.GetProperty("task").GetString());
        // Row "cooking", column "politics".
        Assert.AreEqual(1, json.GetProperty("confusionMatrix").GetProperty("counts")[1][2].GetDouble());

        (exitCode, output, error) = Shell.Run("predict", "--model", folder["labels.zip"], "--text", "We won the cup.");
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.StartsWith("sport\t0.", output);
        (exitCode, _, error) = Shell.Run("predict", "--model", folder["labels.zip"], "--data", data, "--text", "body", "--output", folder["out.tsv"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.AreEqual("body\ttopic\tpredictedLabel\tprobability:sport\tprobability:cooking\tprobability:politics", File.ReadLines(folder["out.tsv"]).First());
        (exitCode, _, error) = Shell.Run("evaluate", "--model", folder["labels.zip"], "--data", data, "--text", "body", "--label", "topic", "--group", "body");
        Assert.AreEqual((2, "mlnetnlp: --group is for models that score pairs; this one does something else."), (exitCode, error.Trim()));
    }
}
