using System.Text.RegularExpressions;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Downloads models from the Hugging Face hub into the cache that Hugging Face's own tools use, and finds them there again.</summary>
/// <remarks>
/// Only what a model needs is fetched: configuration, tokenizer, safetensors, sentence-transformers' modules; never pickles. An interrupted download is taken
/// up where it ended;
/// sizes, and for large files SHA-256, are checked. The access token is sent to the hub's own address only.
/// Settings come from <see cref="HubOptions"/>, else from <c>HF_HOME</c>, <c>HF_HUB_CACHE</c>, <c>HF_HUB_OFFLINE</c>, <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c> and
/// the login's token file.
/// When the hub cannot be reached, what the cache holds of the revision is used. Thread-safe, also between processes.
/// </remarks>
public sealed partial class HubClient
{
    /// <summary>The revision when none is named.</summary>
    public const string DefaultRevision = "main";

    private readonly HubOptions _options;
    private readonly HubSettings _settings;

    /// <summary>Creates a client.</summary>
    /// <param name="options">Settings; null: all from the environment.</param>
    public HubClient(HubOptions? options = null)
        : this(options ?? new HubOptions(), Environment.GetEnvironmentVariable)
    {
    }

    internal HubClient(HubOptions options, Func<string, string?> environment)
    {
        _options = options;
        _settings = HubSettings.Create(options, environment);
    }

    /// <summary>The folder of the cache.</summary>
    public string CacheFolder => _settings.CacheFolder;

    /// <summary>Makes a repository's model available locally.</summary>
    /// <param name="repositoryId">For example "sentence-transformers/all-MiniLM-L6-v2".</param>
    /// <param name="revision">Branch, tag or full commit; null: "main".</param>
    /// <param name="cancellationToken">Ends the download; what has arrived stays for the next one.</param>
    /// <returns>The folder with the model's files.</returns>
    /// <exception cref="ArgumentException">The repository's id or the revision is not well formed.</exception>
    /// <exception cref="HubException">Repository, revision or weights are not there or not accessible, a file is damaged, or the hub cannot be reached and the
    /// cache lacks the model.</exception>
    public string Download(string repositoryId, string? revision = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => DownloadAsync(repositoryId, revision, cancellationToken), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The commit that a revision stood for when it was last downloaded; null when it never was.</summary>
    internal string? CommitInCache(string repositoryId, string revision) => new HubCache(_settings.CacheFolder, repositoryId).CommitOf(revision);

    /// <inheritdoc cref="Download"/>
    public async Task<string> DownloadAsync(string repositoryId, string? revision = null, CancellationToken cancellationToken = default)
    {
        CheckId(repositoryId);
        revision ??= DefaultRevision;
        if (!ModelFiles.IsSafeName(revision) || revision.Length > 200)
            throw new ArgumentException($"'{revision}' is not the name of a revision: a branch, a tag or a full commit.", nameof(revision));
        var cache = new HubCache(_settings.CacheFolder, repositoryId);
        if (_settings.Offline)
            return Cached(cache, repositoryId, revision, "the hub is not asked in offline mode (HF_HUB_OFFLINE)", null);

        using var http = new HubHttp(_settings, _options);
        var repository = new HubRepository(http, _settings, repositoryId, revision);
        string commit;
        IReadOnlyList<string> names;
        try
        {
            (commit, names) = await repository.LookUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HubHttp.MayPass(e))
        {
            var reason = $"{_settings.Endpoint} cannot be reached ({e.Message})";
            var folder = Cached(cache, repositoryId, revision, reason, e);
            _options.Log?.Invoke($"{reason}; using '{repositoryId}' as it is in the cache.");
            return folder;
        }

        var needed = HubFileSelection.Select(names);
        CheckContents(repositoryId, revision, names, needed);
        try
        {
            foreach (var name in needed.Where(name => !cache.HasFile(commit, name)))
                await FetchAsync(http, repository, cache, commit, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HubHttp.MayPass(e))
        {
            throw new HubException($"The download of '{repositoryId}' from {_settings.Endpoint} failed: {e.Message} " +
                "What has arrived is kept for the next attempt.", null, e);
        }

        // The revision is written last, so that an offline process never finds it before its files.
        cache.SetCommitOf(revision, commit);
        return cache.Snapshot(commit);
    }

    private async Task FetchAsync(HubHttp http, HubRepository repository, HubCache cache, string commit, string name, CancellationToken cancellationToken)
    {
        var file = await repository.DescribeAsync(commit, name, cancellationToken).ConfigureAwait(false);
        using (await cache.LockAsync(file.Etag, cancellationToken).ConfigureAwait(false))
        {
            if (!File.Exists(cache.Blob(file.Etag)))
                await new HubDownload(http, repository, _options).RunAsync(file, cache.Blob(file.Etag), cancellationToken).ConfigureAwait(false);
            cache.Link(commit, name, file.Etag);
        }
    }

    private static string Cached(HubCache cache, string repositoryId, string revision, string reason, Exception? inner)
    {
        if (cache.CommitOf(revision) is { } commit && cache.IsUsable(commit))
            return cache.Snapshot(commit);
        throw new HubException($"The cache does not hold '{repositoryId}' at revision '{revision}', and {reason}.", null, inner);
    }

    private static void CheckContents(string repositoryId, string revision, IReadOnlyList<string> names, IReadOnlyList<string> needed)
    {
        if (HubFileSelection.HasWeights(needed))
            return;
        var pickled = names.FirstOrDefault(name => name.EndsWith(".bin", StringComparison.Ordinal) || name.EndsWith(".pt", StringComparison.Ordinal));
        throw new HubException($"Repository '{repositoryId}' has no '{ModuleWeights.FileName}' at revision '{revision}'" + (pickled is null
            ? "."
            : $", only '{pickled}'. Pickled files can run code when they are opened, so none ever is; " +
              "look for a revision with safetensors (often the pull request 'refs/pr/1'), or convert the model in Python with save_pretrained."));
    }

    private static void CheckId(string repositoryId)
    {
        ArgumentException.ThrowIfNullOrEmpty(repositoryId);
        if (repositoryId.Length > 96 || !Id().IsMatch(repositoryId) || repositoryId.Contains("--") || repositoryId.Contains(".."))
            throw new ArgumentException(
                $"'{repositoryId}' is not a repository's id, such as \"sentence-transformers/all-MiniLM-L6-v2\".", nameof(repositoryId));
    }

    [GeneratedRegex(@"^([0-9A-Za-z_][0-9A-Za-z_.-]*/)?[0-9A-Za-z_][0-9A-Za-z_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
