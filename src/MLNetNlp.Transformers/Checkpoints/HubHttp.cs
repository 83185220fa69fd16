using System.Net;
using System.Net.Http.Headers;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Requests to the hub: redirects followed by hand, so that the token goes to the hub's own address only; what is passing is tried again.</summary>
internal sealed class HubHttp(HubSettings settings, HubOptions options) : IDisposable
{
    private const int Attempts = 5;
    private const int MaxRedirects = 8;

    // Sizes must be those of the files, so nothing may be compressed on the way.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _client.Dispose();

    /// <summary>The absolute address of a path below the endpoint.</summary>
    public Uri Address(string path) => new(settings.Endpoint, path);

    /// <summary>
    /// Sends a request and follows redirects: all of them, or only those that stay at the hub, so that the last answer is the hub's own.
    /// </summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="address">Where to.</param>
    /// <param name="leaveHub">Whether to follow redirects to other hosts.</param>
    /// <param name="from">First byte wanted; 0: all.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="onAnswer">Sees every answer on the way, the last one too.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, bool leaveHub, long from, CancellationToken cancellationToken, Action<HttpResponseMessage>? onAnswer = null)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(method, address, from, cancellationToken).ConfigureAwait(false);
            onAnswer?.Invoke(response);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return response;
            var next = new Uri(address, location);
            if (!leaveHub && !IsHub(next))
                return response;
            response.Dispose();
            if (redirects == MaxRedirects)
                throw new HubException($"'{address}' was redirected more than {MaxRedirects} times.");
            if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
                throw new HubException($"'{address}' was redirected to '{next.Scheme}://{next.Authority}', which is not a secure address.");
            address = next;
        }
    }

    /// <summary>
    /// Runs an action that talks to the hub, again after a pause while its failure is one that may pass; a sign of progress gives it its attempts back.
    /// </summary>
    /// <param name="what">For the log.</param>
    /// <param name="action">Gets what to call on progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="unlessSilent">Whether to give up at once when the hub gives no answer at all: there may be no network, and a cache to use.</param>
    public async Task<T> RetryAsync<T>(string what, Func<Action, Task<T>> action, CancellationToken cancellationToken, bool unlessSilent = false)
    {
        var left = Attempts;
        var delay = options.RetryDelay;
        while (true)
        {
            try
            {
                return await action(OnProgress).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested
                && (unlessSilent ? e is HttpRequestException { StatusCode: not null } : MayPass(e)) && --left > 0)
            {
                options.Log?.Invoke($"{what}: {e.Message} Trying again in {delay.TotalSeconds:0.#} s.");
            }

            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay *= 2;
        }

        void OnProgress() => (left, delay) = (Attempts, options.RetryDelay);
    }

    /// <summary>Raises for an answer that may be another one soon; others are for the caller.</summary>
    public static void ThrowIfPassing(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is 408 or 429 or >= 500)
            throw new HttpRequestException($"The hub answered {(int)response.StatusCode} {response.ReasonPhrase}.", null, response.StatusCode);
    }

    /// <summary>Whether an error is the network's or the hub's, not this machine's.</summary>
    public static bool MayPass(Exception e) => e is HttpRequestException or TimeoutException;

    /// <summary>Reads a part of a body, giving up when the other side is silent for too long.</summary>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(options.SilenceTimeout);
        try
        {
            return await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing came for {options.SilenceTimeout.TotalSeconds:0} s.");
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"The connection broke: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, Uri address, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MLNetNlp", typeof(HubHttp).Assembly.GetName().Version?.ToString(3) ?? "0"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (settings.Token is not null && IsHub(address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(options.SilenceTimeout);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{address.Authority}' did not answer for {options.SilenceTimeout.TotalSeconds:0} s.");
        }
    }

    private bool IsHub(Uri address) => address.Scheme == settings.Endpoint.Scheme && address.Authority == settings.Endpoint.Authority;
}
