using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Gives a person a sign-in within the caller's subtree. Refused with <c>user-name-taken</c>, <c>organization-not-found</c>, <c>organization-closed</c> or <c>role-beyond-yours</c>.</summary>
/// <param name="UserName">3 to 64 of a-z, 0-9, dot, hyphen; unique in the deployment.</param>
/// <param name="DisplayName">How the person is shown, at most 100.</param>
/// <param name="Password">12 to 200 characters.</param>
/// <param name="OrganizationId">Whose subtree the person will see.</param>
/// <param name="Roles">One or more of the seven roles; none beyond the caller's own side.</param>
public sealed record AddUser(string UserName, string DisplayName, string Password, long OrganizationId, IReadOnlyList<string> Roles) : ICommand<UserAdded>;

public sealed record UserAdded(long Id);

internal sealed class AddUserValidator : AbstractValidator<AddUser>
{
    public AddUserValidator()
    {
        RuleFor(x => x.UserName).NotEmpty().Length(3, 64).Matches(@"^[A-Za-z0-9.-]+\z").WithErrorCode("user-name-spelling").WithMessage(_ => Names.Spelling.ToString());
        RuleFor(x => x.DisplayName).NotEmpty().MaximumLength(100);
        RuleFor(x => x.Password).NotEmpty().Length(12, 200);
        RuleFor(x => x.Roles).NotEmpty();
        RuleForEach(x => x.Roles).Must(r => Role.All.Contains(r)).WithErrorCode("unknown-role")
            .WithMessage(_ => new Words($"角色须为 {string.Join("、", Role.All)} 之一。", $"A role is one of {string.Join(", ", Role.All)}.").ToString());
    }
}

internal sealed class AddUserHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AddUser, Result<UserAdded>>
{
    public async Task<Result<UserAdded>> Handle(AddUser request, CancellationToken ct)
    {
        if (request.Roles.FirstOrDefault(role => !Role.MayGrant(caller.Roles, role)) is { } beyond) return AccessRefusal.RoleBeyondYours(beyond);
        var userName = Names.Normal(request.UserName);
        if (await db.One<long>(AccessSql.NameTaken, new { UserName = userName }, ct) > 0) return AccessRefusal.NameTaken.At("/userName");
        if (await db.Find<DateOnly>(AccessSql.ClosedOn, new { request.OrganizationId }, ct) is var closed && closed != default) return AccessRefusal.OrganizationClosed(closed).At("/organizationId");
        var userId = await db.NextId(ct);
        var inserted = await db.Run(AccessSql.Insert, new
        {
            UserId = userId,
            request.OrganizationId,
            UserName = userName,
            request.DisplayName,
            PasswordHash = Session.Hash(request.Password),
            SessionStamp = Session.NewStamp(),
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        if (inserted == 0) return Refusal.NotFound("organization", new("单位", "organization")).At("/organizationId");
        foreach (var role in request.Roles.Distinct()) await db.Run(AccessSql.InsertRole, new { UserId = userId, Role = role }, ct);
        db.Record(new Change("user", "added", userId, request.OrganizationId)
        {
            Fields = [Change.Field("userName", null, userName), Change.Field("displayName", null, request.DisplayName), Change.Field("organization", null, request.OrganizationId), Change.Field("roles", null, request.Roles.Distinct().Order(StringComparer.Ordinal))]
        });
        return new UserAdded(userId);
    }
}
