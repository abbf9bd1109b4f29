using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// Records a figure the portal cannot know, with its evidence. Nothing recorded is changed: a correction names what it supersedes, and without a value takes it back.
/// Refused with <c>goal-not-found</c>, <c>goal-withdrawn</c>, <c>vision-without-number</c>, <c>goal-not-manual</c>, <c>goal-value-day-taken</c>, <c>goal-value-not-standing</c>.
/// </summary>
public sealed record RecordGoalValue(long GoalId, GoalValueBody Body) : ICommand<GoalValueRecorded>;

/// <param name="AsOf">The day the figure is of; not after today.</param>
/// <param name="Grade">selfReported, measured, financeConfirmed, thirdParty or regulatorVerified.</param>
/// <param name="Source">Who says so, where; 1 to 300 characters.</param>
/// <param name="Value">In the goal's unit; left out only to take back what is superseded.</param>
/// <param name="Low">Lower bound, where the source is not exact (“about 100”).</param>
/// <param name="High">Upper bound.</param>
/// <param name="Url">http or https; this or a document number is required.</param>
/// <param name="DocumentNo">At most 100 characters.</param>
/// <param name="Note">At most 1,000 characters.</param>
/// <param name="Supersedes">Id of the figure of the same day that this one corrects.</param>
public sealed record GoalValueBody(DateOnly AsOf, string Grade, string Source, decimal? Value = null, decimal? Low = null, decimal? High = null, string? Url = null, string? DocumentNo = null, string? Note = null, long? Supersedes = null);

/// <param name="Revision">1, 2, 3 of the day.</param>
public sealed record GoalValueRecorded(long Id, int Revision);

internal sealed class RecordGoalValueValidator : AbstractValidator<RecordGoalValue>
{
    public RecordGoalValueValidator(ReferenceCatalog catalog, TimeProvider clock)
    {
        RuleFor(x => x.Body.AsOf).Must(day => day <= clock.Today() && day.Year >= Month.FirstYear).WithErrorCode("bad-date")
            .WithMessage(_ => new Words($"asOf 须在 {Month.FirstYear} 年以后且不晚于今天。", $"asOf is no earlier than {Month.FirstYear} and not after today.").ToString());
        RuleFor(x => x.Body.Grade).Must(g => catalog.FindItem("grade", g) is not null).WithErrorCode("unknown-code")
            .WithMessage(x => new Words($"没有代码为“{x.Body.Grade}”的核实等级。", $"There is no grade “{x.Body.Grade}”.").ToString());
        RuleFor(x => x.Body.Source).NotEmpty().MaximumLength(300);
        RuleFor(x => x.Body.Url).MaximumLength(500).Must(u => u is null || (Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")).WithErrorCode("bad-url")
            .WithMessage(_ => new Words("url 须为 http 或 https 地址。", "url is an http or https address.").ToString());
        RuleFor(x => x.Body.DocumentNo).MaximumLength(100);
        RuleFor(x => x.Body.Note).MaximumLength(1000);
        RuleFor(x => x.Body.Url).Must((x, url) => !string.IsNullOrWhiteSpace(url) || !string.IsNullOrWhiteSpace(x.Body.DocumentNo)).WithErrorCode("evidence-missing")
            .WithMessage(_ => new Words("须给出 url 或 documentNo 作为依据。", "Give a url or a document number as evidence.").ToString());
        RuleFor(x => x.Body.Value).NotNull().When(x => x.Body.Supersedes is null).WithErrorCode("required")
            .WithMessage(_ => new Words("须给出 value;只有撤回已登记的值时可以不填。", "Give a value; it is left out only to take back an earlier one.").ToString());
        RuleFor(x => x.Body.Value).Must(Fits).WithErrorCode("out-of-range").WithMessage(_ => TooLarge.ToString());
        RuleFor(x => x.Body.Low).Must(Fits).WithErrorCode("out-of-range").WithMessage(_ => TooLarge.ToString());
        RuleFor(x => x.Body.High).Must(Fits).WithErrorCode("out-of-range").WithMessage(_ => TooLarge.ToString());
        RuleFor(x => x.Body.Low).Must((x, low) => low is null || (x.Body.Value is { } value && low <= value)).WithErrorCode("bounds-crossed").WithMessage(_ => Crossed.ToString());
        RuleFor(x => x.Body.High).Must((x, high) => high is null || (x.Body.Value is { } value && value <= high)).WithErrorCode("bounds-crossed").WithMessage(_ => Crossed.ToString());
    }

    private static readonly Words TooLarge = new("数值超出可保存的范围(9 万亿)。", "The number is beyond what can be kept (9 trillion).");
    private static readonly Words Crossed = new("须满足 low ≤ value ≤ high。", "low <= value <= high must hold.");

    private static bool Fits(decimal? value) => value is null || Millionths.Fits(value.Value);
}

internal sealed class RecordGoalValueHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RecordGoalValue, Result<GoalValueRecorded>>
{
    private static readonly string[] Columns = ["goal_value_id", "goal_id", "as_of", "revision", "value_quantity", "low_quantity", "high_quantity", "grade", "source", "url", "document_no", "note", "recorded_by", "recorded_at"];

    public async Task<Result<GoalValueRecorded>> Handle(RecordGoalValue request, CancellationToken ct)
    {
        var body = request.Body;
        if (await db.Find<GoalRow>(GoalSql.Find, new { request.GoalId }, ct) is not { IsWhole: true } goal) return GoalRefusal.NotFound;
        if (goal.State == GoalState.Withdrawn) return GoalRefusal.Withdrawn;
        if (goal.Formula is not { } formula) return GoalRefusal.VisionTakesNoValue;
        if (formula.ReadsLedger) return GoalRefusal.NotManual;
        await db.Run(GoalSql.TakeInput, new { goal.GoalId }, ct);
        var standing = await db.Find<Revised>(GoalSql.StandingOfDay, new { goal.GoalId, body.AsOf }, ct);
        if (body.Supersedes is { } superseded ? standing?.Id != superseded : standing is not null) return body.Supersedes is null ? GoalRefusal.DayTaken : GoalRefusal.NotStanding;
        var recorded = new GoalValueRecorded(await db.NextId(ct), (standing?.Revision ?? 0) + 1);
        await db.Append("goal_value", Columns,
            [[recorded.Id, goal.GoalId, body.AsOf, recorded.Revision, Millionths.Of(body.Value), Millionths.Of(body.Low), Millionths.Of(body.High), body.Grade, body.Source, body.Url, body.DocumentNo, body.Note, caller.UserId, clock.GetUtcNow().UtcDateTime]], ct);
        db.Record(new Change("goal", "valueRecorded", goal.GoalId, goal.OrganizationId, goal.Version)
        {
            Fields = [Change.Field("asOf", null, body.AsOf), Change.Field("value", null, body.Value), Change.Field("grade", null, body.Grade), Change.Field("source", null, body.Source), Change.Field("supersedes", null, body.Supersedes)]
        });
        return recorded;
    }

    private sealed record Revised
    {
        public long Id { get; init; }
        public int Revision { get; init; }
    }
}
