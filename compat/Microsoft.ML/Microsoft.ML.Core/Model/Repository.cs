namespace Microsoft.ML;

/// <summary>The zip archive that a model file is.</summary>
internal abstract class Repository : IDisposable
{
    public abstract void Dispose();

    /// <summary>The name of an entry, as archives have it on every system.</summary>
    protected static string EntryName(string directory, string name)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        string path = Path.Combine(directory ?? "", name).Replace('\\', '/');
        if (path.StartsWith('/') || path.Split('/').Contains(".."))
        {
            throw Errors.Parameter($"'{path}' leads out of the model file.", nameof(name));
        }

        return path;
    }

    /// <summary>A file beside no other, which vanishes when it is closed.</summary>
    protected static FileStream TemporaryFile(string folder) =>
        new(Path.Combine(folder ?? Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        });

    /// <summary>An open entry, whose stream can be moved about in.</summary>
    public sealed class Entry : IDisposable
    {
        private Action<Entry> _close;

        internal Entry(string path, Stream stream, Action<Entry> close)
        {
            Path = path;
            Stream = stream;
            _close = close;
        }

        public string Path { get; }

        public Stream Stream { get; }

        public void Dispose()
        {
            _close?.Invoke(this);
            _close = null;
        }
    }
}
