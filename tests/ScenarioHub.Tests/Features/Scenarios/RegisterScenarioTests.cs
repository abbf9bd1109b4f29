using System.Reflection;
using System.Text.Json.Nodes;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class RegisterScenarioTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_scenario_is_read_back_with_everything_that_was_said_of_it()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario(name: "䶮𠮷 智能客服🤖");
        sent["externalKeys"] = new JsonArray(new JsonObject { ["source"] = "SAP", ["key"] = "WBS-𠮷-1" });
        sent["sourceUrl"] = "https://example.cn/a";
        sent["publishedOn"] = "2025-07";
        sent["sourceConfidence"] = "high";
        sent["milestones"] = new JsonArray("2025-01 上线🤖", "2025-06 推广");
        var added = await filer.Posts(Path, sent, 201);
        Assert.Equal((1, "draft", "created"), (added["version"]!.GetValue<int>(), added["state"]!.GetValue<string>(), added["outcome"]!.GetValue<string>()));
        var read = await filer.Gets($"{Path}/{added["id"]}");
        foreach (var (field, value) in sent)
            if (field != "measures") Assert.True(JsonNode.DeepEquals(value, read[field]), $"{field}: sent {value}, read {read[field]}");
        Assert.Equal("COST_SAVE", read["measures"]![0]!["measure"]!.GetValue<string>());
        Assert.Equal(("ENERGY_POWER", "甲一公司", "draft"), (read["sector"]!.GetValue<string>(), read["organizationName"]!.GetValue<string>(), read["state"]!.GetValue<string>()));
        Assert.Null(read["approvedVersion"]);
    }

    [Fact]
    public void The_content_has_every_field_the_dictionary_keeps_and_of_its_type()
    {
        var fields = ReferenceCatalog.Load().Fields.Where(f => f.Storage is FieldStorage.Column or FieldStorage.Document).ToList();
        Assert.NotEmpty(fields);
        Assert.Equal(fields.Select(f => f.Json).Order(StringComparer.Ordinal), ScenarioContent.Values.Keys.Order(StringComparer.Ordinal));
        foreach (var field in fields)
            Assert.Equal(field.Type switch
            {
                FieldType.Decimal or FieldType.Money => typeof(decimal?),
                FieldType.Integer or FieldType.Score => typeof(int?),
                FieldType.Date => typeof(DateOnly?),
                FieldType.Bool => typeof(bool?),
                FieldType.Multi or FieldType.List => typeof(IReadOnlyList<string>),
                _ => typeof(string)
            }, typeof(ScenarioContent).GetProperty(field.Json, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)!.PropertyType);
    }

    [Fact]
    public async Task A_draft_may_be_unfinished_and_says_what_is_missing_when_submitted()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, Least(p, "未写完的场景"));
        var problem = await filer.Posts($"{Path}/{id}/submit", new { version = 1 }, 400);
        foreach (var wanted in new[] { "/summary", "/painPoint", "/capexTotalCny", "/critStrategic", "/contactName", "/goLiveOn", "/techTypes" }) Assert.Equal("required", problem.ErrorAt(wanted));
        Assert.Equal("draft", (await filer.Gets($"{Path}/{id}"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_row_cannot_exist_without_is_refused_at_once_and_all_together()
    {
        var p = await hub.Programme();
        var problem = await (await p.FilerA()).Posts(Path, new { }, 400);
        foreach (var wanted in new[] { "name", "kind", "organization", "region", "industryDivision", "keyAction", "stage", "stageSince", "openScope", "stateSecret" })
            Assert.Equal("required", problem.ErrorAt("/" + wanted));
        Assert.Equal(10, problem["errors"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("name", "\"三个字\"", "/name", "too-short")]
    [InlineData("name", "\" 场景名称\"", "/name", "surrounding-blanks")]
    [InlineData("kind", "\"wish\"", "/kind", "unknown-code")]
    [InlineData("region", "\"999999\"", "/region", "unknown-code")]
    [InlineData("industryDivision", "\"A\"", "/industryDivision", "unknown-code")]
    [InlineData("keyAction", "\"MAGIC\"", "/keyAction", "unknown-code")]
    [InlineData("subItem", "\"SCI_TECH_1\"", "/subItem", "sub-item-of-another-key-action")]
    [InlineData("techTypes", "[\"llm\",\"abacus\"]", "/techTypes/1", "unknown-code")]
    [InlineData("techTypes", "[\"llm\",\"llm\"]", "/techTypes/1", "entry-twice")]
    [InlineData("critEconomic", "6", "/critEconomic", "too-large")]
    [InlineData("capexTotalCny", "-1", "/capexTotalCny", "too-small")]
    [InlineData("capexTotalCny", "1.234", "/capexTotalCny", "value-too-precise")]
    [InlineData("costHardwareCny", "5", "/capexTotalCny", "capex-total-not-sum")]
    [InlineData("opexModelCny", "200000.01", "/opexYearCny", "opex-year-below-sum")]
    [InlineData("stage", "\"retired\"", "/stage", "stage-retired-by-retiring")]
    [InlineData("stageSince", "\"2026-11-17\"", "/stageSince", "stage-since-out-of-range")]
    [InlineData("stageSince", "\"2014-12-31\"", "/stageSince", "date-out-of-range")]
    [InlineData("goLiveOn", "\"2026-11-17\"", "/goLiveOn", "date-out-of-range")]
    [InlineData("goLiveOn", "\"2014-12-31\"", "/goLiveOn", "date-out-of-range")]
    [InlineData("organization", "987654321", "/organization", "organization-not-found")]
    [InlineData("organization", "\"91110000000000000X\"", "/organization", "organization-not-found")]
    [InlineData("code", "\"编号\"", "/code", "code-spelling")]
    [InlineData("publishedOn", "\"2025年7月\"", "/publishedOn", "period-spelling")]
    [InlineData("measures", "[{\"measure\":\"NPV\"}]", "/measures/0/measure", "measure-not-filed")]
    [InlineData("measures", "[{\"measure\":\"NO_SUCH\"}]", "/measures/0/measure", "measure-not-filed")]
    [InlineData("measures", "[{\"measure\":\"COST_SAVE\"},{\"measure\":\"COST_SAVE\"}]", "/measures/1/measure", "measure-twice")]
    [InlineData("measures", "[{\"measure\":\"COST_SAVE\",\"baseline\":1,\"unit\":\"HOUR\"}]", "/measures/0/baseline", "value-unit-unknown")]
    [InlineData("measures", "[{\"measure\":\"COST_SAVE\",\"targetNumerator\":1,\"targetDenominator\":2}]", "/measures/0/target", "measure-not-a-ratio")]
    [InlineData("measures", "[{\"measure\":\"YIELD\",\"targetNumerator\":1}]", "/measures/0/target", "measure-values-unclear")]
    [InlineData("measures", "[{\"measure\":\"YIELD\",\"baselinePeriod\":\"上年\"}]", "/measures/0/baselinePeriod", "period-spelling")]
    [InlineData("externalKeys", "[{\"source\":\"用友\",\"key\":\"1\"}]", "/externalKeys/0/source", "external-key-spelling")]
    [InlineData("summmary", "1", "/summmary", "unknown-field")]
    public async Task A_wrong_value_is_refused_by_field(string field, string value, string pointer, string code)
    {
        var p = await hub.Programme();
        var sent = p.Scenario();
        sent[field] = JsonNode.Parse(value);
        var problem = await (await p.FilerA()).Posts(Path, sent, 400);
        Assert.Equal(code, problem.ErrorAt(pointer));
        Assert.Single(problem["errors"]!.AsArray());
    }

    [Fact]
    public async Task A_finding_names_the_field_what_was_found_and_what_would_be_right_in_both_languages()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        sent["critEconomic"] = 9;
        sent["summary"] = new string('长', 801);
        string Messages(JsonNode problem) => string.Join("|", problem["errors"]!.AsArray().Select(e => e!["message"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("“场景简介”最多 800 个字符,现有 801 个。|“经济收益”为 9,不得大于 5。", Messages(await filer.Posts(Path, sent, 400)));
        Assert.Equal("Economic return is 9; it must be at most 5.|Summary may have at most 800 characters and has 801.", Messages(await filer.Sends(HttpMethod.Post, Path, sent, 400, language: "en")));
    }

    [Fact]
    public async Task A_state_secret_is_a_placeholder_and_nothing_more()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var told = p.Scenario(name: "某涉密场景");
        told["stateSecret"] = true;
        var problem = await filer.Posts(Path, told, 400);
        foreach (var field in new[] { "summary", "painPoint", "capexTotalCny", "contactName", "measures", "openScope", "goLiveOn", "businessDomain" }) Assert.Equal("state-secret-content", problem.ErrorAt("/" + field));

        var placeholder = Least(p, "某涉密场景");
        placeholder["stateSecret"] = true;
        placeholder["openScope"] = "closed";
        var id = await filer.Adds(Path, placeholder);
        await p.Approves(id);
        Assert.Equal("state-secret-content", (await filer.Patches($"{Path}/{id}", new { summary = "内容" }, 3, 400)).ErrorAt("/summary"));
    }

    [Fact]
    public async Task An_organization_may_be_named_by_its_credit_code()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var code = (await filer.Gets($"/api/v1/organizations/{p.SubsidiaryA}"))["creditCode"]!.GetValue<string>();
        var sent = p.Scenario();
        sent["organization"] = code;
        var id = await filer.Adds(Path, sent);
        Assert.Equal(p.SubsidiaryA, (await filer.Gets($"{Path}/{id}"))["organization"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_code_is_unique_within_a_tenant_and_free_in_another()
    {
        var (a, b) = (await hub.Programme(), await hub.Programme());
        var sent = a.Scenario();
        sent["code"] = "CE015-44-2025-0007";
        await (await a.FilerA()).Adds(Path, sent);
        var again = a.Scenario();
        again["code"] = "CE015-44-2025-0007";
        Assert.Equal("scenario-code-taken", (await (await a.FilerA()).Posts(Path, again, 409)).Code());
        var elsewhere = b.Scenario();
        elsewhere["code"] = "CE015-44-2025-0007";
        await (await b.FilerA()).Adds(Path, elsewhere);
    }

    [Fact]
    public async Task A_name_is_unique_within_its_organization_and_free_in_another()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        await filer.Adds(Path, p.Scenario(name: "智能客服"));
        Assert.Equal("scenario-name-taken", (await filer.Posts(Path, p.Scenario(name: "智能客服"), 409)).Code());
        await filer.Adds(Path, p.Scenario(p.SubsidiaryB, name: "智能客服"));
    }

    [Fact]
    public async Task Codes_the_system_makes_stay_different_when_many_register_at_once_and_step_over_one_given_by_hand()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var byHand = p.Scenario();
        byHand["code"] = "11-44-2026-0003";
        await filer.Adds(Path, byHand);
        var codes = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => (await filer.Posts(Path, p.Scenario(), 201))["code"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(1, 13).Where(n => n != 3).Select(n => $"11-44-2026-{n:0000}"), codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_registers_for_an_organization_outside_his_subtree_and_a_regulator_not_at_all()
    {
        var p = await hub.Programme();
        Assert.Equal("organization-not-found", (await (await p.FilerB()).Posts(Path, p.Scenario(), 400)).ErrorAt("/organization"));
        Assert.Equal("permission-missing", (await (await p.Regulator()).Posts(Path, p.Scenario(), 403)).Code());
    }

    internal static JsonObject Least(Programme p, string name) => new()
    {
        ["name"] = name,
        ["kind"] = "application",
        ["organization"] = p.SubsidiaryA,
        ["region"] = "110000",
        ["industryDivision"] = "44",
        ["keyAction"] = "INDUSTRY",
        ["stage"] = "scaled",
        ["stageSince"] = "2025-01-01",
        ["openScope"] = "registered",
        ["stateSecret"] = false
    };
}
