using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Access;

/// <summary>
/// When a client last called: remembered at each request, written once a minute and at the end. A write a request would cost more than most requests; what a crash loses is a minute of a time that people look at in days.
/// </summary>
internal sealed partial class ClientUse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ClientUse> log) : BackgroundService
{
    private const int PerTransaction = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly record struct Who(long TenantId, long ClientId, long SecretId);
    private sealed record Use(DateTime At, IPAddress? From);

    private readonly ConcurrentDictionary<Who, Use> _unwritten = new();

    public void Note(long tenantId, long clientId, long secretId, IPAddress? from) => _unwritten[new(tenantId, clientId, secretId)] = new(clock.GetUtcNow().UtcDateTime, from);

    /// <summary>Writes what is remembered.</summary>
    public async Task Write(CancellationToken ct)
    {
        foreach (var some in _unwritten.ToArray().Chunk(PerTransaction))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.Begin(ct);
            foreach (var (who, use) in some)
            {
                await db.Run(ApiClientSql.NoteUse, new { OfTenant = who.TenantId, who.ClientId, use.At, UsedFrom = use.From?.ToString() }, ct);
                await db.Run(ApiClientSql.NoteSecretUse, new { OfTenant = who.TenantId, who.ClientId, who.SecretId, use.At }, ct);
            }
            await db.Commit(ct);
            foreach (var written in some) _unwritten.TryRemove(written); // unless it called again meanwhile
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWrite(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between);
        try { while (await timer.WaitForNextTickAsync(stoppingToken)) await TryWrite(stoppingToken); }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* the rest is written by StopAsync */ }
    }

    // What could not be written now is written with the next.
    private async Task TryWrite(CancellationToken ct)
    {
        try { await Write(ct); }
        catch (DbException e) { NotWritten(e); }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of API clients could not be noted; it is tried again.")]
    private partial void NotWritten(Exception e);
}
