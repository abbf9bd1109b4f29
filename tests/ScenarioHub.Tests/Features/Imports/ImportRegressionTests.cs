using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Imports;
using ScenarioHub.Tests.Support;
using static ScenarioHub.Tests.Features.Imports.Imported;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>What went wrong for integrators elsewhere, by name, and what an import meets on the way.</summary>
public class ImportRegressionTests(Hub hub)
{
    [Fact]
    public async Task A_misspelt_validate_only_parameter_must_not_post()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        Assert.Equal("unknown-parameter", (await filer.SendsFile(Figures + "&validateonly_=true", Line(id, "2026-08", "COST_SAVE", 1), 400)).ErrorAt("?validateonly_"));
        Assert.Equal("bad-parameter", (await filer.SendsFile(Figures + "&validateOnly=ture", Line(id, "2026-08", "COST_SAVE", 1), 400)).ErrorAt("?validateOnly"));
        Assert.Equal("unknown-code", (await filer.SendsFile("/api/v1/imports?kind=figure", "x", 400)).ErrorAt("?kind"));
        Assert.Empty((await filer.Gets("/api/v1/imports"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_file_must_not_leave_a_blank_answer()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var sent = await filer.SendsFile(Figures, Line(id, "2026-08", "COST_SAVE", 1));
        var importId = sent["id"]!.GetValue<long>();
        // As a process leaves it that dies at work: running, under a lease that nobody renews.
        await p.Tamper("UPDATE import_run SET state = 'running', lease_owner = 'dead', lease_until = '2026-11-16T07:00:00.000Z', attempts = 1 WHERE tenant_id = @t AND import_id = @importId", new { importId });
        var between = await filer.Gets($"/api/v1/imports/{importId}");
        Assert.Equal(("running", 0), (between["state"]!.GetValue<string>(), between["doneEntries"]!.GetValue<int>()));
        Assert.NotNull(between["links"]!["findings"]);
        await p.Hub.Services.GetRequiredService<ImportJobs>().PickUp(default);
        await p.Works(importId);
        var done = await filer.Gets($"/api/v1/imports/{importId}");
        done.Is("done", created: 1);
        Assert.Equal(2, done["attempts"]!.GetValue<int>());
        await p.Hub.Services.GetRequiredService<ImportJobs>().DropLeases(default);   // what the embedded start does: nobody's is left running
    }

    [Fact]
    public async Task The_reply_must_not_come_before_what_it_names_can_be_read()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        for (var i = 0; i < 5; i++)
        {
            using var response = await filer.Uploads(Figures, Encoding.UTF8.GetBytes(Line(id, "2026-08", "COST_SAVE", i + 1)), "八月.ndjson");
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            var at = response.Headers.Location!.ToString();
            Assert.Equal("queued", (await filer.Gets(at))["state"]!.GetValue<string>());
            Assert.Empty((await filer.Gets(at + "/findings"))["items"]!.AsArray());
            Assert.Equal(Line(id, "2026-08", "COST_SAVE", i + 1), await filer.Http.GetStringAsync(new Uri(at + "/file", UriKind.Relative)));
        }
    }

    [Fact]
    public async Task An_error_must_name_its_entry()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var csv = $"场景编号,报告期,指标代码,填报值,外部键\n{id},2026-08,COST_SAVE,12万元,A-1\n{id},2026-07,COST_SAVE,-3,A-2\n没有的,2026-06,COST_SAVE,3,A-3\n{id},2026-05,COST_SAVE,约3万,A-4\n".Replace("指标代码", "measure", StringComparison.Ordinal).Replace("填报值", "value", StringComparison.Ordinal);
        var import = await p.Imports(filer, Figures + "&onProblem=skipRows", csv, "八月.csv");
        import.Is("done", created: 1, refused: 3);
        Assert.Equal([(3, "D3", "A-2", "negative-value"), (4, "A4", "A-3", "scenario-not-found"), (5, "D5", "A-4", "cell-number-not-exact")], (await filer.FindingsOf(import)).Select(f =>
            (f!["row"]!.GetValue<int>(), (string?)f["cell"], (string?)f["externalKey"], f["code"]!.GetValue<string>())));
        Assert.Contains("120000", (await filer.Gets($"/api/v1/scenarios/{id}/filings/2026-08")).ToJsonString(), StringComparison.Ordinal);
        using var annotated = await filer.Http.GetAsync(new Uri($"/api/v1/imports/{import["id"]}/annotated", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, annotated.StatusCode);
        using var book = new ZipArchive(new MemoryStream(await annotated.Content.ReadAsByteArrayAsync()));
        Assert.Contains(book.Entries, e => e.FullName.EndsWith(".xml", StringComparison.Ordinal) && new StreamReader(e.Open()).ReadToEnd().Contains("negative-value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_gzip_writes_nothing_and_a_whole_one_is_read()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 10).Select(m => Line(id, $"2026-{m:00}", "COST_SAVE", m * 131)))));
        var whole = packed.ToArray();
        var half = (await filer.SendsFile(Figures + "&onProblem=skipRows", whole[..(whole.Length / 2)]))["id"]!.GetValue<long>();
        await p.Works(half);
        var refused = await filer.Gets($"/api/v1/imports/{half}");
        Assert.Equal(("refused", "file-unreadable"), (refused["state"]!.GetValue<string>(), refused["failure"]!["code"]!.GetValue<string>()));
        Assert.Equal("file-gzip-broken", (await filer.FindingsOf(refused))[^1]!["code"]!.GetValue<string>());
        Assert.Empty((await filer.Gets("/api/v1/filings"))["items"]!.AsArray());

        var again = (await filer.SendsFile(Figures, whole))["id"]!.GetValue<long>();
        await p.Works(again);
        (await filer.Gets($"/api/v1/imports/{again}")).Is("done", created: 10);
    }

    [Fact]
    public async Task The_same_request_sent_twice_with_its_key_is_one_import()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var file = Line(id, "2026-08", "COST_SAVE", 1);
        var first = await filer.SendsFile(Figures, file, key: "night-1");
        using var second = await filer.Uploads(Figures, Encoding.UTF8.GetBytes(file), key: "night-1");
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first["id"]!.GetValue<long>(), (await Answer.Of(second, 202))["id"]!.GetValue<long>());
        Assert.Equal("idempotency-key-reused", (await filer.SendsFile(Figures, file + "\n", 422, key: "night-1")).Code());
        Assert.Single((await filer.Gets("/api/v1/imports"))["items"]!.AsArray());
        p.Hub.Clock.Step(TimeSpan.Zero);
        await p.Hub.Services.GetRequiredService<ImportJobs>().SweepFiles(default);
    }

    [Fact]
    public async Task An_import_is_seen_within_its_subtree_only_and_cancelled_once()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var import = await filer.SendsFile(Figures, Line(id, "2026-08", "COST_SAVE", 1));
        foreach (var stranger in new[] { await p.FilerB(), await (await hub.Programme()).FilerA() })
        {
            Assert.Empty((await stranger.Gets("/api/v1/imports"))["items"]!.AsArray());
            Assert.Equal("import-not-found", (await stranger.Posts($"/api/v1/imports/{import["id"]}/cancel", null, 404)).Code());
        }
        Assert.Single((await (await p.Regulator()).Gets("/api/v1/imports"))["items"]!.AsArray());
        Assert.Equal("cancelled", (await filer.Posts($"/api/v1/imports/{import["id"]}/cancel", null))["state"]!.GetValue<string>());
        await p.Works(import["id"]!.GetValue<long>());
        Assert.Equal("cancelled", (await filer.Gets($"/api/v1/imports/{import["id"]}"))["state"]!.GetValue<string>());
        Assert.Equal("import-not-cancellable", (await filer.Posts($"/api/v1/imports/{import["id"]}/cancel", null, 409)).Code());
    }

