using System.Diagnostics;
using System.Globalization;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// What changed after a number, in the order in which it was committed; each change once a call, at least once over all calls, none skipped. Only of the caller's subtree as it is now.
/// Refused with <c>changes-truncated</c> when what follows the number is no longer kept, <c>changes-cursor-ahead</c> when the number was never given out: in both cases what the reader holds must be read anew.
/// </summary>
/// <param name="After">The <c>next</c> of the call before; 0 or left out for the beginning; <c>latest</c> for the end of now, to begin from after a full load.</param>
/// <param name="Limit">1 to 500, 100 when not given.</param>
/// <param name="Kind">Only these, such as <c>scenario</c> or <c>scenario,filing</c>.</param>
/// <param name="Wait">Seconds to wait for a change when there is none, 0 to 30; 0 when not given.</param>
public sealed record ListChanges(string? After, int? Limit, string? Kind, int? Wait) : IQuery<ChangePage>;

/// <summary>One page of the feed.</summary>
/// <param name="Items">May be fewer than asked for, or none, while <paramref name="More"/> is true: numbers that are not the caller's to see were passed over.</param>
/// <param name="Next">Keep it when the items are worked off, and give it back as <c>after</c>. Always there.</param>
/// <param name="More">There is more to read at once; false: come again later, or with <c>wait</c>.</param>
public sealed record ChangePage(IReadOnlyList<ChangeLine> Items, string Next, bool More);

/// <summary>One change.</summary>
/// <param name="No">Its number; grows without gaps over the whole programme, so a reader of a part sees gaps.</param>
/// <param name="Kind">organization, scenario, filing, evidence, finding, collection, ruleSet, rehearsal, peerRelease, goal, report, user, webhook or tenant.</param>
/// <param name="Action">What was done to it, in the past tense: registered, revised, submitted, approved, returned, corrected, retired, moved, merged, …</param>
/// <param name="Id">Of the thing.</param>
/// <param name="Code">Its code now: of a filing its scenario's, of an organization its credit code, of a user his name.</param>
/// <param name="ExternalKeys">The keys of the scenario, or of the filing's scenario, now.</param>
/// <param name="ScenarioId">Of a filing.</param>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Version">The version it came to by this change; a later one may stand by now.</param>
/// <param name="Period">The month it is of, of filings and what belongs to them.</param>
/// <param name="Link">Where it is read.</param>
public sealed record ChangeLine(long No, string Kind, string Action, long Id, string? Code, IReadOnlyList<ExternalKey> ExternalKeys, long? ScenarioId, long OrganizationId, int? Version, string? Period, DateTime At, string? Link);

internal sealed class ListChangesValidator : AbstractValidator<ListChanges>
{
    public ListChangesValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.Wait).InclusiveBetween(0, ListChangesHandler.MostSeconds);
        RuleFor(x => x.After).Must(a => a is null or ListChangesHandler.Latest || (long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out _))).WithErrorCode("bad-cursor")
            .WithMessage(_ => new Words("after 须是上一次返回的 next、0 或 latest。", "after must be the next of an earlier call, 0 or latest.").ToString());
        RuleFor(x => x.Kind).Must(k => k is null || k.Split(',').All(one => ChangeKind.Find(one) is not null)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"kind 须为 {string.Join("、", ChangeKind.All.Select(k => k.Code))} 之一,多个以逗号分隔。", $"kind is one or more, with commas, of {string.Join(", ", ChangeKind.All.Select(k => k.Code))}.").ToString());
    }
}

internal sealed class ListChangesHandler(Db db, Caller caller, ChangeSignal signal, IHostApplicationLifetime life) : IRequestHandler<ListChanges, Result<ChangePage>>
{
    public const string Latest = "latest";
    public const int MostSeconds = 30, DefaultLimit = 100;

    /// <summary>A call looks through so many numbers at most: who sees little of a large programme gets short pages instead of slow ones.</summary>
    private const int Window = 20_000;

    /// <summary>What another node commits is found after so long; what this one commits, at once.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Together = TimeSpan.FromMilliseconds(30);

    private static readonly Refusal Truncated = new(RefusalKind.Gone, "changes-truncated", new(
        "该位置之后的部分变更已不再保留。请先完整读取一次数据,再从 after=latest 继续。", "Some of what changed after this number is no longer kept. Read everything once, then go on from after=latest."));

    private static readonly Refusal Ahead = new(RefusalKind.Conflict, "changes-cursor-ahead", new(
        "该位置尚未产生过;数据库可能恢复自较早的备份。请先完整读取一次数据,再从 after=latest 继续。", "No such number was given out yet; the database may have been restored from an earlier backup. Read everything once, then go on from after=latest."));

