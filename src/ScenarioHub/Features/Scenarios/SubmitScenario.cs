using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Submits a draft, returned or withdrawn scenario for review; now everything the dictionary asks for must be there.
/// Refused with <c>scenario-not-found</c>, <c>scenario-not-draft</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c>.
/// </summary>
/// <param name="Version">The version that is submitted.</param>
public sealed record SubmitScenario(long ScenarioId, int? Version) : ICommand<ScenarioSaved>;

internal sealed class SubmitScenarioHandler(Db db, IValidator<ScenarioContent> rules, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<SubmitScenario, Result<ScenarioSaved>>
{
    public async Task<Result<ScenarioSaved>> Handle(SubmitScenario request, CancellationToken ct)
    {
        var opened = await ScenarioStep.Open(db, request.ScenarioId, request.Version, ScenarioState.Submittable, ScenarioRefusal.NotDraft, ct);
        if (!opened.Ok) return opened.Why!;
        var findings = rules.Validate(opened.Value.Content(), o => o.IncludeRulesNotInRuleSet().IncludeRuleSets(ScenarioContentValidator.Submission)).Problems().ToArray();
        if (findings.Length > 0) return Refusal.Invalid(findings);
        var taken = await ScenarioStep.Take(db, caller, clock.GetUtcNow().UtcDateTime, opened.Value, ScenarioState.Submitted, ScenarioEvent.Submitted, null, ScenarioRefusal.NotDraft, ct);
        if (taken.Ok) await mediator.Publish(new ScenarioChanged([request.ScenarioId], ScenarioCause.Submitted), ct);
        return taken;
    }
}
