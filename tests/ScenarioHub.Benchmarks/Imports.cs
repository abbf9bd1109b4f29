using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Benchmarks;

/// <summary>A file of figures into the ledger, beside bare prepared inserts of the very rows it comes to, in one transaction into the same file.</summary>
internal static class Imports
{
    private const int Months = 24;
    private static readonly string[] Measures = ["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE", "INVEST_HW"];
    private static readonly Month Last = new(2026, 10);
    private static readonly string[] Tables = ["filing", "filing_version", "filing_figure", "finding", "ledger_entry"];

    public static async Task Run(Table table, int figures)
    {
        await using var hub = await BenchedHub.Start();
        var scenarios = Math.Max(25, figures / Months / Measures.Length);
        var history = new History(hub, scenarios);
        Console.Error.WriteLine($"registering {scenarios:N0} scenarios");
        await history.Register();
        var filer = (await hub.Send(new AddUser("bench.filer", "填报人", "correct horse 42", hub.Tenant!.TenantId == 0 ? 0 : hub.Tenant.RootOrganizationId, [Role.Filer]))).Id;
        foreach (var format in new[] { "ndjson", "csv" })
            foreach (var (what, settings) in new (string, ImportSettings)[]
            {
                ("drafts", new(ImportKind.Figures, null, false, OnProblem.SkipRows, null, null)),
                ("submitted, into the ledger", new(ImportKind.Figures, null, true, OnProblem.SkipRows, null, null)),
                ("submitted, checked first (refuseAll)", new(ImportKind.Figures, null, true, OnProblem.RefuseAll, null, null))
            })
            {
                var file = FileOf(history, format);
                var (ms, peakMb, view) = await Import(hub, filer, file, format, settings);
                if (view.State != ImportState.Done || view.TotalRows != history.Scenarios * Months * Measures.Length) throw new InvalidOperationException($"The import ended {view.State}: {view.Failure?.Message} after {view.TotalRows} rows");
                var (rows, floor) = Floor(hub);
                var count = history.Scenarios * Months * Measures.Length;
                table.Add(string.Create(CultureInfo.InvariantCulture, $"import {count:N0} figures, {format}, {what}: {count / ms * 1000:N0} rows/s, {view.Findings:N0} findings, peak {peakMb:N0} MB / insert the {rows:N0} rows it comes to"),
                    ms / floor, string.Create(CultureInfo.InvariantCulture, $"{ms:N0}"), string.Create(CultureInfo.InvariantCulture, $"{floor:N0}"), 1);
                Forget(hub);
            }
    }

    private static async Task<(double Ms, double PeakMb, ImportView View)> Import(BenchedHub hub, long filer, byte[] file, string format, ImportSettings settings)
    {
        ImportRequested requested;
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            await Session.Assume(filer, scope.ServiceProvider.GetRequiredService<Platform.Data.Db>(), scope.ServiceProvider.GetRequiredService<Caller>(), default);
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            using var content = new MemoryStream(file);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
            var kept = BenchedHub.Must(await mediator.Send(new ReceiveFile("figures." + format, content, file.Length, sha256)));
            requested = BenchedHub.Must(await mediator.Send(new RequestImport(settings, "figures." + format, file.Length, sha256, kept)));
        }
        using var stop = new CancellationTokenSource();
        var peak = Watch(stop.Token);
        var begun = Stopwatch.GetTimestamp();
        await using (var scope = hub.Services.CreateAsyncScope()) BenchedHub.Must(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunImport(requested.TenantId, requested.Id)));
        var ms = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        await stop.CancelAsync();
        return (ms, await peak, await hub.Inside(async services => BenchedHub.Must(await services.GetRequiredService<IMediator>().Send(new GetImport(requested.Id)))));
    }

    // The hub, the file in memory and this program are in it too: the product alone needs less.
    private static async Task<double> Watch(CancellationToken ct)
    {
        var most = 0L;
        using var me = Process.GetCurrentProcess();
        while (!ct.IsCancellationRequested)
        {
            me.Refresh();
            most = Math.Max(most, me.WorkingSet64);
            await Task.Delay(100, CancellationToken.None);
        }
        return most / 1048576.0;
    }

    private static byte[] FileOf(History history, string format)
    {
        using var file = new MemoryStream();
        using (var to = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true))
        {
            if (format == "csv") to.Write("scenario,period,measure,value,grade\r\n");
            foreach (var scenario in history.Ids)
                for (var m = 0; m < Months; m++)
                    for (var x = 0; x < Measures.Length; x++)
                    {
                        var value = (50_000 + (scenario * 7919 + m * 17 + x * 389) % 1_000 / 10m + 0.5m).ToString(CultureInfo.InvariantCulture);
                        if (format == "csv") to.Write($"{scenario},{Last.AddMonths(m + 1 - Months)},{Measures[x]},{value},measured\r\n");
                        else to.Write($"{{\"scenario\":{scenario},\"period\":\"{Last.AddMonths(m + 1 - Months)}\",\"measure\":\"{Measures[x]}\",\"value\":{value},\"grade\":\"measured\"}}\n");
                    }
        }
        return file.ToArray();
    }

#pragma warning disable CA2100 // the texts are this program's own
    /// <summary>Copies what the import wrote into tables of the same shape and indexes: reads it before the clock starts, a part at a time.</summary>
    private static (long Rows, double Ms) Floor(BenchedHub hub)
    {
        const int Part = 50_000;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hub.DataFile, ForeignKeys = false }.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;");
        using var reading = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hub.DataFile }.ToString());
        reading.Open();
        var (rows, clock) = (0L, new Stopwatch());
        using var transaction = connection.BeginTransaction();
        foreach (var name in Tables)
        {
            using var read = reading.CreateCommand();
            read.CommandText = $"SELECT * FROM {name} WHERE tenant_id = {hub.Tenant!.TenantId}";
            using var reader = read.ExecuteReader();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = $"INSERT INTO {name} VALUES ({string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i => "@p" + i))})";
            var bound = Enumerable.Range(0, reader.FieldCount).Select(i => insert.Parameters.AddWithValue("@p" + i, DBNull.Value)).ToArray();
            insert.Prepare();
            var part = new List<object[]>(Part);
            bool more;
            do
            {
                part.Clear();
                while ((more = reader.Read()) && part.Count < Part)
                {
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    row[0] = 9_000_000_000L;
                    part.Add(row);
                }
                if (more && part.Count == Part)
                {
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    row[0] = 9_000_000_000L;
                    part.Add(row);
                }
                clock.Start();
                foreach (var row in part)
                {
                    for (var i = 0; i < bound.Length; i++) bound[i].Value = row[i];
                    insert.ExecuteNonQuery();
                }
                clock.Stop();
                rows += part.Count;
            }
            while (more);
        }
        clock.Start();
        transaction.Commit();
        clock.Stop();
        return (rows, clock.Elapsed.TotalMilliseconds);
    }

    private static void Forget(BenchedHub hub)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hub.DataFile, ForeignKeys = false }.ToString());
        connection.Open();
        foreach (var name in Tables) Run(connection, $"DELETE FROM {name} WHERE tenant_id = 9000000000");
        foreach (var name in Tables[..4]) Run(connection, $"DELETE FROM {name} WHERE tenant_id = {hub.Tenant!.TenantId}");
        Run(connection, $"DELETE FROM ledger_entry WHERE tenant_id = {hub.Tenant!.TenantId} AND filing_id IS NOT NULL");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
