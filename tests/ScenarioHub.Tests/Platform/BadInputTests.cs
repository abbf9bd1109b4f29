using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Platform;

/// <summary>What is no proper request is refused in words that name the field and say what would be right, and leaves nothing behind.</summary>
public class BadInputTests(Hub hub)
{
    [Fact]
    public async Task A_method_or_content_type_a_route_does_not_take_is_405_or_415_for_everyone()
    {
        var p = await hub.Programme();
        using var anyone = hub.CreateClient();
        foreach (var http in new[] { anyone, (await p.FilerA()).Http })
        {
            Assert.Equal("method-not-allowed", (await Answer.Of(await http.DeleteAsync("/api/v1/scenarios"), 405)).Code());
            foreach (var type in new[] { "text/plain", "application/json; charset=gbk", "application/json; charset=no-such" })
            {
                using var text = new ByteArrayContent("{}"u8.ToArray());
                text.Headers.TryAddWithoutValidation("Content-Type", type);
                Assert.Equal("not-json", (await Answer.Of(await http.PostAsync("/api/v1/session", text), 415)).Code());
            }
            using var json = new StringContent("{}", Encoding.UTF8, "application/json");
            await Answer.Of(await http.PostAsync("/api/v1/session", json), 400);
        }
    }

    public static TheoryData<string, string, string> Bodies => new()
    {
        { """{"name":"\ud800"}""", "/name", "unreadable-text" },
        { """{"name":"甲\u0000集团"}""", "/name", "unreadable-text" },
        { """{"name":"甲\ufffe集团"}""", "/name", "unreadable-text" },
        { """{"name":"甲","name":"乙"}""", "/name", "duplicate-field" },
        { """{"name":"甲","Name":"乙"}""", "/Name", "duplicate-field" },
        { """{"name":null}""", "/name", "required" },
        { """{"name":5}""", "/name", "wrong-type" },
        { """{"a/b~c":1}""", "/a~1b~0c", "unknown-field" },
        { """{"nmae":null}""", "/nmae", "unknown-field" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_bad_field_is_named_when_something_is_made_and_when_it_is_changed(string body, string pointer, string code)
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var made = body.Insert(1, $"\"parentId\":{p.Root},\"kind\":\"directory\",");
        var named = body.Contains("\"name\"", StringComparison.Ordinal) ? made : made.Insert(1, "\"name\":\"名录\",");
        foreach (var problem in new[] { await admin.Posts("/api/v1/organizations", named, 400), await admin.Patches($"/api/v1/organizations/{p.GroupA}", body, 1, 400) })
            Assert.Equal(code, Errors(problem).Where(e => string.Equals(e.Pointer, pointer, StringComparison.OrdinalIgnoreCase)).Select(e => e.Code).FirstOrDefault() ?? problem.ToJsonString());
        Assert.Equal(("甲集团", 1), ((await admin.Gets($"/api/v1/organizations/{p.GroupA}")) is var stands ? (stands["name"]!.GetValue<string>(), stands["version"]!.GetValue<int>()) : default));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused_and_not_replaced()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        foreach (var json in new byte[][] { [.. "{\"name\":\"a"u8, 0xff, .. "\"}"u8], [.. "{\"na"u8, 0xff, .. "\":\"a\"}"u8] })
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/organizations/{p.GroupA}") { Content = new ByteArrayContent(json) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            var problem = await Answer.Of(await admin.Http.SendAsync(request), 400);
            Assert.Equal("unreadable-text", Errors(problem).Single().Code);
        }
    }

    [Fact]
    public async Task A_null_or_a_repeated_field_deep_inside_is_named_where_it_stands()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var path = $"/api/v1/scenarios/{await p.ApprovedScenario()}/filings/2026-08";
        Assert.Equal("required", (await filer.Puts(path, """{"figures":[{"measure":null,"value":1}]}""", 400)).ErrorAt("/figures/0/measure"));
        Assert.Equal("required", (await filer.Puts(path, """{"figures":null}""", 400)).ErrorAt("/figures"));
        Assert.Equal("duplicate-field", (await filer.Puts(path, """{"figures":[{"measure":"COST_SAVE","value":1,"value":2}]}""", 400)).ErrorAt("/figures/0/value"));
        Assert.Equal("missing", (await filer.Gets(path))["state"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"period":5}""", "/period", "text in quotes")]
    [InlineData("""{"organization":"1157"}""", "/organization", "a number without quotes")]
    [InlineData("""{"organization":1.5}""", "/organization", "whole number")]
    [InlineData("[]", "/", "object")]
    public async Task A_wrong_type_says_which_would_be_right(string body, string pointer, string right)
    {
        var regulator = await (await hub.Programme()).Regulator();
        var problem = await regulator.Sends(HttpMethod.Post, "/api/v1/reports", body, 400, language: "en");
        Assert.Equal("wrong-type", problem.ErrorAt(pointer));
        Assert.Contains(right, problem["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_query_parameter_is_pointed_at_as_one_in_the_callers_spelling()
    {
        var admin = await (await hub.Programme()).Admin();
        var problem = await admin.Sends(HttpMethod.Get, "/api/v1/organizations?limit=0", null, 400, language: "en");
        Assert.NotNull(problem.ErrorAt("?limit"));
        Assert.Contains("'limit'", problem["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("period-not-a-month", (await admin.Gets("/api/v1/filings?period=2026", 400)).ErrorAt("?period"));
        Assert.Contains("整数", (await admin.Gets("/api/v1/organizations?limit=abc", 400))["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cursor_of_another_list_is_refused()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        await admin.Adds("/api/v1/users", new { userName = p.Name + ".second", displayName = "二", password = Person.Password, organizationId = p.Root, roles = new[] { "auditor" } });
        var users = (await admin.Gets("/api/v1/users?limit=1"))["next"]!.GetValue<string>();
        await admin.Gets("/api/v1/users?limit=1&after=" + users);
        foreach (var list in new[] { "organizations", "scenarios", "filings", "reports" })
            Assert.Equal("bad-cursor", (await admin.Gets($"/api/v1/{list}?after={users}", 400)).ErrorAt("?after"));
    }

    [Fact]
    public async Task What_a_body_refers_to_and_what_it_clashes_with_is_named_by_its_field()
    {
        var p = await hub.Programme();
        var (admin, elsewhere) = (await p.Admin(), (await hub.Programme()).GroupA);
        Assert.Equal("organization-not-found", (await admin.Posts("/api/v1/organizations", new { parentId = elsewhere, kind = "directory", name = "名录" }, 404)).ErrorAt("/parentId"));
        Assert.Equal("organization-name-taken", (await admin.Posts("/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "甲集团" }, 409)).ErrorAt("/name"));
        Assert.Equal("organization-not-found", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = elsewhere, effectiveOn = "2026-11-01" }, 404)).ErrorAt("/to"));
        Assert.Equal("organization-not-found", (await admin.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-08", format = "xlsx", organization = elsewhere }, 404)).ErrorAt("/organization"));
        var batch = await (await p.FilerA()).Posts("/api/v1/filings/batch", new { items = new[] { new { scenario = elsewhere, period = "2026-08", externalKey = "K", figures = new[] { new { measure = "COST_SAVE", value = 1 } } } } }, 207);
        Assert.Equal("scenario-not-found", batch["items"]![0]!["problem"]!.ErrorAt("/items/0/scenario"));
    }

    private static IEnumerable<(string Pointer, string Code)> Errors(JsonNode problem) =>
        problem["errors"]!.AsArray().Select(e => (e!["pointer"]!.GetValue<string>(), e["code"]!.GetValue<string>()));
}
