using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Does the next bounded thing for a collection: a part of a step that is under way, else what the clock has for it today (open, remind, fall due, lock).
/// Asks for no rights; sent by the clock, and after a person's step so that a small one is complete when he is answered. Safe to send at any time, any number of times.
/// </summary>
public sealed record AdvanceCollection(long CollectionId) : ICommand<CollectionAdvanced>;

/// <param name="More">There is something left to do right now.</param>
public sealed record CollectionAdvanced(long TenantId, bool More);

internal sealed class AdvanceCollectionHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<AdvanceCollection, Result<CollectionAdvanced>>
{
    public async Task<Result<CollectionAdvanced>> Handle(AdvanceCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        // Held first: of two workers the second waits, and then reads how far the first came.
        await db.Run(CollectionSql.Hold, request, ct);
        if (await db.Find<CollectionRow>(CollectionSql.FindForWork, request, ct) is not { } now) return CollectionRefusal.NotFound;
        var under = await db.List<StepRow>(CollectionSql.StepsUnderWay, new { request.CollectionId, Take = 2 }, ct);
        if (under.Count > 0)
        {
            var finished = await Work(now, under[0], steps, ct);
            return new CollectionAdvanced(caller.TenantId, !finished || under.Count > 1 || now.NextOn <= steps.Today);
        }
        var due = now.NextOn <= steps.Today;
        // A person's step is his; what the clock does is the clock's, and stands under its name.
        if (!due || caller.UserId != 0) return new CollectionAdvanced(caller.TenantId, due);
        await Strike(now, steps, ct);
        return new CollectionAdvanced(caller.TenantId, true);
    }

    // What the clock does by itself.
    private async Task Strike(CollectionRow now, CollectionSteps steps, CancellationToken ct)
    {
        switch (now.State)
        {
            case CollectionState.Planned:
                await steps.Save(now with { State = CollectionState.Open }, steps.Today, ct);
                await steps.Begin(now.CollectionId, StepKind.Opened, null, ct);
                break;
            case CollectionState.Open when steps.Today > now.DueOn:
                await steps.Save(now with { State = CollectionState.Due }, steps.Today, ct);
                await steps.Begin(now.CollectionId, StepKind.FellDue, null, ct);
                break;
            case CollectionState.Open:
                // Days the clock slept through are made good by one reminder, not by one each. No new version: nobody's change is in the way of it.
                await steps.Save(now, steps.Today.AddDays(1), ct, newVersion: false);
                await steps.Begin(now.CollectionId, StepKind.Reminded, null, ct);
                break;
            case CollectionState.Due:
                await LockCollectionHandler.Lock(now, steps, mediator, ct);
                break;
            default: throw new InvalidOperationException($"The clock has nothing to do for a collection that is {now.State}.");
        }
    }

    /// <returns>True when the step is done.</returns>
    private async Task<bool> Work(CollectionRow now, StepRow step, CollectionSteps steps, CancellationToken ct)
    {
        var take = CollectionRule.ScenariosPerStep(now);
        var (read, through, touched) = step.Kind switch
        {
            StepKind.Opened => await Call(now, step, take, ct),
            StepKind.FellDue => await Turn(now, ObligationState.NotDue, ObligationState.Missing, ObligationCause.FellDue, take, ct),
            StepKind.Postponed => await Turn(now, ObligationState.Missing, ObligationState.NotDue, ObligationCause.Called, take, ct),
            StepKind.Exempted or StepKind.Obliged => await Exempt(now, step, take, ct),
            StepKind.Reminded => await Remind(now, step, take = CollectionRule.OrganizationsPerStep, steps, ct),
            StepKind.Cancelled => await CallOff(now, take, ct),
            _ => throw new InvalidOperationException($"A step “{step.Kind}” is done with its command.")
        };
        var finished = read < take;
        await db.Run(CollectionSql.AdvanceStep, new { now.CollectionId, step.StepNo, ThroughId = through ?? step.ThroughId, Touched = touched, FinishedAt = finished ? steps.Now : (DateTime?)null }, ct);
        return finished;
    }

