using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Audit;

/// <summary>Somebody with every right over the database puts his hand to it.</summary>
public class VerifyAuditTests(Hub hub)
{
    private const string Entries = "audit_entry", Changes = "change", OfTenant = " WHERE tenant_id = @t AND ";

    [Fact]
    public async Task An_untouched_chain_holds_and_names_its_last_entry()
    {
        var (p, auditor, last) = await Programme();
        var verdict = await auditor.Gets("/api/v1/audit/verify");
        Assert.True(verdict["holds"]!.GetValue<bool>(), verdict.ToJsonString());
        Assert.Equal((last, last), (verdict["entries"]!.GetValue<long>(), verdict["lastNo"]!.GetValue<long>()));
        Assert.True(verdict["changes"]!.GetValue<long>() > 8);
        var kept = verdict.Text("lastSha256");
        await (await p.Admin()).Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团新名" }, 1);
        Assert.True((await auditor.Gets($"/api/v1/audit/verify?no={last}&sha256={kept}"))["holds"]!.GetValue<bool>());
        Assert.Equal([$"replaced {Entries} {last}"], Found(await auditor.Gets($"/api/v1/audit/verify?no={last}&sha256={new string('a', 64)}")));
        Assert.Equal("required", (await auditor.Gets("/api/v1/audit/verify?no=1", 400)).ErrorAt("?sha256"));
    }

