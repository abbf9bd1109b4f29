using System.Net;
using ScenarioHub.Features.Integration;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.House;

/// <summary>The developer's guide is served whole in both languages, and its catalogue of refusals lacks none that the suite was answered with. Broken once by hand: a code taken out of refusals.json.</summary>
[Collection(LastCollectionLast.Name)]
public class GuideTests(Hub hub)
{
    [Fact]
    public void Every_refusal_that_was_answered_is_in_the_catalogue()
    {
        if (CountsAsRunAttribute.IsFiltered && CountsAsRunAttribute.NotRun() is [var one, ..]) Assert.Skip($"Only when the whole suite runs; {one} did not.");
        Assert.True(Answer.Codes.Count > 100, $"{Answer.Codes.Count} codes");
        Walls.Stands("Features/Integration/Docs/refusals.json says of every code what it means, in both languages.", Answer.Codes.Keys.Except(DocsEndpoints.Refusals().Select(r => r.Code)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("zh-CN", "开发者指南", "夜间同步")]
    [InlineData("en-US", "developer's guide", "nightly sync")]
    public async Task It_is_served_in_both_languages_with_its_catalogues(string language, string title, string recipe)
    {
        using var http = hub.CreateClient(new() { AllowAutoRedirect = false });
        var page = await http.GetStringAsync($"/docs/{language}");
        Assert.All(["id=\"errors\"", "<code>stale-version</code>", "<code>H-01</code>", WebUtility.HtmlEncode(title).Replace("&#39;", "'", StringComparison.Ordinal), recipe], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        Assert.Equal($"/docs/{language}", (await http.GetAsync("/docs")).Headers.Location?.OriginalString);
    }
}
