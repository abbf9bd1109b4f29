using System.Text.Json.Nodes;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Saves any number of filings with a fixed number of statements; the one way in for a form, a batch and an import.
/// Every item gets its own answer; what is refused does not keep the others from being saved.
/// </summary>
internal sealed class SavingFilings(Db db, Caller caller, TimeProvider clock, ReferenceCatalog catalog)
{
    private static readonly string[] FilingColumns = ["filing_id", "scenario_id", "organization_id", "period", "state", "version", "revision", "created_at", "updated_at"];
    private static readonly string[] VersionColumns = ["filing_id", "version", "state", "is_correction", "reason", "saved_by", "saved_at"];

    /// <param name="Pointer">Where the item begins in the body: empty, or <c>/items/3</c>.</param>
    /// <param name="PeriodPointer">Where its period stands.</param>
    /// <param name="Revision">The revision it is based on; null to overwrite whatever draft there is.</param>
    public sealed record Sent(FilingItem Item, string Pointer, string PeriodPointer, int? Revision = null);

    private sealed record Plan(Sent Sent, FilingScenario Scenario, Month Month, IReadOnlyList<Figure> Figures, WorkingFiling? Old, FilingSaved Saved, string? Reason, IEnumerable<Figure> Before);

    private readonly Month _thisMonth = FilingRule.ThisMonth(clock);
    private HashSet<(long ScenarioId, string Period)> _locked = [];

    /// <returns>An answer per item, in order.</returns>
    public async Task<IReadOnlyList<Result<FilingSaved>>> Run(IReadOnlyList<Sent> sent, bool write, CancellationToken ct)
    {
        var scenarios = await Scenarios(sent, ct);
        string[] periods = [.. sent.Select(s => s.Item.Period).Where(p => Month.TryParse(p, out _)).Distinct()];
        var which = new { ScenarioIds = SqlList.Of(scenarios.Values.Select(s => s.ScenarioId).Distinct()), PeriodCodes = SqlList.Of(periods) };
        var standing = await Standing(which, write, ct);
        _locked = [.. (await db.List<LockedRow>(FilingSql.Locked, which, ct)).Select(l => (l.ScenarioId, l.Period))];
        var wanted = sent.Select(s => scenarios.TryGetValue(s.Item.Scenario, out var scenario) ? standing.GetValueOrDefault((scenario.ScenarioId, s.Item.Period))?.FilingId : null).OfType<long>().Distinct();
        var figures = (await db.List<FigureRow>(FilingSql.WorkingFigures, new { FilingIds = SqlList.Of(wanted) }, ct)).ToLookup(g => g.FilingId, g => g.Figure);
        var corrected = SqlList.Of(standing.Values.Where(f => f.ApprovedVersion is not null).Select(f => f.FilingId));
        var approved = (await db.List<FigureRow>(FilingSql.ApprovedFigures, new { FilingIds = corrected }, ct)).ToLookup(g => g.FilingId, g => g.Figure);

        var answers = new Result<FilingSaved>[sent.Count];
        var plans = new List<(int Index, Plan Plan)>();
        var taken = new HashSet<(long, string)>();
        for (var i = 0; i < sent.Count; i++)
        {
            var decided = Decide(sent[i], scenarios, standing, figures, approved, taken);
            if (decided.Ok && decided.Value.Saved.Outcome != "unchanged") plans.Add((i, decided.Value));
            answers[i] = decided.Ok ? decided.Value.Saved : decided.Why!;
        }
        if (!write || plans.Count == 0) return answers;

        for (var i = 0; i < plans.Count; i++)
            if (plans[i].Plan is { Old: null } created)
                plans[i] = (plans[i].Index, created with { Saved = created.Saved with { FilingId = await db.NextId(ct) } });
        await Write([.. plans.Select(p => p.Plan)], ct);
        foreach (var (index, plan) in plans) answers[index] = plan.Saved;
        return answers;
    }

    private async Task<Dictionary<(long ScenarioId, string Period), WorkingFiling>> Standing(object which, bool hold, CancellationToken ct)
    {
        int held;
        IReadOnlyList<WorkingFiling> filings;
        do
        {
            held = hold ? await db.Run(FilingSql.Hold, which, ct) : int.MaxValue;
            filings = await db.List<WorkingFiling>(FilingSql.Working, which, ct);
        }
        while (filings.Count > held); // one was filed for the first time between the two statements, and is not held yet
        return filings.ToDictionary(f => (f.ScenarioId, f.Period));
    }

