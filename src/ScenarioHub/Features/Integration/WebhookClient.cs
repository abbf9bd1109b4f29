using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Integration;

/// <summary>What came of one attempt.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Error">Why there was none: a code of <see cref="WebhookError"/>; also set for an answer that is no success.</param>
/// <param name="Excerpt">The beginning of the answer's body.</param>
/// <param name="RetryAfter">What the receiver asked for, if it did.</param>
internal sealed record WebhookAnswer(int? Status, string? Error, string? Excerpt, int DurationMs, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Error is null;
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>
/// Sends one message and takes what is answered, within bounds: 15 seconds in all, 2,000 characters of the body, no redirects, no cookies, no proxy of the environment,
/// and only to addresses that <see cref="WebhookAddresses"/> allows, judged on the address the socket is opened to.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    public const int MostExcerpt = 2000;
    private readonly WebhookAddresses _addresses;
    private readonly ResolveName _resolve;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public WebhookClient(WebhookAddresses addresses, ResolveName resolve, TimeProvider clock)
    {
        (_addresses, _resolve, _clock) = (addresses, resolve, clock);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = Connect,
            UseProxy = false,               // a proxy would resolve the name by itself, behind the guard
            AllowAutoRedirect = false,
            UseCookies = false,
            Credentials = null,
            ActivityHeadersPropagator = null,   // our traces are nobody's business
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 << 10,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2)
        });
    }

    /// <summary>From the first packet to the end of the answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public async Task<WebhookAnswer> Send(string url, IReadOnlyList<string> secrets, string messageId, byte[] body, CancellationToken ct)
    {
        // Asked again: the operator's setting may have changed since the address was given.
        if (_addresses.WhyNot(url) is not null) return new(null, WebhookError.AddressNotAllowed, null, 0, null);
        var seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("webhook-id", messageId);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(secrets, messageId, seconds, body));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ScenarioHub-Webhooks", "1"));

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var started = Stopwatch.GetTimestamp();
        int Took() => (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var status = (int)response.StatusCode;
            // The status has decided; the body is only there to be shown, so an answer that stops in the middle is none the less one.
            var excerpt = await Excerpt(response, patience.Token, ct);
            return new(status, status is >= 200 and < 300 ? null : status is >= 300 and < 400 ? WebhookError.Redirect : WebhookError.Status, excerpt, Took(), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return new(null, WebhookError.TimedOut, null, Took(), null); }
        catch (HttpRequestException e) { return new(null, Why(e), null, Took(), null); }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, ct);
        if (found.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        IPAddress[] allowed = [.. found.Where(_addresses.Allows)];
        if (allowed.Length == 0) throw new AddressNotAllowedException();
        for (var i = 0; ; i++)
        {
            var socket = new Socket(allowed[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[i], port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < allowed.Length - 1) { socket.Dispose(); }
            catch { socket.Dispose(); throw; }
        }
    }

    private static async Task<string?> Excerpt(HttpResponseMessage response, CancellationToken patience, CancellationToken ct)
    {
        var bytes = new byte[MostExcerpt];
        var read = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience);
            read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested)) { return null; }
        if (read == 0) return null;
        var text = new string([.. Encoding.UTF8.GetString(bytes, 0, read).Select(c => ReadableText.Is(c.ToString()) && !char.IsSurrogate(c) && c != '\uFFFD' ? c : '·')]);
        return text.Length == 0 ? null : text;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } asked ? null : asked.Delta ?? (asked.Date is { } date ? date - _clock.GetUtcNow() : null);

    private static string Why(HttpRequestException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
            if (inner is AddressNotAllowedException) return WebhookError.AddressNotAllowed;
            else if (inner is AuthenticationException) return WebhookError.TlsFailed;
            else if (inner is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }) return WebhookError.NameNotFound;
        return e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => WebhookError.NameNotFound,
            HttpRequestError.SecureConnectionError => WebhookError.TlsFailed,
            HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded => WebhookError.BadAnswer,
            _ => WebhookError.ConnectionFailed
        };
    }

    private sealed class AddressNotAllowedException() : IOException("The name leads to an address that nothing is sent to.");
}
