using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Hard negatives in ML.NET's catalog of data operations.</summary>
public static class HardNegativesCatalog
{
    private const string Component = "MineHardNegatives";
    private static readonly ColumnCheck Check = new(Component);

    /// <summary>Finds for each pair of anchor and positive texts that are like the anchor and do not belong to it, to train on as hard negatives.</summary>
    /// <remarks>
    /// Candidates are the positives of other anchors and the corpus; all positives of the anchor are left out. They are ordered by the cosine with the anchor,
    /// or by a cross-encoder's score; those outside the limits are dropped; of the rest those within the range are chosen from. All positives of an anchor get
    /// the same negatives. As sentence-transformers' <c>mine_hard_negatives</c>, but for this: the anchor itself is never its own negative, rows with an empty
    /// text are left out, a cross-encoder orders candidates without limits too, and random sampling without limits has more than one candidate to spare.
    /// </remarks>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="pairs">Anchors and positives.</param>
    /// <param name="embedder">Compares texts: what <c>EmbedSentences</c> or <c>TrainSentenceEmbeddings</c> fit.</param>
    /// <param name="options">Columns, corpus, limits and margins; null: three negatives a pair, without limits.</param>
    /// <returns>
    /// Text columns: anchor, positive, and <c>Negative</c>, a row for each negative; or <c>Negative1</c>, <c>Negative2</c> ..., a row for each pair.
    /// </returns>
    /// <exception cref="ArgumentException">A column is missing or is not text, or an option makes no sense.</exception>
    /// <exception cref="InvalidOperationException">There is no pair, or no candidate is within the limits.</exception>
    /// <example><code language="csharp">
    /// IDataView triplets = ml.Data.MineHardNegatives(pairs, embedder, new() { NumberOfNegatives = 1, RelativeMargin = 0.05f });
    /// </code></example>
    public static IDataView MineHardNegatives(
        this DataOperationsCatalog catalog, IDataView pairs, SentenceEmbeddingTransformer embedder, HardNegativeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(embedder);
        options ??= new HardNegativeOptions();
        options.Validate();
        var corpus = new TextNumbers();
        List<(string Anchor, int Positive)> rows = [];
        HashSet<(string, int)> known = [];
        foreach (var row in Read(pairs, (options.Sentence1ColumnName, nameof(options.Sentence1ColumnName)), (options.Sentence2ColumnName, nameof(options.Sentence2ColumnName))))
        {
            if (corpus.Add(row[1]) is var positive && known.Add((row[0], positive)))
                rows.Add((row[0], positive));
        }

        if (rows.Count == 0)
            throw new InvalidOperationException($"There is no row with a text in both '{options.Sentence1ColumnName}' and '{options.Sentence2ColumnName}': nothing to mine for.");
        if (options.Corpus is { } further)
        {
            foreach (var row in Read(further, (options.CorpusColumnName, nameof(options.CorpusColumnName))))
                corpus.Add(row[0]);
        }

        var mined = new HardNegativeMiner(options, corpus.Texts).Mine(rows, embedder);
        return Table(rows, corpus.Texts, mined, options);
    }

    private static TableView Table(
        List<(string Anchor, int Positive)> rows, IReadOnlyList<string> texts, IReadOnlyDictionary<string, string[]> mined, HardNegativeOptions options)
    {
        var isTuple = options.Format == NegativeFormat.Tuple;
        var width = isTuple ? options.NumberOfNegatives : 1;
        (string Anchor, string Positive, string[] Negatives)[] all = [.. rows.SelectMany(row =>
            mined[row.Anchor].Chunk(width).Where(negatives => negatives.Length == width).Select(negatives => (row.Anchor, texts[row.Positive], negatives)))];
        if (all.Length == 0)
        {
            throw new InvalidOperationException($"None of {rows.Count} pairs has {(isTuple ? $"{width} negatives" : "a negative")} within the limits among {texts.Count} texts: "
                + "wider limits, a smaller margin or a larger corpus are needed.");
        }

        return TableView.Of(
        [
            TableView.Texts(options.Sentence1ColumnName, all.Select(row => row.Anchor)), TableView.Texts(options.Sentence2ColumnName, all.Select(row => row.Positive)),
            .. Enumerable.Range(0, width).Select(i => TableView.Texts(
                isTuple ? FormattableString.Invariant($"{options.NegativeColumnName}{i + 1}") : options.NegativeColumnName, all.Select(row => row.Negatives[i]))),
        ]);
    }

    /// <summary>The rows that have a text in every column.</summary>
    private static IEnumerable<string[]> Read(IDataView data, params (string Name, string Option)[] columns)
    {
        var found = Array.ConvertAll(columns, column => Check.Text(data.Schema, column.Name, column.Option));
        using var cursor = data.GetRowCursor(found);
        var getters = Array.ConvertAll(columns, column => cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[column.Name]));
        var value = default(ReadOnlyMemory<char>);
        while (cursor.MoveNext())
        {
            var texts = Array.ConvertAll(getters, getter =>
            {
                getter(ref value);
                return value.ToString();
            });
            if (!Array.Exists(texts, string.IsNullOrWhiteSpace))
                yield return texts;
        }
    }
}
