using System.Globalization;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// What scenarios owe changed: obligations came, went, fell due or were exempted. Published inside the transaction that wrote them, once per bounded part and cause.
/// </summary>
/// <param name="ScenarioIds">At least one, each once; at most some thousands.</param>
/// <param name="Periods">Months in which something may have changed; <c>2026-08</c>.</param>
/// <param name="Cause">One of <see cref="ObligationCause"/>.</param>
public sealed record ObligationsChanged(IReadOnlyList<long> ScenarioIds, IReadOnlyList<string> Periods, string Cause) : INotification;

/// <summary>Why an <see cref="ObligationsChanged"/> was published. <see cref="Called"/> is also said when a fallen due date is moved later or an exemption is taken back.</summary>
public static class ObligationCause
{
    public const string Called = "called", FellDue = "fellDue", Exempted = "exempted", CalledOff = "calledOff";
}

/// <summary>States of a collection; codes are those of <c>ck_collection_state</c>.</summary>
internal static class CollectionState
{
    public const string Planned = "planned", Open = "open", Due = "due", Locked = "locked", Cancelled = "cancelled";
    public static readonly string[] All = [Planned, Open, Due, Locked, Cancelled];

    public static Words Name(string state) => state switch
    {
        Planned => new("计划中", "planned"),
        Open => new("填报中", "open"),
        Due => new("已到期", "due"),
        Locked => new("已锁定", "locked"),
        Cancelled => new("已取消", "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null)
    };
}

/// <summary>What an absent figure is; codes are those of <c>ck_obligation_state</c>: 未到期, 未报, 免报.</summary>
internal static class ObligationState
{
    public const string NotDue = "notDue", Missing = "missing", Exempt = "exempt";

    /// <summary>Of what is owed in a collection of this state.</summary>
    public static string In(string collectionState) => collectionState is CollectionState.Planned or CollectionState.Open ? NotDue : Missing;
}

/// <summary>What people and the clock do with a collection; codes are those of <c>ck_collection_step_kind</c>.</summary>
internal static class StepKind
{
    public const string Called = "called", Revised = "revised", Opened = "opened", Reminded = "reminded", FellDue = "fellDue", Postponed = "postponed",
        Exempted = "exempted", Obliged = "obliged", Locked = "locked", Unlocked = "unlocked", Cancelled = "cancelled";
}

internal static class CollectionRule
{
    public const int MaxName = 100, MaxText = 500, MaxMonths = 24, MaxReminders = 10, MaxDaysBefore = 60, MaxExempted = 1_000;

    /// <summary>A transaction takes so many scenarios at most, and fewer when each owes many months: at most 60,000 obligations.</summary>
    public static int ScenariosPerStep(CollectionRow collection) => Math.Min(5_000, 60_000 / Months(collection).Months);

    public const int OrganizationsPerStep = 2_000;

    public static Period Months(CollectionRow collection) => new(Month.Parse(collection.FirstPeriod), Month.Parse(collection.LastPeriod));

    /// <summary>The day from which on the clock has the next thing to do for it: <paramref name="from"/> is the first day to look at. Null when nothing is left to the clock.</summary>
    public static DateOnly? NextOn(CollectionRow c, DateOnly from) => c.State switch
    {
        CollectionState.Planned => c.OpensOn,
        CollectionState.Open => CodeText.Numbers(c.RemindDays).Select(days => c.DueOn.AddDays(-days)).Where(day => day >= from).Append(c.DueOn.AddDays(1)).Min(),
        CollectionState.Due => c.LocksOn,
        _ => null
    };
}

/// <summary>Lists kept as one text with a space between the entries.</summary>
internal static class CodeText
{
    public static string? Of(IReadOnlyList<string>? codes) => codes is { Count: > 0 } ? string.Join(' ', codes.Order(StringComparer.Ordinal)) : null;
    public static string[]? Codes(string? text) => string.IsNullOrEmpty(text) ? null : text.Split(' ');
    public static string Of(IReadOnlyList<int>? numbers) => string.Join(' ', (numbers ?? []).OrderDescending());
    public static int[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}

/// <summary>Refusals of Collections; the codes are part of the API.</summary>
internal static class CollectionRefusal
{
    public static Refusal NotFound => Refusal.NotFound("collection", new("填报任务", "collection"));

    public static Refusal OrganizationNotFound(string pointer) => Refusal.NotFound("organization", new("单位", "organization")).At(pointer);

    public static readonly Refusal AboveYou = new(RefusalKind.Forbidden, "collection-above-you",
        new("该填报任务由上级监管机构布置,只能查看,不能更改。", "A regulator above you called this collection; you may read it, and only he may change it."));

    private static Refusal Wrong(string code, string state, Words may) => new(RefusalKind.Conflict, code, new(
        $"{may.Zh},该任务目前为“{CollectionState.Name(state).Zh}”。", $"{may.En}; this one is {CollectionState.Name(state).En}."));

    public static Refusal NotPlanned(string state) => Wrong("collection-not-planned", state, new("只有计划中的填报任务可以开启", "Only a planned collection can be opened"));
    public static Refusal NotRunning(string state) => Wrong("collection-not-running", state, new("只有填报中或已到期的填报任务可以催报", "Reminders are for collections that are open or due"));
    public static Refusal NotDue(string state) => Wrong("collection-not-due", state, new("只有已到期的填报任务可以锁定;请等到截止日之后,或先修改截止日", "Only a collection that has fallen due can be locked"));
    public static Refusal NotLocked(string state) => Wrong("collection-not-locked", state, new("只有已锁定的填报任务可以解锁", "Only a locked collection can be unlocked"));
    public static Refusal Ended(string state) => Wrong("collection-ended", state, new("该填报任务不能再取消或修改", "It can no longer be cancelled or changed"));
    public static Refusal NotOpened(string state) => Wrong("collection-not-opened", state, new("填报任务开启之后、取消之前方可免报", "Exemptions are for collections that were opened and not cancelled"));

    public static readonly Refusal Opening = new(RefusalKind.Conflict, "collection-opening",
        new("填报任务正在开启,应报清单尚未生成完毕,请稍后再试。", "The collection is being opened and not all obligations are there yet; try again in a moment."));

    public static FieldProblem ScopeFixed(string pointer) => new("collection-scope-fixed", pointer, new Words(
        "任务开启后,期间、范围、指标和开启日不能再改;只能改名称、说明、推迟截止日、锁定日和催报日。请取消后另行布置。",
        "Once it is open, months, scope, measures and the opening day stay; only name, note, a later due day, lock day and reminders change. Cancel it and call another.").ToString());

    public static FieldProblem DueEarlier(DateOnly now) => new("due-on-earlier", "/dueOn", new Words(
        $"任务开启后截止日只能推迟,目前为 {now:yyyy-MM-dd}。", $"Once it is open, the due day only moves later; it is {now:yyyy-MM-dd} now.").ToString());

    public static FieldProblem LocksInPast(DateOnly today) => new("locks-on-past", "/locksOn", new Words(
        $"锁定日须晚于今天({today:yyyy-MM-dd});要立即锁定,请用 lock。", $"The lock day must be after today ({today:yyyy-MM-dd}); to lock at once, use lock.").ToString());

    public static FieldProblem OwesNothing(int at) => new("scenario-owes-nothing", $"/scenarios/{at}", new Words(
        "该场景在此填报任务中没有应报事项,或不在您的权限范围内。", "This scenario owes nothing in this collection, or it is outside what you may see.").ToString());
}