    private async Task<Dictionary<ScenarioRef, FilingScenario>> Scenarios(IReadOnlyList<Sent> sent, CancellationToken ct)
    {
        string[] codes = [.. sent.Select(s => s.Item.Scenario.Code).OfType<string>().Distinct()];
        var byCode = codes.Length == 0 ? [] : await db.List<CodeRow>(FilingSql.ScenarioIdsByCode, new { ScenarioCodes = SqlList.Of(codes) }, ct);
        var keys = sent.Select(s => s.Item.Scenario).Where(r => r.Key is not null).ToHashSet();
        var byKey = keys.Count == 0 ? [] : await db.List<KeyRow>(FilingSql.ScenarioIdsByKey, new { SourceCodes = SqlList.Of(keys.Select(k => k.Source!).Distinct()), KeyCodes = SqlList.Of(keys.Select(k => k.Key!).Distinct()) }, ct);
        var ids = SqlList.Of(sent.Where(s => s.Item.Scenario is { Code: null, Key: null }).Select(s => s.Item.Scenario.Id).Concat(byCode.Select(c => c.ScenarioId)).Concat(byKey.Select(k => k.ScenarioId)).Distinct());
        var found = new Dictionary<ScenarioRef, FilingScenario>();
        var places = (await db.List<FilingPlace>(FilingSql.Places, new { ScenarioIds = ids }, ct)).ToLookup(p => p.ScenarioId);
        foreach (var read in await db.List<FilingScenario>(FilingSql.Scenarios, new { ScenarioIds = ids }, ct))
        {
            var scenario = read with { Places = [.. places[read.ScenarioId]] };
            found[ScenarioRef.Of(scenario.ScenarioId)] = scenario;
            found[ScenarioRef.Of(scenario.Code)] = scenario;
        }
        foreach (var key in byKey)
            if (found.TryGetValue(ScenarioRef.Of(key.ScenarioId), out var named)) found[ScenarioRef.Of(key.Source, key.ExternalKey)] = named;
        return found;
    }

    private Result<Plan> Decide(Sent sent, Dictionary<ScenarioRef, FilingScenario> scenarios, Dictionary<(long, string), WorkingFiling> standing, ILookup<long, Figure> written, ILookup<long, Figure> approved, HashSet<(long, string)> taken)
    {
        var item = sent.Item;
        if (!scenarios.TryGetValue(item.Scenario, out var scenario)) return sent.Pointer.Length == 0 ? FilingRefusal.ScenarioNotFound : FilingRefusal.ScenarioNotFound.At(sent.Pointer + "/scenario", item.ExternalKey);

        var old = standing.GetValueOrDefault((scenario.ScenarioId, item.Period));
        var rules = new FigureRules(catalog, caller.May(Permission.FilingReview), sent.Pointer, item.ExternalKey, old is null ? null : approved[old.FilingId].ToDictionary(g => g.Measure));
        var figures = rules.Read(item.Figures);
        List<FieldProblem> problems = [.. rules.Problems];
        if (!Month.TryParse(item.Period, out var month)) problems.Add(FilingRefusal.PeriodNotAMonth(sent.PeriodPointer, item.Period));
        else if (month > _thisMonth) problems.Add(FilingRefusal.PeriodNotEnded(sent.PeriodPointer, month, _thisMonth));
        var given = string.IsNullOrWhiteSpace(item.Reason) ? null : item.Reason.Trim();
        if (given?.Length > FilingRule.MaxText) problems.Add(FilingRefusal.TooLong(sent.Pointer + "/reason", given.Length));
        if (item.ExternalKey?.Length > 100) problems.Add(new("maximum-length", sent.Pointer + "/externalKey", new Words("最多 100 字。", "At most 100 characters.").ToString()));
        if (problems.Count > 0) return Invalid(item, problems);

        if (scenario.StateSecret) return FilingRefusal.StateSecret;
        if (scenario.OrganizationId is null) return FilingRefusal.ScenarioNotApproved;
        if (scenario.FirstPeriod is { } first && month < Month.Parse(first)) return FilingRefusal.BeforeGoLive(month, first);
        if (scenario.RetiredPeriod is { } last && month > Month.Parse(last)) return FilingRefusal.AfterRetirement(month, last);
        if (!taken.Add((scenario.ScenarioId, item.Period))) return FilingRefusal.TwiceInBatch;

        if (sent.Revision is { } basedOn && basedOn != (old?.Revision ?? 0)) return Refusal.Stale(old?.Revision ?? 0);
        var locked = _locked.Contains((scenario.ScenarioId, item.Period));
        if (old is null && !locked) return Planned("created", 1, 1, false, given);
        if (old is null) return given is null ? LockedMonth() : Planned("created", 1, 1, true, given);

        // Nothing new: a retry after a lost answer, or a form saved without a change. What was returned must be filed again to be reviewed again.
        var same = old.State != FilingState.Returned && figures.SequenceEqual(written[old.FilingId]) && (old.State == FilingState.Approved || given is null || given == old.Reason);
        if (same) return new Plan(sent, scenario, month, figures, old, new(old.FilingId, scenario.ScenarioId, item.Period, "unchanged", old.Version, old.Revision, old.State, old.IsCorrection), null, []);
        if (old.State == FilingState.Submitted) return FilingRefusal.UnderReview;

        var correction = locked || old.ApprovedVersion is not null;
        // In a locked month a reason counts only if it was given since the month was locked: that is when the version became a correction.
        var reason = given ?? (old.State == FilingState.Approved || (locked && !old.IsCorrection) ? null : old.Reason);
        if (locked && reason is null) return LockedMonth();
        if (correction && reason is null) return Invalid(item, [FilingRefusal.CorrectionReasonMissing(sent.Pointer + "/reason")]);
        return Planned("saved", old.State == FilingState.Draft ? old.Version : old.Version + 1, old.Revision + 1, correction, reason);

        Refusal LockedMonth() => Invalid(item, [FilingRefusal.PeriodLockedReasonMissing(sent.Pointer + "/reason")]);

        Plan Planned(string outcome, int version, int revision, bool isCorrection, string? why) =>
            new(sent, scenario, month, figures, old, new(old?.FilingId, scenario.ScenarioId, item.Period, outcome, version, revision, FilingState.Draft, isCorrection), why, old is null ? [] : written[old.FilingId]);
    }

