using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>Asks what a rule set would find in what stands, of the caller's subtree, beside what the set in force finds there. Runs in the background. Refused with <c>rule-set-not-found</c>.</summary>
/// <param name="From">First month, 2026-01; <paramref name="To"/>: the last, at most 60 months later.</param>
public sealed record RequestRehearsal(long RuleSetId, string From, string To) : ICommand<RehearsalRequested>;

public sealed record RehearsalRequested(long Id, long TenantId);

/// <param name="From">First month, 2026-01.</param>
/// <param name="To">Last month, at most 60 months.</param>
public sealed record RehearsalPeriods(string From, string To);

/// <summary>How far a rehearsal is and what it has found so far. Refused with <c>rehearsal-not-found</c>.</summary>
public sealed record GetRehearsal(long RehearsalId) : IQuery<RehearsalView>;

/// <summary>Stops a rehearsal; what it counted stays. Refused with <c>rehearsal-not-found</c>, <c>rehearsal-not-cancellable</c>.</summary>
public sealed record CancelRehearsal(long RehearsalId) : ICommand<Done>;

/// <summary>A rule set run against what stands.</summary>
/// <param name="RuleSet">Number of the set rehearsed.</param>
/// <param name="InForce">Number of the set it is compared with: the one in force when it was asked for.</param>
/// <param name="State">queued, running, done, failed or cancelled.</param>
/// <param name="Progress">Percent, 0 to 100.</param>
/// <param name="Filings">How many there are to judge; null until counted.</param>
/// <param name="Judged">How many were.</param>
/// <param name="Refused">How many of them the set would not let be submitted without a change or an explanation.</param>
/// <param name="RefusedInForce">As many the set in force would not.</param>
/// <param name="Attempts">How often a worker began it; more than 1 after a crash.</param>
/// <param name="Organizations">By the organizations one below the one rehearsed.</param>
/// <param name="Examples">Up to 50 a rule.</param>
public sealed record RehearsalView(
    long Id, long RuleSetId, int RuleSet, int InForce, long OrganizationId, string From, string To, string State, int Progress, int? Filings, int Judged, int Refused, int RefusedInForce,
    DateTime RequestedAt, DateTime? StartedAt, DateTime? FinishedAt, int Attempts,
    RehearsalCount Total, IReadOnlyList<RehearsalCount> Rules, IReadOnlyList<RehearsalCount> Severities, IReadOnlyList<RehearsalCount> Sectors, IReadOnlyList<RehearsalCount> Organizations,
    IReadOnlyList<RehearsalExample> Examples);

/// <param name="Key">Rule, severity, sector or organization.</param>
/// <param name="Found">By the set rehearsed.</param>
/// <param name="FoundInForce">By the set in force.</param>
/// <param name="Newly">Found by the first and not by the second.</param>
/// <param name="NoLonger">The other way round: foundInForce + newly - noLonger = found, but for severities, between which a finding may move.</param>
public sealed record RehearsalCount(string Key, string Name, long Found, long FoundInForce, long Newly, long NoLonger);

/// <param name="Difference">kept (both find it), newly or noLonger.</param>
public sealed record RehearsalExample(string Rule, string Severity, string Difference, long FilingId, long ScenarioId, string ScenarioCode, string ScenarioName, string Period, string Measure, string Found);

internal sealed class RequestRehearsalValidator : AbstractValidator<RequestRehearsal>
{
    private const int MaxMonths = 60;

    public RequestRehearsalValidator()
    {
        RuleFor(x => x.From).Must(IsMonth).WithErrorCode("period-not-a-month").WithMessage(x => NoMonth(x.From));
        RuleFor(x => x.To).Must(IsMonth).WithErrorCode("period-not-a-month").WithMessage(x => NoMonth(x.To));
        RuleFor(x => x.To).Must((x, to) => Month.Parse(to).MonthsSince(Month.Parse(x.From)) is >= 0 and < MaxMonths).When(x => IsMonth(x.From) && IsMonth(x.To)).WithErrorCode("range-backwards")
            .WithMessage(_ => new Words($"to 不早于 from,且最多 {MaxMonths} 个月。", $"to is not before from, and at most {MaxMonths} months in all.").ToString());
    }

    private static bool IsMonth(string? text) => Month.TryParse(text, out _);
    private static string NoMonth(string? found) => new Words($"“{found}”不是月份;须写作 2026-08。", $"“{found}” is no month; write 2026-08.").ToString();
}

