using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Http;

/// <summary>
/// How many requests are answered: a bucket for each caller (person or client), one for each tenant, and one for each address nobody signed in from yet (sign-in, token requests).
/// A bucket holds a minute's worth and fills evenly. Each process counts for itself.
/// </summary>
internal sealed class Limits : IDisposable
{
    /// <param name="PerMinute">What a full bucket holds; also <c>q</c> of the headers, with w = 60.</param>
    private sealed record Policy(string Name, int PerMinute, PartitionedRateLimiter<HttpContext> Limiter)
    {
        public string Told { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={PerMinute};w=60");

        // t: when the bucket is full again if nobody asks meanwhile.
        public string Left(HttpContext http)
        {
            var left = Limiter.GetStatistics(http)!.CurrentAvailablePermits;
            return string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={left};t={Math.Ceiling((PerMinute - left) * 60.0 / PerMinute)}");
        }
    }

    private readonly Policy[] _ofKnown, _ofUnknown;
    private readonly string _toldKnown, _toldUnknown;

    public Limits(HubSettings settings)
    {
        _ofKnown =
        [
            .. Of("caller", settings.CallerPerMinute, http => Caller(http).UserId),
            .. Of("tenant", settings.TenantPerMinute, http => Caller(http).TenantId)
        ];
        _ofUnknown = [.. Of("address", settings.AddressPerMinute, http => Network(http.Connection.RemoteIpAddress))];
        _toldKnown = string.Join(", ", _ofKnown.Select(p => p.Told));
        _toldUnknown = string.Join(", ", _ofUnknown.Select(p => p.Told));
    }

    /// <summary>Before anything is read or checked: a token request is itself what has to be rationed.</summary>
    public IApplicationBuilder UseForTokens(IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.Equals(TokenRequests.Path, StringComparison.OrdinalIgnoreCase), branch => Use(branch, _ofUnknown));

    /// <summary>Once it is known who calls.</summary>
    public void UseForApi(IApplicationBuilder app)
    {
        app.UseWhen(http => IsApi(http) && Caller(http).IsKnown, branch => Use(branch, _ofKnown));
        app.UseWhen(http => IsApi(http) && !Caller(http).IsKnown, branch => Use(branch, _ofUnknown));
    }

    public void Dispose()
    {
        foreach (var policy in _ofKnown.Concat(_ofUnknown)) policy.Limiter.Dispose();
    }

    private void Use(IApplicationBuilder app, Policy[] policies)
    {
        if (policies.Length == 0) return;
        app.Use((http, next) =>
        {
            http.Response.OnStarting(Tell, http);
            return next(http);
        });
        app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = policies.Length == 1 ? policies[0].Limiter : PartitionedRateLimiter.CreateChained([.. policies.Select(p => p.Limiter)]),
            OnRejected = (rejected, _) => new ValueTask(Refuse(rejected))
        });
    }

    // The draft of the IETF's httpapi group, in the syntax it has had since its version 08.
    private Task Tell(object state)
    {
        var http = (HttpContext)state;
        var known = Caller(http).IsKnown && IsApi(http);
        var policies = known ? _ofKnown : _ofUnknown;
        if (policies.Length == 0) return Task.CompletedTask; // the caller became known on the way
        http.Response.Headers["RateLimit-Policy"] = known ? _toldKnown : _toldUnknown;
        http.Response.Headers["RateLimit"] = policies.Length == 1 ? policies[0].Left(http) : string.Join(", ", policies.Select(p => p.Left(http)));
        return Task.CompletedTask;
    }

    private static Task Refuse(OnRejectedContext rejected)
    {
        var http = rejected.HttpContext;
        var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var words = new Words($"请求过于频繁,请在 {seconds} 秒后再试;RateLimit 响应头说明剩余额度。", $"Too many requests: try again in {seconds} s. The RateLimit header says what is left.");
        if (IsApi(http)) return Problems.Write(http, Problems.Of(429, "rate-limited", words.ToString()));
        // The token endpoint speaks RFC 6749.
        http.Response.StatusCode = 429;
        return http.Response.WriteAsJsonAsync(new { error = "temporarily_unavailable", error_description = words.En }, http.RequestAborted);
    }

    // Whoever has one IPv6 address has the 2^64 of his network.
    private static UInt128 Network(IPAddress? from)
    {
        if (from is null) return 0;
        var bytes = from.MapToIPv6().GetAddressBytes();
        if (!from.IsIPv4MappedToIPv6 && from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) bytes.AsSpan(8).Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static Caller Caller(HttpContext http) => http.RequestServices.GetRequiredService<Caller>();

    private static Policy[] Of<TKey>(string name, int perMinute, Func<HttpContext, TKey> key) where TKey : notnull
    {
        if (perMinute == 0) return [];
        // So many at once, so often, that a minute brings exactly what was promised.
        var step = (perMinute + 59) / 60;
        var bucket = new TokenBucketRateLimiterOptions { TokenLimit = perMinute, TokensPerPeriod = step, ReplenishmentPeriod = TimeSpan.FromMinutes((double)step / perMinute), AutoReplenishment = false };
        return [new(name, perMinute, PartitionedRateLimiter.Create<HttpContext, TKey>(http => RateLimitPartition.GetTokenBucketLimiter(key(http), _ => bucket)))];
    }
}
