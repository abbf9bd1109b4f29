using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Who owes what a collection's coverage lacks: scenarios' months of which a measure is neither under review nor approved, organization by organization.
/// Refused with <c>collection-not-found</c>, <c>organization-not-found</c>.
/// </summary>
/// <param name="Organization">Only of this organization and all below it; all that the caller sees when left out.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListMissing(long CollectionId, long? Organization, int? Limit, string? After) : IQuery<Page<MissingFiling>>;

/// <param name="Measures">What is owed for the month.</param>
/// <param name="Lacking">What of it is not there.</param>
/// <param name="FilingState"><c>draft</c> or <c>returned</c> when something was begun, <c>submitted</c> or <c>approved</c> where that lacks a measure, else null.</param>
/// <param name="OverdueSince">The day after the due day; null while it is not due.</param>
public sealed record MissingFiling(
    long OrganizationId, string OrganizationName, long ScenarioId, string ScenarioCode, string ScenarioName, string Period, IReadOnlyList<string> Measures, IReadOnlyList<string> Lacking, string? FilingState, DateOnly? OverdueSince);

internal sealed class ListMissingValidator : AbstractValidator<ListMissing>
{
    public ListMissingValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListMissingHandler(Db db, Caller caller) : IRequestHandler<ListMissing, Result<Page<MissingFiling>>>
{
    private readonly record struct Last(long OrganizationId, long ScenarioId, string? Period);

    public async Task<Result<Page<MissingFiling>>> Handle(ListMissing request, CancellationToken ct)
    {
        if (!Cursor.TryRead<MissingFiling, Last>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<CollectionRow>(CollectionSql.Find, new { request.CollectionId }, ct) is not { } collection) return CollectionRefusal.NotFound;
        var organizationId = request.Organization ?? caller.OrganizationId;
        if (await db.Find<string>(CollectionSql.OrganizationName, new { OrganizationId = organizationId }, ct) is null) return CollectionRefusal.OrganizationNotFound("?organization");
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<Row>(CollectionSql.Missing, new
        {
            request.CollectionId,
            OrganizationId = organizationId,
            AfterOrganizationId = after.OrganizationId,
            AfterScenarioId = after.ScenarioId,
            AfterPeriod = after.Period ?? "",
            Take = limit + 1
        }, ct);
        var filed = (await db.List<FiledRow>(CollectionSql.MeasuresFiled, new { FilingIds = SqlList.Of(rows.Where(r => r.FiledVersion is not null).Select(r => r.FilingId!.Value)) }, ct)).ToLookup(f => f.FilingId, f => f.Measure);
        return Cursor.Page([.. rows.Select(r => new MissingFiling(r.OrganizationId, r.OrganizationName, r.ScenarioId, r.ScenarioCode, r.ScenarioName, r.Period, CodeText.Codes(r.Measures)!,
            [.. CodeText.Codes(r.Measures)!.Except(filed[r.FilingId ?? 0])], r.FilingState, r.State == ObligationState.Missing ? collection.DueOn.AddDays(1) : null))], limit, m => new Last(m.OrganizationId, m.ScenarioId, m.Period));
    }

    private sealed record Row
    {
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public long ScenarioId { get; init; }
        public required string ScenarioCode { get; init; }
        public required string ScenarioName { get; init; }
        public required string Period { get; init; }
        public required string Measures { get; init; }
        public required string State { get; init; }
        public string? FilingState { get; init; }
        public long? FilingId { get; init; }
        public int? FiledVersion { get; init; }
    }

    private sealed record FiledRow
    {
        public long FilingId { get; init; }
        public required string Measure { get; init; }
    }
}
