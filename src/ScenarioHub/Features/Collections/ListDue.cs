using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>What the caller's subtree owes in collections that are open or due, the earliest due day first.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListDue(int? Limit, string? After) : IQuery<Page<DueLine>>;

/// <summary>One collection, and the part of it that is the caller's.</summary>
/// <param name="Owed">Figures (a measure of a scenario in a month each); what is exempt is not among them.</param>
/// <param name="Filed">In the version under review, else in the one approved last.</param>
/// <param name="Overdue">Owed, not filed, and the due day is over.</param>
/// <param name="DaysLeft">0 on the due day, negative after it.</param>
/// <param name="LastRemindedOn">Null while nobody of the subtree was reminded.</param>
public sealed record DueLine(
    long CollectionId, string Name, string? Note, string State, string FirstPeriod, string LastPeriod, DateOnly DueOn, int DaysLeft,
    long Owed, long Filed, long Approved, long Overdue, DateOnly? LastRemindedOn, string? DemoData);

internal sealed class ListDueValidator : AbstractValidator<ListDue>
{
    public ListDueValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListDueHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<ListDue, Result<Page<DueLine>>>
{
    private readonly record struct Last(DateOnly DueOn, long Id);

    public async Task<Result<Page<DueLine>>> Handle(ListDue request, CancellationToken ct)
    {
        if (!Cursor.TryRead<DueLine, Last>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var page = await db.List<CollectionRow>(CollectionSql.DueHere, new { AfterDay = after.DueOn, AfterId = after.Id, Take = limit + 1 }, ct);
        var which = new { CollectionIds = SqlList.Of(page.Select(c => c.CollectionId)) };
        var counts = (await db.List<CountRow>(CollectionSql.DueCounts, which, ct)).ToDictionary(c => c.CollectionId);
        var reminded = (await db.List<RemindedRow>(CollectionSql.LastReminded, which, ct)).ToDictionary(r => r.CollectionId, r => r.RemindedOn);
        var today = clock.Today();
        return Cursor.Page([.. page.Select(c =>
        {
            var n = counts.GetValueOrDefault(c.CollectionId) ?? new();
            return new DueLine(c.CollectionId, c.Name, c.Note, c.State, c.FirstPeriod, c.LastPeriod, c.DueOn, c.DueOn.DayNumber - today.DayNumber,
                n.Owed, n.Filed, n.Approved, n.Overdue, reminded.TryGetValue(c.CollectionId, out var day) ? day : null, caller.DemoData);
        })], limit, d => new Last(d.DueOn, d.CollectionId));
    }

    private sealed record CountRow
    {
        public long CollectionId { get; init; }
        public long Owed { get; init; }
        public long Filed { get; init; }
        public long Approved { get; init; }
        public long Overdue { get; init; }
    }

    private sealed record RemindedRow
    {
        public long CollectionId { get; init; }
        public DateOnly RemindedOn { get; init; }
    }
}
