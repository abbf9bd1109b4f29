using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Platform;

public class IdempotencyTests(Hub hub)
{
    [Fact]
    public async Task A_retry_with_the_same_key_gets_the_first_answer_and_doubles_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var body = p.Scenario(name: "重复提交只登记一次");
        var (first, _) = await Post(filer, "/api/v1/scenarios", body, "k-1", 201);
        var (again, replayed) = await Post(filer, "/api/v1/scenarios", body, "\"k-1\"", 201);
        Assert.Equal(first, again);
        Assert.True(replayed);
        Assert.Single((await filer.Gets("/api/v1/scenarios?q=重复提交只登记一次"))["items"]!.AsArray());
        body["name"] = "另一个场景";
        Assert.Contains("idempotency-key-reused", (await Post(filer, "/api/v1/scenarios", body, "k-1", 422)).Body, StringComparison.Ordinal);
        var other = await (await hub.Programme()).FilerA();   // another person's key is another key
        Assert.DoesNotContain("idempotency", (await Post(other, "/api/v1/scenarios", body, "k-1", 400)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_sixteen_times_at_once_it_happens_once()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var body = p.Scenario(name: "十六次同时提交");
        body.Remove("code");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Post(filer, "/api/v1/scenarios", body, "k-16", 201)));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.Equal(15, answers.Count(a => a.Replayed));
        Assert.Single((await filer.Gets("/api/v1/scenarios?q=十六次同时提交"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_refusal_is_not_kept_and_a_batch_is_given_again_item_by_item()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        await Post(filer, "/api/v1/filings/batch", new { items = Array.Empty<object>() }, "k-b", 400);
        var batch = new { items = new object[] { new { scenario, period = "2026-08", figures = new[] { new { measure = "COST_SAVE", value = 1 } } }, new { scenario = 1, period = "2026-08", figures = new[] { new { measure = "COST_SAVE", value = 1 } } } } };
        var (first, _) = await Post(filer, "/api/v1/filings/batch", batch, "k-b", 207);
        var (again, replayed) = await Post(filer, "/api/v1/filings/batch", batch, "k-b", 207);
        Assert.True(replayed);
        Assert.Equal(Timeless(first), Timeless(again));

        static string Timeless(string body) => System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "");
    }

    [Fact]
    public async Task After_seven_days_it_is_forgotten()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        var admin = await p.Admin();
        await Post(admin, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "一" }, "k-7", 201);
        await own.Services.GetRequiredService<IdempotencyJobs>().Forget(default);
        Assert.True((await Post(admin, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "一" }, "k-7", 201)).Replayed);
        own.Clock.Step(IdempotencyJobs.Kept + TimeSpan.FromMinutes(1));
        await own.Services.GetRequiredService<IdempotencyJobs>().Forget(default);
        admin = await Person.SignIn(own, p.Name + ".admin");
        await Post(admin, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "一" }, "k-7", 409);
        await Post(admin, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "二" }, new string('k', 129), 400);
    }

    private static async Task<(string Body, bool Replayed)> Post(Person person, string path, object body, string key, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var response = await person.Http.SendAsync(request);
        await Answer.Of(response, status);
        return (await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
    }
}
