using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Whether few-shot examples can be learned from, and what about them deserves a warning.</summary>
internal static class ExampleChecks
{
    private const int MostNamed = 10;

    /// <exception cref="InvalidOperationException">There is nothing to tell apart.</exception>
    public static void Usable(ExampleSet set, SetFitOptions options, IChannel channel, bool isDistilled)
    {
        var component = options.Component;
        if (set.Count == 0)
        {
            throw new InvalidOperationException(set switch
            {
                { Unlabelled: > 0, Empty: 0 } => $"None of the {set.Unlabelled} rows of the training set has a label in column '{options.LabelColumnName}'.",
                { Empty: > 0, Unlabelled: 0 } => $"Column '{options.Sentence1ColumnName}' is empty in all {set.Empty} rows of the training set: {component} has no text to learn from.",
                { Empty: > 0 } => $"None of the {set.Empty + set.Unlabelled} rows of the training set has both text and label.",
                _ => $"The training set is empty: {component} needs rows with a label in column '{options.LabelColumnName}'.",
            });
        }

        var counts = set.Labels.Counts();
        if (set.Labels.AreSeveral)
        {
            if (counts.All(c => c == 0 || c == set.Count))
                throw new InvalidOperationException($"All {set.Count} rows have the same labels in column '{options.LabelColumnName}'; {component} needs rows that differ.");
        }
        else if (counts.Count(c => c > 0) < 2)
        {
            var where = isDistilled ? "The teacher gives one class only" : $"Column '{options.LabelColumnName}' has one class only";
            throw new InvalidOperationException(
                $"{where}, '{set.Labels.Names[set.Labels.Classes[0]]}', in all {set.Count} rows; {component} needs at least two.");
        }

        if (options.ValidationFraction > 0 && set.Count < 3)
        {
            throw new InvalidOperationException(
                $"The training set has {set.Count} rows, too few to keep some back for '{nameof(SetFitOptions.ValidationFraction)}'.");
        }

        Warn(channel, set, counts, 1, options.TrainBody ? "one example only; SetFit learns from pairs of examples, two at least are better" : "one example only");
        Warn(channel, set, counts, 0, set.Labels.AreSeveral ? "no example" : "no example, and will never be predicted");
    }

    /// <summary>Says when an epoch has pairs more than once.</summary>
    public static void WarnOfRepeats(ExampleSet set, int iterations, IChannel channel)
    {
        var (positives, negatives) = CountPairs(set);
        var wanted = (long)iterations * set.Count;
        if (wanted > Math.Min(positives, negatives))
        {
            channel.Warning(MessageSensitivity.None, "'{0}' is {1}, which asks for {2} positive and {2} negative pairs of {3} examples, but there are {4} and {5}: "
                + "some come more than once.", nameof(SetFitOptions.Iterations), iterations, wanted, set.Count, positives, negatives);
        }
    }

    /// <summary>The pairs there are, each text with itself included.</summary>
    private static (long Positives, long Negatives) CountPairs(ExampleSet set)
    {
        var (positives, all) = (0L, (long)set.Count * (set.Count + 1) / 2);
        for (var i = 0; i < set.Count; i++)
        {
            for (var j = i; j < set.Count; j++)
                positives += set.Labels.Alike(i, j) ? 1 : 0;
        }

        return (positives, all - positives);
    }

    private static void Warn(IChannel channel, ExampleSet set, int[] counts, int count, string what)
    {
        string[] names = [.. set.Labels.Names.Where((_, k) => counts[k] == count)];
        if (names.Length == 0)
            return;
        var named = string.Join(", ", names.Take(MostNamed).Select(n => $"'{n}'")) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
        channel.Warning(MessageSensitivity.Schema, "{0} {1} {2} {3}.", set.Labels.AreSeveral ? "Label" : "Class", named, names.Length == 1 ? "has" : "have", what);
    }
}
