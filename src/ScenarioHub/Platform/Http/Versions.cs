using System.Globalization;

namespace ScenarioHub.Platform.Http;

/// <summary>Versions of single resources as strong ETags: <c>"7"</c>.</summary>
internal static class Versions
{
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private const int NoVersion = -1;

    /// <returns>
    /// The version named by If-Match; null when the header is missing. One that names no version of ours matches nothing:
    /// reading it as missing would overwrite what it was meant to guard.
    /// </returns>
    public static int? IfMatch(this HttpRequest request) => request.Headers.IfMatch.Count == 0 ? null
        : int.TryParse(request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion;

    public static Microsoft.AspNetCore.Http.IResult Versioned<T>(this HttpResponse response, T value, int version)
    {
        response.Headers.ETag = Tag(version);
        return TypedResults.Ok(value);
    }
}
