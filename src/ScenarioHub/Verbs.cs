using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ScenarioHub.Features.Audit;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Jobs;

namespace ScenarioHub;

/// <summary>What an operator runs beside serving.</summary>
internal static class Verbs
{
    /// <summary>A whole number given as <c>--name=number</c>.</summary>
    public static int Number(string[] options, string name, int otherwise) => options.FirstOrDefault(o => o.StartsWith(name + "=", StringComparison.Ordinal)) is not { } given ? otherwise
        : int.TryParse(given[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new SettingsException($"“{given}” is no whole number.");

    /// <summary>Checks the laws of every tenant's ledger and the chain of every tenant's audit; 1 when one is broken.</summary>
    public static async Task<int> Verify(IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var holds = true;
        foreach (var tenantId in await services.GetRequiredService<LedgerJobs>().Tenants(LedgerSql.AllLedgers, ct))
        {
            var check = (await services.GetRequiredService<IServiceScopeFactory>().AsTenant(tenantId, new CheckLedger(), ct)).Value;
            holds &= check.Holds;
            await output.WriteLineAsync($"tenant {tenantId}: {(check.Holds ? "holds" : "BROKEN")}; {check.Entries} entries, {check.WrongBalances} wrong balances, {check.WrongTotals} wrong totals, {check.MissingEntries} missing numbers, {check.Disagreements} disagreements with the filings");
        }
        foreach (var tenantId in await services.GetRequiredService<LedgerJobs>().Tenants(AuditSql.AllTenants, ct))
        {
            var audit = (await services.GetRequiredService<IServiceScopeFactory>().AsTenant(tenantId, new VerifyAudit(), ct)).Value;
            holds &= audit.Holds;
            await output.WriteLineAsync($"tenant {tenantId}: audit {(audit.Holds ? "holds" : "BROKEN")}; {audit.Entries} entries, {audit.Changes} changes; the last is {audit.LastNo}, sha256 {audit.LastSha256}");
            foreach (var fault in audit.Faults) await output.WriteLineAsync($"  {fault.What} {fault.Table} {fault.No}{(fault.Through > fault.No ? $" to {fault.Through}" : "")}: {fault.Message}");
        }
        return holds ? 0 : 1;
    }

    /// <summary>Makes every tenant's balances again from its entries; 1 when some were wrong and had to be replaced.</summary>
    public static async Task<int> Rebuild(IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var same = true;
        foreach (var tenantId in await services.GetRequiredService<LedgerJobs>().Tenants(LedgerSql.AllLedgers, ct))
        {
            var rebuilt = await services.GetRequiredService<IServiceScopeFactory>().AsTenant(tenantId, new RebuildLedger(), ct);
            same &= rebuilt.Value.Replaced == 0;
            await output.WriteLineAsync($"tenant {tenantId}: {(rebuilt.Value.Replaced == 0 ? "unchanged" : $"{rebuilt.Value.Replaced} wrong rows REPLACED")}, {rebuilt.Value.Rows} rows, sha256 {rebuilt.Value.Sha256}");
        }
        return same ? 0 : 1;
    }

    /// <summary>Writes the API description as the running product answers it. Needs no database.</summary>
    public static async Task<int> WriteApiDescription(WebApplication app, string file)
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient();
        var description = JsonNode.Parse(await http.GetStringAsync(new Uri(address + "/openapi/v1.json")))!;
        await File.WriteAllTextAsync(file, description.ToJsonString(new(Json.Options) { WriteIndented = true }) + "\n");
        await app.StopAsync();
        return 0;
    }
}
