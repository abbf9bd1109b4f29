using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// How complete a collection is: the line of an organization and those of its children, all within the caller's own subtree.
/// Refused with <c>collection-not-found</c>, <c>organization-not-found</c>.
/// </summary>
/// <param name="Organization">Whose children; the root of what the caller sees of the scope when left out.</param>
public sealed record GetCoverage(long CollectionId, long? Organization) : IQuery<CollectionCoverage>;

/// <param name="Lines">Children that owe something, and first the organization's own scenarios when it has some; they add up to the total.</param>
/// <param name="Complete">False while obligations are still being written or changed in the background.</param>
/// <param name="DemoData">演示数据 when the figures are generated for demonstration, else null.</param>
public sealed record CollectionCoverage(long CollectionId, DateOnly DueOn, CoverageLine Total, IReadOnlyList<CoverageLine> Lines, bool Complete, string? DemoData);

/// <summary>
/// Figures (a measure of a scenario in a month each) of an organization and below. Owed = filed + notDue + missing; what is exempt is not owed.
/// </summary>
/// <param name="IsOwn">Only what hangs on the organization itself, none of its children.</param>
/// <param name="Filed">In the version under review, else in the one approved last; a zero, an exempt and a withheld figure too.</param>
/// <param name="OnTime">Filed, and in a version submitted on or before the due day in Beijing.</param>
/// <param name="Completeness">Filed by owed, 0 to 1, four decimals; null when nothing is owed.</param>
/// <param name="Timeliness">On time by owed, 0 to 1, four decimals; null when nothing is owed.</param>
public sealed record CoverageLine(
    long OrganizationId, string OrganizationName, bool IsOwn, long Owed, long Filed, long Approved, long OnTime, long NotDue, long Missing, long Exempt,
    decimal? Completeness, decimal? Timeliness);

internal sealed class GetCoverageHandler(Db db, Caller caller) : IRequestHandler<GetCoverage, Result<CollectionCoverage>>
{
    public async Task<Result<CollectionCoverage>> Handle(GetCoverage request, CancellationToken ct)
    {
        if (await db.Find<CollectionRow>(CollectionSql.Find, new { request.CollectionId }, ct) is not { } collection) return CollectionRefusal.NotFound;
        var organizationId = request.Organization ?? (collection.IsYours > 0 ? collection.OrganizationId : caller.OrganizationId);
        if (await db.Find<string>(CollectionSql.OrganizationName, new { OrganizationId = organizationId }, ct) is not { } name) return CollectionRefusal.OrganizationNotFound("?organization");
        var rows = await db.List<CoverageRow>(CollectionSql.Coverage, new { request.CollectionId, OrganizationId = organizationId, DueBefore = ChinaDay.EndUtc(collection.DueOn) }, ct);
        var total = rows.Aggregate(new CoverageRow { OrganizationId = organizationId, OrganizationName = name }, (sum, r) => sum.Plus(r));
        return new CollectionCoverage(collection.CollectionId, collection.DueOn, total.Line(false), [.. rows.Select(r => r.Line(r.OrganizationId == organizationId))],
            collection.UnderWay is null or StepKind.Reminded, caller.DemoData);
    }
}

internal sealed record CoverageRow
{
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public long Owed { get; init; }
    public long Filed { get; init; }
    public long Approved { get; init; }
    public long OnTime { get; init; }
    public long NotDue { get; init; }
    public long Missing { get; init; }
    public long Exempt { get; init; }

    public CoverageRow Plus(CoverageRow r) => this with
    {
        Owed = Owed + r.Owed,
        Filed = Filed + r.Filed,
        Approved = Approved + r.Approved,
        OnTime = OnTime + r.OnTime,
        NotDue = NotDue + r.NotDue,
        Missing = Missing + r.Missing,
        Exempt = Exempt + r.Exempt
    };

    public CoverageLine Line(bool isOwn) => new(OrganizationId, OrganizationName, isOwn, Owed, Filed, Approved, OnTime, NotDue, Missing, Exempt, Rate(Filed), Rate(OnTime));

    private decimal? Rate(long part) => Owed == 0 ? null : Math.Round((decimal)part / Owed, 4, MidpointRounding.ToZero);   // never rounded up to 1 where one is missing
}

internal static class ChinaDay
{
    /// <summary>The instant a day of Beijing is over.</summary>
    public static DateTime EndUtc(DateOnly day) => new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), ChinaTime.Offset).UtcDateTime;
}
