using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Collections;

/// <summary>One collection whose scope overlaps the caller's subtree. Refused with <c>collection-not-found</c>.</summary>
public sealed record GetCollection(long CollectionId) : IQuery<CollectionView>;

/// <summary>Collections whose scope overlaps the caller's subtree, newest first.</summary>
/// <param name="State">planned, open, due, locked or cancelled.</param>
/// <param name="Period">Only those that call for this month.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListCollections(string? State, string? Period, int? Limit, string? After) : IQuery<Page<CollectionView>>;

/// <summary>A call for filings and how far it is.</summary>
/// <param name="Sectors">Null is all.</param>
/// <param name="Measures">All that is asked for; null is what each scenario promised.</param>
/// <param name="ExtraMeasures">Asked for beside what each scenario promised.</param>
/// <param name="UnderWay">The step that is being worked off in the background: while it is <c>opened</c>, not all obligations are there yet. Null when nothing is.</param>
/// <param name="Version">The ETag.</param>
/// <param name="IsYours">The caller's subtree holds the whole scope: with <c>collection.manage</c> he may change it.</param>
public sealed record CollectionView(
    long Id, string Name, string? Note, string State, string FirstPeriod, string LastPeriod, long OrganizationId, string OrganizationName,
    IReadOnlyList<string>? Sectors, IReadOnlyList<string>? Measures, IReadOnlyList<string>? ExtraMeasures,
    DateOnly OpensOn, DateOnly DueOn, DateOnly? LocksOn, IReadOnlyList<int> RemindDays, string? UnderWay, bool IsYours, int Version, DateTime CreatedAt, DateTime UpdatedAt)
{
    internal static CollectionView Of(CollectionRow c) => new(
        c.CollectionId, c.Name, c.Note, c.State, c.FirstPeriod, c.LastPeriod, c.OrganizationId, c.OrganizationName,
        CodeText.Codes(c.Sectors), CodeText.Codes(c.Measures), CodeText.Codes(c.ExtraMeasures),
        c.OpensOn, c.DueOn, c.LocksOn, CodeText.Numbers(c.RemindDays), c.UnderWay, c.IsYours > 0, c.Version, c.CreatedAt, c.UpdatedAt);
}

internal sealed record CollectionRow
{
    public long CollectionId { get; init; }
    public required string Name { get; init; }
    public string? Note { get; init; }
    public required string State { get; init; }
    public required string FirstPeriod { get; init; }
    public required string LastPeriod { get; init; }
    public long OrganizationId { get; init; }
    public string OrganizationName { get; init; } = "";
    public string? Sectors { get; init; }
    public string? Measures { get; init; }
    public string? ExtraMeasures { get; init; }
    public DateOnly OpensOn { get; init; }
    public DateOnly DueOn { get; init; }
    public DateOnly? LocksOn { get; init; }
    public required string RemindDays { get; init; }
    public DateOnly? NextOn { get; init; }
    public int Version { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    public string? UnderWay { get; init; }
    /// <summary>1 when the whole scope lies in the caller's subtree, else 0.</summary>
    public int IsYours { get; init; }
}

internal sealed class ListCollectionsValidator : AbstractValidator<ListCollections>
{
    public ListCollectionsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.State!).Must(s => CollectionState.All.Contains(s)).When(x => x.State is not null).WithErrorCode("unknown-code")
            .WithMessage((_, s) => new Words($"没有状态“{s}”;须为 {string.Join("、", CollectionState.All)} 之一。", $"There is no state “{s}”; one of {string.Join(", ", CollectionState.All)}.").ToString());
        RuleFor(x => x.Period!).Must(p => Month.TryParse(p, out _)).When(x => x.Period is not null).WithErrorCode("period-not-a-month")
            .WithMessage((_, p) => new Words($"“{p}”不是月份;须写作 2026-08。", $"“{p}” is no month; write 2026-08.").ToString());
    }
}

internal sealed class GetCollectionHandler(Db db) : IRequestHandler<GetCollection, Result<CollectionView>>, IRequestHandler<ListCollections, Result<Page<CollectionView>>>
{
    public async Task<Result<CollectionView>> Handle(GetCollection request, CancellationToken ct) =>
        await db.Find<CollectionRow>(CollectionSql.Find, new { request.CollectionId }, ct) is { } found ? CollectionView.Of(found) : CollectionRefusal.NotFound;

    public async Task<Result<Page<CollectionView>>> Handle(ListCollections request, CancellationToken ct)
    {
        if (!Cursor.TryRead<CollectionView, long>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<CollectionRow>(CollectionSql.List, new { request.State, request.Period, BeforeId = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page([.. rows.Select(CollectionView.Of)], limit, c => c.Id);
    }
}
