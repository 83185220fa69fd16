using Microsoft.ML;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Queries that are texts: token ids until their vectors are asked for.</summary>
internal sealed class QueryTexts(DataViewRow row, DataViewSchema.Column column, SentenceEmbedder embedder, object owner) : IQueryRows
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
    private readonly TokenizedTexts _texts = new();
    private ReadOnlyMemory<char> _text;

    public bool TryAdd()
    {
        _getter(ref _text);
        if (_text.Span.IsWhiteSpace())
            return false;
        embedder.Tokenizer.AppendIds(_text.Span, embedder.MaxLength, _texts.Ids);
        _texts.Commit();
        return true;
    }

    public float[] Vectors()
    {
        var vectors = new float[_texts.Count * embedder.Dimension];
        embedder.Embed(_texts, vectors, owner);
        return vectors;
    }

    public void Clear() => _texts.Clear();
}
