using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Hosting;

/// <summary>What every request passes before and around the features.</summary>
internal static class HubHost
{
    private static readonly string[] Languages = ["zh-CN", "zh", "en-US", "en"];
    private const string AntiforgeryHeader = ApiDescription.AntiforgeryHeader;

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder, HubSettings settings)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("zh-CN"); // jobs speak Chinese; requests say what they want
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton(new Database(settings.Provider, settings.ConnectionString)).AddSingleton<Ids>().AddSingleton<ChangeSignal>();
        services.AddScoped<Caller>().AddScoped<Origin>().AddScoped<Db>().AddRequests();

        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true); // one place words them: Problems.Handle
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(o => { o.Limits.MaxRequestBodySize = Problems.MaxBodyBytes; o.AddServerHeader = false; });

        services.AddDataProtection().SetApplicationName("ScenarioHub").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "keys")));
        services.AddSingleton<Sealing>();
        services.AddCookieOrToken().AddCookie(o =>
        {
            o.Cookie.Name = ApiDescription.SessionCookie;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(settings.SessionMinutes);
            o.SlidingExpiration = true;
        });
        // The token comes in the header alone: looking for it in a form would read an upload whole, before anyone knows whether it is wanted.
        services.AddAntiforgery(o => { o.HeaderName = AntiforgeryHeader; o.SuppressReadingTokenFromFormBody = true; o.Cookie.Name = "scenariohub-antiforgery"; o.Cookie.SameSite = SameSiteMode.Strict; });
        services.AddSingleton<Limits>().AddRateLimiter(_ => { });
        services.AddHealthChecks().AddCheck<DatabaseReady>("database", tags: ["ready"]);
        services.AddEndpointsApiExplorer().AddSingleton<QueryParameters>();

        var telemetry = services.AddOpenTelemetry()
            .WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource("ScenarioHub.*"))
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("ScenarioHub.*"));
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            telemetry.WithTracing(t => t.AddOtlpExporter()).WithMetrics(m => m.AddOtlpExporter());
        return builder;
    }

    /// <param name="establish">Makes the caller from a signed-in principal; the one thing the platform cannot know.</param>
    public static WebApplication UsePlatform(this WebApplication app, Func<HttpContext, Task> establish)
    {
        var (settings, limits) = (app.Services.GetRequiredService<HubSettings>(), app.Services.GetRequiredService<Limits>());
        if (settings.TrustedProxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in settings.TrustedProxies) forwarded.KnownIPNetworks.Add(proxy);
            app.UseForwardedHeaders(forwarded);
        }
        app.UseRequestLocalization(o =>
        {
            o.DefaultRequestCulture = new RequestCulture("", "zh-CN");
            o.SupportedCultures = [CultureInfo.InvariantCulture]; // numbers and dates of the API have one spelling
            o.SupportedUICultures = [.. Languages.Select(CultureInfo.GetCultureInfo)];
            o.RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()];
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Problems.Handle,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or OperationCanceledException
        });
        app.UseStatusCodePages(context => Problems.OfStatus(context.HttpContext.Response.StatusCode) is { } problem ? Problems.Write(context.HttpContext, problem) : Task.CompletedTask);
        app.UseSafeHeaders();
        app.UseRouting();
        limits.UseForTokens(app);
        app.UseWebPages();
        app.UseAuthentication();
        app.Use(From);
        app.Use(async (http, next) => { if (http.User.Identity?.IsAuthenticated == true) await establish(http); await next(http); });
        limits.UseForApi(app);
        app.UseRouteAccess();
        app.Use(Antiforgery);
        app.Use((http, next) => http.RequestServices.GetRequiredService<QueryParameters>().Check(http, next));
        app.Use(UnexpectedBody.Check);
        app.Use(Charset);
        app.Use(Idempotency);
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnyone("an orchestrator asks before anyone signs in");
        app.MapHealthChecks("/health/ready", new() { Predicate = c => c.Tags.Contains("ready") }).AllowAnyone("an orchestrator asks before anyone signs in");
        return app;
    }

    private static Task From(HttpContext http, RequestDelegate next)
    {
        var origin = http.RequestServices.GetRequiredService<Origin>();
        origin.Address = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : http.Connection.RemoteIpAddress?.ToString();
        if (http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent) origin.UserAgent = agent.Length > 200 ? agent[..200] : agent;
        return next(http);
    }

    // A cookie is sent by the browser whoever asked for the request; the token shows that our own page did. A client's own token is sent by nobody but the client.
    private static async Task Antiforgery(HttpContext http, RequestDelegate next)
    {
        var writes = !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method));
        if (writes && http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>()?.Permission is not null
            && !http.RequestServices.GetRequiredService<Caller>().IsClient && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            await Problems.Write(http, Problems.Of(400, "antiforgery-token-missing", new Words(
                $"缺少或过期的防伪令牌:请在 {AntiforgeryHeader} 请求头中带上登录或 GET /api/v1/session 返回的 antiforgeryToken。",
                $"The antiforgery token is missing or stale: send the antiforgeryToken of sign-in or of GET /api/v1/session as {AntiforgeryHeader}.").ToString()));
            return;
        }
        await next(http);
    }

    // An older ERP sends GBK and says so; the framework would fail on a charset it does not know.
    private static Task Charset(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<AnyCharset>() is null && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.Charset is { HasValue: true } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
            ? Problems.Write(http, Problems.OfStatus(415)!) : next(http);

    private static async Task Idempotency(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue("Idempotency-Key", out var given))
        {
            var value = given.ToString().Trim().Trim('"');
            if (value.Length is 0 or > IdempotencyKey.MaxLength) { await Problems.Write(http, Problems.Of(IdempotencyKey.Malformed)); return; }
            var key = http.RequestServices.GetRequiredService<IdempotencyKey>();
            key.Value = value;
            http.Response.OnStarting(() =>
            {
                if (key.Replayed) http.Response.Headers["Idempotency-Replayed"] = "true";
                return Task.CompletedTask;
            });
        }
        await next(http);
    }

    private sealed class DatabaseReady(Database database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try { await using var connection = await database.Open(cancellationToken); return HealthCheckResult.Healthy(); }
            catch (System.Data.Common.DbException e) { return HealthCheckResult.Unhealthy("The database does not answer.", e); }
        }
    }
}
