using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>Makes a goal of one's own. Refused with <c>invalid</c>, <c>organization-not-found</c>, <c>goal-code-taken</c>.</summary>
public sealed record AddGoal(GoalBody Body) : ICommand<GoalAdded>;

public sealed record GoalAdded(long Id, int Version);

internal sealed class AddGoalValidator : AbstractValidator<AddGoal>
{
    public AddGoalValidator(IValidator<GoalBody> body) => RuleFor(x => x.Body).SetValidator(body);
}

internal sealed class AddGoalHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AddGoal, Result<GoalAdded>>
{
    public async Task<Result<GoalAdded>> Handle(AddGoal request, CancellationToken ct)
    {
        if (await db.Find<GoalPlace>(GoalSql.FindOrganization, new { OrganizationId = request.Body.Organization ?? caller.OrganizationId }, ct) is not { } place) return GoalRefusal.OrganizationNotFound.At("/organization");
        if ((await db.List<string>(GoalSql.CodesOf, new { place.OrganizationId, GoalCodes = SqlList.Of([request.Body.Code]) }, ct)).Count > 0) return GoalRefusal.CodeTaken(request.Body.Code).At("/code");
        var goalId = await db.NextId(ct);
        await db.Append("goal", GoalBody.Columns, [request.Body.Values(goalId, place.OrganizationId, caller.UserId, clock.GetUtcNow().UtcDateTime)], ct);
        db.Record(new Change("goal", "added", goalId, place.OrganizationId, 1) { Fields = [Change.Field("code", null, request.Body.Code)] });
        return new GoalAdded(goalId, 1);
    }
}

internal sealed record GoalPlace
{
    public long OrganizationId { get; init; }
    public string? Region { get; init; }
}
