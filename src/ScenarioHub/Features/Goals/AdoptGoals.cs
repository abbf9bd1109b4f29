using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// Takes goals of the catalog as an organization's own, with their sources. Adopting again changes nothing.
/// Refused with <c>unknown-code</c>, <c>organization-not-found</c>.
/// </summary>
/// <param name="Codes">Of the catalog; when left out: all national and sector ones, and those local ones of the organization's region. Those of one enterprise are only adopted by code.</param>
/// <param name="Organization">Whose subtree they are to be about; the caller's own when left out.</param>
public sealed record AdoptGoals(IReadOnlyList<string>? Codes = null, long? Organization = null) : ICommand<GoalsAdopted>;

/// <param name="Adopted">Made now.</param>
/// <param name="Already">Codes the organization had before.</param>
public sealed record GoalsAdopted(IReadOnlyList<GoalAdopted> Adopted, IReadOnlyList<string> Already);

public sealed record GoalAdopted(long Id, string Code);

internal sealed class AdoptGoalsValidator : AbstractValidator<AdoptGoals>
{
    public const int MostAtOnce = 200;

    public AdoptGoalsValidator() => RuleFor(x => x.Codes).Must(c => c is null or { Count: > 0 and <= MostAtOnce }).WithErrorCode("out-of-range")
        .WithMessage(_ => new Words($"codes 须有 1 至 {MostAtOnce} 项。", $"codes has 1 to {MostAtOnce} entries.").ToString());
}

internal sealed class AdoptGoalsHandler(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<AdoptGoals, Result<GoalsAdopted>>
{
    public async Task<Result<GoalsAdopted>> Handle(AdoptGoals request, CancellationToken ct)
    {
        if (await db.Find<GoalPlace>(GoalSql.FindOrganization, new { OrganizationId = request.Organization ?? caller.OrganizationId }, ct) is not { } place) return GoalRefusal.OrganizationNotFound.At("/organization");
        var all = CatalogGoal.All(catalog);
        var wanted = all.Where(g => request.Codes is null
            ? g.ScopeLevel is GoalScope.National or GoalScope.Sector || (g.ScopeLevel == GoalScope.Local && g.Region == place.Region)
            : request.Codes.Contains(g.Code)).ToList();
        if (request.Codes?.Select((code, i) => (code, i)).FirstOrDefault(c => wanted.All(g => g.Code != c.code)) is { code: not null } unknown) return GoalRefusal.UnknownCatalogCode(unknown.code, unknown.i);
        var already = await db.List<string>(GoalSql.CodesOf, new { place.OrganizationId, GoalCodes = SqlList.Of(wanted.Select(g => g.Code)) }, ct);
        var (adopted, rows, now) = (new List<GoalAdopted>(), new List<object?[]>(), clock.GetUtcNow().UtcDateTime);
        foreach (var goal in wanted.Where(g => !already.Contains(g.Code)))
        {
            adopted.Add(new(await db.NextId(ct), goal.Code));
            rows.Add(Body(goal).Values(adopted[^1].Id, place.OrganizationId, caller.UserId, now));
        }
        await db.Append("goal", GoalBody.Columns, rows, ct);
        db.Record(adopted.Select(g => new Change("goal", "adopted", g.Id, place.OrganizationId, 1) { Fields = [Change.Field("code", null, g.Code)] }));
        return new GoalsAdopted(adopted, [.. already.Order(StringComparer.Ordinal)]);
    }

    internal static GoalBody Body(CatalogGoal g) => new(g.Kind, g.Code, g.StatementZh, g.StatementEn, null, g.SourceDocument, g.DocNo, g.Issuer, g.IssuedOn, g.SourceSeen, g.Evidence, g.MetricCode, g.DefinitionZh,
        g.Kind == GoalKind.Vision ? null : g.Unit, g.Target is null ? null : g.Comparator, g.Baseline, g.BaselineOn, g.Target, g.DueOn, g.ScopeLevel, g.Scope, g.Formula, g.ProxyZh, g.ProxyEn);
}
