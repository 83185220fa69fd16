using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Reads a corpus into vectors, ids and texts.</summary>
internal sealed class SearchCorpusReader(SearchColumns columns, bool skipsDuplicates, bool normalizes)
{
    // A name that no column of a user's has.
    private const string VectorColumn = "MLNetNlp.SearchSimilar.Vector";
    private readonly List<float> _vectors = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _texts = [];
    private int _empty;
    private int _duplicates;

    /// <summary>Reads further entries.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="embedder">Embeds texts; null: the column holds vectors.</param>
    /// <param name="before">The entries that are there already; null: none.</param>
    /// <param name="channel">Where is told what was left out; null: nowhere.</param>
    /// <exception cref="ArgumentException">An id twice, or a vector with a number that is not finite; the message names the row.</exception>
    public (float[] Vectors, SearchCorpus Corpus) Read(IDataView data, SentenceEmbedder? embedder, SearchCorpus? before, IChannel? channel)
    {
        // What is read here is embedded by the same code as by EmbedSentences: windows of rows in batches of like length.
        var vectorName = embedder is null ? columns.Corpus : VectorColumn;
        var source = embedder is null ? data : new SentenceEmbeddingTransformer(embedder, columns.Corpus, VectorColumn).Transform(data);
        var textName = columns.Text ?? (embedder is null ? null : columns.Corpus);
        string[] names = [vectorName, .. ((string?[])[textName, columns.Id, embedder is null ? null : columns.Corpus]).OfType<string>()];
        using var cursor = source.GetRowCursor(names.Distinct().Select(name => source.Schema[name]));
        var vector = cursor.GetGetter<VBuffer<float>>(cursor.Schema[vectorName]);
        var text = textName is null ? null : cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[textName]);
        var searched = embedder is null ? null : cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[columns.Corpus]);
        var id = IdReader(cursor);
        Dictionary<string, long> rowOfId = new(StringComparer.Ordinal);
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var old in before?.Ids ?? [])
            rowOfId[old] = -1;
        if (skipsDuplicates)
            known.UnionWith(before?.Texts ?? []);
        VBuffer<float> numbers = default;
        ReadOnlyMemory<char> characters = default;
        var row = before?.RowCount ?? 0;
        for (long at = 0; cursor.MoveNext(); at++, row++)
        {
            searched?.Invoke(ref characters);
            if (searched is not null && characters.Span.IsWhiteSpace())
            {
                _empty++;
                continue;
            }

            vector(ref numbers);
            text?.Invoke(ref characters);
            var content = text is null ? null : characters.ToString();
            if (content is not null && !known.Add(content))
            {
                _duplicates++;
                if (skipsDuplicates)
                    continue;
            }

            if (!AddVector(numbers, at, isText: embedder is not null))
                continue;
            AddId(id(row), at, rowOfId);
            if (content is not null)
                _texts.Add(content);
        }

        Tell(channel);
        return ([.. _vectors], new SearchCorpus([.. before?.Ids ?? [], .. _ids], text is null ? null : [.. before?.Texts ?? [], .. _texts], row));
    }

    private bool AddVector(in VBuffer<float> numbers, long row, bool isText)
    {
        var start = _vectors.Count;
        var isZero = true;
        foreach (var number in numbers.DenseValues())
        {
            if (!float.IsFinite(number))
            {
                throw new ArgumentException($"Row {row} of column '{columns.Corpus}' {(isText ? "gets a vector from the model that holds" : "holds")} {number}, but "
                    + $"{columns.Component} needs finite numbers.");
            }

            isZero &= number == 0;
            _vectors.Add(number);
        }

        if (!isZero || !normalizes)
            return true;
        _vectors.RemoveRange(start, _vectors.Count - start);
        _empty++;
        return false;
    }

    private void AddId(string id, long row, Dictionary<string, long> rowOfId)
    {
        if (!rowOfId.TryAdd(id, row))
        {
            var first = rowOfId[id] < 0 ? "in the index already" : $"in row {rowOfId[id]} too";
            throw new ArgumentException($"Id '{id}' in row {row} is {first}, but {columns.Component} needs each id once.");
        }

        _ids.Add(id);
    }

    private Func<long, string> IdReader(DataViewRow row)
    {
        if (columns.Id is null)
            return number => number.ToString(CultureInfo.InvariantCulture);
        var column = row.Schema[columns.Id];
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Int32 => Reader<int>(row, column),
            TypeCode.Int64 => Reader<long>(row, column),
            TypeCode.UInt32 => Reader<uint>(row, column),
            TypeCode.UInt64 => Reader<ulong>(row, column),
            _ => Reader<ReadOnlyMemory<char>>(row, column),
        };
    }

    private static Func<long, string> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return _ =>
        {
            getter(ref value);
            return Convert.ToString((object?)value, CultureInfo.InvariantCulture) ?? "";
        };
    }

    private void Tell(IChannel? channel)
    {
        channel?.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant($"{_ids.Count} entries of the corpus were read."));
        if (_empty > 0)
            channel?.Warning(MessageSensitivity.None, "{0}", FormattableString.Invariant($"{_empty} rows of the corpus are empty and were left out."));
        if (_duplicates > 0 && skipsDuplicates)
        {
            channel?.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant($"{_duplicates} rows of the corpus repeat a text and were left out."));
        }
        else if (_duplicates > 0)
        {
            channel?.Warning(MessageSensitivity.None, "{0} rows of the corpus repeat a text and are entries of their own; '{1}' leaves them out.",
                _duplicates, nameof(SimilaritySearchEstimator.Options.SkipDuplicates));
        }
    }
}
