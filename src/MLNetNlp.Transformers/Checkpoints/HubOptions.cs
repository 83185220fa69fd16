namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>How models are downloaded from the Hugging Face hub. What is left null comes from the environment, as in Hugging Face's own tools.</summary>
public sealed record HubOptions
{
    /// <summary>The hub's address. Default: <c>HF_ENDPOINT</c>, else https://huggingface.co.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The cache's folder. Default: <c>HF_HUB_CACHE</c>, else <c>hub</c> in <c>HF_HOME</c>, which is <c>~/.cache/huggingface</c> unless set.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>
    /// Access token for private and gated models. Default: <c>HF_TOKEN</c>, else the file that Hugging Face's login writes (<c>HF_TOKEN_PATH</c>); empty: none.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Whether to use the cache only. Default: whether <c>HF_HUB_OFFLINE</c> is 1, on, yes or true.</summary>
    public bool? Offline { get; init; }

    /// <summary>Receives each file's progress. Default: none.</summary>
    public IProgress<HubProgress>? Progress { get; init; }

    /// <summary>Receives lines worth telling: a retry, a download that is taken up again, a hub that cannot be reached. Default: none.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Pause before the first retry; it doubles from one to the next.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may be silent.</summary>
    internal TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
