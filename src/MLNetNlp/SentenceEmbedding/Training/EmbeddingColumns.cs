using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns of a data set that sentence embeddings are trained or validated on. Which there must be follows from the loss.</summary>
public sealed record EmbeddingColumns
{
    /// <summary>Text column: the first text of a pair, the anchor, the query, or the only text. Default <c>Sentence1</c>. Missing counts as empty.</summary>
    public string Sentence1ColumnName { get; init; } = "Sentence1";

    /// <summary>Text column: the second text of a pair, the positive. Default null: single texts.</summary>
    public string? Sentence2ColumnName { get; init; }

    /// <summary>Text columns of hard negatives: texts that are like the first in words but not in meaning. Default: none.</summary>
    public IReadOnlyList<string> NegativeColumnNames { get; init; } = [];

    /// <summary>
    /// The label: a score (Single), whether the texts belong together (Boolean), a class (key), or a teacher's numbers (vector of Single). Default null:
    /// there is none. Rows without a label are left out.
    /// </summary>
    public string? LabelColumnName { get; init; }

    /// <summary>The text columns in the order of a loss's inputs.</summary>
    internal IReadOnlyList<(string Option, string Name)> Texts
    {
        get
        {
            List<(string, string)> texts = [(nameof(Sentence1ColumnName), Sentence1ColumnName)];
            if (Sentence2ColumnName is not null)
                texts.Add((nameof(Sentence2ColumnName), Sentence2ColumnName));
            texts.AddRange(NegativeColumnNames.Select(name => (nameof(NegativeColumnNames), name)));
            return texts;
        }
    }

    /// <summary>All columns, with the option that names each.</summary>
    internal IEnumerable<(string Option, string Name)> Names => LabelColumnName is null ? Texts : [.. Texts, (nameof(LabelColumnName), LabelColumnName)];

    /// <exception cref="ArgumentException">Negatives without a positive.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(NegativeColumnNames);
        if (NegativeColumnNames.Count > 0 && Sentence2ColumnName is null)
        {
            throw new ArgumentException(
                $"'{nameof(NegativeColumnNames)}' is given, but '{nameof(Sentence2ColumnName)}' with the positives is not.", nameof(Sentence2ColumnName));
        }
    }

    /// <summary>Finds and checks the text columns.</summary>
    internal IReadOnlyList<DataViewSchema.Column> FindTexts(DataViewSchema schema, ColumnCheck check) =>
        [.. Texts.Select(text => check.Text(schema, text.Name, text.Option))];
}
