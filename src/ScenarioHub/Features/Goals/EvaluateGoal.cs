using System.Globalization;
using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// Reads a goal's number at a closing, judges it and keeps the evaluation; one equal to the last only moves its time.
/// Safe to run twice and beside itself: what was judged from inputs that changed meanwhile, or from an older closing than the last evaluation, is dropped.
/// Not an <see cref="ICommand{T}"/>: it reads for longer than a transaction may take, and writes in a short one of its own.
/// Refused with <c>goal-not-found</c>, <c>goal-withdrawn</c>.
/// </summary>
/// <param name="Fold">Closes the books first, so that everything posted so far is in it; else the last closing is read.</param>
public sealed record EvaluateGoal(long GoalId, bool Fold) : IQuery<Done>;

internal sealed class EvaluateGoalHandler(Db db, IMediator mediator, GoalReading reading, TimeProvider clock) : IRequestHandler<EvaluateGoal, Result<Done>>
{
    /// <summary>Figures by hand that are looked at, newest first: a forecast takes 12 and a due day lies among them.</summary>
    private const int ValuesRead = 200;

    public async Task<Result<Done>> Handle(EvaluateGoal request, CancellationToken ct)
    {
        if (await db.Find<GoalRow>(GoalSql.Find, new { request.GoalId }, ct) is not { IsWhole: true } goal) return GoalRefusal.NotFound;
        if (goal.State == GoalState.Withdrawn) return GoalRefusal.Withdrawn;
        var closing = request.Fold && await mediator.CloseBooks(new FoldLedger(), null, ct) is var folded ? new Closing { ClosingNo = folded.ClosingNo, ThroughEntryNo = folded.ThroughEntryNo } : await db.One<Closing>(GoalSql.LastClosing, null, ct);
        var today = clock.Today();
        var read = goal.Formula is not { } formula ? GoalEvidence.Nothing
            : formula.ReadsLedger ? await FromLedger(goal, formula, closing, today, ct) : await ByHand(goal, today, ct);
        var demand = goal.Demand;
        var forecast = demand is { Kind: GoalKind.Target, Target: not null, DueOn: { } due } && due >= today && read.Now?.Value is not null
            ? GoalForecast.Of(read.Levels, due, read.MissingShare, read.LowGradeShare, read.Floor) : null;
        // What a closed organization brings went on elsewhere with its scenarios: its own figures say nothing about the goal any more.
        var judgement = goal is { OrganizationClosedOn: not null, Formula.ReadsLedger: true } && demand.Kind != GoalKind.Vision ? GoalJudgement.OfClosed : GoalJudgement.Of(demand, read.Now, read.AtDue, forecast, today);
        await Keep(goal, closing, today, read, forecast, judgement, ct);
        return new Done();
    }

    private async Task<GoalEvidence> FromLedger(GoalRow goal, GoalFormula formula, Closing closing, DateOnly today, CancellationToken ct)
    {
        var asOf = closing.ClosingNo > 0 ? closing.ClosingNo.ToString(CultureInfo.InvariantCulture) : null;
        var dueMonth = goal.DueOn is { Year: >= Month.FirstYear and <= Month.LastYear } due ? Month.Of(due) : (Month?)null;
        var series = await reading.Series(formula, goal.OrganizationId, dueMonth, asOf, ct);
        var usable = series.Levels.Select(l => l.On).ToHashSet();
        var points = series.Months.Zip(series.Figures, (m, f) => new GoalPoint(Day(m, today), f.Value, Owed(f)?.Expected, Owed(f)?.Reported, Owed(f)?.Missing, usable.Contains(m.LastDay))).ToList();
        var now = series.Now is { } current ? GoalReading.Bounded(current, Day(series.CurrentMonth!.Value, today)) : null;
        var atDue = AtDue(series, dueMonth);
        // Past its day a target is judged, and shown, by the figures of that day.
        var (month, figure) = goal.Kind == GoalKind.Target && goal.DueOn < today && atDue?.Value is not null ? (dueMonth, series.In(dueMonth!.Value)) : (series.CurrentMonth, series.Now);
        if (month is not { } judged || figure is null) return GoalEvidence.Nothing with { Points = points, Now = now, AtDue = atDue };
        return new(now, atDue, series.Levels, points, Owed(figure), figure.MissingShare, figure.LowGradeShare,
            reading.Floor(formula, figure), await reading.Decides(formula, goal.OrganizationId, judged, figure, asOf, ct));
    }

