using System.Buffers;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>A body with its head: token ids to logits, and the folder of both. Thread-safe; owns the weights.</summary>
internal sealed class SetFitClassifier(SentenceEmbedder body, ClassifierHead head, IReadOnlyList<string> labelNames) : IDisposable
{
    public SentenceEmbedder Body => body;

    public ClassifierHead Head => head;

    /// <summary>Text of each class or label, in the logits' order.</summary>
    public IReadOnlyList<string> LabelNames => labelNames;

    public TextTokenizer Tokenizer => body.Tokenizer;

    /// <summary>Computes the logits of all texts, [texts, <see cref="LabelNames"/>], row by row.</summary>
    public void Score(TokenizedTexts texts, Span<float> logits, object owner)
    {
        var width = body.Dimension;
        var rented = ArrayPool<float>.Shared.Rent(texts.Count * width);
        try
        {
            var vectors = rented.AsSpan(0, texts.Count * width);
            body.Embed(texts, vectors, owner);
            for (var i = 0; i < texts.Count; i++)
                head.Score(vectors.Slice(i * width, width), logits.Slice(i * head.Outputs, head.Outputs));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the body as a sentence-transformers folder, the head, and <c>config_setfit.json</c>.</summary>
    public void Save(Func<string, Stream> createFile, object owner)
    {
        body.Save(createFile, owner);
        SaveHead(createFile);
    }

    /// <summary>As <see cref="Save"/>, but a body with an adapter as <see cref="AdapterStorage"/> says.</summary>
    public void SaveInZip(Func<string, Stream> createFile, object owner)
    {
        body.SaveInZip(createFile, owner);
        SaveHead(createFile);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="maxLength">Most tokens of a text; null: as the folder says.</param>
    /// <param name="labelNames">Text of each class or label; null: as the head's file says.</param>
    public static SetFitClassifier Load(ModelFiles files, int? maxLength, IReadOnlyList<string>? labelNames)
    {
        var (head, names) = HeadFiles.Load(files);
        labelNames ??= names;
        if (head.Outputs != labelNames.Count)
            throw new InvalidDataException($"the head has {head.Outputs} outputs, but there are {labelNames.Count} label values.");
        var body = SentenceEmbedder.LoadSaved(files, maxLength);
        if (body.Dimension == head.Width)
            return new SetFitClassifier(body, head, labelNames);
        body.Dispose();
        throw new InvalidDataException($"the body gives {body.Dimension} numbers a text, but the head takes {head.Width}.");
    }

    public void Dispose() => body.Dispose();

    private void SaveHead(Func<string, Stream> createFile)
    {
        HeadFiles.Save(head, labelNames, createFile);
        SetFitConfig.Save(body.Normalizes, labelNames, createFile);
    }
}
