using System.Globalization;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>What sort of statement a goal is; codes are those of <c>ck_goal_kind</c>.</summary>
internal static class GoalKind
{
    /// <summary>目标: an obligation with a date.</summary>
    public const string Target = "target";
    /// <summary>里程碑: a level somebody reported as reached.</summary>
    public const string Milestone = "milestone";
    /// <summary>愿景: a direction without a number; it is never met or not met.</summary>
    public const string Vision = "vision";
    public static readonly string[] All = [Target, Milestone, Vision];
}

/// <summary>Codes are those of <c>ck_goal_scope_level</c>.</summary>
internal static class GoalScope
{
    public const string National = "national", Sector = "sector", Local = "local", Enterprise = "enterprise";
    public static readonly string[] All = [National, Sector, Local, Enterprise];
}

internal static class GoalState
{
    public const string Active = "active", Withdrawn = "withdrawn";
    public static readonly string[] All = [Active, Withdrawn];
}

/// <summary>Codes are those of <c>ck_goal_evaluation_verdict</c>.</summary>
internal static class GoalVerdict
{
    public const string Met = "met", NotMet = "notMet", CannotSay = "cannotSay", AtRisk = "atRisk", OnTrack = "onTrack";
    /// <summary>A milestone's own words: a reported level is no obligation.</summary>
    public const string LevelReached = "levelReached", LevelNotReached = "levelNotReached";
    public static readonly string[] All = [Met, NotMet, CannotSay, AtRisk, OnTrack, LevelReached, LevelNotReached];

    public static Words Words(string verdict) => verdict switch
    {
        Met => new("已达成", "Met"),
        NotMet => new("未达成", "Not met"),
        CannotSay => new("无法判断", "Cannot say"),
        AtRisk => new("有风险", "At risk"),
        OnTrack => new("进展正常", "On track"),
        LevelReached => new("平台数据已达到报告水平", "The reported level is reached by the portal's figures"),
        LevelNotReached => new("平台数据尚未达到报告水平", "The reported level is not reached by the portal's figures"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict))
    };
}

/// <summary>Which way a goal's number is to be passed; <c>reach</c> is at least.</summary>
internal static class Comparator
{
    public static readonly string[] All = [">", ">=", "<", "<=", "reach"];

    public static bool IsUpward(string comparator) => comparator is ">" or ">=" or "reach";

    public static bool Holds(string comparator, decimal value, decimal target) => comparator switch
    {
        ">" => value > target,
        "<" => value < target,
        "<=" => value <= target,
        _ => value >= target
    };
}

/// <summary>Numbers of goals, kept as whole millionths of the goal's own unit.</summary>
internal static class Millionths
{
    /// <summary>The largest that can be kept: 9.2 trillion of the unit.</summary>
    public const decimal Largest = 9_000_000_000_000m;

    public static bool Fits(decimal value) => Math.Abs(value) <= Largest;

    /// <exception cref="OverflowException">Beyond 64 bits.</exception>
    public static long Of(decimal value) => checked((long)Math.Round(value * 1_000_000m, 0, MidpointRounding.AwayFromZero));

    public static long? Of(decimal? value) => value is { } v ? Of(v) : null;

    public static decimal? Decimal(long? quantity) => quantity is { } q ? q / 1_000_000m : null;

    public static string Text(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Percent(decimal share) => Math.Round(share * 100, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}

/// <summary>Refusals of Goals; the codes are part of the API.</summary>
internal static class GoalRefusal
{
    public static Refusal NotFound => Refusal.NotFound("goal", new("目标", "goal"));

    public static Refusal OrganizationNotFound => Refusal.NotFound("organization", new("单位", "organization"));

    public static Refusal CodeTaken(string code) => new(RefusalKind.Conflict, "goal-code-taken",
        new($"该单位已有编码为“{code}”的目标,请换一个编码。", $"The organization already has a goal with the code “{code}”; choose another."));

    public static Refusal UnknownCatalogCode(string code, int at) => Refusal.Field("unknown-code", $"/codes/{at}", new(
        $"目标目录中没有“{code}”;GET /api/v1/goals/catalog 列出全部。", $"The catalog of goals has no “{code}”; GET /api/v1/goals/catalog lists all."));

    public static Refusal Fixed(string field) => Refusal.Field("goal-field-fixed", "/" + field, new(
        $"{field} 在目标建立后不能更改;请停用该目标并另建。", $"{field} cannot be changed once the goal stands; withdraw it and make another."));

    /// <summary>The figures of the whole are for those who answer for the whole.</summary>
    public static readonly Refusal WholeNotYours = new(RefusalKind.Forbidden, "goal-whole-not-yours",
        new("该目标范围大于您的权限范围:总体数值与评估只对其范围的主管单位可见;本单位的贡献见目标详情。", "The goal reaches beyond what you may see: figures and verdicts of the whole are for those above its scope. Your own contribution stands in the goal itself."));

    public static readonly Refusal VisionTakesNoValue = new(RefusalKind.Conflict, "vision-without-number",
        new("愿景没有数值,不能登记实际值。", "A vision has no number, so no figure is recorded for it."));

    public static readonly Refusal NotManual = new(RefusalKind.Conflict, "goal-not-manual",
        new("该目标由平台数据按公式计算;如需人工登记,请先把公式改为 manual。", "The goal is computed from the portal's own figures; set its formula to manual to record figures by hand."));

    public static readonly Refusal DayTaken = new(RefusalKind.Conflict, "goal-value-day-taken",
        new("该日已有登记值;如需更正,请在 supersedes 中写明被更正的登记。", "There is a figure of that day already; to correct it, name it in supersedes."));

    public static readonly Refusal NotStanding = new(RefusalKind.Conflict, "goal-value-not-standing",
        new("supersedes 所指登记不存在、日期不同,或已被更正;请取最新一条。", "What supersedes names does not exist, is of another day, or has been superseded; take the latest."));

    public static readonly Refusal Withdrawn = new(RefusalKind.Conflict, "goal-withdrawn",
        new("该目标已停用。", "The goal is withdrawn."));
}