    private static Measured? AtDue(GoalSeries series, Month? dueMonth) =>
        dueMonth is { } month && series.In(month) is { } figure ? GoalReading.Bounded(figure, month.LastDay) : null;

    // The running month is not over: its level is of today.
    private static DateOnly Day(Month month, DateOnly today) => month.LastDay < today ? month.LastDay : today;

    private static Figure? Owed(Figure figure) => figure.Known && figure.Expected > 0 ? figure : null;

    private async Task<GoalEvidence> ByHand(GoalRow goal, DateOnly today, CancellationToken ct)
    {
        var values = (await db.List<ValueRow>(GoalSql.StandingValues, new { goal.GoalId, Take = ValuesRead }, ct)).Where(v => v.AsOf <= today).OrderBy(v => v.AsOf).ToList();
        if (values.Count == 0) return GoalEvidence.Nothing;
        var levels = values.TakeLast(GoalForecast.MostPoints).Select(v => new Level(v.AsOf, Millionths.Decimal(v.ValueQuantity)!.Value)).ToList();
        return new(values[^1].Measured, AtDue(goal, values), levels, [.. values.TakeLast(GoalReading.MonthsAtOnce).Select((v, i) => new GoalPoint(v.AsOf, Millionths.Decimal(v.ValueQuantity), null, null, null, levels.Any(l => l.On == v.AsOf)))],
            null, 0, values[^1].Grade == "selfReported" ? 1 : 0, null, null);
    }

    /// <summary>
    /// What figures by hand say of the due day: one of its month; else, of a level to be reached, an earlier one that had reached it, or a later one that still had not.
    /// </summary>
    private static Measured? AtDue(GoalRow goal, List<ValueRow> values)
    {
        if (goal.DueOn is not { } due || goal.Comparator is null || Millionths.Decimal(goal.TargetQuantity) is not { } target) return null;
        if (values.LastOrDefault(v => (v.AsOf.Year, v.AsOf.Month) == (due.Year, due.Month)) is { } ofTheMonth) return ofTheMonth.Measured;
        if (!Comparator.IsUpward(goal.Comparator)) return null;
        if (values.LastOrDefault(v => v.AsOf < due) is { } before && Comparator.Holds(goal.Comparator, before.Measured.Low!.Value, target)) return before.Measured;
        return values.FirstOrDefault(v => v.AsOf > due) is { } after && !Comparator.Holds(goal.Comparator, after.Measured.High!.Value, target) ? after.Measured : null;
    }

