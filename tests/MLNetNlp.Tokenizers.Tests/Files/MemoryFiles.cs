using System.Text;

namespace MLNetNlp.Tokenizers.Tests.Files;

/// <summary>A model's files in memory.</summary>
internal sealed class MemoryFiles : Dictionary<string, byte[]>
{
    /// <summary>A small vocabulary with all special tokens.</summary>
    public const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\nworld\n##ing\nWorld\n";

    public MemoryFiles With(string name, string content)
    {
        this[name] = Encoding.UTF8.GetBytes(content);
        return this;
    }

    public string Text(string name) => Encoding.UTF8.GetString(this[name]);

    public static MemoryFiles Of(TextTokenizer tokenizer)
    {
        var files = new MemoryFiles();
        tokenizer.Save(name => new Recorder(bytes => files[name] = bytes));
        return files;
    }

    public TextTokenizer Load() => TextTokenizer.Load(name => TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null, "the test's model");

    private sealed class Recorder(Action<byte[]> done) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            done(ToArray());
            base.Dispose(disposing);
        }
    }
}
