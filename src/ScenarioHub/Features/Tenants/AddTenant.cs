using FluentValidation;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Tenants;

/// <summary>Opens a regulator's programme: the tenant, the root of its tree, its first administrator. Refused with <c>tenant-code-taken</c>, <c>user-name-taken</c>.</summary>
/// <param name="Code">2 to 32 of a-z, 0-9, hyphen; unique in the deployment.</param>
/// <param name="NameZh">The regulator's name; also that of the root organization.</param>
/// <param name="NameEn">In English.</param>
/// <param name="AdminUserName">Sign-in of the first regulatorAdmin.</param>
/// <param name="AdminPassword">12 to 200 characters.</param>
/// <param name="IsDemo">True labels every figure of the tenant 演示数据.</param>
public sealed record AddTenant(string Code, string NameZh, string NameEn, string AdminUserName, string AdminPassword, bool IsDemo = false) : ICommand<TenantAdded>;

/// <summary>A tenant has been opened; its ledger begins with it.</summary>
public sealed record TenantAdded(long TenantId, long RootOrganizationId, long AdminUserId) : INotification;

internal sealed class AddTenantValidator : AbstractValidator<AddTenant>
{
    public AddTenantValidator()
    {
        RuleFor(x => x.Code).NotEmpty().Length(2, 32).Matches(@"^[a-z0-9-]+\z").WithErrorCode("tenant-code-spelling")
            .WithMessage(_ => new Words("租户代码只能由小写字母 a-z、数字和连字符组成。", "A tenant code is made of a-z, 0-9 and hyphens.").ToString());
        RuleFor(x => x.NameZh).NotEmpty().MaximumLength(100);
        RuleFor(x => x.NameEn).NotEmpty().MaximumLength(200);
        RuleFor(x => x.AdminUserName).NotEmpty().Length(3, 64).Matches(@"^[A-Za-z0-9.-]+\z").WithErrorCode("user-name-spelling").WithMessage(_ => Names.Spelling.ToString());
        RuleFor(x => x.AdminPassword).NotEmpty().Length(12, 200);
    }
}

internal sealed class AddTenantHandler(Db db, IMediator mediator, TimeProvider clock) : IRequestHandler<AddTenant, Result<TenantAdded>>
{
    public async Task<Result<TenantAdded>> Handle(AddTenant request, CancellationToken ct)
    {
        var added = new TenantAdded(await db.NextId(ct), await db.NextId(ct), await db.NextId(ct));
        var userName = Names.Normal(request.AdminUserName);
        if (await db.One<long>(AccessSql.NameTaken, new { UserName = userName }, ct) > 0) return AccessRefusal.NameTaken.At("/adminUserName");
        var args = new
        {
            NewTenantId = added.TenantId,
            RootId = added.RootOrganizationId,
            UserId = added.AdminUserId,
            request.Code,
            request.NameZh,
            request.NameEn,
            request.IsDemo,
            Now = clock.GetUtcNow().UtcDateTime,
            Today = clock.Today(),
            // Known until another tree says otherwise.
            Still = long.MaxValue,
            UserName = userName,
            DisplayName = Language.Pick("监管管理员", "Regulator administrator"),
            PasswordHash = Session.Hash(request.AdminPassword),
            SessionStamp = Session.NewStamp(),
            Role = Role.RegulatorAdmin
        };
        if (await db.Run(TenantSql.Insert, args, ct) == 0) return new Refusal(RefusalKind.Conflict, "tenant-code-taken", new($"租户代码 {request.Code} 已被使用。", $"The tenant code {request.Code} is in use.")).At("/code");
        await db.Run(TenantSql.InsertRoot, args, ct);
        await db.OpenChanges(added.TenantId, added.RootOrganizationId, ct);
        db.Record(new Change("tenant", "opened", added.TenantId, added.RootOrganizationId)
        {
            Fields = [Change.Field("code", null, request.Code), Change.Field("nameZh", null, request.NameZh), Change.Field("nameEn", null, request.NameEn), Change.Field("administrator", null, userName)]
        }, added.TenantId);
        await db.Run(TenantSql.InsertRootAncestor, args, ct);
        await db.Run(TenantSql.InsertFirstTree, args, ct);
        await db.Run(TenantSql.InsertRootPath, args, ct);
        await db.Run(TenantSql.InsertRootName, args, ct);
        await db.Run(TenantSql.InsertFirstAdmin, args, ct);
        await db.Run(TenantSql.InsertFirstAdminRole, args, ct);
        await mediator.Publish(added, ct);
        return added;
    }
}
