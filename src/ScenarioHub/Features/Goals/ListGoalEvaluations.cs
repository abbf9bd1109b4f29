using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>Every evaluation of a goal, newest first. Refused with <c>goal-not-found</c>, <c>goal-whole-not-yours</c>.</summary>
public sealed record ListGoalEvaluations(long GoalId, int? Limit, string? After) : IQuery<Page<GoalEvaluationView>>;

/// <summary>Every figure recorded by hand for a goal, newest first, those superseded too. Refused with <c>goal-not-found</c>, <c>goal-whole-not-yours</c>.</summary>
public sealed record ListGoalValues(long GoalId, int? Limit, string? After) : IQuery<Page<GoalValueView>>;

/// <param name="Value">Null: what it supersedes was taken back.</param>
/// <param name="SupersededBy">Id of the figure that corrected it; null while it stands.</param>
/// <param name="RecordedBy">Who recorded it.</param>
public sealed record GoalValueView(long Id, DateOnly AsOf, int Revision, decimal? Value, decimal? Low, decimal? High, string Grade, string Source, string? Url, string? DocumentNo, string? Note,
    string? RecordedBy, DateTime RecordedAt, long? SupersededBy);

internal sealed class ListGoalEvaluationsValidator : AbstractValidator<ListGoalEvaluations>
{
    public ListGoalEvaluationsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListGoalValuesValidator : AbstractValidator<ListGoalValues>
{
    public ListGoalValuesValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListGoalEvaluationsHandler(Db db) : IRequestHandler<ListGoalEvaluations, Result<Page<GoalEvaluationView>>>, IRequestHandler<ListGoalValues, Result<Page<GoalValueView>>>
{
    public async Task<Result<Page<GoalEvaluationView>>> Handle(ListGoalEvaluations request, CancellationToken ct)
    {
        if (!Cursor.TryRead<GoalEvaluationView, int>(request.After, out var before)) return Cursor.Bad;
        if (await Refused(request.GoalId, ct) is { } why) return why;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<EvaluationRow>(GoalSql.ListEvaluations, new { request.GoalId, Before = request.After is null ? int.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => r.Evaluation()!).ToList(), limit, e => e.No);
    }

    public async Task<Result<Page<GoalValueView>>> Handle(ListGoalValues request, CancellationToken ct)
    {
        if (!Cursor.TryRead<GoalValueView, long>(request.After, out var before)) return Cursor.Bad;
        if (await Refused(request.GoalId, ct) is { } why) return why;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<ValueRow>(GoalSql.ListValues, new { request.GoalId, Before = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => r.View()).ToList(), limit, v => v.Id);
    }

    private async Task<Refusal?> Refused(long goalId, CancellationToken ct) =>
        await db.Find<GoalRow>(GoalSql.Find, new { GoalId = goalId }, ct) is not { } goal ? GoalRefusal.NotFound : goal.IsWhole ? null : GoalRefusal.WholeNotYours;

    private sealed record ValueRow
    {
        public long Id { get; init; }
        public DateOnly AsOf { get; init; }
        public int Revision { get; init; }
        public long? ValueQuantity { get; init; }
        public long? LowQuantity { get; init; }
        public long? HighQuantity { get; init; }
        public required string Grade { get; init; }
        public required string Source { get; init; }
        public string? Url { get; init; }
        public string? DocumentNo { get; init; }
        public string? Note { get; init; }
        public string? RecordedBy { get; init; }
        public DateTime RecordedAt { get; init; }
        public long? SupersededBy { get; init; }

        public GoalValueView View() => new(Id, AsOf, Revision, Millionths.Decimal(ValueQuantity), Millionths.Decimal(LowQuantity), Millionths.Decimal(HighQuantity), Grade, Source, Url, DocumentNo, Note, RecordedBy, RecordedAt, SupersededBy);
    }
}
