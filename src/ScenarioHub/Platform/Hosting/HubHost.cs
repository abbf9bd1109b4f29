using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Hosting;

/// <summary>What every request passes before and around the features.</summary>
internal static class HubHost
{
    private static readonly string[] Languages = ["zh-CN", "zh", "en-US", "en"];
    private const string AntiforgeryHeader = "X-Antiforgery-Token";

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder, HubSettings settings)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("zh-CN"); // jobs speak Chinese; requests say what they want
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton(new Database(settings.Provider, settings.ConnectionString)).AddSingleton<Ids>();
        services.AddScoped<Caller>().AddScoped<Db>().AddRequests();

        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true); // one place words them: Problems.Handle
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(o => { o.Limits.MaxRequestBodySize = Problems.MaxBodyBytes; o.AddServerHeader = false; });

        services.AddDataProtection().SetApplicationName("ScenarioHub").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "keys")));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.Cookie.Name = "scenariohub";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(settings.SessionMinutes);
            o.SlidingExpiration = true;
        });
        // The token comes in the header alone: looking for it in a form would read an upload whole, before anyone knows whether it is wanted.
        services.AddAntiforgery(o => { o.HeaderName = AntiforgeryHeader; o.SuppressReadingTokenFromFormBody = true; o.Cookie.Name = "scenariohub-antiforgery"; o.Cookie.SameSite = SameSiteMode.Strict; });
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
        app.Use((http, next) =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store"; // figures are nobody's to keep on a shared machine
            return next(http);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.Use(async (http, next) => { if (http.User.Identity?.IsAuthenticated == true) await establish(http); await next(http); });
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

    // A cookie is sent by the browser whoever asked for the request; the token shows that our own page did.
    private static async Task Antiforgery(HttpContext http, RequestDelegate next)
    {
        var writes = !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method));
        if (writes && http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>()?.Permission is not null
            && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
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
