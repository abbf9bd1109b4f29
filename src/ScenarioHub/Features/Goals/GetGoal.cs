using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>One goal with its last evaluation and who decides it; where the whole is not the caller's, with his own contribution instead. Refused with <c>goal-not-found</c>.</summary>
public sealed record GetGoal(long GoalId) : IQuery<GoalView>;

/// <summary>Goals of the caller's subtree, and those above it that he is part of; oldest first.</summary>
/// <param name="Kind">target, milestone or vision.</param>
/// <param name="Verdict">Finds only goals whose whole is the caller's.</param>
/// <param name="Scope">national, sector, local or enterprise.</param>
/// <param name="State">active (the default) or withdrawn.</param>
public sealed record ListGoals(string? Kind, string? Verdict, string? Scope, string? State, int? Limit, string? After) : IQuery<Page<GoalView>>;

internal sealed class ListGoalsValidator : AbstractValidator<ListGoals>
{
    public ListGoalsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        OneOf(x => x.Kind, GoalKind.All);
        OneOf(x => x.Verdict, GoalVerdict.All);
        OneOf(x => x.Scope, GoalScope.All);
        OneOf(x => x.State, GoalState.All);
    }

    private void OneOf(System.Linq.Expressions.Expression<Func<ListGoals, string?>> of, string[] codes) => RuleFor(of).Must(c => c is null || codes.Contains(c)).WithErrorCode("unknown-code")
        .WithMessage(_ => new Words($"须为 {string.Join("、", codes)} 之一。", $"It is one of {string.Join(", ", codes)}.").ToString());
}

internal sealed class GetGoalHandler(Db db, Caller caller, ReferenceCatalog catalog, GoalReading reading) : IRequestHandler<GetGoal, Result<GoalView>>, IRequestHandler<ListGoals, Result<Page<GoalView>>>
{
    public async Task<Result<GoalView>> Handle(GetGoal request, CancellationToken ct)
    {
        if (await db.Find<GoalRow>(GoalSql.Find, new { request.GoalId }, ct) is not { } goal) return GoalRefusal.NotFound;
        return goal.IsWhole
            ? goal.View(catalog, caller.DemoData, decides: await Labelled(goal.Standing?.Decides, ct))
            : goal.View(catalog, caller.DemoData, contribution: await Own(goal, ct));
    }

    public async Task<Result<Page<GoalView>>> Handle(ListGoals request, CancellationToken ct)
    {
        if (!Cursor.TryRead<GoalView, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<GoalRow>(GoalSql.List, new { AfterId = after, State = request.State ?? GoalState.Active, request.Kind, request.Verdict, request.Scope, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => r.View(catalog, caller.DemoData)).ToList(), limit, g => g.Id);
    }

    private async Task<GoalContribution> Own(GoalRow goal, CancellationToken ct)
    {
        var name = (await db.List<NameRow>(GoalSql.NamesOf, new { OrganizationIds = SqlList.Of([caller.OrganizationId]) }, ct))[0].Name;
        var series = goal.Formula is { ReadsLedger: true } formula ? await reading.Series(formula, caller.OrganizationId, null, null, ct) : null;
        return new(new(caller.OrganizationId, name), series?.CurrentMonth?.ToString(), series?.Now?.Value, series?.Now?.Expected, series?.Now?.Reported, series?.Now?.Missing);
    }

    private async Task<GoalDecides?> Labelled(GoalDecides? decides, CancellationToken ct)
    {
        if (decides is null) return null;
        var byOrganization = decides.MembersBy == "organization" ? decides.MembersNotYet : [];
        var ids = decides.Organizations.Concat(decides.OrganizationsMissing).Concat(byOrganization).Select(o => long.Parse(o.Key, System.Globalization.CultureInfo.InvariantCulture)).Distinct();
        var names = (await db.List<NameRow>(GoalSql.NamesOf, new { OrganizationIds = SqlList.Of(ids) }, ct)).ToDictionary(n => n.OrganizationId.ToString(System.Globalization.CultureInfo.InvariantCulture), n => n.Name);
        IReadOnlyList<GoalDeciding> Named(IReadOnlyList<GoalDeciding> lines, Func<string, string?> label) => [.. lines.Select(l => l with { Label = label(l.Key) })];
        return decides with
        {
            Organizations = Named(decides.Organizations, names.GetValueOrDefault),
            OrganizationsMissing = Named(decides.OrganizationsMissing, names.GetValueOrDefault),
            Sectors = Named(decides.Sectors, Sector),
            SectorsMissing = Named(decides.SectorsMissing, Sector),
            MembersNotYet = Named(decides.MembersNotYet, decides.MembersBy switch
            {
                "organization" => names.GetValueOrDefault,
                "sector" => Sector,
                "region" => key => catalog.FindRegion(key) is { } r ? Language.Pick(r.NameZh, r.NameEn) : null,
                "keyAction" => key => catalog.FindKeyAction(key) is { } k ? Language.Pick(k.NameZh, k.NameEn) : null,
                _ => key => catalog.FindItem("stage", key) is { } s ? Language.Pick(s.NameZh, s.NameEn) : null
            })
        };
    }

    private string? Sector(string key) => catalog.FindSector(key) is { } s ? Language.Pick(s.NameZh, s.NameEn) : null;

    private sealed record NameRow
    {
        public long OrganizationId { get; init; }
        public required string Name { get; init; }
    }
}
