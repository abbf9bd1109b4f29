using System.Globalization;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>How much a finding weighs; codes are those of <c>ck_finding_severity</c>.</summary>
internal static class Severity
{
    /// <summary>强制性审核: the filing is refused until the figure is another one.</summary>
    public const string Blocker = "blocker";
    /// <summary>核实性审核: the filing is refused until the figure is explained.</summary>
    public const string Error = "error";
    /// <summary>The reviewer sees it; nothing is refused.</summary>
    public const string Warning = "warning";
    public const string Info = "info";
    public static readonly string[] All = [Blocker, Error, Warning, Info];

    public static bool Hinders(string severity, string findingState) =>
        severity == Blocker || (severity == Error && findingState is FindingState.Open or FindingState.Rejected);
}

/// <summary>A number a rule set may set.</summary>
/// <param name="Name">Key in the JSON of a rule set.</param>
internal sealed record RuleParameter(string Name, Words Label, decimal Default, decimal Min, decimal Max);

/// <summary>The numbers a rule judges by.</summary>
internal sealed class RuleValues(Rule rule, IReadOnlyDictionary<string, decimal>? set)
{
    public decimal this[string name] => set is not null && set.TryGetValue(name, out var value) ? value : rule.Parameters.Single(p => p.Name == name).Default;
}

/// <summary>What a rule found in one entry.</summary>
/// <param name="Measure">Whose figure it is about; for an entry as a whole the measure that is computed of it.</param>
/// <param name="About">The value it is about, exactly: when that changes it is another finding.</param>
/// <param name="What">What was found.</param>
/// <param name="Right">What would be right.</param>
internal sealed record Found(string Measure, string About, Words What, Words Right);

/// <summary>One check: a pure function of an entry and the rule's numbers.</summary>
/// <param name="Id">H-nn: within one entry and its registration; S-nn: plausible beside its history, its plan, its peers.</param>
/// <param name="Severity">Of the built-in set.</param>
internal sealed record Rule(string Id, string Severity, Words Name, Words Why, Words Right, IReadOnlyList<RuleParameter> Parameters, Func<Entry, RuleValues, IEnumerable<Found>> Judge)
{
    /// <summary>Every rule, in the order of their ids.</summary>
    public static readonly IReadOnlyList<Rule> All = [.. HardRules.All, .. StatisticalRules.All];

    private static readonly Dictionary<string, Rule> ById = All.ToDictionary(r => r.Id, StringComparer.Ordinal);

    public static Rule? Find(string id) => ById.GetValueOrDefault(id);
}

/// <summary>A rule as a rule set has it.</summary>
internal sealed record SetRule(Rule Rule, string Severity, bool Enabled, IReadOnlyDictionary<string, decimal> Parameters);

/// <summary>A rule set, ready to judge by.</summary>
/// <param name="Id">Null of the built-in set.</param>
/// <param name="Number">1 is the built-in set.</param>
internal sealed record RulesInForce(long? Id, int Number, DateOnly? EffectiveOn, IReadOnlyList<SetRule> Items)
{
    /// <summary>In force for every tenant that has published none.</summary>
    public static readonly RulesInForce BuiltIn = new(null, 1, null, [.. Rule.All.Select(r => new SetRule(r, r.Severity, true, Defaults(r)))]);

    public static Dictionary<string, decimal> Defaults(Rule rule) => rule.Parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal);

    public IEnumerable<(SetRule By, Found Found)> Judge(Entry entry)
    {
        foreach (var item in Items)
            if (item.Enabled)
                foreach (var found in item.Rule.Judge(entry, new RuleValues(item.Rule, item.Parameters))) yield return (item, found);
    }
}

/// <summary>States of a finding; codes are those of <c>ck_finding_state</c>.</summary>
internal static class FindingState
{
    /// <summary>Open: said, and nothing answered. Rejected: answered, and the answer was not good enough. Gone: the figure it was about is another one now.</summary>
    public const string Open = "open", Explained = "explained", Accepted = "accepted", Rejected = "rejected", Gone = "gone";
    public static readonly string[] All = [Open, Explained, Accepted, Rejected, Gone];
}

/// <summary>States of a rehearsal; codes are those of <c>ck_rehearsal_state</c>.</summary>
internal static class RehearsalState
{
    public const string Queued = "queued", Running = "running", Done = "done", Failed = "failed", Cancelled = "cancelled";
}

/// <summary>Refusals of Rules; the codes are part of the API.</summary>
internal static class RuleRefusal
{
    public const string Blocks = "finding-blocks", NeedsExplanation = "finding-needs-explanation", SaysNothing = "explanation-says-nothing";

