using System.Globalization;
using Microsoft.ML.Data;

namespace MLNetNlp.Cli.Output;

/// <summary>A confusion matrix as lines of text: a row a true class, a column a predicted class, recall and precision at the edges.</summary>
internal static class ConfusionTable
{
    private const int MostClasses = 12;
    private const int MostWidth = 14;

    /// <summary>The table, or nothing when there are too many classes to read.</summary>
    public static IEnumerable<string> Lines(ConfusionMatrix matrix, IReadOnlyList<string> classes)
    {
        if (matrix.NumberOfClasses > MostClasses || matrix.NumberOfClasses != classes.Count)
            yield break;
        var names = classes.Select(name => name.Length <= MostWidth ? name : name[..(MostWidth - 1)] + "…").ToArray();
        var width = Math.Max(9, names.Max(name => name.Length));
        string Row(string first, IEnumerable<string> cells, string last) => first.PadRight(width + 2) + string.Concat(cells.Select(cell => cell.PadLeft(width + 1))) + "  " + last;

        yield return "";
        yield return Row("true \\ said", names, "   recall");
        for (var i = 0; i < names.Length; i++)
            yield return Row(names[i], matrix.Counts[i].Select(count => count.ToString("0", CultureInfo.InvariantCulture)), Share(matrix.PerClassRecall[i]).PadLeft(9));
        yield return Row("precision", matrix.PerClassPrecision.Select(Share), "");
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
