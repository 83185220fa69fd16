using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Tagging;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Where the tags of a training set's words come from: a column of tags, or columns of entity spans.</summary>
internal abstract class TagSource
{
    private protected const string Option = "LabelColumnName";

    /// <summary>The columns that are read.</summary>
    public abstract IReadOnlyList<DataViewSchema.Column> Columns { get; }

    /// <summary>The tags that the columns themselves name, as key columns do; null when the rows have to be read for that.</summary>
    public virtual IReadOnlyList<string>? KnownTags => null;

    /// <summary>The key values that <see cref="KnownTags"/> stand for.</summary>
    public virtual KeyValues? Values => null;

    /// <summary>How the tags spell entities, where the source itself decides that.</summary>
    public virtual TagScheme? Scheme => null;

    /// <summary>Where the words of a text column are, when nobody says: tags are by white space, spans may begin and end at punctuation.</summary>
    public virtual WordBoundaries DefaultBoundaries => WordBoundaries.WhiteSpace;

    /// <summary>Reads the tags of the words of the row that the cursor is on; null for a word without one.</summary>
    public abstract Func<Sentence, string?[]> Reader(DataViewRow row);

    /// <summary>Finds and checks the columns.</summary>
    /// <param name="schema">The data's.</param>
    /// <param name="name">The option's value: a column of tags, or what the names of the columns of spans begin with.</param>
    /// <param name="check">Names the component in errors.</param>
    public static TagSource Find(DataViewSchema schema, string name, ColumnCheck check)
    {
        if (schema.GetColumnOrNull(name) is null && SpanTags.Names(name).All(span => schema.GetColumnOrNull(span) is not null))
            return SpanTags.Find(schema, name, check);
        var column = check.Find(schema, name, Option, Needed(name), type => type is VectorDataViewType { ItemType: KeyDataViewType or TextDataViewType });
        if (((VectorDataViewType)column.Type).ItemType is not KeyDataViewType key)
            return new TextTags(column);
        check.CheckCount(key, name, Option);
        return new KeyTags(column, key);
    }

    /// <summary>Checks the columns and gives key values of the type of those to come.</summary>
    public static KeyValues? Check(SchemaShape shape, string name, ColumnCheck check)
    {
        if (!Has(shape, name) && SpanTags.Names(name).All(span => Has(shape, span)))
        {
            SpanTags.Check(shape, name, check);
            return KeyValues.OfText(["", ""]);
        }

        var column = check.Find(shape, name, Option, Needed(name),
            c => c.Kind != SchemaShape.Column.VectorKind.Scalar && (c.IsKey || c.ItemType is TextDataViewType));
        return column.IsKey ? KeyValues.Placeholder(column, 2) : KeyValues.OfText(["", ""]);
    }

    private static string Needed(string name) =>
        $"a vector of tags (keys, which MapValueToKey makes, or text), or the columns {string.Join(", ", SpanTags.Names(name).Select(n => $"'{n}'"))},";

    private static bool Has(SchemaShape shape, string name) => shape.Any(c => c.Name == name);
}
