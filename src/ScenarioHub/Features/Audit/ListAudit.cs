using System.Globalization;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Audit;

/// <summary>
/// Who did what, newest first: what concerns the caller's subtree, or was done within it. A page may be short, or empty, and still have a next one: so many entries are looked through in one call.
/// Refused with <c>bad-cursor</c>, <c>kind-missing</c>.
/// </summary>
/// <param name="Who">Id or sign-in name of a person or API client, or <c>job</c>; what a job did for him is among it.</param>
/// <param name="Kind">What the act was about: scenario, filing, user, …; with <paramref name="Subject"/> also what was changed along with something else.</param>
/// <param name="Subject">Id of the thing; needs <paramref name="Kind"/>.</param>
/// <param name="From">First day, in Beijing.</param>
/// <param name="To">Last day.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
public sealed record ListAudit(string? Who, string? Kind, long? Subject, DateOnly? From, DateOnly? To, int? Limit, string? After) : IQuery<Page<AuditLine>>;

/// <summary>One act.</summary>
/// <param name="No">Its number, without gaps over the programme.</param>
/// <param name="Act">The command, such as approveFilings; or signIn, signOut, request (a call refused for want of a permission).</param>
/// <param name="Outcome">done or refused.</param>
/// <param name="Refusal">Code of the refusal.</param>
/// <param name="Actor">Who.</param>
/// <param name="Address">From where; null of a job, and of people outside the caller's subtree.</param>
/// <param name="TraceId">That of the answer.</param>
/// <param name="Subject">What it was about; of several things the first.</param>
/// <param name="ChangeCount">How many things it changed that are the caller's to see.</param>
/// <param name="Changes">Those of them that are the caller's to see, at most 20; all of them from <c>GET /api/v1/changes?after={firstChange - 1}</c>.</param>
/// <param name="FirstChange">Number of the first.</param>
/// <param name="Details">Fields that differ, where no version of the thing keeps them; null otherwise.</param>
/// <param name="Sha256">Hash of the entry, over the one before.</param>
public sealed record AuditLine(long No, DateTime At, string Act, string Outcome, string? Refusal, AuditActor Actor, string? Address, string? UserAgent, string? TraceId, AuditSubject Subject, long OrganizationId,
    int ChangeCount, long? FirstChange, IReadOnlyList<AuditChange> Changes, IReadOnlyList<AuditDetail>? Details, string Sha256);

/// <param name="UserId">0 of a job.</param>
/// <param name="Name">Sign-in name of the person or API client at that time.</param>
/// <param name="OnBehalfOf">Id of the person for whom a job did it.</param>
public sealed record AuditActor(long UserId, string Name, long? OnBehalfOf);

/// <param name="Id">0 where it is no single thing.</param>
public sealed record AuditSubject(string Kind, long Id);

public sealed record AuditChange(long No, string Kind, string Action, long Id, int? Version, string? Period);

public sealed record AuditDetail(string Kind, long Id, IReadOnlyList<AuditField> Fields);

/// <param name="From">Before; null where there was nothing.</param>
/// <param name="To">After.</param>
public sealed record AuditField(string Field, JsonNode? From, JsonNode? To);

internal sealed class ListAuditValidator : AbstractValidator<ListAudit>
{
    public ListAuditValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.Kind).NotNull().When(x => x.Subject is not null).WithErrorCode("kind-missing")
            .WithMessage(_ => new Words("给出 subject 时须同时给出 kind。", "subject needs kind.").ToString());
        RuleFor(x => x.To).Must((x, to) => to >= x.From).When(x => x.From is not null && x.To is not null).WithErrorCode("range-backwards")
            .WithMessage(_ => new Words("to 不能早于 from。", "to is before from.").ToString());
    }
}

internal sealed class ListAuditHandler(Db db) : IRequestHandler<ListAudit, Result<Page<AuditLine>>>
{
    private const int ChangesShown = 20, WindowOfRoot = 500_000, WindowOfPart = 20_000;