internal sealed class RehearsalHandler(Db db, Judging judging, ReferenceCatalog catalog, Caller caller, TimeProvider clock) :
    IRequestHandler<RequestRehearsal, Result<RehearsalRequested>>, IRequestHandler<GetRehearsal, Result<RehearsalView>>, IRequestHandler<CancelRehearsal, Result<Done>>
{
    public async Task<Result<RehearsalRequested>> Handle(RequestRehearsal request, CancellationToken ct)
    {
        if (await db.Find<RuleSetRow>(RuleSql.FindSet, new { request.RuleSetId }, ct) is not { } set) return RuleRefusal.RuleSetNotFound;
        var (rehearsed, inForce) = (await judging.Read(set.Id, set.Number, set.EffectiveOn, ct), await judging.InForce(ct));
        var id = await db.NextId(ct);
        await db.Run(RuleSql.InsertRehearsal, new
        {
            RehearsalId = id,
            request.RuleSetId,
            RuleSetNumber = set.Number,
            InForceNumber = inForce.Number,
            // Both as they are now: the draft may be changed, and another set published, while it runs.
            Rules = Written(rehearsed),
            RulesInForce = Written(inForce),
            request.From,
            request.To,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        db.Record(new Change("rehearsal", "requested", id, caller.OrganizationId));
        return new RehearsalRequested(id, caller.TenantId);
    }

    public async Task<Result<Done>> Handle(CancelRehearsal request, CancellationToken ct)
    {
        if (await db.Find<Row>(RuleSql.FindRehearsal, new { request.RehearsalId }, ct) is not { } rehearsal) return RuleRefusal.RehearsalNotFound;
        if (await db.Run(RuleSql.CancelRehearsal, new { request.RehearsalId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return RuleRefusal.NotCancellable;
        db.Record(new Change("rehearsal", "cancelled", request.RehearsalId, rehearsal.OrganizationId));
        return new Done();
    }

    public async Task<Result<RehearsalView>> Handle(GetRehearsal request, CancellationToken ct)
    {
        if (await db.Find<Row>(RuleSql.FindRehearsal, new { request.RehearsalId }, ct) is not { } r) return RuleRefusal.RehearsalNotFound;
        var counts = await db.List<CountRow>(RuleSql.CountsOf, new { request.RehearsalId }, ct);
        var examples = await db.List<ExampleRow>(RuleSql.ExamplesOf, new { request.RehearsalId }, ct);
        var progress = r.State == RehearsalState.Done ? 100 : r.Filings is > 0 ? (int)Math.Min(99, 100L * r.Judged / r.Filings.Value) : 0;
        return new RehearsalView(r.Id, r.RuleSetId, r.RuleSetNumber, r.InForceNumber, r.OrganizationId, r.FirstPeriod, r.LastPeriod, r.State, progress, r.Filings, r.Judged, r.Refused, r.RefusedInForce,
            r.RequestedAt, r.StartedAt, r.FinishedAt, r.Attempts,
            Add("", Language.Pick("合计", "Total"), counts),
            By(counts, c => c.RuleId, c => Rule.Find(c.RuleId)?.Name.ToString() ?? c.RuleId),
            By(counts, c => c.Severity, c => c.Severity),
            By(counts, c => c.Sector, c => catalog.FindSector(c.Sector) is { } sector ? Language.Pick(sector.NameZh, sector.NameEn) : ""),
            By(counts, c => c.OrganizationId.ToString(System.Globalization.CultureInfo.InvariantCulture), c => c.OrganizationName),
            [.. examples.Select(x => new RehearsalExample(x.RuleId, x.Severity, x.Difference, x.FilingId, x.ScenarioId, x.ScenarioCode, x.ScenarioName, x.Period, x.Measure, Language.Pick(x.FoundZh, x.FoundEn)))]);
    }

    private static RehearsalCount[] By(IEnumerable<CountRow> counts, Func<CountRow, string> key, Func<CountRow, string> name) =>
        [.. counts.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Add(g.Key, name(g.First()), g))];

    private static RehearsalCount Add(string key, string name, IEnumerable<CountRow> of)
    {
        var rows = of.ToArray();
        return new(key, name, rows.Sum(r => r.Found), rows.Sum(r => r.FoundInForce), rows.Sum(r => r.Newly), rows.Sum(r => r.NoLonger));
    }

    private static string Written(RulesInForce rules) => JsonSerializer.Serialize(RuleSetChanges.Content(null, rules.Items).Rules, Json.Options);

    private sealed record Row
    {
        public long Id { get; init; }
        public long RuleSetId { get; init; }
        public int RuleSetNumber { get; init; }
        public int InForceNumber { get; init; }
        public long OrganizationId { get; init; }
        public required string FirstPeriod { get; init; }
        public required string LastPeriod { get; init; }
        public required string State { get; init; }
        public int? Filings { get; init; }
        public int Judged { get; init; }
        public int Refused { get; init; }
        public int RefusedInForce { get; init; }
        public DateTime RequestedAt { get; init; }
        public DateTime? StartedAt { get; init; }
        public DateTime? FinishedAt { get; init; }
        public int Attempts { get; init; }
    }

    private sealed record CountRow
    {
        public required string RuleId { get; init; }
        public required string Severity { get; init; }
        public required string Sector { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public long Found { get; init; }
        public long FoundInForce { get; init; }
        public long Newly { get; init; }
        public long NoLonger { get; init; }
    }

    private sealed record ExampleRow
    {
        public required string RuleId { get; init; }
        public long FilingId { get; init; }
        public required string Measure { get; init; }
        public required string Severity { get; init; }
        public required string Difference { get; init; }
        public required string FoundZh { get; init; }
        public required string FoundEn { get; init; }
        public long ScenarioId { get; init; }
        public required string ScenarioCode { get; init; }
        public required string ScenarioName { get; init; }
        public required string Period { get; init; }
    }
}
