using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>
/// Checks a name and a password. Refused with <c>sign-in-failed</c>, or <c>sign-in-locked</c> after five failures in a row.
/// Neither <see cref="ICommand{T}"/> nor query: a refusal would undo the very count of failures it is based on.
/// </summary>
/// <param name="UserName">Not case-sensitive.</param>
/// <param name="Password">As typed.</param>
public sealed record SignIn(string UserName, string Password) : IRequest<Result<SignedIn>>;

/// <summary>The session's two claims.</summary>
public sealed record SignedIn(long UserId, string SessionStamp);

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(x => x.UserName).NotEmpty().MaximumLength(64);
        RuleFor(x => x.Password).NotEmpty().MaximumLength(200);
    }
}

internal sealed class SignInHandler(Db db, TimeProvider clock) : IRequestHandler<SignIn, Result<SignedIn>>
{
    public async Task<Result<SignedIn>> Handle(SignIn request, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var user = await db.Find<UserRow>(AccessSql.FindByName, new { UserName = Names.Normal(request.UserName) }, ct);
        if (user?.LockedUntil is { } until && until > now) return AccessRefusal.Locked(until - now);
        var check = Session.Check(user?.PasswordHash, request.Password);
        if (user is null || user.IsDisabled) return AccessRefusal.SignInFailed;

        await db.Begin(ct);
        if (check == PasswordVerificationResult.Failed)
            await db.Run(AccessSql.CountFailure, new { user.UserId, Allowed = Session.FailuresAllowed, LockedUntil = now + Session.Lockout }, ct);
        else
            await db.Run(AccessSql.CountSuccess, new { user.UserId, Now = now, PasswordHash = check == PasswordVerificationResult.SuccessRehashNeeded ? Session.Hash(request.Password) : user.PasswordHash }, ct);
        var failed = check == PasswordVerificationResult.Failed;
        var locks = failed && user.FailedSignIns + 1 >= Session.FailuresAllowed;
        db.Record(new Occurrence("signIn", "user", user.UserId, user.OrganizationId, locks ? "sign-in-locked" : failed ? AccessRefusal.SignInFailed.Code : null) { Actor = (user.UserId, Names.Normal(request.UserName)) }, user.TenantId);
        await db.Commit(ct);
        if (check != PasswordVerificationResult.Failed) return new SignedIn(user.UserId, user.SessionStamp);
        return user.FailedSignIns + 1 >= Session.FailuresAllowed ? AccessRefusal.Locked(Session.Lockout) : AccessRefusal.SignInFailed;
    }

    private sealed record UserRow
    {
        public long TenantId { get; init; }
        public long UserId { get; init; }
        public long OrganizationId { get; init; }
        public required string PasswordHash { get; init; }
        public required string SessionStamp { get; init; }
        public int FailedSignIns { get; init; }
        public DateTime? LockedUntil { get; init; }
        public bool IsDisabled { get; init; }
    }
}

internal static class Names
{
    public static readonly Words Spelling = new("用户名只能由字母、数字、点和连字符组成。", "A user name is made of letters a-z, digits, dots and hyphens.");

    /// <summary>Sign-in names are kept and compared in lower case.</summary>
    public static string Normal(string userName) => userName.Trim().ToLowerInvariant();
}
