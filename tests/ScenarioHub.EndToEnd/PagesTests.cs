using System.Net;
using System.Text.RegularExpressions;

namespace ScenarioHub.EndToEnd;

/// <summary>What the server gives a browser before anybody signs in. The pages themselves are walked by the journeys in web/e2e.</summary>
public sealed partial class PagesTests(StartedHub hub) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = hub.Address };

    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios/12")]
    [InlineData("/index.html")]
    public async Task Each_address_that_is_no_route_is_the_page_with_a_style_nonce_of_its_own(string path)
    {
        var (one, other) = (await Get(path), await Get(path));
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        var policy = one.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.Contains($"content=\"{nonce}\"", await one.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(policy, other.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(one.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Assets_come_compressed_whole_and_for_ever()
    {
        var script = Script().Match(await (await Get("/")).Content.ReadAsStringAsync()).Value;
        using var plain = new HttpClient { BaseAddress = hub.Address };
        foreach (var encoding in new[] { "br", "gzip" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, script) { Headers = { { "Accept-Encoding", encoding } } };
            var asset = await plain.SendAsync(request);
            Assert.Equal(encoding, asset.Content.Headers.ContentEncoding.Single());
            Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.True((await asset.Content.ReadAsByteArrayAsync()).Length > 1000);
        }
        Assert.Equal((await plain.GetStringAsync(new Uri(script, UriKind.Relative))).Length, (await _http.GetStringAsync(new Uri(script, UriKind.Relative))).Length);
    }

    [Theory]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/api", 404)]
    [InlineData("/assets/gone.js", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/..%2f..%2fappsettings.json", 404)]
    [InlineData("/api/v1/filings/submit", 405)]
    public async Task What_is_no_page_is_a_problem_for_a_program_to_read(string path, int status)
    {
        var answer = await Get(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> Get(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    [GeneratedRegex("'nonce-([^']+)'")] private static partial Regex Nonce();
    [GeneratedRegex("/assets/[^\"]+\\.js")] private static partial Regex Script();
}
