using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Exempts scenarios, or all of an organization and below, from what they owe in a collection (免报), or takes that back (<paramref name="Exempt"/> false).
/// An organization's scenarios are worked off part by part; one that is approved later is not among them.
/// Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-not-opened</c>, <c>collection-opening</c>, <c>organization-not-found</c>,
/// <c>invalid</c> (<c>scenario-owes-nothing</c>, selection, reason); then nothing is changed.
/// </summary>
public sealed record ExemptObligations(long CollectionId, bool Exempt, ExemptionBody Body) : ICommand<Done>;

/// <summary>Whom; exactly one of scenarios and organization.</summary>
/// <param name="Scenarios">1 to 1,000 ids, each once.</param>
/// <param name="Organization">All of this organization and below.</param>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record ExemptionBody(IReadOnlyList<long>? Scenarios = null, long? Organization = null, string? Reason = null);

internal sealed class ExemptObligationsValidator : AbstractValidator<ExemptObligations>
{
    public ExemptObligationsValidator()
    {
        RuleFor(x => x.Body).Must(x => x.Scenarios is null != x.Organization is null).WithName("Scenarios").OverridePropertyName("Scenarios").WithErrorCode("selection-missing")
            .WithMessage(_ => new Words("请给出 scenarios 或 organization,二者取一。", "Give exactly one of scenarios and organization.").ToString());
        RuleFor(x => x.Body.Scenarios!).Must(s => s.Count is > 0 and <= CollectionRule.MaxExempted && s.Distinct().Count() == s.Count).When(x => x.Body.Scenarios is not null).WithErrorCode("selection-size")
            .WithMessage(_ => new Words($"须有 1 至 {CollectionRule.MaxExempted} 个场景,不重复;更多请按单位免报。", $"Between 1 and {CollectionRule.MaxExempted} scenarios, each once; for more name their organization.").ToString());
    }
}

internal sealed class ExemptObligationsHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<ExemptObligations, Result<Done>>
{
    public async Task<Result<Done>> Handle(ExemptObligations request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (now.State is CollectionState.Planned or CollectionState.Cancelled) return CollectionRefusal.NotOpened(now.State);
        if (now.UnderWay == StepKind.Opened) return CollectionRefusal.Opening;
        var reason = CollectionSteps.Reason(request.Body.Reason);
        if (!reason.Ok) return reason.Why!;
        var kind = request.Exempt ? StepKind.Exempted : StepKind.Obliged;

        if (request.Body.Organization is { } organizationId)
        {
            if (await db.Find<string>(CollectionSql.OrganizationName, new { OrganizationId = organizationId }, ct) is null) return CollectionRefusal.OrganizationNotFound("/organization");
            await steps.Begin(now.CollectionId, kind, reason.Value, ct, organizationId);
            return new Done();
        }
        var ids = request.Body.Scenarios!;
        var owing = (await db.List<long>(CollectionSql.ScenariosOwing, new { now.CollectionId, ScenarioIds = SqlList.Of(ids) }, ct)).ToHashSet();
        var nothing = ids.Select((id, i) => (id, i)).Where(x => !owing.Contains(x.id)).Select(x => CollectionRefusal.OwesNothing(x.i)).ToArray();
        if (nothing.Length > 0) return Refusal.Invalid(nothing);
        var touched = await new Obligations(db).Exempt(now, request.Exempt, ids, reason.Value, mediator, ct);
        await steps.Done(now.CollectionId, kind, reason.Value, touched, ct);
        return new Done();
    }
}
