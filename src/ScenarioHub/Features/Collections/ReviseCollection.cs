using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Changes a collection (JSON Merge Patch): all of it while planned; once open only name, note, a later due day, lock day and reminders; locked, name and note.
/// A due day moved later than today after it had passed makes what fell due not due again. Refused with <c>collection-not-found</c>, <c>collection-above-you</c>,
/// <c>collection-ended</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>organization-not-found</c>, <c>invalid</c> (<c>collection-scope-fixed</c>, <c>due-on-earlier</c>, <c>locks-on-past</c>, …).
/// </summary>
/// <param name="Version">The version the change is based on.</param>
public sealed record ReviseCollection(long CollectionId, int? Version, JsonElement Patch) : ICommand<int>;

internal sealed class ReviseCollectionHandler(Db db, Caller caller, TimeProvider clock, IValidator<CollectionContent> content) : IRequestHandler<ReviseCollection, Result<int>>
{
    public async Task<Result<int>> Handle(ReviseCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        if (now.State == CollectionState.Cancelled) return CollectionRefusal.Ended(now.State);
        var before = new CollectionContent(now.Name, now.FirstPeriod, now.LastPeriod, now.OpensOn, now.DueOn, now.LocksOn, now.OrganizationId,
            CodeText.Codes(now.Sectors), CodeText.Codes(now.Measures), CodeText.Codes(now.ExtraMeasures), CodeText.Numbers(now.RemindDays), now.Note);
        var merged = MergePatch.Apply(before, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        var body = merged.Value;
        var findings = content.Validate(body).Problems().ToList();
        if (findings.Count > 0) return Refusal.Invalid(findings);
        var next = now with
        {
            Name = body.Name,
            Note = body.Note,
            FirstPeriod = body.FirstPeriod,
            LastPeriod = body.LastPeriod,
            OpensOn = body.OpensOn,
            DueOn = body.DueOn,
            LocksOn = body.LocksOn,
            OrganizationId = body.Organization ?? caller.OrganizationId,
            Sectors = CodeText.Of(body.Sectors),
            Measures = CodeText.Of(body.Measures),
            ExtraMeasures = CodeText.Of(body.ExtraMeasures),
            RemindDays = CodeText.Of(body.RemindDays)
        };
        if (next == now) return version;   // the same again is no change
        findings.AddRange(Fixed(now, next, steps.Today));
        if (findings.Count > 0) return Refusal.Invalid(findings);
        if (next.OrganizationId != now.OrganizationId && await db.Find<string>(CollectionSql.OrganizationName, new { next.OrganizationId }, ct) is null)
            return CollectionRefusal.OrganizationNotFound("/organization");

        var again = now.State == CollectionState.Due && next.DueOn >= steps.Today;
        // A reminder that was sent today is not sent again because the name changed.
        var from = now.State == CollectionState.Open && (next.DueOn, next.RemindDays) == (now.DueOn, now.RemindDays) ? now.NextOn ?? steps.Today : steps.Today;
        var saved = await steps.Save(again ? next with { State = CollectionState.Open } : next, from, ct);
        steps.Differs(before, body);
        await steps.Done(now.CollectionId, StepKind.Revised, null, 0, ct);
        if (again) await steps.Begin(now.CollectionId, StepKind.Postponed, null, ct);
        return saved.Version;
    }

    private static IEnumerable<FieldProblem> Fixed(CollectionRow now, CollectionRow next, DateOnly today)
    {
        if (now.State == CollectionState.Planned) yield break;
        var locked = now.State == CollectionState.Locked;
        foreach (var (pointer, changed) in new[]
        {
            ("/firstPeriod", now.FirstPeriod != next.FirstPeriod), ("/lastPeriod", now.LastPeriod != next.LastPeriod), ("/organization", now.OrganizationId != next.OrganizationId),
            ("/sectors", now.Sectors != next.Sectors), ("/measures", now.Measures != next.Measures), ("/extraMeasures", now.ExtraMeasures != next.ExtraMeasures),
            ("/opensOn", now.OpensOn != next.OpensOn),
            ("/dueOn", locked && now.DueOn != next.DueOn), ("/locksOn", locked && now.LocksOn != next.LocksOn), ("/remindDays", locked && now.RemindDays != next.RemindDays)
        })
            if (changed) yield return CollectionRefusal.ScopeFixed(pointer);
        if (!locked && next.DueOn < now.DueOn) yield return CollectionRefusal.DueEarlier(now.DueOn);
        if (!locked && next.LocksOn != now.LocksOn && next.LocksOn <= today) yield return CollectionRefusal.LocksInPast(today);
    }
}
