using System.Runtime.InteropServices;
using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>A training or validation set of a cross-encoder as token ids, labels and groups, read once.</summary>
internal sealed class PairTrainingSet
{
    private readonly List<float> _labels = [];
    private readonly List<int> _groups = [];

    public TokenizedTexts Texts { get; } = new();

    public ReadOnlySpan<float> Labels => CollectionsMarshal.AsSpan(_labels);

    /// <summary>The group of each row, from 0, in the order of their first rows.</summary>
    public ReadOnlySpan<int> Groups => CollectionsMarshal.AsSpan(_groups);

    public int Count => _labels.Count;

    public int GroupCount { get; private set; }

    /// <summary>Rows that were left out because they have no label, or no group.</summary>
    public int SkippedRows { get; private set; }

    /// <summary>Reads all rows that have a label and a group.</summary>
    /// <param name="cursor">On the columns that the readers need.</param>
    /// <param name="readTexts">Appends the texts of the cursor's row.</param>
    /// <param name="readLabel">NaN: none.</param>
    /// <param name="readGroup">0: none.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    public static PairTrainingSet Read(DataViewRowCursor cursor, Action<TokenizedTexts> readTexts, Func<float> readLabel, Func<ulong> readGroup,
        CancellationToken cancellationToken)
    {
        var set = new PairTrainingSet();
        Dictionary<ulong, int> groups = [];
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (label, key) = (readLabel(), readGroup());
            if (float.IsNaN(label) || key == 0)
            {
                set.SkippedRows++;
                continue;
            }

            readTexts(set.Texts);
            set._labels.Add(label);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = groups.Count;
            set._groups.Add(group);
        }

        set.GroupCount = groups.Count;
        return set;
    }

    /// <summary>Whether no row has any text: every row is as long as one without text.</summary>
    public bool AllEmpty(int emptyLength)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Texts.Length(i) > emptyLength)
                return false;
        }

        return true;
    }

    /// <summary>Groups that a pairwise loss can learn from.</summary>
    /// <param name="ties">Whether two rows of the same label are enough, or their labels must differ.</param>
    public int GroupsToCompare(bool ties)
    {
        var first = new float[GroupCount];
        Array.Fill(first, float.NaN);
        var compares = new bool[GroupCount];
        for (var row = 0; row < Count; row++)
        {
            ref var label = ref first[_groups[row]];
            if (float.IsNaN(label))
                label = _labels[row];
            else
                compares[_groups[row]] |= ties || label != _labels[row];
        }

        return compares.Count(compared => compared);
    }

    /// <summary>Parts the rows in two at random, by the seed alone.</summary>
    /// <param name="fraction">Share of the second part: at least one row, and one stays in the first.</param>
    /// <param name="byGroup">Whether the rows of a group stay together.</param>
    /// <param name="seed">Of the choice.</param>
    public (PairTrainingSet First, PairTrainingSet Second) Split(double fraction, bool byGroup, int seed)
    {
        var (_, held) = RowSplit.Choose(byGroup ? GroupCount : Count, fraction, seed);
        var back = held.ToHashSet();
        return (Select(row => !IsBack(row)), Select(IsBack));

        bool IsBack(int row) => back.Contains(byGroup ? _groups[row] : row);
    }

    private PairTrainingSet Select(Func<int, bool> wanted)
    {
        var set = new PairTrainingSet();
        Dictionary<int, int> groups = [];
        for (var row = 0; row < Count; row++)
        {
            if (!wanted(row))
                continue;
            set.Texts.Ids.AddRange(Texts.IdsOf(row));
            set.Texts.Commit(Texts.FirstLength(row));
            set._labels.Add(_labels[row]);
            if (!groups.TryGetValue(_groups[row], out var group))
                groups[_groups[row]] = group = groups.Count;
            set._groups.Add(group);
        }

        set.GroupCount = groups.Count;
        return set;
    }
}
