namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>One file of a commit, as the hub describes it.</summary>
internal sealed record HubFile(string Name, Uri Address, string Etag, long Size)
{
    /// <summary>The SHA-256 of the content, which is the ETag of large files; null for others, whose ETag is Git's object id.</summary>
    public string? Sha256 => Etag.Length == 64 && Etag.All(char.IsAsciiHexDigit) ? Etag.ToLowerInvariant() : null;
}
