using System.Text;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class FigureRulesTests(Hub hub)
{
    /// <summary>A figure, the code it is refused with, and where.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"measure":"COST_SAVE","value":1e30}""", "value-too-large", "value" },
        { """{"measure":"COST_SAVE","value":1e400}""", "value-too-large", "value" },
        { """{"measure":"COST_SAVE","value":100000000000000}""", "value-too-large", "value" },
        { """{"measure":"COST_SAVE","value":200000000,"unit":"亿元"}""", "value-too-large", "value" },
        { """{"measure":"HOURS_SAVED","value":10000000001}""", "value-too-large", "value" },
        { """{"measure":"COST_SAVE","value":1.005}""", "value-too-precise", "value" },
        { """{"measure":"COST_SAVE","value":"12"}""", "wrong-type", "value" },
        { """{"measure":"COST_SAVE","value":-1}""", "negative-value", "value" },
        { """{"measure":"OPEX_COMPUTE","value":-0.01}""", "negative-value", "value" },
        { """{"measure":"INVEST_HW","value":-5,"unit":"CNY100M"}""", "negative-value", "value" },
        { """{"measure":"DOWNTIME","value":-1}""", "negative-value", "value" },
        { """{"measure":"ACCIDENTS","value":1.5}""", "value-not-whole", "value" },
        { """{"measure":"COST_SAVE","value":0}""", "zero-not-declared", "value" },
        { """{"measure":"COST_SAVE"}""", "value-missing", "value" },
        { """{"measure":"COST_SAVE","value":5,"state":"zero"}""", "value-not-wanted", "value" },
        { """{"measure":"COST_SAVE","value":0,"state":"exempt"}""", "value-not-wanted", "value" },
        { """{"measure":"CSAT","numerator":0,"denominator":3,"state":"zero"}""", "value-not-wanted", "denominator" },
        { """{"measure":"COST_SAVE","value":5,"unit":"吨"}""", "value-unit-unknown", "unit" },
        { """{"measure":"COST_SAVE","value":5,"unit":"HOUR"}""", "value-unit-unknown", "unit" },
        { """{"measure":"CSAT","numerator":1,"numeratorUnit":"HOUR","denominator":3}""", "value-unit-unknown", "numeratorUnit" },
        { """{"measure":"COST_SAVE","numerator":1,"denominator":3}""", "parts-of-ratio-only", "numerator" },
        { """{"measure":"CSAT","value":80}""", "ratio-needs-parts", "value" },
        { """{"measure":"CSAT","numerator":3}""", "value-missing", "denominator" },
        { """{"measure":"CSAT","numerator":3,"denominator":0}""", "denominator-not-positive", "denominator" },
        { """{"measure":"CSAT","numerator":3,"denominator":-4}""", "denominator-not-positive", "denominator" },
        { """{"measure":"CSAT","numerator":-3,"denominator":4}""", "negative-value", "numerator" },
        { """{"measure":"COST_SAVING","value":5}""", "unknown-measure", "measure" },
        { """{"measure":"NET_BENEFIT","value":5}""", "measure-not-filed", "measure" },
        { """{"measure":"SCN_COUNT","value":5}""", "measure-not-filed", "measure" },
        { """{"measure":"COST_SAVE","value":5,"state":"missing"}""", "unknown-code", "state" },
        { """{"measure":"COST_SAVE","value":5,"grade":"excellent"}""", "unknown-code", "grade" },
        { """{"measure":"COST_SAVE","value":5,"grade":"thirdParty"}""", "grade-beyond-yours", "grade" },
        { """{"measure":"COST_SAVE","value":5,"grade":"regulatorVerified"}""", "grade-beyond-yours", "grade" },
        { """{"measure":"COST_SAVE","value":5,"target":1e30}""", "value-too-large", "target" },
        { """{"measure":"COST_SAVE","value":5,"vlaue":6}""", "unknown-field", "vlaue" },
        { """{"value":5}""", "required", "measure" }
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_figure_is_refused_by_code_and_place_and_nothing_is_saved(string figure, string code, string place)
    {
        var p = await Shared(hub);
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-08");
        var problem = await filer.Puts(path, $$"""{"figures":[{"measure":"REV_GAIN","value":1},{"measure":"LOSS_AVOID","value":1},{{figure}}]}""", 400);
        Assert.Equal(code, problem.ErrorAt("/figures/2/" + place));
        Assert.Equal("missing", (await filer.Gets(path)).Text("state"));
    }

    [Theory]
    [InlineData("2026-13", "period-not-a-month")]
    [InlineData("2026-8", "period-not-a-month")]
    [InlineData("2026Q3", "period-not-a-month")]
    [InlineData("2014-12", "period-not-a-month")]
    [InlineData("%E5%85%AB%E6%9C%88", "period-not-a-month")]
    [InlineData("2026-12", "period-not-ended")]
    [InlineData("2099-12", "period-not-ended")]
    public async Task An_impossible_month_is_refused(string period, string code)
    {
        var p = await Shared(hub);
        var filer = await p.FilerA();
        Assert.Equal(code, (await filer.Puts(Filed.Path(await p.ApprovedScenario(), period), Filed.Saving(1m), 400)).ErrorAt("?period"));
    }

    [Fact]
    public async Task The_present_month_may_be_filed_already()
    {
        var p = await Shared(hub);
        Assert.Equal("draft", (await (await p.FilerA()).Puts(Filed.Path(await p.ApprovedScenario(), "2026-11"), Filed.Saving(1m))).Text("state"));
    }

    [Fact]
    public async Task A_measure_stands_once_in_a_filing_and_an_empty_filing_is_none()
    {
        var p = await Shared(hub);
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-08");
        var twice = await filer.Puts(path, new { figures = new[] { new { measure = "COST_SAVE", value = 1 }, new { measure = "COST_SAVE", value = 2 } } }, 400);
        Assert.Equal("measure-twice", twice.ErrorAt("/figures/1/measure"));
        Assert.Equal("figures-missing", (await filer.Puts(path, new { figures = Array.Empty<object>() }, 400)).ErrorAt("/figures"));
        Assert.Equal("required", (await filer.Puts(path, """{"figures":[null]}""", 400)).ErrorAt("/figures/0"));
        Assert.Equal("required", (await filer.Puts(path, "{}", 400)).ErrorAt("/figures"));
    }

    [Fact]
    public async Task Texts_have_an_end()
    {
        var p = await Shared(hub);
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-08");
        var problem = await filer.Puts(path, new { reason = new string('因', 501), figures = new[] { new { measure = "COST_SAVE", value = 1, note = new string('注', 501) } } }, 400);
        Assert.Equal("maximum-length", problem.ErrorAt("/figures/0/note"));
        Assert.Equal("maximum-length", problem.ErrorAt("/reason"));
        await filer.Puts(path, new { reason = new string('因', 500), figures = new[] { new { measure = "COST_SAVE", value = 1, note = new string('注', 500) } } });
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_in_the_language_asked_for()
    {
        var p = await Shared(hub);
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-12");
        var body = """{"figures":[{"measure":"COST_SAVE","value":-8},{"measure":"X"},{"measure":"CSAT","numerator":1e99,"denominator":0}]}""";
        foreach (var (language, sentence) in new[] { ("zh-CN", "填报值为 -8,该项不能为负数。"), ("en-US", "The value is -8; it cannot be negative.") })
        {
            var problem = await filer.Sends(HttpMethod.Put, path, body, 400, language: language);
            Assert.Equal(["/figures/0/value", "/figures/1/measure", "/figures/2/numerator", "/figures/2/denominator", "?period"], problem["errors"]!.AsArray().Select(e => e!.Text("pointer")));
            Assert.Equal(sentence, problem["errors"]![0]!.Text("message"));
        }
    }

    [Fact]
    public async Task A_month_that_was_worse_than_the_baseline_is_filed_as_it_was()
    {
        var p = await Shared(hub);
        var filing = await (await p.FilerA()).Puts(Filed.Path(await p.ApprovedScenario(), "2026-08"),
            new { figures = new object[] { new { measure = "HOURS_SAVED", value = -12.5m }, new { measure = "EFF_UP", numerator = -5m, denominator = 100m } } });
        Assert.Equal((-12.5m, -5m), (filing.Value("HOURS_SAVED"), filing.Figure("EFF_UP")["ratio"]!.GetValue<decimal>()));
    }

    private static readonly SemaphoreSlim Opening = new(1, 1);
    private static Programme? _shared;

    // Refusals write nothing, so one programme serves them all.
    private static async Task<Programme> Shared(Hub hub)
    {
        await Opening.WaitAsync();
        try { return _shared ??= await hub.Programme(); }
        finally { Opening.Release(); }
    }
}
