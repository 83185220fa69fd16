using System.Text.Json.Nodes;
using MLNetNlp.Transformers.LinearModels;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.LinearModels;

[TestClass]
public sealed class LogisticRegressionTests
{
    private static readonly LogisticRegressionSettings Defaults = new();
    private readonly ReferenceTensors _reference = new(TestPaths.Fixture("setfit", "sklearn_heads.safetensors"));
    private readonly JsonNode _facts = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("setfit", "sklearn_heads.json")))!;
    private readonly DisposeScope _scope = NewDisposeScope();

    [TestCleanup]
    public void Free()
    {
        _scope.Dispose();
        _reference.Dispose();
    }

    [TestMethod]
    [DataRow("multiclass", "y", 3)]
    [DataRow("binary", "y_binary", 2)]
    public void Classes_equal_scikit_learn(string name, string labels, int classes)
    {
        var model = LogisticRegression.Fit(Floats("x_train"), 12, Ints(labels), classes, Defaults);
        Assert.IsTrue(model.Converged);
        CheckObjective(_facts[name]!, model.Objective);
        var (probabilities, predicted) = Predict(model);
        Close.AreClose(Floats($"{name}.proba"), probabilities, 2e-3, "probabilities");
        CollectionAssert.AreEqual(Ints($"{name}.pred"), predicted);
        Close.AreClose(Floats($"{name}.exact_coef"), [.. model.Weights.Select(w => (float)w)], 2e-3, "weights");

        // scikit-learn centres the intercepts of several classes no more than we do, but only their differences matter.
        var exact = LogisticRegression.Fit(Floats("x_train"), 12, Ints(labels), classes, new LogisticRegressionSettings(Tolerance: 1e-9, MaxIterations: 1000));
        Close.AreClose(Floats($"{name}.exact_coef"), [.. exact.Weights.Select(w => (float)w)], 1e-4, "exact weights");
        Assert.AreEqual((double)_facts[name]!["exact_objective"]!, exact.Objective, 1e-6);
    }

    [TestMethod]
    public void Classes_named_in_another_order_equal_scikit_learn()
    {
        var names = _facts["y_strings"]!.AsArray().Select(n => (string)n!).ToArray();
        string[] classes = [.. names.Distinct().Order(StringComparer.Ordinal)];
        var model = LogisticRegression.Fit(Floats("x_train"), 12, [.. names.Select(n => Array.IndexOf(classes, n))], 3, Defaults);
        var (probabilities, predicted) = Predict(model);
        Close.AreClose(Floats("strings.proba"), probabilities, 2e-3);
        CollectionAssert.AreEqual(_facts["strings"]!["pred"]!.AsArray().Select(n => (string)n!).ToArray(), predicted.Select(p => classes[p]).ToArray());
    }

    [TestMethod]
    [DataRow(MultiLabelStrategy.OneVsRest, "one_vs_rest", 2e-3)]
    [DataRow(MultiLabelStrategy.MultiOutput, "multi_output", 2e-3)]
    [DataRow(MultiLabelStrategy.ClassifierChain, "classifier_chain", 5e-3)]
    public void Several_labels_equal_scikit_learn(MultiLabelStrategy strategy, string name, double tolerance)
    {
        var head = MultiLabelLogisticRegression.Fit(Floats("x_train"), 12, [.. Ints("y_multilabel").Select(v => v == 1)], 4, strategy, Defaults);
        for (var k = 0; k < 4; k++)
            CheckObjective(_facts[name]!.AsArray()[k]!, head.Models[k].Objective);
        var rows = Floats("x_test");
        var actual = new float[36];
        var scores = new double[4];
        for (var i = 0; i < 9; i++)
        {
            head.Score(rows.AsSpan(i * 12, 12), scores);
            for (var k = 0; k < 4; k++)
                actual[i * 4 + k] = (float)LogisticRegressionModel.Sigmoid(scores[k]);
        }

        var expected = strategy == MultiLabelStrategy.MultiOutput
            ? [.. Floats("multi_output.proba_setfit").Where((_, i) => i % 2 == 1)]
            : Floats($"{name}.proba");
        Close.AreClose(expected, actual, tolerance);
        CollectionAssert.AreEqual(Ints($"{name}.pred"), actual.Select(p => p > 0.5f ? 1 : 0).ToArray());
    }

    [TestMethod]
    public void A_class_weight_counts_as_so_many_copies_of_its_rows()
    {
        var (rows, labels) = (Floats("x_train"), Ints("y_binary"));
        var copies = Enumerable.Range(0, labels.Length).SelectMany(i => Enumerable.Repeat(i, labels[i] == 1 ? 3 : 1)).ToArray();
        var weighted = LogisticRegression.Fit(rows, 12, labels, 2, Defaults with { ClassWeights = [1, 3], Tolerance = 1e-8 });
        var copied = LogisticRegression.Fit([.. copies.SelectMany(i => rows.AsSpan(i * 12, 12).ToArray())], 12, [.. copies.Select(i => labels[i])], 2,
            Defaults with { Tolerance = 1e-8 });
        Close.AreClose([.. copied.Weights.Select(w => (float)w)], [.. weighted.Weights.Select(w => (float)w)], 1e-5);
        Assert.AreEqual(copied.Objective, weighted.Objective, 1e-7);
    }

    [TestMethod]
    public void A_smaller_C_gives_smaller_weights()
    {
        double Norm(double c) => LogisticRegression.Fit(Floats("x_train"), 12, Ints("y"), 3, Defaults with { C = c }).Weights.Sum(w => w * w);
        Assert.IsLessThan(0.1 * Norm(1), Norm(0.01));
        Assert.IsGreaterThan(Norm(1), Norm(100));
    }

    [TestMethod]
    public void A_label_that_is_always_off_is_predicted_off_or_refused()
    {
        bool[] targets = [.. Enumerable.Range(0, 48).Select(i => i % 4 == 0)]; // the second label of two is never on
        var head = MultiLabelLogisticRegression.Fit(Floats("x_train"), 12, targets, 2, MultiLabelStrategy.OneVsRest, Defaults);
        var scores = new double[2];
        head.Score(Floats("x_test").AsSpan(0, 12), scores);
        Assert.AreEqual(0, LogisticRegressionModel.Sigmoid(scores[1]));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            MultiLabelLogisticRegression.Fit(Floats("x_train"), 12, targets, 2, MultiLabelStrategy.MultiOutput, Defaults));
        Assert.AreEqual("Label 1 is off in all 24 examples; MultiOutput needs both.", error.Message);
    }

    [TestMethod]
    public void Features_that_are_not_numbers_are_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => LogisticRegression.Fit([1, float.NaN], 1, [0, 1], 2, Defaults));
        StringAssert.StartsWith(error.Message, "A feature is NaN; finite numbers are needed.");
    }

    private static void CheckObjective(JsonNode facts, double objective)
    {
        Assert.IsLessThanOrEqualTo((double)facts["objective"]! * (1 + 1e-3), objective);
        if (facts["exact_objective"] is { } exact)
            Assert.IsGreaterThanOrEqualTo((double)exact * (1 - 1e-6), objective);
    }

    private (float[] Probabilities, int[] Predicted) Predict(LogisticRegressionModel model)
    {
        var rows = Floats("x_test");
        List<float> probabilities = [];
        List<int> predicted = [];
        var row = new double[model.Classes];
        for (var i = 0; i < 9; i++)
        {
            model.Predict(rows.AsSpan(i * 12, 12), row);
            probabilities.AddRange(row.Select(p => (float)p));
            predicted.Add(Array.IndexOf(row, row.Max()));
        }

        return ([.. probabilities], [.. predicted]);
    }

    private float[] Floats(string name) => ReferenceTensors.Values(_reference[name]);

    private int[] Ints(string name) => [.. ReferenceTensors.Values(_reference[name]).Select(v => (int)v)];
}