    [Theory]
    [InlineData("actor_name = 'somebody.else'")]
    [InlineData("occurred_at = '2026-01-01T00:00:00.000Z'")]
    [InlineData("details = '[]'")]
    [InlineData("outcome = 'refused'")]
    [InlineData("address = '10.0.0.1'")]
    [InlineData("subject_id = 1")]
    [InlineData("change_count = 0")]
    [InlineData("sha256 = '0000000000000000000000000000000000000000000000000000000000000001'")]
    public async Task A_changed_entry_is_named(string change)
    {
        var (p, auditor, last) = await Programme();
        await p.Tamper($"UPDATE {Entries} SET {change}{OfTenant}audit_no = @n", new { n = last - 4 });
        Assert.Equal([$"changed {Entries} {last - 4}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task A_changed_entry_whose_hash_was_made_anew_is_named()
    {
        var (p, auditor, last) = await Programme();
        await Rewrite(p, last - 4);
        Assert.Equal([$"rewritten {Entries} {last - 4}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await Rewrite(p, last);
        Assert.Equal([$"rewritten {Entries} {last - 4}", $"rewritten {Entries} {last}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task Removed_entries_are_named_in_the_middle_at_the_beginning_and_at_the_end()
    {
        var (p, auditor, last) = await Programme();
        await p.Tamper($"DELETE FROM {Entries}{OfTenant}audit_no = @n", new { n = last - 4 });
        Assert.Equal([$"removed {Entries} {last - 4}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper($"DELETE FROM {Entries}{OfTenant}audit_no <= 2", new { });
        Assert.Equal([$"removed {Entries} 1-2", $"removed {Entries} {last - 4}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper($"DELETE FROM {Entries}{OfTenant}audit_no >= @n", new { n = last - 1 });
        Assert.Equal([$"removed {Entries} 1-2", $"removed {Entries} {last - 4}", $"removed {Entries} {last - 1}-{last}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task A_cut_that_sets_the_head_back_too_is_found_by_a_hash_that_was_kept_elsewhere_and_by_nothing_else()
    {
        var (p, auditor, last) = await Programme();
        var kept = (await auditor.Gets("/api/v1/audit/verify")).Text("lastSha256");
        await p.Tamper($"DELETE FROM {Changes}{OfTenant}audit_no = @n", new { n = last });
        await p.Tamper($"DELETE FROM {Entries}{OfTenant}audit_no = @n", new { n = last });
        await p.Tamper("UPDATE change_head SET last_audit_no = @n, last_sha256 = (SELECT sha256 FROM audit_entry WHERE tenant_id = @t AND audit_no = @n), last_change_no = (SELECT MAX(change_no) FROM change WHERE tenant_id = @t) WHERE tenant_id = @t", new { n = last - 1 });
        Assert.True((await auditor.Gets("/api/v1/audit/verify"))["holds"]!.GetValue<bool>());
        Assert.Equal([$"replaced {Entries} {last}"], Found(await auditor.Gets($"/api/v1/audit/verify?no={last}&sha256={kept}")));
    }

    [Fact]
    public async Task Inserted_entries_are_named()
    {
        var (p, auditor, last) = await Programme();
        const string Copy = """
            INSERT INTO audit_entry (tenant_id, audit_no, occurred_at, act, outcome, kind, subject_id, organization_id, actor_user_id, actor_name, change_count, previous_sha256, sha256)
            SELECT tenant_id, @n, occurred_at, act, outcome, kind, subject_id, organization_id, actor_user_id, actor_name, 0, sha256, sha256 FROM audit_entry WHERE tenant_id = @t AND audit_no = @of
            """;
        await p.Tamper(Copy, new { n = 0L, of = 1L });
        Assert.Equal([$"inserted {Entries} 0"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper(Copy, new { n = last + 1, of = last });
        await Rewrite(p, last + 1);   // chained as it should be, and still too many
        Assert.Equal([$"inserted {Entries} 0", $"inserted {Entries} {last + 1}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task Two_entries_that_were_exchanged_are_named_and_so_are_two_change_rows()
    {
        var (p, auditor, last) = await Programme();
        foreach (var (table, column, a, b) in new[] { (Entries, "audit_no", last - 5, last - 3), (Changes, "change_no", 3L, 5L) })
        {
            await p.Tamper($"UPDATE {table} SET {column} = -1{OfTenant}{column} = @a", new { a });
            await p.Tamper($"UPDATE {table} SET {column} = @a{OfTenant}{column} = @b", new { a, b });
            await p.Tamper($"UPDATE {table} SET {column} = @b{OfTenant}{column} = -1", new { b });
        }
        var found = Found(await auditor.Gets("/api/v1/audit/verify"));
        Assert.Contains($"exchanged {Entries} {last - 5}-{last - 3}", found);
        Assert.Contains($"exchanged {Entries} {last - 3}-{last - 5}", found);
        Assert.Contains($"changed {Changes} 3", found);
        Assert.Contains($"changed {Changes} 5", found);
        Assert.Equal(4, found.Length);
    }

    [Fact]
    public async Task Of_the_rows_a_bulk_act_changed_the_one_that_was_touched_is_named()
    {
        var (p, auditor, _) = await Programme();
        var bulk = (await auditor.Gets("/api/v1/audit?kind=filing"))["items"]!.AsArray().Single(i => i!.Text("act") == "approveFilings")!;
        var (first, count) = (bulk["firstChange"]!.GetValue<long>(), bulk["changeCount"]!.GetValue<long>());
        Assert.Equal(3, count);
        await p.Tamper($"UPDATE {Changes} SET action = 'returned'{OfTenant}change_no = @n", new { n = first + 1 });
        Assert.Equal([$"changed {Changes} {first + 1}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper($"UPDATE {Changes} SET entity_id = 7, row_check = 7{OfTenant}change_no = @n", new { n = first + 1 });
        Assert.Equal([$"changed {Changes} {first + 1}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper($"DELETE FROM {Changes}{OfTenant}change_no >= @n AND change_no < @m", new { n = first + 1, m = first + 3 });
        Assert.Equal([$"removed {Changes} {first + 1}-{first + 2}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task Change_rows_that_were_removed_from_the_end_or_added_there_are_named()
    {
        var (p, auditor, _) = await Programme();
        var end = long.Parse((await (await p.Admin()).Gets("/api/v1/changes?after=latest")).Text("next"), System.Globalization.CultureInfo.InvariantCulture);
        await p.Tamper("""
            INSERT INTO change (tenant_id, change_no, occurred_at, kind, action, entity_id, organization_id, version, period, actor_user_id, audit_no, row_check)
            SELECT tenant_id, @n + 1, occurred_at, kind, action, entity_id, organization_id, version, period, actor_user_id, audit_no, row_check FROM change WHERE tenant_id = @t AND change_no = @n
            """, new { n = end });
        Assert.Equal([$"inserted {Changes} {end + 1}"], Found(await auditor.Gets("/api/v1/audit/verify")));
        await p.Tamper($"DELETE FROM {Changes}{OfTenant}change_no >= @n", new { n = end });
        Assert.Equal([$"removed {Changes} {end}"], Found(await auditor.Gets("/api/v1/audit/verify")));
    }

    [Fact]
    public async Task The_verb_says_it_of_every_tenant_and_ends_with_1()
    {
        using var own = new Hub();
        var (p, other) = (await own.Programme(), await own.Programme());
        await using var before = new StringWriter();
        Assert.Equal(0, await Verbs.Verify(own.Services, before, default));
        Assert.Contains($"tenant {p.TenantId}: audit holds", before.ToString(), StringComparison.Ordinal);
        await p.Tamper($"UPDATE {Entries} SET actor_name = 'x'{OfTenant}audit_no = 2", new { });
        await other.Tamper("DELETE FROM change_head WHERE tenant_id = @t", new { });
        await using var output = new StringWriter();
        Assert.Equal(1, await Verbs.Verify(own.Services, output, default));
        Assert.Contains($"tenant {p.TenantId}: audit BROKEN", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("changed audit_entry 2:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"tenant {other.TenantId}: audit BROKEN", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("removed change_head", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A programme with a bulk approval in it; its auditor; the number of its last entry.</summary>
    private async Task<(Programme, Person, long)> Programme()
    {
        var p = await hub.Programme();
        var (filer, auditor, regulator) = (await p.FilerOfAll(), await p.SignedInAs(Role.Auditor, p.Root), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        long[] filings = [await filer.FilesAndSubmits(scenario, "2026-06", 1), await filer.FilesAndSubmits(scenario, "2026-07", 2), await filer.FilesAndSubmits(scenario, "2026-08", 3)];
        await regulator.Approves(filings);
        for (var i = 0; i < 5; i++) await filer.Adds("/api/v1/scenarios", p.Scenario());
        return (p, auditor, (await auditor.Gets("/api/v1/audit?limit=1"))["items"]![0]!["no"]!.GetValue<long>());
    }

    /// <summary>Changes an entry and makes its own hash anew, as one who knows how the chain is made would.</summary>
    private static async Task Rewrite(Programme p, long no)
    {
        var database = p.Hub.Services.GetRequiredService<Database>();
        await using var connection = await database.Open(default);
        var row = await connection.QuerySingleAsync<AuditRow>("""
            SELECT audit_no AS AuditNo, occurred_at AS OccurredAt, act AS Act, outcome AS Outcome, refusal AS Refusal, kind AS Kind, subject_id AS SubjectId, organization_id AS OrganizationId,
                   actor_user_id AS ActorUserId, actor_name AS ActorName, on_behalf_of AS OnBehalfOf, address AS Address, user_agent AS UserAgent, trace_id AS TraceId, first_change_no AS FirstChangeNo,
                   change_count AS ChangeCount, changes_sha256 AS ChangesSha256, details AS Details, previous_sha256 AS PreviousSha256, sha256 AS Sha256
            FROM audit_entry WHERE tenant_id = @t AND audit_no = @no
            """, new { t = p.TenantId, no });
        row = row with { ActorName = "somebody.else" };
        await p.Tamper($"UPDATE audit_entry SET actor_name = @ActorName, sha256 = @sha256{OfTenant}audit_no = @no", new { row.ActorName, sha256 = AuditChain.Hash(p.TenantId, row), no });
    }

    private static string[] Found(JsonNode verdict)
    {
        Assert.Equal(verdict["faults"]!.AsArray().Count == 0, verdict["holds"]!.GetValue<bool>());
        return [.. verdict["faults"]!.AsArray().Select(f => $"{f!.Text("what")} {f!.Text("table")} {f!["no"]}{(f!["through"]!.GetValue<long>() != f!["no"]!.GetValue<long>() ? $"-{f!["through"]}" : "")}")];
    }
}
