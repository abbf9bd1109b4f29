using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Collections;

/// <summary>A scenario as far as owing needs it: approved, no state secret, gone live.</summary>
internal sealed record OwingScenario
{
    public long ScenarioId { get; init; }
    public long OrganizationId { get; init; }
    public required string Sector { get; init; }
    public required string FirstPeriod { get; init; }
    public string? RetiredPeriod { get; init; }
}

/// <summary>Whose scenarios were in which month. A merger leaves earlier months with the organization of then (<c>scenario_place</c>), and who owed them is who files them.</summary>
internal sealed class Places(IEnumerable<PlaceRow> rows)
{
    private readonly ILookup<long, PlaceRow> _of = rows.ToLookup(r => r.ScenarioId);

    public long Of(OwingScenario scenario, string period) =>
        _of[scenario.ScenarioId].LastOrDefault(p => string.CompareOrdinal(p.SincePeriod, period) <= 0)?.OrganizationId ?? scenario.OrganizationId;
}

internal sealed record PlaceRow
{
    public long ScenarioId { get; init; }
    public required string SincePeriod { get; init; }
    public long OrganizationId { get; init; }
}

internal sealed record ObligationRow
{
    public long ScenarioId { get; init; }
    public required string Period { get; init; }
    public long CollectionId { get; init; }
    public long OrganizationId { get; init; }
    /// <summary>Codes in order, with a space between them.</summary>
    public required string Measures { get; init; }
    public required string State { get; init; }

    public int MeasureCount => CodeText.Codes(Measures)!.Length;
}

/// <summary>What a scenario owes in a collection, and the writing of it: the opening of a collection and the approval of a scenario are one code, so they cannot disagree.</summary>
internal sealed class Obligations(Db db)
{
    private static readonly string[] Columns = ["scenario_id", "period", "collection_id", "organization_id", "measures", "measure_count", "state", "exempt_reason"];

    /// <summary>Nothing before it went live or after it retired, and nothing when there is no measure to file.</summary>
    public static IEnumerable<ObligationRow> Wanted(CollectionRow collection, OwingScenario scenario, IEnumerable<string> promised, Places places)
    {
        if (CodeText.Codes(collection.Sectors) is { } sectors && !sectors.Contains(scenario.Sector)) yield break;
        var measures = CodeText.Codes(collection.Measures) ?? [.. promised.Union(CodeText.Codes(collection.ExtraMeasures) ?? [])];
        if (CodeText.Of(measures) is not { } owed) yield break;
        foreach (var month in CollectionRule.Months(collection).EachMonth())
            if (month >= Month.Parse(scenario.FirstPeriod) && (scenario.RetiredPeriod is null || month <= Month.Parse(scenario.RetiredPeriod)))
                yield return new()
                {
                    ScenarioId = scenario.ScenarioId,
                    Period = month.ToString(),
                    CollectionId = collection.CollectionId,
                    OrganizationId = places.Of(scenario, month.ToString()),
                    Measures = owed,
                    State = ObligationState.In(collection.State)
                };
    }

    public async Task<ILookup<long, string>> Promised(IReadOnlyList<long> scenarioIds, CancellationToken ct) =>
        (await db.List<PromisedRow>(CollectionSql.MeasuresPromised, new { ScenarioIds = SqlList.Of(scenarioIds) }, ct)).ToLookup(m => m.ScenarioId, m => m.Measure);

    public async Task<Places> Places(IReadOnlyList<long> scenarioIds, CancellationToken ct) =>
        new(await db.List<PlaceRow>(CollectionSql.Places, new { ScenarioIds = SqlList.Of(scenarioIds) }, ct));

    public Task Append(IReadOnlyList<ObligationRow> rows, CancellationToken ct) => db.Append("obligation", Columns,
        [.. rows.Select(o => new object?[] { o.ScenarioId, o.Period, o.CollectionId, o.OrganizationId, o.Measures, o.MeasureCount, o.State, null })], ct);

    /// <summary>Exempts scenarios in a collection, or takes that back: then they owe as the collection stands now.</summary>
    public async Task<int> Exempt(CollectionRow collection, bool exempt, IReadOnlyList<long> scenarioIds, string reason, IMediator mediator, CancellationToken ct)
    {
        var which = new { collection.CollectionId, ScenarioIds = SqlList.Of(scenarioIds), Reason = reason, State = ObligationState.In(collection.State) };
        var touched = await db.Run(exempt ? CollectionSql.Exempt : CollectionSql.Oblige, which, ct);
        if (touched > 0)
            await mediator.Publish(new ObligationsChanged(scenarioIds, [.. CollectionRule.Months(collection).EachMonth().Select(m => m.ToString())], exempt ? ObligationCause.Exempted : ObligationCause.Called), ct);
        return touched;
    }

