using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>States of a filing and of each of its versions; codes are those of <c>ck_filing_state</c>.</summary>
internal static class FilingState
{
    public const string Draft = "draft", Submitted = "submitted", Approved = "approved", Returned = "returned";
    public static readonly string[] All = [Draft, Submitted, Approved, Returned];

    /// <summary>Of a month nothing was filed for: <c>missing</c> (未报) once it is due, <c>notDue</c> (未到期) before; never stored.</summary>
    public const string Missing = "missing", NotDue = "notDue";

    public static Words Name(string state) => state switch
    {
        Draft => new("草稿", "a draft"),
        Submitted => new("已提交、待审核", "submitted and under review"),
        Approved => new("已核定", "approved"),
        Returned => new("已退回", "returned"),
        _ => throw new ArgumentOutOfRangeException(nameof(state))
    };
}

/// <summary>
/// Filings changed what they say to the books: published inside the command's transaction, once per cause.
/// The filed book stands on the submitted version while there is one under review, else on the approved one; the approved book on the approved one.
/// </summary>
/// <param name="FilingIds">At least one, each once.</param>
/// <param name="Cause">One of <see cref="FilingCause"/>.</param>
public sealed record FilingsChanged(IReadOnlyList<long> FilingIds, string Cause) : INotification;

/// <summary>Why figures changed; <see cref="Corrected"/> is the approval of a correction (订正).</summary>
public static class FilingCause
{
    public const string Submitted = "submitted", Approved = "approved", Returned = "returned", Corrected = "corrected";
    /// <summary>An approved figure moved to another rung of the savings ladder; its amount is what it was.</summary>
    public const string GradeRaised = "gradeRaised", GradeLowered = "gradeLowered";
}

/// <summary>Limits and dates of filings.</summary>
internal static class FilingRule
{
    public const int MaxText = 500, MaxBatchItems = 1_000, MaxDecided = 10_000;

    /// <summary>The month it is in Beijing: filers' months begin and end there, eight hours before those of UTC.</summary>
    public static Month ThisMonth(TimeProvider clock) => Month.Of(clock.Today());

    /// <summary>Whether figures of the month are due: it has ended, and the scenario was live and not retired in it.</summary>
    public static bool IsDue(Month month, Month thisMonth, string? firstPeriod, string? retiredPeriod) =>
        month < thisMonth && firstPeriod is not null && month >= Month.Parse(firstPeriod) && (retiredPeriod is null || month <= Month.Parse(retiredPeriod));
}

/// <summary>Refusals of Filings; the codes are part of the API. Those of single figures are in <see cref="FigureProblem"/>.</summary>
internal static class FilingRefusal
{
    public static Refusal NotFound => Refusal.NotFound("filing", new("填报", "filing"));

    public static Refusal ScenarioNotFound => Refusal.NotFound("scenario", new("应用场景", "scenario"));

    public static readonly Refusal ScenarioNotApproved = new(RefusalKind.Conflict, "scenario-not-approved",
        new("该场景尚未经监管机构审核通过,不能填报。请先提交场景并等待审核。", "The scenario is not approved yet, so nothing can be filed for it. Submit it and wait for its approval."));

    public static readonly Refusal StateSecret = new(RefusalKind.Conflict, "scenario-state-secret",
        new("涉密场景只保留占位,不得填报任何数据。", "A state-secret scenario is a placeholder only; no figure may be filed for it."));

    public static FieldProblem PeriodNotAMonth(string pointer, string? found) => new("period-not-a-month", pointer, new Words(
        $"“{found}”不是月份;须写作 2026-08,年份 {Month.FirstYear} 至 {Month.LastYear}。", $"“{found}” is no month; write 2026-08, years {Month.FirstYear} to {Month.LastYear}.").ToString());

    public static FieldProblem PeriodNotEnded(string pointer, Month found, Month latest) => new("period-not-ended", pointer, new Words(
        $"{found} 尚未到来,最晚可填报 {latest}。", $"{found} is still to come; the latest month to file is {latest}.").ToString());

