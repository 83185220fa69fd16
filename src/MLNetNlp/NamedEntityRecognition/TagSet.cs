using MLNetNlp.Metrics.Tagging;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The tags that a model tells apart, in the order of its logits.</summary>
internal sealed class TagSet
{
    /// <summary>The tag that words outside of entities have by convention.</summary>
    public const string OutsideName = "O";

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly EntityTag[] _tags;

    /// <summary>A tag set.</summary>
    /// <param name="names">The tags. Where words that have no key are outside of entities, one more than the key has values: the last.</param>
    /// <param name="values">The key values that the tags stand for; null for keys without.</param>
    /// <param name="keyCount">The key's number of values.</param>
    /// <param name="scheme">How the tags spell entities.</param>
    public TagSet(IReadOnlyList<string> names, KeyValues? values, int keyCount, TagScheme scheme)
    {
        Names = names;
        Values = values;
        KeyCount = keyCount;
        Scheme = scheme;
        for (var i = 0; i < names.Count; i++)
            _indexes.TryAdd(names[i], i);
        Outside = names.Count > keyCount ? keyCount : FindOutside(names);
        _tags = [.. names.Select((name, i) => i == Outside ? new EntityTag(name, false, false) : EntityTag.Parse(name, scheme))];
    }

    public IReadOnlyList<string> Names { get; }

    public KeyValues? Values { get; }

    public int KeyCount { get; }

    public TagScheme Scheme { get; }

    /// <summary>Number of tags: of logits.</summary>
    public int Count => Names.Count;

    /// <summary>The tag of words outside of entities: "O", else "0"; -1 where every word has a type, as parts of speech.</summary>
    public int Outside { get; }

    /// <summary>The parts of a tag.</summary>
    public EntityTag this[int index] => _tags[index];

    /// <summary>The number of a tag; -1 when it is not of this set.</summary>
    public int IndexOf(string? name) => name is null ? -1 : _indexes.GetValueOrDefault(name, -1);

    /// <summary>The key of a tag, from 1; 0 (missing) for words outside where the key has no value for them.</summary>
    public uint KeyOf(int index) => index < KeyCount ? (uint)index + 1 : 0;

    /// <summary>The tag's text, "O" for words outside of entities.</summary>
    public string Spelled(int index) => index == Outside ? OutsideName : Names[index];

    /// <summary>The tag of a word's later sub-words, where those carry one: that which continues what this begins, if the set has it.</summary>
    public int Continuation(int index)
    {
        var name = Names[index];
        if (name != "B" && !name.StartsWith("B-", StringComparison.Ordinal))
            return index;
        var inside = IndexOf('I' + name[1..]);
        return inside >= 0 ? inside : IndexOf('M' + name[1..]) is >= 0 and var middle ? middle : index;
    }

    /// <summary>The tags of a key column.</summary>
    /// <param name="names">The key's values as text.</param>
    /// <param name="values">The key's values.</param>
    /// <param name="missingIsOutside">Whether there are words without a key, and no value that says outside: then these words are outside.</param>
    /// <param name="scheme">How the tags spell entities.</param>
    public static TagSet OfKey(IReadOnlyList<string> names, KeyValues? values, bool missingIsOutside, TagScheme scheme) =>
        missingIsOutside && FindOutside(names) < 0 ? new([.. names, OutsideName], values, names.Count, scheme) : new(names, values, names.Count, scheme);

    /// <summary>The tags that a training set has, in order of first appearance, outside first; each type gets every letter of the scheme.</summary>
    public static TagSet OfTexts(IEnumerable<string> tags, TagScheme scheme)
    {
        List<string> seen = [.. tags.Distinct(StringComparer.Ordinal)];
        var outside = FindOutside(seen);
        List<string> names = outside >= 0 ? [seen[outside]] : [];
        var others = seen.Where((_, i) => i != outside);
        names.AddRange(scheme == TagScheme.Plain ? others : others.Select(tag => TagSchemes.TypeOf(tag, scheme)!).Distinct(StringComparer.Ordinal)
            .SelectMany(type => TagSchemes.Letters(scheme).Where(letter => letter != 'O').Select(letter => new Tag(letter, type).ToString())));
        return new TagSet(names, KeyValues.OfText(names), names.Count, scheme);
    }

    /// <summary>Whether a tag is that of words outside of entities.</summary>
    public static bool IsOutside(string? name) => name is OutsideName or "0";

    private static int FindOutside(IReadOnlyList<string> names)
    {
        var zero = -1;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == OutsideName)
                return i;
            if (IsOutside(names[i]))
                zero = i;
        }

        return zero;
    }
}
