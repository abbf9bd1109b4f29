using MediatR;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Something happened to scenarios that a figure may hang on; published inside the command's transaction, after its rows are written.
/// </summary>
/// <param name="Cause">One of <see cref="ScenarioCause"/>.</param>
public sealed record ScenarioChanged(IReadOnlyList<long> ScenarioIds, string Cause) : INotification;

/// <summary>Why a <see cref="ScenarioChanged"/> was published. An approval that moves figures to another line is <see cref="Reclassified"/> and nothing else.</summary>
public static class ScenarioCause
{
    public const string Submitted = "submitted", Approved = "approved", Returned = "returned", Withdrawn = "withdrawn", Retired = "retired";
    /// <summary>Approved, and sector, region, key action or organization differ from what stood before.</summary>
    public const string Reclassified = "reclassified";
    /// <summary>Its organization was taken up by another: from a month on it is that one's.</summary>
    public const string Merged = "merged";
    /// <summary>Given to a new organization with its whole history.</summary>
    public const string Split = "split";
}

/// <summary>States of the working copy; codes are those of <c>ck_scenario_state</c>.</summary>
internal static class ScenarioState
{
    public const string Draft = "draft", Submitted = "submitted", Approved = "approved", Returned = "returned", Withdrawn = "withdrawn", Retired = "retired";
    public static readonly string[] All = [Draft, Submitted, Approved, Returned, Withdrawn, Retired];
    /// <summary>From these it can be submitted.</summary>
    public static readonly string[] Submittable = [Draft, Returned, Withdrawn];

    public static Words Name(string state) => state switch
    {
        Draft => new("草稿", "a draft"),
        Submitted => new("已报送", "submitted"),
        Approved => new("审核通过", "approved"),
        Returned => new("已退回", "returned"),
        Withdrawn => new("已撤回", "withdrawn"),
        Retired => new("已停用", "retired"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null)
    };
}

/// <summary>Stages in their order; codes are those of <c>ck_scenario_stage</c>.</summary>
internal static class Stage
{
    public const string Retired = "retired", Pilot = "pilot";
    public static readonly string[] InOrder = ["idea", "approved", "building", Pilot, "scaled", "replicated", Retired];

    /// <returns>0 for idea and up; -1 for no stage.</returns>
    public static int Rank(string? stage) => Array.IndexOf(InOrder, stage);

    /// <summary>In use: it went live and owes figures.</summary>
    public static bool IsLive(string? stage) => Rank(stage) is var rank && rank >= Rank(Pilot) && stage != Retired;
}

/// <summary>What the version history calls what happened.</summary>
internal static class ScenarioEvent
{
    public const string Registered = "registered", Revised = "revised", KeysAdded = "keysAdded", Submitted = "submitted",
        Approved = "approved", Returned = "returned", Withdrawn = "withdrawn", Retired = "retired";
}

internal static class ScenarioLimit
{
    public const int Reason = 500, Source = 32, ExternalKey = 100, ExternalKeys = 20, Measures = 40, Batch = 1000;
}

/// <summary>Refusals of Scenarios; the codes are part of the API, and so are the field codes in <see cref="ScenarioFinding"/>.</summary>
internal static class ScenarioRefusal
{
    public const string KeyRaceCode = "external-key-race";

    public static Refusal NotFound => Refusal.NotFound("scenario", new("场景", "scenario"));

    public static Refusal CodeTaken(string? code) => new Refusal(RefusalKind.Conflict, "scenario-code-taken",
        new($"场景编号“{code}”已被使用,请换一个,或留空由系统编号。", $"The scenario code “{code}” is taken; choose another, or leave it out and the system makes one.")).At("/code");

    public static Refusal NameTaken(string? name) => new Refusal(RefusalKind.Conflict, "scenario-name-taken",
        new($"该单位已有名为“{name}”的场景,请换一个名称,或修改已有的场景。", $"The organization already has a scenario “{name}”; choose another name, or revise that one.")).At("/name");

    public static Refusal KeyTaken(ExternalKey key) => new Refusal(RefusalKind.Conflict, "external-key-taken",
        new($"外部键 {key.Source}:{key.Key} 已属于另一场景;外部键不可重复使用。", $"The external key {key.Source}:{key.Key} belongs to another scenario; keys are never reused.")).At("/externalKeys");