    public static Refusal RuleSetNotFound => Refusal.NotFound("rule-set", new("规则集", "rule set"));
    public static Refusal FindingNotFound => Refusal.NotFound("finding", new("核查结果", "finding"));
    public static Refusal RehearsalNotFound => Refusal.NotFound("rehearsal", new("试运行", "rehearsal"));

    public static readonly Refusal NotTheRoot = new(RefusalKind.Forbidden, "rule-sets-are-the-regulators", new(
        "规则集由本项目的监管机构统一制定,下级单位不能修改。", "Rule sets are made at the root of the programme; an organization below cannot change them."));

    public static readonly Refusal NotDraft = new(RefusalKind.Conflict, "rule-set-not-draft", new(
        "该规则集已发布,不能再改;如需调整,请新建规则集。", "The rule set is published and stands as it is; make a new one to change something."));

    public static Refusal EffectiveInPast(DateOnly today) => Refusal.Field("effective-in-past", "/effectiveOn", new(
        $"生效日期不能早于今天({today:yyyy-MM-dd})。", $"The date of effect must not be before today ({today:yyyy-MM-dd})."));

    public static FieldProblem UnknownRule(string id) => new("unknown-rule", $"/rules/{id}", new Words(
        $"没有规则“{id}”;全部规则见 GET /api/v1/catalog/rules。", $"There is no rule “{id}”; GET /api/v1/catalog/rules lists all.").ToString());

    public static FieldProblem UnknownSeverity(string id, string found) => new("unknown-code", $"/rules/{id}/severity", new Words(
        $"“{found}”不是严重程度;须为 {string.Join("、", Severity.All)} 之一。", $"“{found}” is no severity; one of {string.Join(", ", Severity.All)}.").ToString());

    public static FieldProblem UnknownParameter(Rule rule, string name) => new("unknown-parameter", $"/rules/{rule.Id}/parameters/{name}", rule.Parameters.Count == 0
        ? new Words($"规则 {rule.Id} 没有参数。", $"Rule {rule.Id} has no parameters.").ToString()
        : new Words($"规则 {rule.Id} 没有参数“{name}”;可用:{string.Join("、", rule.Parameters.Select(p => p.Name))}。", $"Rule {rule.Id} has no parameter “{name}”; it has {string.Join(", ", rule.Parameters.Select(p => p.Name))}.").ToString());

    public static FieldProblem ParameterOutOfRange(Rule rule, RuleParameter p, decimal found) => new("parameter-out-of-range", $"/rules/{rule.Id}/parameters/{p.Name}", string.Create(CultureInfo.InvariantCulture,
        $"{new Words($"{p.Label.Zh}须在 {p.Min:0.####} 至 {p.Max:0.####} 之间,现为 {found:0.####}。", $"{p.Label.En} lies between {p.Min:0.####} and {p.Max:0.####}; it is {found:0.####}.")}"));

    public static readonly Refusal ExplanationSaysNothing = Refusal.Field(SaysNothing, "/text", new(
        "“核实无误”之类的表述不是说明。请写明发生了什么、为什么与规则不符(至少 10 个字的实际内容),如“2 号机组 9 月检修 12 天,产量减少约四成”。",
        "“Confirmed correct” and its like explain nothing. Say what happened and why it breaks the rule, with at least 10 characters of content, such as “unit 2 stood still for 12 days of repairs in September”."));

    public static readonly Refusal CannotBeExplained = new(RefusalKind.Conflict, "finding-cannot-be-explained", new(
        "该项为强制性审核,不能以说明代替改正,请修改数据后重新提交。", "This finding is a blocker: it is not explained but put right. Change the figure and submit again."));

    public static readonly Refusal Closed = new(RefusalKind.Conflict, "finding-closed", new(
        "该核查结果已被接受,或其数据已修改,不能再说明。", "The finding was accepted already, or its figure is another one now; there is nothing left to explain."));

    public static readonly Refusal NotExplained = new(RefusalKind.Conflict, "finding-not-explained", new(
        "该核查结果目前没有待审的说明。", "There is no explanation waiting to be decided."));

    public static readonly Refusal NotCancellable = new(RefusalKind.Conflict, "rehearsal-not-cancellable", new(
        "试运行已经结束,不能再取消。", "The rehearsal has ended; it can no longer be cancelled."));

    public static readonly Refusal TooMany = new(RefusalKind.Unprocessable, "too-many-filings", new(
        "筛选出的填报超过 10000 条,请缩小范围。", "The filter selects more than 10000 filings; narrow it."));
}
