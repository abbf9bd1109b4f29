using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>Accepts an explanation. Refused with <c>finding-not-found</c>, <c>finding-not-explained</c>.</summary>
public sealed record AcceptFinding(long FindingId) : ICommand<Done>;

/// <summary>Rejects an explanation with a reason: the finding needs another one. A filing under review is then the reviewer's to return. Refused as accepting is.</summary>
public sealed record RejectFinding(long FindingId, string Reason) : ICommand<Done>;

/// <param name="Reason">Told to the filers: 1 to 500 characters.</param>
public sealed record FindingRejection(string Reason);

internal sealed class RejectFindingValidator : AbstractValidator<RejectFinding>
{
    public RejectFindingValidator() => RuleFor(x => x.Reason).NotEmpty().MaximumLength(500);
}

internal sealed class DecideFindingHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AcceptFinding, Result<Done>>, IRequestHandler<RejectFinding, Result<Done>>
{
    public Task<Result<Done>> Handle(AcceptFinding request, CancellationToken ct) => Decide(request.FindingId, FindingState.Accepted, null, ct);

    public Task<Result<Done>> Handle(RejectFinding request, CancellationToken ct) => Decide(request.FindingId, FindingState.Rejected, request.Reason.Trim(), ct);

    private async Task<Result<Done>> Decide(long findingId, string state, string? reason, CancellationToken ct)
    {
        if (await db.Find<FindingView.Row>(RuleSql.FindFinding, new { FindingId = findingId }, ct) is not { } finding) return RuleRefusal.FindingNotFound;
        if (await db.Run(RuleSql.Decide, new { FindingId = findingId, State = state, Reason = reason, caller.UserId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return RuleRefusal.NotExplained;
        db.Record(new Change("finding", state, findingId, finding.OrganizationId, null, finding.Period) { Fields = [Change.Field("state", finding.State, state), .. reason is null ? [] : new[] { Change.Field("reason", null, reason) }] });
        return new Done();
    }
}
