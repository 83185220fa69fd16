using System.Diagnostics;
using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Helpers for learning from a few examples, in ML.NET's catalogs.</summary>
public static class FewShotCatalog
{
    /// <summary>What <see cref="CreateTemplatedExamples"/> replaces in a template.</summary>
    public const string LabelPlaceholder = "{label}";

    /// <summary>As many rows of each class, drawn by a seed.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="data">The rows to draw from.</param>
    /// <param name="labelColumnName">Label column: text, key, Boolean or number. Rows without a label are not drawn.</param>
    /// <param name="perClass">Rows of each class; a class with fewer gives all it has.</param>
    /// <param name="seed">Of the draw: the same seed and data give the same rows.</param>
    /// <returns>The rows in the order they have in <paramref name="data"/>, with all columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type, or <paramref name="perClass"/> is below 1.</exception>
    /// <example><code language="csharp">
    /// IDataView eightOfEach = ml.Data.SampleFewShot(data, "Label", perClass: 8, seed: 1);
    /// </code></example>
    public static IDataView SampleFewShot(this DataOperationsCatalog catalog, IDataView data, string labelColumnName = "Label", int perClass = 8, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        CheckPerClass(perClass);
        return Draw(data, RowsOfClasses(data, labelColumnName), perClass, seed);
    }

    /// <summary>Examples made of labels alone, to learn from where there are none: "This sentence is sadness".</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="labels">The classes' names, as words that say what the texts are about.</param>
    /// <param name="template">A sentence with <c>{label}</c> in it.</param>
    /// <param name="perLabel">Rows of each label. Default 2, as in setfit; equal texts are trained on as one.</param>
    /// <returns>Columns <c>Label</c> and <c>Text</c>, both text.</returns>
    /// <remarks>setfit's <c>get_templated_dataset</c>. A little labelled data added to it, or instead of it, does better.</remarks>
    /// <exception cref="ArgumentException">Fewer than two labels, one twice or empty, or a template without <c>{label}</c>.</exception>
    public static IDataView CreateTemplatedExamples(
        this DataOperationsCatalog catalog, IEnumerable<string> labels, string template = "This sentence is {label}", int perLabel = 2)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(template);
        if (perLabel < 1)
            throw new ArgumentOutOfRangeException(nameof(perLabel), perLabel, $"'{nameof(perLabel)}' is {perLabel}; 1 or more is needed.");
        if (!template.Contains(LabelPlaceholder, StringComparison.Ordinal))
            throw new ArgumentException($"The template '{template}' has no {LabelPlaceholder}, where the label's name goes.", nameof(template));
        string[] names = [.. labels];
        if (names.Length < 2)
            throw new ArgumentException($"{names.Length} label is given; at least two are needed.", nameof(labels));
        if (names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A label is empty; its name is needed.", nameof(labels));
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Label '{twice.Key}' is given {twice.Count()} times.", nameof(labels));
        return catalog.LoadFromEnumerable(names.SelectMany(name => Enumerable.Repeat(
            new TemplatedExample { Label = name, Text = template.Replace(LabelPlaceholder, name, StringComparison.Ordinal) }, perLabel)).ToArray());
    }

    /// <summary>
    /// Trains on several few-shot samples, each drawn by a seed, and measures every model on one test set: few-shot scores vary with the sample, so only their mean
    /// and deviation say how good a method is.
    /// </summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification</c>.</param>
    /// <param name="data">The labelled rows to draw from.</param>
    /// <param name="testSet">The labelled rows to measure on.</param>
    /// <param name="estimator">The pipeline; it makes the label a key itself where it is none.</param>
    /// <param name="perClass">Rows of each class in a sample.</param>
    /// <param name="numberOfSeeds">Number of samples.</param>
    /// <param name="firstSeed">The first sample's seed; the others' follow.</param>
    /// <param name="labelColumnName">Label column.</param>
    /// <param name="scoreColumnName">The column of the scores that the pipeline adds.</param>
    /// <returns>Each run's metrics, and mean and deviation over them. Models are disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number that makes no sense, or a label column that is missing.</exception>
    public static FewShotEvaluation EvaluateFewShot(this MulticlassClassificationCatalog catalog, IDataView data, IDataView testSet,
        IEstimator<ITransformer> estimator, int perClass = 8, int numberOfSeeds = 5, int firstSeed = 0, string labelColumnName = "Label",
        string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(testSet);
        ArgumentNullException.ThrowIfNull(estimator);
        if (numberOfSeeds < 1)
            throw new ArgumentOutOfRangeException(nameof(numberOfSeeds), numberOfSeeds, $"'{nameof(numberOfSeeds)}' is {numberOfSeeds}; 1 or more is needed.");
        CheckPerClass(perClass);
        var classes = RowsOfClasses(data, labelColumnName);
        List<FewShotRun> runs = [];
        for (var seed = firstSeed; seed < firstSeed + numberOfSeeds; seed++)
        {
            var sample = Draw(data, classes, perClass, seed);
            var clock = Stopwatch.StartNew();
            var model = estimator.Fit(sample);
            clock.Stop();
            try
            {
                runs.Add(new FewShotRun(seed, catalog.Evaluate(model.Transform(testSet), labelColumnName, scoreColumnName), clock.Elapsed));
            }
            finally
            {
                (model as IDisposable)?.Dispose();
            }
        }

        return new FewShotEvaluation(perClass, runs);
    }

    private static void CheckPerClass(int perClass)
    {
        if (perClass < 1)
            throw new ArgumentOutOfRangeException(nameof(perClass), perClass, $"'{nameof(perClass)}' is {perClass}; 1 or more is needed.");
    }

    private static SortedDictionary<string, List<long>> RowsOfClasses(IDataView data, string labelColumnName)
    {
        var column = ClassNames.Find(data.Schema, labelColumnName, new ColumnCheck(nameof(SampleFewShot)));
        var classes = new SortedDictionary<string, List<long>>(StringComparer.Ordinal);
        using var cursor = data.GetRowCursor([column]);
        var read = ClassNames.Reader(cursor, column);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (read() is not { } name)
                continue;
            if (!classes.TryGetValue(name, out var rows))
                classes[name] = rows = [];
            rows.Add(row);
        }

        return classes;
    }

    private static SelectedRows Draw(IDataView data, SortedDictionary<string, List<long>> classes, int perClass, int seed)
    {
        List<long> drawn = [];
        foreach (var (name, rows) in classes)
        {
            // A class draws the same rows whatever other classes there are.
            var all = rows.ToArray();
            new SeededRandom(SeededRandom.Derive(seed, "few shots of " + name)).Shuffle<long>(all);
            drawn.AddRange(all.Take(perClass));
        }

        drawn.Sort();
        return new SelectedRows(data, drawn);
    }
}
