using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The labelled pairs, and all texts that pairs can be chosen among.</summary>
internal sealed class GoldPairs
{
    private readonly TextNumbers _numbers = new();

    /// <summary>Each text once.</summary>
    public IReadOnlyList<string> Texts => _numbers.Texts;

    /// <summary>Numbers of texts.</summary>
    public List<(int First, int Second)> Pairs { get; } = [];

    public List<float> Labels { get; } = [];

    /// <summary>The pairs regardless of which text comes first: lower number first.</summary>
    public HashSet<(int, int)> Known => [.. Pairs.Select(pair => pair.First < pair.Second ? pair : (pair.Second, pair.First))];

    /// <summary>Reads the labelled rows.</summary>
    public static GoldPairs Read(IDataView data, DataViewSchema.Column label, TextColumns columns, ColumnCheck check)
    {
        var gold = new GoldPairs();
        using var cursor = data.GetRowCursor([label, .. columns.Find(data.Schema, check)]);
        var readLabel = NumberColumn.Reader(cursor, cursor.Schema[label.Name]);
        var (first, second) = (Text(cursor, columns.First), Text(cursor, columns.Second!));
        while (cursor.MoveNext())
        {
            var value = readLabel();
            if (float.IsNaN(value))
                continue;
            gold.Pairs.Add((gold._numbers.Add(first()), gold._numbers.Add(second())));
            gold.Labels.Add(value);
        }

        return gold;
    }

    /// <summary>Takes in the texts of rows without labels.</summary>
    public void AddTexts(IDataView data, TextColumns columns, ColumnCheck check)
    {
        check.Text(data.Schema, columns.First, nameof(AugmentedSentenceBertEstimator.Options.UnlabelledTexts));
        string[] names = data.Schema.GetColumnOrNull(columns.Second!) is { Type: TextDataViewType } ? [columns.First, columns.Second!] : [columns.First];
        using var cursor = data.GetRowCursor(names.Select(name => data.Schema[name]));
        var getters = names.Select(name => Text(cursor, name)).ToArray();
        while (cursor.MoveNext())
        {
            foreach (var getter in getters)
                _numbers.Add(getter());
        }
    }

    private static Func<string> Text(DataViewRow row, string name)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[name]);
        var value = default(ReadOnlyMemory<char>);
        return () =>
        {
            getter(ref value);
            return value.ToString();
        };
    }
}
