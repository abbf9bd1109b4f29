using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

/// <summary>Kinds of organization; codes are those of <c>ck_organization_kind</c>.</summary>
internal static class OrganizationKind
{
    public const string Regulator = "regulator", Directory = "directory", Group = "group", Subsidiary = "subsidiary";
    public static readonly string[] All = [Regulator, Directory, Group, Subsidiary];
    /// <summary>Only enterprises have a unified social credit code that must be given.</summary>
    public static bool IsEnterprise(string kind) => kind is Group or Subsidiary;
}

/// <summary>What a person may say of an organization; its place in the tree is not part of it.</summary>
/// <param name="Kind">regulator, directory (a heading such as 中央金融企业), group (一级企业) or subsidiary.</param>
/// <param name="Name">At most 100 characters, unique among its siblings.</param>
/// <param name="NameEn">At most 200 characters.</param>
/// <param name="CreditCode">统一社会信用代码, 18 characters with check digit (GB 32100-2015); required for enterprises, unique in the tenant.</param>
/// <param name="Region">GB/T 2260 code, six digits.</param>
/// <param name="IndustryDivision">GB/T 4754-2017 division, two digits.</param>
public sealed record OrganizationContent(string Kind, string Name, string? NameEn = null, string? CreditCode = null, string? Region = null, string? IndustryDivision = null);

internal sealed class OrganizationContentValidator : AbstractValidator<OrganizationContent>
{
    public OrganizationContentValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Kind).Must(k => OrganizationKind.All.Contains(k)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"须为 {string.Join("、", OrganizationKind.All)} 之一。", $"Must be one of {string.Join(", ", OrganizationKind.All)}.").ToString());
        RuleFor(x => x.Name).NotEmpty().MaximumLength(100);
        RuleFor(x => x.Name).Must(name => name == name.Trim()).WithErrorCode("surrounding-blanks").WithMessage(_ => new Words("名称首尾不能有空格。", "The name must not begin or end with blanks.").ToString());
        RuleFor(x => x.NameEn).MaximumLength(200);
        RuleFor(x => x.CreditCode).NotEmpty().When(x => OrganizationKind.IsEnterprise(x.Kind));
        RuleFor(x => x.CreditCode!).Must(code => Catalog.CreditCode.TryCheck(code, out _)).When(x => !string.IsNullOrEmpty(x.CreditCode)).WithErrorCode("credit-code-wrong")
            .WithMessage((_, code) => new Words(
                $"统一社会信用代码“{code}”不正确:须为 18 位(不含 I、O、S、V、Z),且校验位与 GB 32100-2015 一致。",
                $"“{code}” is not a unified social credit code: 18 characters without I, O, S, V, Z, with the check digit of GB 32100-2015.").ToString());
        RuleFor(x => x.Region!).Must(r => catalog.FindRegion(r) is not null).When(x => x.Region is not null).WithErrorCode("unknown-code")
            .WithMessage((_, r) => new Words($"行政区划代码“{r}”不在 GB/T 2260 名录中。", $"“{r}” is not a region code of GB/T 2260.").ToString());
        RuleFor(x => x.IndustryDivision!).Must(d => catalog.FindDivision(d) is not null).When(x => x.IndustryDivision is not null).WithErrorCode("unknown-code")
            .WithMessage((_, d) => new Words($"“{d}”不是 GB/T 4754-2017 的大类代码(两位数字)。", $"“{d}” is not a division of GB/T 4754-2017 (two digits).").ToString());
    }
}

/// <summary>Refusals of Organizations; the codes are part of the API.</summary>
internal static class OrganizationRefusal
{
    public static Refusal NotFound => Refusal.NotFound("organization", new("单位", "organization"));

    public static Refusal NameTaken(string name) => new Refusal(RefusalKind.Conflict, "organization-name-taken",
        new($"同一上级下已有名为“{name}”的单位。", $"There is already an organization “{name}” under this parent.")).At("/name");

    public static Refusal CreditCodeTaken(string? code) => new Refusal(RefusalKind.Conflict, "credit-code-taken",
        new($"统一社会信用代码 {code} 已登记在另一单位名下。", $"The credit code {code} is registered for another organization.")).At("/creditCode");

    public static readonly Refusal Circle = new(RefusalKind.Conflict, "organization-circle",
        new("不能把单位移到或并入它自己或它的下级之下(生效月份及以后曾为其下级的也不行)。", "An organization cannot be moved under or merged into itself or one of its own, nor one that was its own in the effective month or later."));

    public static readonly Refusal RootStays = new(RefusalKind.Conflict, "organization-root",
        new("根单位不能移动。", "The root cannot be moved."));

    public static Refusal Closed(OrganizationView organization) => new(RefusalKind.Conflict, "organization-closed", new(
        $"单位“{organization.Name}”已于 {organization.ClosedOn:yyyy-MM-dd} 因重组关闭,只保留历史,不再接受变动。", $"“{organization.Name}” was closed by a reorganization on {organization.ClosedOn:yyyy-MM-dd}: it keeps its past and takes nothing new."));

    public static Refusal NotChild(long id, string name) => new(RefusalKind.Conflict, "organization-not-child",
        new($"单位 {id} 不是“{name}”的直接下级。", $"The organization {id} is not directly below “{name}”."));

    public static Refusal NotEmpty(string name, long scenarios, long children) => new Refusal(RefusalKind.Conflict, "organization-not-empty", new(
        $"“{name}”还有 {scenarios} 个场景、{children} 个下级单位未划出,不能关闭。", $"“{name}” still has {scenarios} scenarios and {children} organizations below it that were given to no part, so it cannot be closed.")).At("/closes");

    public static Refusal EffectiveOn(DateOnly first, DateOnly today) => Refusal.Field("effective-on-out-of-range", "/effectiveOn", new(
        $"生效日期须在 {first:yyyy-MM-dd}(所涉单位上次变动之日)与今天 {today:yyyy-MM-dd} 之间。", $"The effective date must lie between {first:yyyy-MM-dd}, the last change of those concerned, and today, {today:yyyy-MM-dd}."));
}
