using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ScenarioHub.Platform.Http;

/// <summary>
/// The built front end from wwwroot beside the assembly: assets as the .br and .gz files its build wrote, and its one page for every address that is no route of ours.
/// Middleware, not routes: it names no permission because it holds no figure, and a route that exists under another method stays a 405.
/// </summary>
internal static class WebPages
{
    private const string NoncePlace = "__STYLE_NONCE__";
    // What these folders do not know is a 404 problem for a program to read, never a page.
    private static readonly string[] NoPages = ["/api", "/connect", "/openapi", "/health", "/reference", "/assets", Hosting.JobsDashboard.Path, "/docs"];
    private static readonly (string Token, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    // No figure of ours runs in a frame, no answer of the API runs at all.
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";
    // The reference page brings its own inline script and styles; it shows our description alone and takes nothing from anybody.
    private const string ReferencePolicy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    // The guide: a page without scripts.
    private const string GuidePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    // The jobs' page is the library's own: its scripts are files, its bars have widths in style attributes.
    private const string JobsPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static string PagePolicy(string nonce) =>
        $"default-src 'self'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Headers of every answer; a page sets its own policy over this one.</summary>
    public static IApplicationBuilder UseSafeHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store"; // figures are nobody's to keep on a shared machine
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/reference") ? ReferencePolicy
            : http.Request.Path.StartsWithSegments("/docs") ? GuidePolicy
            : http.Request.Path.StartsWithSegments(Hosting.JobsDashboard.Path) ? JobsPolicy : ApiPolicy;
        return next(http);
    });

    /// <summary>After routing: only what no route answers.</summary>
    public static WebApplication UseWebPages(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        var types = new FileExtensionContentTypeProvider();
        var page = new Lazy<string?>(() => Read(files.GetFileInfo("index.html")));
        app.Use((http, next) =>
        {
            if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return next(http);
            var path = http.Request.Path.Value ?? "/";
            if (path != "/index.html" && types.TryGetContentType(path, out var type) && files.GetFileInfo(path) is { Exists: true, IsDirectory: false } file) return Asset(http, files, path, file, type);
            return Path.HasExtension(path) && path != "/index.html" || NoPages.Any(prefix => http.Request.Path.StartsWithSegments(prefix)) || page.Value is not { } html ? next(http) : Page(http, html);
        });
        return app;
    }

    private static async Task Asset(HttpContext http, IFileProvider files, string path, IFileInfo file, string type)
    {
        var headers = http.Response.Headers;
        foreach (var (token, extension) in Encodings)
            if (http.Request.Headers.AcceptEncoding.ToString().Contains(token, StringComparison.OrdinalIgnoreCase) && files.GetFileInfo(path + extension) is { Exists: true } compressed)
            {
                (file, headers.ContentEncoding) = (compressed, token);
                break;
            }
        headers.Vary = "Accept-Encoding";
        // The names of assets carry a hash of their content.
        headers.CacheControl = http.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        http.Response.ContentType = type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
        http.Response.ContentLength = file.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.SendFileAsync(file, http.RequestAborted);
    }

    private static Task Page(HttpContext http, string html)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        http.Response.Headers.ContentSecurityPolicy = PagePolicy(nonce);
        http.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(html.Replace(NoncePlace, nonce, StringComparison.Ordinal), http.RequestAborted);
    }

    private static string? Read(IFileInfo file)
    {
        if (!file.Exists) return null; // built without it: the API alone
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }
}