    public static Refusal KeyRace => new(RefusalKind.Conflict, KeyRaceCode,
        new("另一请求正在使用同一外部键,本次未保存任何内容,请重新发送。", "Another request is using the same external key at this moment; nothing was saved. Send it again."));

    public static Refusal UnderReview => new(RefusalKind.Conflict, "scenario-under-review",
        new("场景正在审核中,不能修改。请先撤回,修改后再报送。", "The scenario is under review and cannot be changed. Withdraw it, change it, and submit it again."));

    public static Refusal IsRetired => new(RefusalKind.Conflict, "scenario-retired",
        new("场景已停用,不能再修改。", "The scenario is retired and can no longer be changed."));

    public static Refusal NotDraft(string state) => new(RefusalKind.Conflict, "scenario-not-draft", new(
        $"只有草稿、已退回或已撤回的场景可以报送,该场景目前为“{ScenarioState.Name(state).Zh}”。", $"Only a draft, a returned or a withdrawn scenario can be submitted; this one is {ScenarioState.Name(state).En}."));

    public static Refusal NotSubmitted(string state) => new(RefusalKind.Conflict, "scenario-not-submitted", new(
        $"只有已报送的场景可以审核或撤回,该场景目前为“{ScenarioState.Name(state).Zh}”。", $"Only a submitted scenario can be reviewed or withdrawn; this one is {ScenarioState.Name(state).En}."));

    public static Refusal NotApproved(string state) => new(RefusalKind.Conflict, "scenario-not-approved", new(
        $"只有审核通过的场景可以停用,该场景目前为“{ScenarioState.Name(state).Zh}”。", $"Only an approved scenario can be retired; this one is {ScenarioState.Name(state).En}."));

    public static Refusal OrganizationFixed => new Refusal(RefusalKind.Conflict, "scenario-organization-fixed",
        new("场景经审核通过后不能改换申报单位。单位重组请使用单位的移动、合并或分立。", "Once approved, a scenario stays with its organization. For a reorganization move, merge or split the organization itself.")).At("/organization");

    public static Refusal CodeFixed => new Refusal(RefusalKind.Conflict, "scenario-code-fixed",
        new("场景经审核通过后不能改换编号。", "Once approved, a scenario keeps its code.")).At("/code");

    public static Refusal NotOfOrganization(IEnumerable<long> ids) => new(RefusalKind.Conflict, "scenario-not-of-organization", new(
        $"以下场景不属于该单位本身:{string.Join("、", ids.Take(20))}。", $"These scenarios are not the organization's own: {string.Join(", ", ids.Take(20))}."));

    public static Refusal BatchTooLarge(int count) => new(RefusalKind.TooLarge, "batch-too-large",
        new($"一批最多 {ScenarioLimit.Batch} 条,收到 {count} 条;更多请使用批量导入。", $"A batch holds at most {ScenarioLimit.Batch} items and this one has {count}; send more through an import."));

    public static Refusal BatchTwice(int first) => new(RefusalKind.Conflict, "batch-item-twice",
        new($"同一批中第 {first + 1} 条已使用同一编号或外部键。", $"Item {first} of this batch already has the same code or external key."));
}

/// <summary>Codes of what can be wrong with a field; a closed list.</summary>
internal static class ScenarioFinding
{
    public const string Required = "required", TooLong = "too-long", TooShort = "too-short", TooSmall = "too-small", TooLarge = "too-large", UnknownCode = "unknown-code",
        TooManyEntries = "too-many-entries", TooFewEntries = "too-few-entries", EntryTwice = "entry-twice", SurroundingBlanks = "surrounding-blanks", DateOutOfRange = "date-out-of-range",
        CodeSpelling = "code-spelling", KeySpelling = "external-key-spelling", KeyStays = "external-key-stays", PeriodSpelling = "period-spelling", AddressSpelling = "web-address-spelling",
        UnknownOrganization = "organization-not-found", ClosedOrganization = "organization-closed", SubItemElsewhere = "sub-item-of-another-key-action", CapexNotSum = "capex-total-not-sum", OpexBelowSum = "opex-year-below-sum",
        StageBackwards = "stage-backwards", StageRetired = "stage-retired-by-retiring", StageSince = "stage-since-out-of-range", StateSecret = "state-secret-content",
        MeasureNotFiled = "measure-not-filed", MeasureTwice = "measure-twice", MeasureValues = "measure-values-unclear", RatioOnly = "measure-not-a-ratio";
}
