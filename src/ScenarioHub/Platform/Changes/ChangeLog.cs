using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Changes;

/// <summary>What one transaction has to say, and how it is written down: last of all, so that the tenant's row is locked for as short a time as there is.</summary>
internal sealed class ChangeLog(Caller caller, Origin origin, TimeProvider clock)
{
    /// <summary>Beyond so many things the audit keeps which they are and not field by field what differs: their versions have that.</summary>
    public const int MostWithFields = 50;
    private static readonly string[] Columns =
        ["change_no", "occurred_at", "kind", "action", "entity_id", "organization_id", "version", "period", "actor_user_id", "audit_no", "row_check"];

    private const string Job = "job";

    private readonly List<(long TenantId, Change Change)> _changes = [];
    private readonly List<(long TenantId, Occurrence Occurrence)> _occurrences = [];

    /// <summary>The command that runs; a job that is none names itself.</summary>
    public string? Act { get; set; }
    /// <summary>The person for whom a job does it.</summary>
    public long? OnBehalfOf { get; set; }

    public bool IsEmpty => _changes.Count == 0 && _occurrences.Count == 0;

    public void Add(long tenantId, Change change)
    {
        Kinds[change.Kind] = true;
        _changes.Add((tenantId, change));
    }

    public void Add(long tenantId, Occurrence occurrence) => _occurrences.Add((tenantId, occurrence));

    public void Forget() { _changes.Clear(); _occurrences.Clear(); }

    /// <summary>Commands that recorded something in this process; the suite asserts that each does.</summary>
    public static readonly ConcurrentDictionary<string, bool> Recording = new(StringComparer.Ordinal);

    /// <summary>Kinds that were recorded in this process.</summary>
    public static readonly ConcurrentDictionary<string, bool> Kinds = new(StringComparer.Ordinal);

    public IReadOnlyList<long> Tenants => [.. _changes.Select(c => c.TenantId).Concat(_occurrences.Select(o => o.TenantId)).Distinct()];

    /// <summary>Writes what concerns one tenant, to whom <paramref name="db"/> is bound.</summary>
    public async Task Write(Db db, long tenantId, CancellationToken ct)
    {
        if (await db.Run(ChangeSql.LockHead, null, ct) == 0) throw new InvalidOperationException($"Tenant {tenantId} has no change_head.");
        var head = await db.One<Head>(ChangeSql.ReadHead, null, ct);
        var at = Cut(clock.GetUtcNow().UtcDateTime);
        var (changeNo, auditNo, sha256) = (head.LastChangeNo, head.LastAuditNo, head.LastSha256);
        Change[] changes = [.. _changes.Where(c => c.TenantId == tenantId).Select(c => c.Change).OrderBy(c => c.FollowsFromOthers)];
        if (changes.Length > 0)
        {
            auditNo++;
            ChangeRow[] rows = [.. changes.Select(c => new ChangeRow
            {
                ChangeNo = ++changeNo,
                OccurredAt = at,
                Kind = c.Kind,
                Action = c.Action,
                EntityId = c.EntityId,
                OrganizationId = Place(c.OrganizationId),
                Version = c.Version,
                Period = c.Period,
                ActorUserId = OnBehalfOf is null ? caller.UserId : 0,
                AuditNo = auditNo
            })];
            using var ofChanges = new AuditChain.OfChanges();
            await db.Append("change", Columns, [.. rows.Select(r => new object?[]
            {
                r.ChangeNo, r.OccurredAt, r.Kind, r.Action, r.EntityId, r.OrganizationId, r.Version, r.Period, r.ActorUserId, r.AuditNo, ofChanges.Add(r)
            })], ct);
            await Entry(new()
            {
                AuditNo = auditNo,
                OccurredAt = at,
                Act = Act ?? changes[0].Kind + char.ToUpperInvariant(changes[0].Action[0]) + changes[0].Action[1..],
                Outcome = "done",
                Kind = changes[0].Kind,
                SubjectId = changes[0].EntityId,
                // Of several things: whoever stands above the one who did it. Who stands above one of them sees it by that.
                OrganizationId = Place(changes.Length == 1 ? changes[0].OrganizationId : caller.OrganizationId),
                ActorUserId = OnBehalfOf is null ? caller.UserId : 0,
                ActorName = OnBehalfOf is null ? caller.UserName : Job,
                FirstChangeNo = rows[0].ChangeNo,
                ChangeCount = rows.Length,
                ChangesSha256 = ofChanges.Take(),
                Details = Details(changes),
                PreviousSha256 = "",
                Sha256 = ""
            });
        }
        foreach (var (_, o) in _occurrences.Where(o => o.TenantId == tenantId))
            await Entry(new()
            {
                AuditNo = ++auditNo,
                OccurredAt = at,
                Act = o.Act,
                Outcome = o.Refusal is null ? "done" : "refused",
                Refusal = o.Refusal,
                Kind = o.Kind,
                SubjectId = o.SubjectId,
                OrganizationId = Place(o.OrganizationId),
                ActorUserId = o.Actor?.UserId ?? caller.UserId,
                ActorName = o.Actor?.Name ?? caller.UserName,
                Details = o.Fields is { Count: > 0 } ? Text(new JsonArray(About(o.Kind, o.SubjectId, o.Fields))) : null,
                PreviousSha256 = "",
                Sha256 = ""
            });
        await db.Run(ChangeSql.MoveHead, new { LastChangeNo = changeNo, LastAuditNo = auditNo, LastSha256 = sha256 }, ct);

        long Place(long organizationId) => organizationId == Change.All ? head.RootId : organizationId;

        async Task Entry(AuditRow row)
        {
            row = row with
            {
                OnBehalfOf = OnBehalfOf,
                Address = origin.Address,
                UserAgent = origin.UserAgent,
                TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null,
                PreviousSha256 = sha256
            };
            sha256 = AuditChain.Hash(tenantId, row);
            await db.Run(ChangeSql.InsertEntry, row with { Sha256 = sha256 }, ct);
        }
    }

    private static string? Details(Change[] changes)
    {
        var differing = changes.Where(c => c.Fields is { Count: > 0 }).Take(MostWithFields + 1).ToArray();
        return differing.Length is 0 or > MostWithFields ? null : Text(new JsonArray([.. differing.Select(c => About(c.Kind, c.EntityId, c.Fields!))]));
    }

    private static JsonObject About(string kind, long id, JsonArray fields) => new JsonObject { ["kind"] = kind, ["id"] = id, ["fields"] = fields.DeepClone() };

    private static string Text(JsonArray details) => details.ToJsonString(Http.Json.Options);

    // What is hashed must be what is read back.
    private static DateTime Cut(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private sealed record Head
    {
        public long RootId { get; init; }
        public long LastChangeNo { get; init; }
        public long LastAuditNo { get; init; }
        public required string LastSha256 { get; init; }
    }
}