    [Fact]
    public async Task A_file_of_ten_thousand_rows_is_committed_in_parts_each_once()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var first = await p.ApprovedScenario();
        // 210 scenarios as they stand after approval, copied; HTTP would take minutes for them.
        await p.Tamper("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 209)
            INSERT INTO scenario SELECT s.tenant_id, 7000000000000 + s.tenant_id * 1000 + n.i, s.organization_id, s.code || '-' || n.i, s.name || n.i, s.kind, s.state, s.stage, s.stage_since, s.industry_division, s.region, s.key_action,
                s.business_domain, s.open_scope, s.strategic_batch, s.state_secret, s.go_live_on, s.capex_total_fen, s.opex_year_fen, s.crit_strategic, s.crit_economic, s.crit_livelihood, s.document, s.version,
                s.approved_version, s.return_reason, s.created_by, s.created_at, s.updated_at
            FROM scenario s, n WHERE s.tenant_id = @t AND s.scenario_id = @first
            """, new { first });
        await p.Tamper("""
            INSERT INTO scenario_standing (tenant_id, scenario_id, version, organization_id, industry_division, sector, region, key_action, stage, stage_since, capex_total_fen, first_period)
            SELECT s.tenant_id, s.scenario_id, s.version, t.organization_id, t.industry_division, t.sector, t.region, t.key_action, t.stage, t.stage_since, t.capex_total_fen, t.first_period
            FROM scenario s JOIN scenario_standing t ON t.tenant_id = s.tenant_id AND t.scenario_id = @first WHERE s.tenant_id = @t AND s.scenario_id > 7000000000000
            """, new { first });
        await p.Tamper("INSERT INTO scenario_stage (tenant_id, scenario_id, since, stage) SELECT tenant_id, scenario_id, stage_since, stage FROM scenario WHERE tenant_id = @t AND scenario_id > 7000000000000", new { first });
        var file = new StringBuilder();
        for (var month = 1; month <= 10; month++)
            for (var i = 1; i <= 209; i++)
                foreach (var measure in new[] { "COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE", "INVEST_HW", "INVEST_SW" })
                    file.Append(Line(7000000000000 + p.TenantId * 1000 + i, $"2026-{month:00}", measure, 100 + i));
        var import = await p.Imports(filer, Figures + "&submit=true&onProblem=skipRows", file.ToString());
        Assert.Equal(("done", 10_450, 2_090, 2_090), (import["state"]!.GetValue<string>(), import["totalRows"]!.GetValue<int>(), import["entries"]!.GetValue<int>(), import["created"]!.GetValue<int>()));
        var rollup = await (await p.Regulator()).Gets("/api/v1/rollups?measure=INVEST_SW&by=sector&from=2026-01&to=2026-10&book=filed");
        var submitted = import["submitted"]!.GetValue<int>();
        Assert.True(submitted > 0);
        (await p.Imports(filer, Figures + "&submit=true&onProblem=skipRows", file.ToString())).Is("done", unchanged: 2_090);
        var after = await (await p.Regulator()).Gets("/api/v1/rollups?measure=INVEST_SW&by=sector&from=2026-01&to=2026-10&book=filed");
        Assert.Equal(rollup["total"]!["value"]!.ToJsonString(), after["total"]!["value"]!.ToJsonString());
    }

    [Fact]
    public async Task A_file_larger_than_the_limit_is_refused_before_it_is_read()
    {
        var p = await hub.Programme();
        using var request = new HttpRequestMessage(HttpMethod.Post, Figures) { Content = new StreamContent(new Endless()) };
        request.Content.Headers.ContentLength = (300L << 20);
        using var response = await (await p.FilerA()).Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Of_a_closed_sign_in_nothing_more_is_written()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var import = await filer.SendsFile(Figures, Line(id, "2026-08", "COST_SAVE", 1));
        await (await p.Admin()).Posts($"/api/v1/users/{filer.UserId}/disable", null, 204);
        await p.Works(import["id"]!.GetValue<long>());
        var failed = await (await p.Regulator()).Gets($"/api/v1/imports/{import["id"]}");
        Assert.Equal(("failed", "import-requester-gone"), (failed["state"]!.GetValue<string>(), failed["failure"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_template_is_a_workbook()
    {
        var filer = await (await hub.Programme()).FilerA();
        using var book = new ZipArchive(new MemoryStream(await filer.Http.GetByteArrayAsync(new Uri("/api/v1/imports/template.xlsx", UriKind.Relative))));
        Assert.Contains(book.Entries, e => e.FullName == "xl/workbook.xml");
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => 0; set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => count;
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
