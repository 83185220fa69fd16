using System.Net;
using System.Text.Json;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>What the hub says of one repository's revision: its commit, its files, and of each file the ETag and the size.</summary>
internal sealed class HubRepository(HubHttp http, HubSettings settings, string id, string revision)
{
    /// <summary>The commit that the revision stands for, and the names of all files in it.</summary>
    public Task<(string Commit, IReadOnlyList<string> Files)> LookUpAsync(CancellationToken cancellationToken) =>
        http.RetryAsync($"Looking up '{id}'", async _ =>
    {
        var address = http.Address($"api/models/{id}/revision/{Uri.EscapeDataString(revision)}");
        using var response = await http.SendAsync(HttpMethod.Get, address, leaveHub: false, 0, cancellationToken).ConfigureAwait(false);
        HubHttp.ThrowIfPassing(response);
        if (response.StatusCode != HttpStatusCode.OK)
            throw Refused(response, null);
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var info = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (info.RootElement.GetProperty("sha").GetString() is not { } commit || !HubCache.IsCommit(commit))
                throw new HubException($"{settings.Endpoint} gives no commit for '{id}' at revision '{revision}'; it does not answer as a Hugging Face hub.");
            var files = info.RootElement.GetProperty("siblings").EnumerateArray().Select(file => file.GetProperty("rfilename").GetString()!);
            return (commit, (IReadOnlyList<string>)[.. files]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HubException($"{settings.Endpoint} does not answer as a Hugging Face hub when asked for '{id}': {e.Message}", response.StatusCode, e);
        }
    }, cancellationToken, unlessSilent: true);

    /// <summary>A file's address, ETag (the SHA-256 of its content when it is a large one) and size.</summary>
    public Task<HubFile> DescribeAsync(string commit, string name, CancellationToken cancellationToken) =>
        http.RetryAsync($"Looking up '{name}' of '{id}'", async _ =>
    {
        var address = http.Address($"{id}/resolve/{commit}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");
        string? etag = null;
        string? size = null;
        using var response = await http.SendAsync(HttpMethod.Head, address, leaveHub: false, 0, cancellationToken, answer =>
        {
            // Large files are answered by a redirect to another host; these headers describe what is there.
            etag ??= Header(answer, "X-Linked-Etag");
            size ??= Header(answer, "X-Linked-Size");
        }).ConfigureAwait(false);
        HubHttp.ThrowIfPassing(response);
        if ((int)response.StatusCode >= 400)
            throw Refused(response, name);
        etag = (etag ?? response.Headers.ETag?.ToString() ?? Header(response, "ETag"))?.Trim();
        etag = (etag?.StartsWith("W/", StringComparison.Ordinal) == true ? etag[2..] : etag)?.Trim('"');
        if (etag is null || !HubCache.IsBlobName(etag))
            throw new HubException($"{settings.Endpoint} gives {(etag is null ? "no ETag" : $"the ETag '{etag}'")} " +
                $"for '{name}' of '{id}', so it cannot be kept in the cache.");
        var length = size is null && response.IsSuccessStatusCode
            ? response.Content.Headers.ContentLength : long.TryParse(size, out var linked) ? linked : null;
        return length is >= 0 and var bytes
            ? new HubFile(name, address, etag, bytes)
            : throw new HubException($"{settings.Endpoint} gives no size for '{name}' of '{id}', so that it cannot be checked.");
    }, cancellationToken);

    /// <summary>The error for an answer that will not change by itself.</summary>
    public HubException Refused(HttpResponseMessage response, string? file)
    {
        var status = response.StatusCode;
        var what = $"'{id}' at revision '{revision}'{(file is null ? "" : $", file '{file}'")}";
        var token = settings.Token is null ? "no access token was sent: set HF_TOKEN" : "the access token that was sent gives no access to it";
        var message = Header(response, "X-Error-Code") switch
        {
            "GatedRepo" => $"Access to {what} must be asked for at {settings.Endpoint}{id}, and {token}.",
            "RevisionNotFound" => $"Repository '{id}' at {settings.Endpoint} has no revision '{revision}'.",
            "EntryNotFound" => $"Repository '{id}' at {settings.Endpoint} has no file '{file}' at revision '{revision}'.",
            _ => status switch
            {
                HttpStatusCode.Unauthorized => $"{settings.Endpoint} has no public repository {what}; it may be misspelt, or private, and {token}.",
                HttpStatusCode.Forbidden => $"{settings.Endpoint} refuses access to {what}: {token}.",
                HttpStatusCode.NotFound => $"{settings.Endpoint} has no {what}; the name or the revision may be misspelt, " +
                    $"or the repository private, and {token}.",
                _ => $"{settings.Endpoint} answered {(int)status} {response.ReasonPhrase} when asked for {what}.",
            },
        };
        return new HubException(message, status);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