    private async Task<(int Read, long? Through, int Touched)> Call(CollectionRow now, StepRow step, int take, CancellationToken ct)
    {
        var scenarios = await db.List<OwingScenario>(CollectionSql.ScenariosInScope, new
        {
            now.OrganizationId,
            now.FirstPeriod,
            now.LastPeriod,
            now.Sectors,
            SectorCodes = SqlList.Of(CodeText.Codes(now.Sectors) ?? []),
            AfterId = step.ThroughId,
            Take = take
        }, ct);
        if (scenarios.Count == 0) return (0, null, 0);
        var ids = scenarios.Select(s => s.ScenarioId).ToArray();
        var promised = await new Obligations(db).Promised(ids, ct);
        var places = await new Obligations(db).Places(ids, ct);
        // One of them may have been approved while this was under way, and has its obligations already.
        var there = (await db.List<ObligationRow>(CollectionSql.ObligationsOf, new { ScenarioIds = SqlList.Of(ids), now.CollectionId }, ct)).Select(o => (o.ScenarioId, o.Period)).ToHashSet();
        var added = scenarios.SelectMany(s => Obligations.Wanted(now, s, promised[s.ScenarioId], places)).Where(o => !there.Contains((o.ScenarioId, o.Period))).ToArray();
        await new Obligations(db).Append(added, ct);
        await Publish([.. added.Select(o => o.ScenarioId).Distinct()], now, ObligationCause.Called, ct);
        return (scenarios.Count, ids[^1], added.Length);
    }

    private async Task<(int Read, long? Through, int Touched)> Turn(CollectionRow now, string from, string to, string cause, int take, CancellationToken ct)
    {
        var ids = await db.List<long>(CollectionSql.ScenariosInState, new { now.CollectionId, State = from, Take = take }, ct);
        if (ids.Count == 0) return (0, null, 0);
        var turned = await db.Run(CollectionSql.Turn, new { now.CollectionId, From = from, To = to, ScenarioIds = SqlList.Of(ids) }, ct);
        await Publish(ids, now, cause, ct);
        return (ids.Count, null, turned);
    }

    private async Task<(int Read, long? Through, int Touched)> Exempt(CollectionRow now, StepRow step, int take, CancellationToken ct)
    {
        var exempt = step.Kind == StepKind.Exempted;
        var ids = await db.List<long>(exempt ? CollectionSql.ScenariosToExempt : CollectionSql.ScenariosToOblige, new { now.CollectionId, OrganizationId = step.OrganizationId!.Value, Take = take }, ct);
        if (ids.Count == 0) return (0, null, 0);
        return (ids.Count, null, await new Obligations(db).Exempt(now, exempt, ids, step.Reason!, mediator, ct));
    }

    private async Task<(int Read, long? Through, int Touched)> Remind(CollectionRow now, StepRow step, int take, CollectionSteps steps, CancellationToken ct)
    {
        var organizations = await db.List<long>(CollectionSql.OrganizationsOwing, new { now.CollectionId, AfterId = step.ThroughId, Take = take }, ct);
        if (organizations.Count == 0) return (0, null, 0);
        var reminded = await db.Run(CollectionSql.InsertReminders, new { now.CollectionId, OrganizationIds = SqlList.Of(organizations), RemindOn = step.OnDay, UserId = step.ByUser, steps.Now }, ct);
        return (organizations.Count, organizations[^1], reminded);
    }

    private async Task<(int Read, long? Through, int Touched)> CallOff(CollectionRow now, int take, CancellationToken ct)
    {
        // State by state, because that is how the index leads through a collection's own obligations.
        foreach (var state in new[] { ObligationState.NotDue, ObligationState.Missing, ObligationState.Exempt })
        {
            var ids = await db.List<long>(CollectionSql.ScenariosInState, new { now.CollectionId, State = state, Take = take }, ct);
            if (ids.Count == 0) continue;
            var deleted = await db.Run(CollectionSql.DeleteObligations, new { now.CollectionId, ScenarioIds = SqlList.Of(ids) }, ct);
            await Publish(ids, now, ObligationCause.CalledOff, ct);
            return (take, null, deleted);   // another state may still have some
        }
        return (0, null, 0);
    }

    private async Task Publish(IReadOnlyList<long> scenarioIds, CollectionRow now, string cause, CancellationToken ct)
    {
        if (scenarioIds.Count > 0) await mediator.Publish(new ObligationsChanged(scenarioIds, [.. CollectionRule.Months(now).EachMonth().Select(m => m.ToString())], cause), ct);
    }

    private sealed record StepRow
    {
        public long StepNo { get; init; }
        public required string Kind { get; init; }
        public long? OrganizationId { get; init; }
        public DateOnly OnDay { get; init; }
        public string? Reason { get; init; }
        public long ThroughId { get; init; }
        public long ByUser { get; init; }
    }
}