    public static Refusal BeforeGoLive(Month found, string first) => new(RefusalKind.Conflict, "period-before-go-live",
        new($"该场景自 {first} 起填报,{found} 早于此。", $"The scenario files from {first} on; {found} is before that."));

    public static Refusal AfterRetirement(Month found, string last) => new(RefusalKind.Conflict, "period-after-retirement",
        new($"该场景已停用,最后填报月份为 {last},{found} 晚于此。", $"The scenario is retired and files up to {last}; {found} is after that."));

    public static readonly Refusal UnderReview = new(RefusalKind.Conflict, "filing-under-review",
        new("该月填报已提交、正在审核,不能修改。请等待核定或退回。", "This month's filing is submitted and under review. Wait until it is approved or returned."));

    public static FieldProblem CorrectionReasonMissing(string pointer) => new("correction-reason-missing", pointer, new Words(
        "该月填报已核定:再次修改即为订正,须在 reason 中写明原因(1 至 500 字)。", "This month's filing is approved: a change is a correction and needs a reason (1 to 500 characters).").ToString());

    /// <summary>Of a save in a locked month that says no reason.</summary>
    public static FieldProblem PeriodLockedReasonMissing(string pointer) => new("period-locked-reason-missing", pointer, new Words(
        "该月已锁定:补报或修改均按订正处理,须在 reason 中写明原因(1 至 500 字)。", "This month is locked: filing or changing it is a correction and needs a reason (1 to 500 characters).").ToString());

    /// <summary>Of submitting a draft that was saved before its month was locked.</summary>
    public static readonly Refusal PeriodLocked = new(RefusalKind.Conflict, "period-locked",
        new("该月已锁定,锁定前保存的草稿不能直接提交。请重新保存并写明订正原因,再提交。", "This month is locked, and the draft was saved before that. Save it again with a reason, as a correction, then submit it."));

    public static FieldProblem TooLong(string pointer, int found) => new("maximum-length", pointer, new Words(
        $"共 {found} 字,最多 {FilingRule.MaxText} 字。", $"{found} characters; at most {FilingRule.MaxText}.").ToString());

    public static readonly Refusal TwiceInBatch = new(RefusalKind.Conflict, "filing-twice-in-batch",
        new("同一批中已有该场景该月份的填报,此条未处理。", "The batch holds this scenario and month already; this item was not looked at."));

    /// <summary>Only drafts are submitted.</summary>
    public static Refusal NotDraft(string state) => new(RefusalKind.Conflict, "filing-not-draft",
        new($"只有草稿可以提交,该填报{FilingState.Name(state).Zh}。{(state == FilingState.Returned ? "请先修改并保存。" : "")}",
            $"Only a draft can be submitted; this filing is {FilingState.Name(state).En}.{(state == FilingState.Returned ? " Change and save it first." : "")}"));

    /// <summary>Only what is under review is approved or returned.</summary>
    public static Refusal NotSubmitted(string state) => new(RefusalKind.Conflict, "filing-not-submitted",
        new($"只能审核已提交的填报,该填报为:{FilingState.Name(state).Zh}。", $"Only a submitted filing can be decided; this one is {FilingState.Name(state).En}."));

    public static readonly Refusal NotApproved = new(RefusalKind.Conflict, "filing-not-approved",
        new("该月填报尚未核定,没有可调整核实等级的数据。", "Nothing of this month's filing is approved yet, so no figure has a grade to change."));

    public static readonly Refusal HasDraft = new(RefusalKind.Conflict, "filing-has-draft",
        new("该月填报正在订正(草稿或已退回)。请先提交并核定订正,再提高核实等级。", "A correction of this month's filing is under way (a draft, or returned). Have it approved first, then raise the grade."));

    public static Refusal TooMany => new(RefusalKind.Unprocessable, "too-many-filings",
        new($"筛选出的填报超过 {FilingRule.MaxDecided} 条,请缩小范围后分次处理;本次未处理任何一条。",
            $"The filter selects more than {FilingRule.MaxDecided} filings; narrow it and go in steps. None was changed."));
}
