using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Collections;

/// <summary>Reminders of a collection to organizations of the caller's subtree, the latest day first. Refused with <c>collection-not-found</c>.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListReminders(long CollectionId, int? Limit, string? After) : IQuery<Page<ReminderLine>>;

/// <summary>One organization reminded on one day.</summary>
public sealed record ReminderLine
{
    public DateOnly RemindedOn { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    /// <summary>How many filings of the organization itself were owed and not there.</summary>
    public int Filings { get; init; }
    public long ByUserId { get; init; }
    /// <summary>Null when it was the clock.</summary>
    public string? ByUserName { get; init; }
    public DateTime RemindedAt { get; init; }
}

/// <summary>Everything that was done with a collection, by people and by the clock, newest first; of exemptions those that concern the caller's subtree. Refused with <c>collection-not-found</c>.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListSteps(long CollectionId, int? Limit, string? After) : IQuery<Page<CollectionStepLine>>;

/// <summary>One step.</summary>
public sealed record CollectionStepLine
{
    /// <summary>1 for the first step of the collection, and so on.</summary>
    public long No { get; init; }
    /// <summary>called, revised, opened, reminded, fellDue, postponed, exempted, obliged, locked, unlocked or cancelled.</summary>
    public required string Kind { get; init; }
    /// <summary>Of an exemption by organization.</summary>
    public long? OrganizationId { get; init; }
    public DateOnly OnDay { get; init; }
    public string? Reason { get; init; }
    /// <summary>How many obligations, or reminders, it wrote so far. Null where it counts more than the caller's own subtree.</summary>
    public long? Touched { get; init; }
    public long ByUserId { get; init; }
    /// <summary>Null when it was the clock.</summary>
    public string? ByUserName { get; init; }
    public DateTime BeganAt { get; init; }
    /// <summary>Null while it is being worked off.</summary>
    public DateTime? FinishedAt { get; init; }
}

internal sealed class ListRemindersValidator : AbstractValidator<ListReminders>
{
    public ListRemindersValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListStepsValidator : AbstractValidator<ListSteps>
{
    public ListStepsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListRemindersHandler(Db db) : IRequestHandler<ListReminders, Result<Page<ReminderLine>>>, IRequestHandler<ListSteps, Result<Page<CollectionStepLine>>>
{
    private readonly record struct Last(DateOnly Day, long OrganizationId, long UserId);

    public async Task<Result<Page<ReminderLine>>> Handle(ListReminders request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ReminderLine, Last>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<CollectionRow>(CollectionSql.Find, new { request.CollectionId }, ct) is null) return CollectionRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<ReminderLine>(CollectionSql.Reminders, new
        {
            request.CollectionId,
            BeforeDay = request.After is null ? DateOnly.MaxValue : after.Day,
            AfterOrganizationId = after.OrganizationId,
            AfterUserId = after.UserId,
            Take = limit + 1
        }, ct);
        return Cursor.Page(rows, limit, r => new Last(r.RemindedOn, r.OrganizationId, r.ByUserId));
    }

    public async Task<Result<Page<CollectionStepLine>>> Handle(ListSteps request, CancellationToken ct)
    {
        if (!Cursor.TryRead<CollectionStepLine, long>(request.After, out var before)) return Cursor.Bad;
        if (await db.Find<CollectionRow>(CollectionSql.Find, new { request.CollectionId }, ct) is not { } collection) return CollectionRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<CollectionStepLine>(CollectionSql.Steps, new { request.CollectionId, collection.IsYours, BeforeNo = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows, limit, s => s.No);
    }
}