    public async Task<Result<ChangePage>> Handle(ListChanges request, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var wait = TimeSpan.FromSeconds(request.Wait ?? 0);
        var ends = await db.One<Span>(ChangeFeedSql.Ends, null, ct);
        var after = request.After is Latest ? ends.Last : long.Parse(request.After ?? "0", CultureInfo.InvariantCulture);
        if (after > ends.Last) return Ahead;
        if (after < ends.Last && after + 1 < ends.First) return Truncated;
        var asked = request.Kind?.Split(',');
        var kinds = SqlList.Of(ChangeKind.All.Where(k => caller.May(k.Permission) && asked?.Contains(k.Code) != false).Select(k => k.Code));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        while (true)
        {
            // Asked for before reading: a commit in between ends the wait at once.
            var next = signal.Next(caller.TenantId);
            var (rows, through, last) = await Read(after, request.Limit ?? DefaultLimit, kinds, ct);
            if (rows.Count > 0 || through < last || Stopwatch.GetElapsedTime(started) >= wait || stopping.IsCancellationRequested)
                return new ChangePage(await Lines(rows, ct), through.ToString(CultureInfo.InvariantCulture), through < last);
            after = through;
            // Nobody holds a connection while there is nothing to say.
            await db.Rest();
            var left = wait - Stopwatch.GetElapsedTime(started);
            try
            {
                await next.WaitAsync(left < Poll ? left < TimeSpan.Zero ? TimeSpan.Zero : left : Poll, stopping.Token);
                await Task.Delay(Together, stopping.Token);   // of many commits in a row the waiting look once
            }
            catch (TimeoutException) { /* look again: another node may have written */ }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested) { /* the product stops: answer what there is */ }
        }
    }

    private async Task<(IReadOnlyList<Row> Rows, long Through, long Last)> Read(long after, int limit, string kinds, CancellationToken ct)
    {
        var last = await db.One<long>(ChangeFeedSql.Last, null, ct);
        if (last <= after) return ([], after, after);
        var through = Math.Min(last, after + Window);
        var rows = await db.List<Row>(ChangeFeedSql.List, new { After = after, Through = through, KindCodes = kinds, Take = limit }, ct);
        return (rows, rows.Count == limit ? rows[^1].No : through, last);
    }

    private async Task<IReadOnlyList<ChangeLine>> Lines(IReadOnlyList<Row> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var filings = (await Named<OfScenario>(ChangeFeedSql.ScenariosOfFilings, ChangeKind.Filing, ids => new { FilingIds = ids })).ToDictionary(f => f.Id, f => f.ScenarioId);
        var scenarioIds = SqlList.Of(rows.Where(r => r.Kind == ChangeKind.Scenario).Select(r => r.Id).Concat(filings.Values).Distinct());
        var scenarios = scenarioIds == "[]" ? [] : (await db.List<Coded>(ChangeFeedSql.ScenarioCodes, new { ScenarioIds = scenarioIds }, ct)).ToDictionary(s => s.Id, s => s.Code);
        var keys = (scenarioIds == "[]" ? [] : await db.List<Keyed>(ChangeFeedSql.ScenarioKeys, new { ScenarioIds = scenarioIds }, ct)).ToLookup(k => k.Id, k => new ExternalKey(k.Source, k.ExternalKey));
        var codes = new Dictionary<(string, long), string?>();
        foreach (var o in await Named<Coded>(ChangeFeedSql.CreditCodes, ChangeKind.Organization, ids => new { OrganizationIds = ids })) codes[(ChangeKind.Organization, o.Id)] = o.Code;
        foreach (var g in await Named<Coded>(ChangeFeedSql.GoalCodes, ChangeKind.Goal, ids => new { GoalIds = ids })) codes[(ChangeKind.Goal, g.Id)] = g.Code;
        foreach (var u in await Named<Coded>(ChangeFeedSql.UserNames, ChangeKind.User, ids => new { UserIds = ids })) codes[(ChangeKind.User, u.Id)] = u.Code;
        return [.. rows.Select(Line)];

        async Task<IReadOnlyList<T>> Named<T>(SqlText sql, string kind, Func<string, object> args)
        {
            long[] ids = [.. rows.Where(r => r.Kind == kind).Select(r => r.Id).Distinct()];
            return ids.Length == 0 ? [] : await db.List<T>(sql, args(SqlList.Of(ids)), ct);
        }

        ChangeLine Line(Row row)
        {
            long? scenario = row.Kind == ChangeKind.Scenario ? row.Id : filings.TryGetValue(row.Id, out var of) && row.Kind == ChangeKind.Filing ? of : null;
            return new(row.No, row.Kind, row.Action, row.Id, scenario is { } id ? scenarios.GetValueOrDefault(id) : codes.GetValueOrDefault((row.Kind, row.Id)), scenario is { } keyed ? [.. keys[keyed]] : [],
                row.Kind == ChangeKind.Filing ? scenario : null, row.OrganizationId, row.Version, row.Period, row.OccurredAt,
                row.Kind == ChangeKind.Filing && scenario is not null ? $"/api/v1/scenarios/{scenario}/filings/{row.Period}" : ChangeKind.Find(row.Kind)?.Link(row.Id));
        }
    }

    private sealed record Span
    {
        public long First { get; init; }
        public long Last { get; init; }
    }

    private sealed record Row
    {
        public long No { get; init; }
        public required string Kind { get; init; }
        public required string Action { get; init; }
        public long Id { get; init; }
        public long OrganizationId { get; init; }
        public int? Version { get; init; }
        public string? Period { get; init; }
        public DateTime OccurredAt { get; init; }
    }

    private sealed record OfScenario
    {
        public long Id { get; init; }
        public long ScenarioId { get; init; }
    }

    private sealed record Coded
    {
        public long Id { get; init; }
        public string? Code { get; init; }
    }

    private sealed record Keyed
    {
        public long Id { get; init; }
        public required string Source { get; init; }
        public required string ExternalKey { get; init; }
    }
}
