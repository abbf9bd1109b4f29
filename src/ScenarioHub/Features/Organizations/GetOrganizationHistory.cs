using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

/// <summary>What became of an organization: its names, credit codes, places, mergers and splits, the last recorded first. Refused with <c>organization-not-found</c>.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record GetOrganizationHistory(long OrganizationId, int? Limit, string? After) : IQuery<Page<OrganizationEvent>>;

/// <summary>One change of the tree that an organization had a part in.</summary>
public sealed record OrganizationEvent
{
    /// <summary>Number of the tree that came about.</summary>
    public long TreeNo { get; init; }
    /// <summary>began, added, moved, renamed, merged, split or closed.</summary>
    public required string Cause { get; init; }
    /// <summary>The day from whose month on it counts.</summary>
    public DateOnly EffectiveOn { get; init; }
    public string? Note { get; init; }
    /// <summary>Its name from then on; null when that did not change.</summary>
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    /// <summary>Its credit code from then on; given beside a name.</summary>
    public string? CreditCode { get; init; }
    /// <summary>Under whom it hangs from then on; null when that did not change.</summary>
    public long? ParentId { get; init; }
    public string? ParentName { get; init; }
    /// <summary>Of a merger: who was taken up by whom. Of a split: who came from whom.</summary>
    public long? SubjectId { get; init; }
    public string? SubjectName { get; init; }
    /// <summary>Of a merger: who took up. Of a split: who was divided.</summary>
    public long? OtherId { get; init; }
    public string? OtherName { get; init; }
    /// <summary>Display name of who recorded it; null for the platform.</summary>
    public string? RecordedBy { get; init; }
    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }
    internal long PlaceId { get; init; }
}

internal sealed class GetOrganizationHistoryValidator : AbstractValidator<GetOrganizationHistory>
{
    public GetOrganizationHistoryValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetOrganizationHistoryHandler(Db db) : IRequestHandler<GetOrganizationHistory, Result<Page<OrganizationEvent>>>
{
    private readonly record struct Last(long TreeNo, long PlaceId);

    public async Task<Result<Page<OrganizationEvent>>> Handle(GetOrganizationHistory request, CancellationToken ct)
    {
        if (!Cursor.TryRead<OrganizationEvent, Last>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is null) return OrganizationRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<OrganizationEvent>(TreeSql.History, new { request.OrganizationId, BeforeTree = request.After is null ? long.MaxValue : after.TreeNo, BeforePlace = after.PlaceId, Take = limit + 1 }, ct);
        return Cursor.Page(rows, limit, e => new Last(e.TreeNo, e.PlaceId));
    }
}
