using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Tokenizers;

namespace MLNetNlp;

/// <summary>Few-shot examples, read once: texts in a pool, where equal texts are one, and their labels.</summary>
internal sealed class ExampleSet
{
    private const int MostNamed = 5;
    private readonly List<int> _texts = [];

    private ExampleSet(TextPool pool, ExampleLabels labels) => (Pool, Labels) = (pool, labels);

    public TextPool Pool { get; }

    public ExampleLabels Labels { get; }

    /// <summary>The number in the pool of each example's text.</summary>
    public IReadOnlyList<int> Texts => _texts;

    public int Count => _texts.Count;

    /// <summary>Rows that were left out because they have no label.</summary>
    public int Unlabelled { get; private set; }

    /// <summary>Rows that were left out because they have no text.</summary>
    public int Empty { get; private set; }

    /// <summary>Reads all rows that have text and label.</summary>
    public static ExampleSet Read(IDataView data, ILabelSource label, DataViewSchema.Column text, TextTokenizer tokenizer, int maxLength, CancellationToken cancellation)
    {
        var set = new ExampleSet(new TextPool(tokenizer, maxLength), new ExampleLabels(label.Names, label.AreSeveral));
        using var cursor = data.GetRowCursor([text, .. label.Columns(data.Schema)]);
        var addLabel = label.Reader(cursor, set.Labels);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(text);
        ReadOnlyMemory<char> value = default;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            getter(ref value);
            if (value.Span.IsWhiteSpace())
                set.Empty++;
            else if (!addLabel())
                set.Unlabelled++;
            else
                set._texts.Add(set.Pool.Add(value.ToString()));
        }

        return set;
    }

    /// <summary>Replaces the classes by those of the highest of a text's logits.</summary>
    /// <param name="logitsOf">The logits of a text, by its number in the pool.</param>
    public void Relabel(Func<int, float[]> logitsOf)
    {
        Labels.Clear();
        foreach (var text in _texts)
            Labels.Add(Math.Max(0, (int)Probabilities.BestKey(logitsOf(text)) - 1));
    }

    /// <summary>Parts the set in two.</summary>
    public (ExampleSet First, ExampleSet Second) Split(int[] first, int[] second) => (Select(first), Select(second));

    /// <summary>Says what is odd about the examples: rows left out, a class with one example, a text with several labels.</summary>
    public void Warn(IChannel channel, string name, string labelColumn, string textColumn)
    {
        if (Unlabelled > 0)
        {
            channel.Warning(MessageSensitivity.Schema, "{0} of {1} rows of the {2} have no label in column '{3}' and were left out.",
                Unlabelled, Unlabelled + Empty + Count, name, labelColumn);
        }

        if (Empty > 0)
        {
            channel.Warning(MessageSensitivity.Schema, "{0} of {1} rows of the {2} have no text in column '{3}' and were left out.",
                Empty, Unlabelled + Empty + Count, name, textColumn);
        }

        var contradictions = Enumerable.Range(0, Count).GroupBy(i => _texts[i])
            .Select(examples => (Text: Pool.Strings[examples.Key], Labels: examples.Select(Labels.Describe).Distinct().ToArray()))
            .Where(group => group.Labels.Length > 1).ToArray();
        foreach (var (text, labels) in contradictions.Take(MostNamed))
            channel.Warning(MessageSensitivity.UserData, "The text '{0}' has different labels: {1}.", text, string.Join(", ", labels));
        if (contradictions.Length > MostNamed)
            channel.Warning(MessageSensitivity.None, "{0} more texts have different labels.", contradictions.Length - MostNamed);
    }

    private ExampleSet Select(int[] rows)
    {
        var set = new ExampleSet(Pool, new ExampleLabels(Labels.Names, Labels.AreSeveral));
        var (classes, targets, width) = (Labels.Classes, Labels.Targets, Labels.Names.Count);
        foreach (var row in rows)
        {
            set._texts.Add(_texts[row]);
            if (Labels.AreSeveral)
                set.Labels.Add(targets.AsSpan(row * width, width));
            else
                set.Labels.Add(classes[row]);
        }

        return set;
    }
}
