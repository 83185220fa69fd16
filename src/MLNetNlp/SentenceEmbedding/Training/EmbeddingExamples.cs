using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Examples to train sentence embeddings on: each a row of texts from a pool (anchor, positive, negatives ...), with numbers or a class beside them.</summary>
/// <param name="pool">Where the texts are.</param>
/// <param name="columns">Texts of an example; at least 1.</param>
/// <param name="numbers">Numbers of an example (a score, a teacher's margins or vector); 0: none.</param>
/// <param name="classCount">Number of classes, of which each example has one; 0: none has.</param>
internal sealed class EmbeddingExamples(TextPool pool, int columns, int numbers = 0, int classCount = 0)
{
    private readonly List<int> _texts = [];
    private readonly List<float> _numbers = [];
    private readonly List<int> _classes = [];

    public TextPool Pool => pool;

    public int Columns => columns;

    public int NumberCount => numbers;

    public int ClassCount => classCount;

    public int Count => _texts.Count / columns;

    /// <summary>Adds an example.</summary>
    /// <param name="texts">Numbers of texts in the pool, one a column.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="classNumber">Its class, from 0.</param>
    public void Add(ReadOnlySpan<int> texts, ReadOnlySpan<float> values = default, int classNumber = 0)
    {
        if (texts.Length != columns || values.Length != numbers)
            throw new ArgumentException($"An example has {columns} texts and {numbers} numbers, not {texts.Length} and {values.Length}.");
        _texts.AddRange(texts);
        _numbers.AddRange(values);
        if (classCount > 0)
            _classes.Add(classNumber);
    }

    /// <summary>The texts of an example, by their numbers in the pool.</summary>
    public ReadOnlySpan<int> TextsOf(int example) => CollectionsMarshal.AsSpan(_texts).Slice(example * columns, columns);

    /// <summary>The numbers of an example.</summary>
    public ReadOnlySpan<float> NumbersOf(int example) => CollectionsMarshal.AsSpan(_numbers).Slice(example * numbers, numbers);

    /// <summary>The class of an example.</summary>
    public int ClassOf(int example) => _classes[example];

    /// <summary>Tokens of the longest text of an example.</summary>
    public int Length(int example)
    {
        var length = 0;
        foreach (var text in TextsOf(example))
            length = Math.Max(length, pool.Texts.Length(text));
        return length;
    }

    /// <summary>What a loss takes beside the embeddings: classes [rows] as int64, or numbers as float32, [rows] or [rows, numbers]; null: there are none.</summary>
    public Tensor? Labels(ReadOnlySpan<int> rows, Device device)
    {
        if (classCount > 0)
        {
            var classes = new long[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                classes[i] = _classes[rows[i]];
            return tensor(classes, device: device);
        }

        if (numbers == 0)
            return null;
        var values = new float[rows.Length * numbers];
        for (var i = 0; i < rows.Length; i++)
            NumbersOf(rows[i]).CopyTo(values.AsSpan(i * numbers));
        return numbers == 1 ? tensor(values, device: device) : tensor(values, [rows.Length, numbers], device: device);
    }

    /// <summary>Some of the examples, in the order given, with a pool of their own texts alone.</summary>
    public EmbeddingExamples Select(ReadOnlySpan<int> rows)
    {
        var own = new TextPool(pool.Tokenizer, pool.MaxLength);
        var some = new EmbeddingExamples(own, columns, numbers, classCount);
        var texts = new int[columns];
        foreach (var row in rows)
        {
            for (var i = 0; i < columns; i++)
                texts[i] = own.Add(pool.Strings[TextsOf(row)[i]]);
            some.Add(texts, NumbersOf(row), classCount > 0 ? _classes[row] : 0);
        }

        return some;
    }
}