    private async Task Keep(GoalRow goal, Closing closing, DateOnly today, GoalEvidence read, GoalForecast? forecast, GoalJudgement judgement, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var shown = goal.Kind == GoalKind.Target && goal.DueOn < today && read.AtDue?.Value is not null ? read.AtDue : read.Now;
        static long? Kept(decimal? value) => value is { } v && Millionths.Fits(v) ? Millionths.Of(v) : null;
        var made = new EvaluationRow
        {
            JudgedComparator = goal.Comparator,
            JudgedTarget = goal.TargetQuantity,
            JudgedDueOn = goal.DueOn,
            AsOf = shown?.On,
            ValueQuantity = Kept(shown?.Value),
            LowQuantity = Kept(shown?.Low),
            HighQuantity = Kept(shown?.High),
            Expected = read.Owed?.Expected,
            Reported = read.Owed?.Reported,
            Missing = read.Owed?.Missing,
            MissingMillionths = shown?.Value is null ? null : Millionths.Of(read.MissingShare),
            LowGradeMillionths = shown?.Value is null ? null : Millionths.Of(read.LowGradeShare),
            ForecastQuantity = Kept(forecast?.Value),
            ForecastLowQuantity = Kept(forecast?.Low),
            ForecastHighQuantity = Kept(forecast?.High),
            Verdict = judgement.Verdict,
            Reasons = string.Join(' ', judgement.Reasons)
        };
        await db.Begin(nameof(EvaluateGoal), ct);
        try
        {
            // The row is the lock: two evaluations of one goal are kept one after the other, and none that was made from what no longer holds.
            if (await db.Run(GoalSql.Hold, new { goal.GoalId, goal.InputsNo }, ct) == 0) { await db.Rollback(); return; }
            var last = await db.Find<LastRow>(GoalSql.LastEvaluation, new { goal.GoalId }, ct);
            if (last is not null && last.EvaluatedEntryNo > closing.ThroughEntryNo) { await db.Rollback(); return; }
            var no = last?.EvaluationNo ?? 0;
            if (last is not null && made.SaysTheSameAs(last)) await db.Run(GoalSql.Confirm, new { goal.GoalId, EvaluationNo = no, Now = now, closing.ClosingNo }, ct);
            else await db.Append("goal_evaluation", Columns,
                [[goal.GoalId, ++no, now, now, closing.ClosingNo, closing.ClosingNo, goal.Version, made.JudgedComparator, made.JudgedTarget, made.JudgedDueOn, made.AsOf, made.ValueQuantity, made.LowQuantity, made.HighQuantity,
                    made.Expected, made.Reported, made.Missing, made.MissingMillionths, made.LowGradeMillionths, made.ForecastQuantity, made.ForecastLowQuantity, made.ForecastHighQuantity, made.Verdict, made.Reasons]], ct);
            var document = JsonSerializer.Serialize(new GoalStanding(read.Points, forecast, read.Decides), Json.Options);
            if (await db.Run(GoalSql.UpdateStanding, new { goal.GoalId, goal.InputsNo, Today = today, closing.ThroughEntryNo, EvaluationNo = no, made.Verdict, Document = document }, ct) == 0)
                await db.Append("goal_standing", ["goal_id", "inputs_no", "evaluated_on", "evaluated_entry_no", "evaluation_no", "verdict", "document"],
                    [[goal.GoalId, goal.InputsNo, today, closing.ThroughEntryNo, no, made.Verdict, document]], ct);
            if (last is null || no > last.EvaluationNo)
                db.Record(new Change("goal", "evaluated", goal.GoalId, goal.OrganizationId, goal.Version) { Fields = [Change.Field("verdict", last?.Verdict, made.Verdict)] });
            await db.Commit(ct);
        }
        catch { await db.Rollback(); throw; }
    }

    private static readonly string[] Columns =
    [
        "goal_id", "evaluation_no", "first_evaluated_at", "evaluated_at", "closing_no", "last_closing_no", "goal_version", "comparator", "target_quantity", "due_on", "as_of", "value_quantity", "low_quantity", "high_quantity",
        "expected", "reported", "missing", "missing_millionths", "low_grade_millionths", "forecast_quantity", "forecast_low_quantity", "forecast_high_quantity", "verdict", "reasons"
    ];

    /// <summary>What a judgement stands on, wherever it came from.</summary>
    /// <param name="Owed">The coverage of the current figure; null where nothing is owed.</param>
    private sealed record GoalEvidence(Measured? Now, Measured? AtDue, IReadOnlyList<Level> Levels, IReadOnlyList<GoalPoint> Points, Figure? Owed, decimal MissingShare, decimal LowGradeShare, decimal? Floor, GoalDecides? Decides)
    {
        public static readonly GoalEvidence Nothing = new(null, null, [], [], null, 0, 0, null, null);
    }

    private sealed record Closing
    {
        public long ClosingNo { get; init; }
        public long ThroughEntryNo { get; init; }
    }

    private sealed record LastRow : EvaluationRow
    {
        public long EvaluatedEntryNo { get; init; }
        public int InputsNo { get; init; }
    }

    private sealed record ValueRow
    {
        public DateOnly AsOf { get; init; }
        public long? ValueQuantity { get; init; }
        public long? LowQuantity { get; init; }
        public long? HighQuantity { get; init; }
        public required string Grade { get; init; }

        public Measured Measured => new(AsOf, Millionths.Decimal(ValueQuantity), Millionths.Decimal(LowQuantity ?? ValueQuantity), Millionths.Decimal(HighQuantity ?? ValueQuantity));
    }
}
