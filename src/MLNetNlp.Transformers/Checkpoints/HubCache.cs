using System.Text.RegularExpressions;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>One repository's part of the cache, laid out as Hugging Face's own library does, so that both use the same files.</summary>
/// <remarks>
/// <c>models--org--name/refs/REVISION</c> holds a commit, <c>blobs/ETAG</c> the contents, <c>snapshots/COMMIT/FILE</c> relative links to them;
/// <c>.locks/models--org--name/ETAG.lock</c> beside it keeps two downloads of one blob apart.
/// </remarks>
internal sealed partial class HubCache
{
    private readonly string _root;
    private readonly string _locks;

    public HubCache(string cacheFolder, string repositoryId)
    {
        var folder = "models--" + repositoryId.Replace("/", "--");
        _root = Path.Combine(cacheFolder, folder);
        _locks = Path.Combine(cacheFolder, ".locks", folder);
    }

    public static bool IsCommit(string revision) => Commit().IsMatch(revision);

    /// <summary>ETags become file names.</summary>
    public static bool IsBlobName(string etag) => BlobName().IsMatch(etag);

    public string Snapshot(string commit) => Path.Combine(_root, "snapshots", commit);

    public string Blob(string etag) => Path.Combine(_root, "blobs", etag);

    public bool HasFile(string commit, string name) => IsThere(Pointer(commit, name));

    /// <summary>The commit that a revision stood for when it was last looked up; null when it never was.</summary>
    public string? CommitOf(string revision)
    {
        if (IsCommit(revision))
            return revision;
        var path = RefPath(revision);
        return File.Exists(path) && File.ReadAllText(path).Trim() is var commit && IsCommit(commit) ? commit : null;
    }

    public void SetCommitOf(string revision, string commit)
    {
        if (revision == commit || CommitOf(revision) == commit)
            return;
        var path = RefPath(revision);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, commit);
    }

    /// <summary>Whether a snapshot has a configuration, and weights with all their shards.</summary>
    public bool IsUsable(string commit)
    {
        if (!Directory.Exists(Snapshot(commit)))
            return false;
        using var files = ModelFiles.FromDirectory(Snapshot(commit));
        if (files.Exists(CheckpointTensors.IndexName) && !files.Exists(ModuleWeights.FileName))
            return files.Exists(ModelConfig.FileName) && CheckpointTensors.ReadIndex(files).All(tensor => files.Exists(tensor.Shard));
        return files.Names.Any(name => Path.GetFileName(name) is ModelConfig.FileName or "adapter_config.json") && HubFileSelection.HasWeights(files.Names);
    }

    /// <summary>Holds a blob's lock until disposed, waiting while another process has it.</summary>
    public async Task<IDisposable> LockAsync(string etag, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_locks);
        Directory.CreateDirectory(Path.Combine(_root, "blobs"));
        var path = Path.Combine(_locks, etag + ".lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                await Task.Delay(200, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes a blob appear as a snapshot's file: by a relative link, or where links cannot be made, by a copy.</summary>
    public void Link(string commit, string name, string etag)
    {
        var pointer = Pointer(commit, name);
        var folder = Path.GetDirectoryName(pointer)!;
        Directory.CreateDirectory(folder);
        if (IsThere(pointer))
            return;
        var target = Path.GetRelativePath(folder, Blob(etag));
        try
        {
            File.Delete(pointer); // a link whose blob is gone is in the way
            File.CreateSymbolicLink(pointer, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            if (!File.Exists(pointer))
                File.Copy(Blob(etag), pointer);
        }
    }

    /// <summary>
    /// Whether a file is there and is no link to one that is gone (people empty caches by hand), which <see cref="File.Exists"/> would not tell.
    /// </summary>
    private static bool IsThere(string path)
    {
        try
        {
            return File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether a file could not be opened because another process holds it: Linux's and macOS's EWOULDBLOCK, Windows' sharing violation.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private string Pointer(string commit, string name) => Path.Combine(Snapshot(commit), name.Replace('/', Path.DirectorySeparatorChar));

    private string RefPath(string revision) => Path.Combine(_root, "refs", revision.Replace('/', Path.DirectorySeparatorChar));

    [GeneratedRegex(@"^[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z_.-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex BlobName();
}
