namespace MLNetNlp;

/// <summary>One of several owners of an embedder, whose weights are freed when the last owner is disposed.</summary>
internal sealed class EmbedderShare : IDisposable
{
    private readonly Owners _owners;
    private int _disposed;

    public EmbedderShare(SentenceEmbedder embedder)
        : this(embedder, new Owners())
    {
    }

    private EmbedderShare(SentenceEmbedder embedder, Owners owners)
    {
        Embedder = embedder;
        _owners = owners;
    }

    public SentenceEmbedder Embedder { get; }

    /// <summary>Another owner. This one must not be disposed meanwhile.</summary>
    public EmbedderShare Share()
    {
        Interlocked.Increment(ref _owners.Count);
        return new EmbedderShare(Embedder, _owners);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && Interlocked.Decrement(ref _owners.Count) == 0)
            Embedder.Dispose();
    }

    private sealed class Owners
    {
        public int Count = 1;
    }
}
