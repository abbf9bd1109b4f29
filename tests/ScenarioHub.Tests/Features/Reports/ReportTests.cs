using System.IO.Compression;
using System.Security.Cryptography;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Reports;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Reports;

public class ReportTests(Hub hub)
{
    [Theory]
    [InlineData("docx", "word/document.xml")]
    [InlineData("xlsx", "xl/worksheets/sheet1.xml")]
    public async Task A_report_is_pinned_to_a_closing_made_once_and_keeps_rare_characters(string format, string part)
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲䶮𠮷集团🤖" }, 1);
        var scenario = await p.ApprovedScenario();
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 98765.43m }));

        var id = await Requests(regulator, format, p.GroupA);
        Assert.Equal("report-not-finished", (await regulator.Gets($"/api/v1/reports/{id}/file", 409)).Code());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Make(p, id)));   // a job may run twice
        var run = await regulator.Gets($"/api/v1/reports/{id}");
        Assert.Equal(("done", 100, 1), (run["state"]!.GetValue<string>(), run["progress"]!.GetValue<int>(), run["attempts"]!.GetValue<int>()));
        Assert.True(run["closing"]!.GetValue<long>() > 0);

        var file = await regulator.Http.GetByteArrayAsync($"/api/v1/reports/{id}/file");
        Assert.Equal(run["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(file)));
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry(part)!.Open());
        Assert.Contains("甲䶮𠮷集团🤖", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Contains(zip.Entries, e => e.Name.EndsWith(".png", StringComparison.Ordinal));

        Assert.Equal(id, (await regulator.Gets("/api/v1/reports"))["items"]![0]!["id"]!.GetValue<long>());
        Assert.Equal("report-not-cancellable", (await regulator.Posts($"/api/v1/reports/{id}/cancel", null, 409)).Code());
        foreach (var stranger in new[] { await p.FilerB(), await (await hub.Programme()).Regulator() })
            await stranger.Gets($"/api/v1/reports/{id}/file", 404);
        await (await p.FilerA()).Gets($"/api/v1/reports/{id}");
    }

    [Fact]
    public async Task The_first_months_there_are_have_a_report_too()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var id = (await regulator.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2015-01", format = "xlsx" }, 202))["id"]!.GetValue<long>();
        await Make(p, id);
        Assert.Equal("done", (await regulator.Gets($"/api/v1/reports/{id}"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_somebody_asked_for_whose_sign_in_was_closed_ends_and_says_so()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.SignedInAs("regulator", p.GroupA), await p.Admin());
        var id = await Requests(regulator, "xlsx", p.GroupA);
        await admin.Posts($"/api/v1/users/{regulator.UserId}/disable", null, 204);
        await Make(p, id);
        var run = await admin.Gets($"/api/v1/reports/{id}");
        Assert.Equal("failed", run["state"]!.GetValue<string>());
        Assert.Contains("停用", run["failure"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_report_is_never_made()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var id = await Requests(regulator, "xlsx", p.Root);
        Assert.Equal("cancelled", (await regulator.Posts($"/api/v1/reports/{id}/cancel", null))["state"]!.GetValue<string>());
        await Make(p, id);
        Assert.Equal("cancelled", (await regulator.Gets($"/api/v1/reports/{id}"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_dead_worker_left_is_picked_up_when_its_lease_is_over()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        var regulator = await p.Regulator();
        await p.ApprovedScenario();
        var id = await Requests(regulator, "xlsx", p.Root);
        await p.Tamper("UPDATE report_run SET state = 'running', lease_owner = 'dead', attempts = 1, lease_until = @until WHERE tenant_id = @t AND report_id = @id",
            new { id, until = own.Clock.GetUtcNow().UtcDateTime.AddSeconds(60) });
        await Make(p, id);
        Assert.Equal("running", (await regulator.Gets($"/api/v1/reports/{id}"))["state"]!.GetValue<string>());
        await own.Services.GetRequiredService<ReportJobs>().DropLeases(default);   // what the embedded start does
        own.Clock.Step(TimeSpan.FromSeconds(1));
        await own.Services.GetRequiredService<ReportJobs>().PickUp(default);
        await Make(p, id);
        var run = await regulator.Gets($"/api/v1/reports/{id}");
        Assert.Equal(("done", 2), (run["state"]!.GetValue<string>(), run["attempts"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_report_that_cannot_be_made_says_why_and_is_tried_three_times()
    {
        using var own = new Hub();
        var p = await own.Programme();
        var regulator = await p.Regulator();
        var id = await Requests(regulator, "xlsx", p.Root);
        await p.Tamper("DELETE FROM ledger_head WHERE tenant_id = @t", new { });
        for (var i = 0; i < 3; i++) await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Make(p, id));
        await Make(p, id);
        var run = await regulator.Gets($"/api/v1/reports/{id}");
        Assert.Equal(("failed", 3), (run["state"]!.GetValue<string>(), run["attempts"]!.GetValue<int>()));
        Assert.NotNull(run["failure"]);
    }

    [Theory]
    [InlineData("""{"template":"sector-monthly","period":"2026-13","format":"xlsx"}""", "/period", "bad-period")]
    [InlineData("""{"template":"sector-monthly","period":"2027-01","format":"xlsx"}""", "/period", "period-not-begun")]
    [InlineData("""{"template":"nope","period":"2026-08","format":"xlsx"}""", "/template", "unknown-code")]
    [InlineData("""{"template":"sector-monthly","period":"2026-08","format":"pdf"}""", "/format", "unknown-code")]
    public async Task A_report_that_makes_no_sense_is_refused_by_name(string body, string pointer, string code)
    {
        var regulator = await (await hub.Programme()).Regulator();
        Assert.Equal(code, (await regulator.Posts("/api/v1/reports", body, 400)).ErrorAt(pointer));
    }

    private static async Task<long> Requests(Person person, string format, long organization) =>
        (await person.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-08", format, organization }, 202))["id"]!.GetValue<long>();

    // As the job does: a scope of its own, the caller made from the run's row.
    private static async Task Make(Programme p, long id)
    {
        await using var scope = p.Hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new MakeReport(p.TenantId, id));
    }
}