    private static Refusal Invalid(FilingItem item, IEnumerable<FieldProblem> problems) =>
        Refusal.Invalid([.. problems.Select(p => p with { ExternalKey = item.ExternalKey })]);

    private async Task Write(Plan[] plans, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var drafts = SqlList.Of(plans.Where(p => p.Old?.State == FilingState.Draft).Select(p => p.Old!.FilingId));
        var next = SqlList.Of(plans.Where(p => p.Old is not null && p.Old.State != FilingState.Draft).Select(p => p.Old!.FilingId));
        await db.Run(FilingSql.DropDraftFigures, new { FilingIds = drafts }, ct);
        await db.Run(FilingSql.DropDraftVersions, new { FilingIds = drafts }, ct);
        await db.Run(FilingSql.TouchDrafts, new { FilingIds = drafts, Now = now }, ct);
        await db.Run(FilingSql.OpenNextVersions, new { FilingIds = next, Now = now }, ct);
        await db.Append("filing", FilingColumns, [.. plans.Where(p => p.Old is null).Select(p => new object?[]
        {
            p.Saved.FilingId, p.Scenario.ScenarioId, p.Scenario.OrganizationIn(p.Saved.Period), p.Saved.Period, FilingState.Draft, p.Saved.Version, p.Saved.Revision, now, now
        })], ct);
        await db.Append("filing_version", VersionColumns, [.. plans.Select(p => new object?[]
        {
            p.Saved.FilingId, p.Saved.Version, FilingState.Draft, p.Saved.IsCorrection, p.Reason, caller.UserId, now
        })], ct);
        db.Record(plans.Select(p => new Change("filing", p.Old is null ? "filed" : "revised", p.Saved.FilingId!.Value, p.Scenario.OrganizationIn(p.Saved.Period)!.Value, p.Saved.Version, p.Saved.Period)
        {
            Fields = plans.Length > ChangeLog.MostWithFields ? null : Differing(p)
        }));
        await db.Append("filing_figure", FigureRow.Columns, [.. plans.SelectMany(p => p.Figures.Select(g => FigureRow.Of(p.Saved.FilingId!.Value, p.Saved.Version, g)))], ct);
    }

    // A draft that is saved over is kept nowhere else. Quantities as they are kept: fen, or millionths of the measure's unit.
    private static JsonArray Differing(Plan plan)
    {
        var (before, after) = (plan.Before.ToDictionary(g => g.Measure), plan.Figures.ToDictionary(g => g.Measure));
        var fields = new JsonArray([.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Where(m => before.GetValueOrDefault(m) != after.GetValueOrDefault(m))
            .Select(m => Change.Field($"figures/{m}", Shown(before.GetValueOrDefault(m)), Shown(after.GetValueOrDefault(m))))]);
        if (plan.Reason is not null) fields.Add(Change.Field("reason", null, plan.Reason));
        return fields;

        static object? Shown(Figure? g) => g is null ? null : new { g.State, g.Grade, g.Quantity, g.Denominator, g.GrossQuantity, g.AttributionMillionths, g.Note };
    }

    internal sealed record LockedRow
    {
        public long ScenarioId { get; init; }
        public required string Period { get; init; }
    }

    private sealed record KeyRow
    {
        public required string Source { get; init; }
        public required string ExternalKey { get; init; }
        public long ScenarioId { get; init; }
    }

    private sealed record CodeRow
    {
        public long ScenarioId { get; init; }
        public required string Code { get; init; }
    }
}
