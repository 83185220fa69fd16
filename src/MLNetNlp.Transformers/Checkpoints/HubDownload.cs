using System.Net;
using System.Security.Cryptography;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Brings one blob into the cache: taken up where an earlier download ended, checked, and only then given its name.</summary>
internal sealed class HubDownload(HubHttp http, HubRepository repository, HubOptions options)
{
    public async Task RunAsync(HubFile file, string blob, CancellationToken cancellationToken)
    {
        var incomplete = blob + ".incomplete";
        var resumed = File.Exists(incomplete) && new FileInfo(incomplete).Length > 0;
        if (resumed)
            options.Log?.Invoke($"Taking up the download of '{file.Name}' at byte {new FileInfo(incomplete).Length} of {file.Size}.");
        while (true)
        {
            long furthest = 0;
            await http.RetryAsync($"Downloading '{file.Name}'", async progressed =>
            {
                await FetchAsync(file, incomplete, NoteProgress, cancellationToken).ConfigureAwait(false);
                return true;

                // The same bytes once more are no progress: a hub that cannot continue would be asked for ever.
                void NoteProgress(long position)
                {
                    if (position <= furthest)
                        return;
                    furthest = position;
                    progressed();
                }
            }, cancellationToken).ConfigureAwait(false);
            if (file.Sha256 is not { } expected || await HashAsync(incomplete, cancellationToken).ConfigureAwait(false) is var found && found == expected)
                break;
            File.Delete(incomplete);
            if (!resumed)
                throw new HubException($"'{file.Name}' arrived with SHA-256 {found}, but the hub says {expected}; what arrived was thrown away.");
            options.Log?.Invoke($"'{file.Name}' is not what the hub has, so an earlier part of it was damaged; downloading it from the start.");
            resumed = false;
        }

        File.Move(incomplete, blob, overwrite: true);
    }

    private async Task FetchAsync(HubFile file, string path, Action<long> progressed, CancellationToken cancellationToken)
    {
        using var target = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: true);
        if (target.Length > file.Size)
            target.SetLength(0);
        var have = target.Length;
        if (have == file.Size)
        {
            options.Progress?.Report(new HubProgress(file.Name, have, file.Size));
            return;
        }

        using var response = await http.SendAsync(HttpMethod.Get, file.Address, leaveHub: true, have, cancellationToken).ConfigureAwait(false);
        HubHttp.ThrowIfPassing(response);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            target.SetLength(0);
            throw new HttpRequestException($"The hub cannot continue at byte {have}.");
        }

        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            throw repository.Refused(response, file.Name);

        // A server may answer with the whole file, or with another part than was asked for.
        var start = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? -1 : 0;
        if (start != 0 && start != have)
            throw new HubException($"'{file.Name}' was asked for from byte {have}, but came from byte {start}.", response.StatusCode);
        target.SetLength(start);
        target.Position = start;
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(file, body, target, progressed, cancellationToken).ConfigureAwait(false);
        if (target.Length < file.Size)
            throw new HttpRequestException($"The connection ended after {target.Length} of {file.Size} bytes.");
    }

    private async Task CopyAsync(HubFile file, Stream body, FileStream target, Action<long> progressed, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 18];
        while (await http.ReadAsync(body, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if (target.Position + count > file.Size)
            {
                target.SetLength(0);
                throw new HubException($"'{file.Name}' is longer than the {file.Size} bytes that the hub says it has; what arrived was thrown away.");
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            progressed(target.Position);
            options.Progress?.Report(new HubProgress(file.Name, target.Position, file.Size));
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
    }
}