    public async Task<Result<Page<AuditLine>>> Handle(ListAudit request, CancellationToken ct)
    {
        if (!Cursor.TryRead<AuditLine, long>(request.After, out var before)) return Cursor.Bad;
        if (request.After is null) before = await db.One<long>(AuditSql.LastNo, null, ct) + 1;
        long? who = null;
        if (request.Who is { } name)
        {
            who = name == "job" ? 0 : long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : await db.Find<long?>(AuditSql.FindUser, new { UserName = name.Trim().ToLowerInvariant() }, ct);
            if (who is null) return new Page<AuditLine>([], null);
        }
        var isRoot = await db.One<int>(AuditSql.IsRoot, null, ct) == 1;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var floor = Math.Max(1, before - (isRoot ? WindowOfRoot : WindowOfPart));
        var rows = await db.List<AuditRow>(request.Subject is null ? AuditSql.List : AuditSql.ListOfSubject, new
        {
            Before = before,
            Floor = floor,
            Since = Midnight(request.From ?? new DateOnly(2000, 1, 1)),
            Until = Midnight((request.To ?? new DateOnly(9000, 1, 1)).AddDays(1)),
            request.Kind,
            request.Subject,
            Who = who,
            IsRoot = isRoot ? 1 : 0,
            Take = limit + 1
        }, ct);
        var shown = rows.Take(limit).ToList();
        var changes = (shown.Any(r => r.ChangeCount > 0)
            ? await db.List<ChangeRow>(AuditSql.ChangesOf, new { AuditIds = SqlList.Of(shown.Where(r => r.ChangeCount > 0).Select(r => r.AuditNo)), Most = isRoot ? Math.Max(ChangesShown, ChangeLog.MostWithFields) : int.MaxValue }, ct)
            : []).ToLookup(c => c.AuditNo);
        var colleagues = isRoot ? null : (await db.List<long>(AuditSql.UsersWithin, new { UserIds = SqlList.Of(shown.Select(r => r.ActorUserId).Distinct()) }, ct)).ToHashSet();
        var lines = rows.Select(r => Line(r, [.. changes[r.AuditNo]], colleagues)).ToList();
        var page = Cursor.Page(lines, limit, l => l.No);
        return request.Subject is null && page.Next is null && floor > 1 ? page with { Next = Cursor.After<AuditLine, long>(floor) } : page;
    }

    /// <param name="changes">What of it the reader may see.</param>
    /// <param name="colleagues">People of the reader's subtree; null at the root, whose all are.</param>
    private static AuditLine Line(AuditRow row, ChangeRow[] changes, HashSet<long>? colleagues)
    {
        var seen = changes.Select(c => (c.Kind, c.EntityId)).ToHashSet();
        // Of what an act changed elsewhere the reader of a part learns nothing, and of who stands above him only who it was.
        var whole = colleagues is null || row.ChangeCount == 0 || changes.Length == row.ChangeCount;
        var near = colleagues?.Contains(row.ActorUserId) != false;
        AuditDetail[]? details = row.Details is null ? null : [.. JsonNode.Parse(row.Details)!.AsArray()
            .Select(d => new AuditDetail((string)d!["kind"]!, (long)d["id"]!, [.. d["fields"]!.AsArray().Select(f => new AuditField((string)f!["field"]!, f["from"]?.DeepClone(), f["to"]?.DeepClone()))]))
            .Where(d => row.ChangeCount == 0 || seen.Contains((d.Kind, d.Id)))];
        return new(row.AuditNo, row.OccurredAt, row.Act, row.Outcome, row.Refusal, new(row.ActorUserId, row.ActorName, row.OnBehalfOf), near ? row.Address : null, near ? row.UserAgent : null, near ? row.TraceId : null,
            whole || changes.Length == 0 ? new(row.Kind, row.SubjectId) : new(changes[0].Kind, changes[0].EntityId), whole ? row.OrganizationId : changes.Length == 0 ? 0 : changes[0].OrganizationId,
            whole ? row.ChangeCount : changes.Length, whole ? row.FirstChangeNo : changes.Length == 0 ? null : changes[0].ChangeNo,
            [.. changes.Take(ChangesShown).Select(c => new AuditChange(c.ChangeNo, c.Kind, c.Action, c.EntityId, c.Version, c.Period))], details is { Length: 0 } ? null : details, row.Sha256);
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - ChinaTime.Offset;
}
