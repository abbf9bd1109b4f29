using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>Scenarios of the caller's subtree, by id (in the order of registration).</summary>
/// <param name="Organization">Only those of this organization and below it, by id.</param>
/// <param name="Sector">Only those whose division belongs to this sector.</param>
/// <param name="Stage">A code of the list <c>stage</c>.</param>
/// <param name="State">draft, submitted, approved, returned, withdrawn or retired.</param>
/// <param name="Kind">A code of the list <c>scenarioKind</c>.</param>
/// <param name="KeyAction">One of the six key actions.</param>
/// <param name="Region">GB/T 2260, six digits.</param>
/// <param name="Q">Part of the name or the code, at most 100 characters.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Count">True to be told how many there are in all.</param>
public sealed record ListScenarios(
    long? Organization, string? Sector, string? Stage, string? State, string? Kind, string? KeyAction, string? Region, string? Q,
    int? Limit, string? After, bool? Count) : IQuery<Page<ScenarioLine>>;

/// <summary>A scenario in a list; amounts in yuan.</summary>
public sealed record ScenarioLine(
    long Id, string Code, string Name, string Kind, string State, string Stage, DateOnly StageSince, long OrganizationId, string OrganizationName,
    string IndustryDivision, string Sector, string Region, string KeyAction, string? BusinessDomain, string OpenScope, int? StrategicBatch, bool StateSecret,
    DateOnly? GoLiveOn, decimal? CapexTotalCny, decimal? OpexYearCny, int Version, int? ApprovedVersion, DateTime UpdatedAt, string? DemoData);

internal sealed class ListScenariosValidator : AbstractValidator<ListScenarios>
{
    public ListScenariosValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.Q).MaximumLength(100);
        // A filter that can match nothing is a slip of the pen, and an empty list would hide it.
        RuleFor(x => x).Custom((query, context) =>
        {
            Known(nameof(query.Sector), query.Sector, catalog.Sectors.Select(s => s.Code));
            Known(nameof(query.Stage), query.Stage, Features.Scenarios.Stage.InOrder);
            Known(nameof(query.State), query.State, ScenarioState.All);
            Known(nameof(query.Kind), query.Kind, catalog.List("scenarioKind").Select(i => i.Code));
            Known(nameof(query.KeyAction), query.KeyAction, catalog.KeyActions.Select(a => a.Code));
            Known(nameof(query.Region), query.Region, catalog.Regions.Select(r => r.Code));

            void Known(string name, string? value, IEnumerable<string> codes)
            {
                if (value is null || codes.Contains(value)) return;
                var (parameter, right) = (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name), string.Join(", ", codes));
                context.AddFailure(new FluentValidation.Results.ValidationFailure(name, new Words(
                    $"参数 {parameter} 不能为“{value}”,可用:{right}。", $"The parameter {parameter} cannot be “{value}”; use {right}.").ToString())
                { ErrorCode = ScenarioFinding.UnknownCode });
            }
        });
    }
}

internal sealed class ListScenariosHandler(Db db, Caller caller, ReferenceCatalog catalog) : IRequestHandler<ListScenarios, Result<Page<ScenarioLine>>>
{
    /// <summary>Up to so many organizations it is cheaper to begin with them than with the first scenario.</summary>
    private const int SmallScope = 100;

    public async Task<Result<Page<ScenarioLine>>> Handle(ListScenarios request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ScenarioLine, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var args = new
        {
            OrganizationId = request.Organization ?? caller.OrganizationId,
            request.Sector,
            DivisionCodes = SqlList.Of(catalog.Industries.Where(i => i.IsDivision && i.Sector == request.Sector).Select(i => i.Code)),
            request.Stage,
            request.State,
            request.Kind,
            request.KeyAction,
            request.Region,
            Q = SqlLike.Contains(request.Q),
            After = after,
            Take = limit + 1
        };
        var isSmall = await db.One<long>(ScenarioSql.SizeOfScope, new { args.OrganizationId }, ct) is > 0 and <= SmallScope;
        var rows = await db.List<Row>(isSmall ? ScenarioSql.ListBelow : ScenarioSql.List, args, ct);
        long? count = request.Count == true ? await db.One<long>(ScenarioSql.Count, args, ct) : null;
        return Cursor.Page(rows.Select(Line).ToList(), limit, s => s.Id, count);
    }

    private ScenarioLine Line(Row r) => new(
        r.Id, r.Code, r.Name, r.Kind, r.State, r.Stage, r.StageSince, r.OrganizationId, r.OrganizationName, r.IndustryDivision, catalog.SectorOf(r.IndustryDivision).Code, r.Region,
        r.KeyAction, r.BusinessDomain, r.OpenScope, r.StrategicBatch, r.StateSecret, r.GoLiveOn, ScenarioRow.Yuan(r.CapexTotalFen), ScenarioRow.Yuan(r.OpexYearFen), r.Version, r.ApprovedVersion, r.UpdatedAt, caller.DemoData);

    private sealed record Row
    {
        public long Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Kind { get; init; }
        public required string State { get; init; }
        public required string Stage { get; init; }
        public DateOnly StageSince { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public required string IndustryDivision { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public string? BusinessDomain { get; init; }
        public required string OpenScope { get; init; }
        public int? StrategicBatch { get; init; }
        public bool StateSecret { get; init; }
        public DateOnly? GoLiveOn { get; init; }
        public long? CapexTotalFen { get; init; }
        public long? OpexYearFen { get; init; }
        public int Version { get; init; }
        public int? ApprovedVersion { get; init; }
        public DateTime UpdatedAt { get; init; }
    }
}