    private sealed record PromisedRow
    {
        public long ScenarioId { get; init; }
        public required string Measure { get; init; }
    }
}

/// <summary>
/// A scenario was approved, reclassified or retired, or came to another organization (重组), while collections run in whose scope it lies: within that very transaction its obligations follow.
/// A locked collection calls nobody new; what a retired scenario no longer owes goes there too, and who owes is whose the month is there too.
/// </summary>
internal sealed class FollowScenarios(Db db, IMediator mediator) : INotificationHandler<ScenarioChanged>
{
    public async Task Handle(ScenarioChanged changed, CancellationToken ct)
    {
        if (changed.Cause is not (ScenarioCause.Approved or ScenarioCause.Reclassified or ScenarioCause.Retired or ScenarioCause.Merged or ScenarioCause.Split)) return;
        var which = new { ScenarioIds = SqlList.Of(changed.ScenarioIds) };
        await db.Run(CollectionSql.HoldPlanned, null, ct);
        var collections = (await db.List<CollectionRow>(CollectionSql.Running, null, ct)).ToDictionary(c => c.CollectionId);
        if (collections.Count == 0) return;
        var obligations = new Obligations(db);
        var scenarios = (await db.List<OwingScenario>(CollectionSql.ScenariosThatOwe, which, ct)).ToDictionary(s => s.ScenarioId);
        var promised = await obligations.Promised(changed.ScenarioIds, ct);
        var places = await obligations.Places(changed.ScenarioIds, ct);
        var reached = await db.List<ReachedRow>(CollectionSql.CollectionsReaching, which, ct);
        var wanted = reached.SelectMany(r => Obligations.Wanted(collections[r.CollectionId], scenarios[r.ScenarioId], promised[r.ScenarioId], places)).ToDictionary(Key);
        var there = (await db.List<ObligationRow>(CollectionSql.ObligationsRunning, which, ct)).ToDictionary(Key);

        bool IsLocked(ObligationRow o) => collections[o.CollectionId].State == CollectionState.Locked;
        var gone = there.Values.Where(o => IsLocked(o)
            ? scenarios.TryGetValue(o.ScenarioId, out var s) && s.RetiredPeriod is { } last && string.CompareOrdinal(o.Period, last) > 0
            : !wanted.ContainsKey(Key(o))).ToArray();
        var added = wanted.Values.Where(o => !there.ContainsKey(Key(o)) && !IsLocked(o)).ToArray();
        var altered = wanted.Values.Where(o => there.TryGetValue(Key(o), out var old) && !IsLocked(o) && old.Measures != o.Measures).ToArray();
        var rehomed = there.Values.Except(gone).Where(o => scenarios.TryGetValue(o.ScenarioId, out var s) && places.Of(s, o.Period) != o.OrganizationId).ToArray();

        // One statement for what is alike: a scenario's months of one collection, mostly.
        foreach (var group in gone.GroupBy(o => (o.CollectionId, o.Period)))
            await db.Run(CollectionSql.DeleteObligationsOfMonth, new { group.Key.CollectionId, group.Key.Period, ScenarioIds = SqlList.Of(group.Select(o => o.ScenarioId)) }, ct);
        foreach (var group in rehomed.GroupBy(o => (o.CollectionId, o.Period, OrganizationId: places.Of(scenarios[o.ScenarioId], o.Period))))
            await db.Run(CollectionSql.RehomeObligationsOfMonth, new { group.Key.CollectionId, group.Key.Period, group.Key.OrganizationId, ScenarioIds = SqlList.Of(group.Select(o => o.ScenarioId)) }, ct);
        foreach (var group in altered.GroupBy(o => (o.CollectionId, o.Measures)))
            await db.Run(CollectionSql.AlterObligations, new { group.Key.CollectionId, group.Key.Measures, group.First().MeasureCount, ScenarioIds = SqlList.Of(group.Select(o => o.ScenarioId).Distinct()) }, ct);
        await obligations.Append(added, ct);
        await Publish([.. added, .. altered, .. rehomed], ObligationCause.Called, ct);
        await Publish(gone, ObligationCause.CalledOff, ct);
    }

    private static (long, string, long) Key(ObligationRow o) => (o.ScenarioId, o.Period, o.CollectionId);

    private async Task Publish(ObligationRow[] rows, string cause, CancellationToken ct)
    {
        if (rows.Length > 0) await mediator.Publish(new ObligationsChanged([.. rows.Select(o => o.ScenarioId).Distinct()], [.. rows.Select(o => o.Period).Distinct().Order(StringComparer.Ordinal)], cause), ct);
    }

    private sealed record ReachedRow
    {
        public long CollectionId { get; init; }
        public long ScenarioId { get; init; }
    }
}
