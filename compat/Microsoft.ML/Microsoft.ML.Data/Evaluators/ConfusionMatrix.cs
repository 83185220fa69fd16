using System.Text;

namespace Microsoft.ML.Data;

/// <summary>The number of rows by class and predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _names;
    private readonly bool _isBinary;
    private string _formatted;

    internal ConfusionMatrix(double[][] counts, string[] names, bool isBinary)
    {
        _names = names;
        _isBinary = isBinary;
        NumberOfClasses = counts.Length;
        Counts = counts;
        PerClassRecall = [.. counts.Select((row, i) => Ratio(row[i], row.Sum()))];
        PerClassPrecision = [.. Enumerable.Range(0, counts.Length).Select(i => Ratio(counts[i][i], counts.Sum(row => row[i])))];
    }

    /// <summary>For each class the share of its rows among those predicted to be of it.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>For each class the share of its rows that are predicted to be of it.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>The number of rows: the first index is the true class, the second the predicted one.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    /// <summary>The number of classes.</summary>
    public int NumberOfClasses { get; }

    /// <summary>The number of rows of a class that are predicted to be of another.</summary>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        Check(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    /// <summary>The matrix as a table for readers.</summary>
    public string GetFormattedConfusionTable() => _formatted ??= Format();

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private void Check(int index, string parameter)
    {
        if ((uint)index >= (uint)NumberOfClasses)
        {
            throw Errors.Parameter("Invalid index. Should be non-negative, less than the number of classes.", parameter);
        }
    }

    // ML.NET's layout. Names that are too long for the header of a column give way to numbers, which then stand before the names of the rows as well.
    private string Format()
    {
        int width = NumberOfClasses == 2 ? 8 : 5;
        int longest = _names.Max(name => name.Length);
        bool numbered = longest > width;
        int digits = numbered ? (_names.Length - 1).ToString().Length : 0;
        int labelWidth = Math.Max("PREDICTED".Length, numbered ? longest + digits + 2 : longest);
        string pad = new(' ', labelWidth - "PREDICTED".Length);
        string rule = string.Concat(Enumerable.Repeat(NumberOfClasses > 2 ? "========" : "===========", NumberOfClasses));
        StringBuilder table = new();
        if (NumberOfClasses == 2 && _isBinary)
        {
            double positives = Counts[0].Sum();
            double negatives = Counts[1].Sum();
            table.Append($"TEST {_names[0].ToUpper()} RATIO:\t{positives / (positives + negatives):N4} ({positives:F1}/({positives:F1}+{negatives:F1}))");
        }

        table.AppendLine().AppendLine("Confusion table");
        table.AppendLine($"          {pad}||{rule}");
        table.Append($"PREDICTED {pad}||");
        for (int i = 0; i < NumberOfClasses; i++)
        {
            table.Append($" {(numbered ? i.ToString() : _names[i]).PadLeft(width)} |");
        }

        table.AppendLine(" Recall");
        table.AppendLine($"TRUTH     {pad}||{rule}");
        for (int i = 0; i < NumberOfClasses; i++)
        {
            string label = numbered ? $"{i.ToString().PadLeft(digits)}. {_names[i].PadLeft(labelWidth - digits - 2)}" : _names[i].PadLeft(labelWidth);
            table.Append($"{label} ||");
            foreach (double count in Counts[i])
            {
                table.Append($" {count.ToString("N0").PadLeft(width)} |");
            }

            table.AppendLine($" {PerClassRecall[i],5:F4}");
        }

        table.AppendLine($"          {pad}||{rule}");
        table.Append($"Precision {pad}||");
        foreach (double precision in PerClassPrecision)
        {
            table.Append($"{precision.ToString("N4").PadLeft(width + 1)} |");
        }

        return table.AppendLine().ToString();
    }
}
