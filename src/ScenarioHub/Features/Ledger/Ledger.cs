using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>The two books; codes are those of <c>ck_ledger_entry_book</c>.</summary>
internal static class Book
{
    /// <summary>申报账: what enterprises have submitted, or what of it was accepted last.</summary>
    public const string Filed = "filed";
    /// <summary>核定账: what the regulator accepted.</summary>
    public const string Approved = "approved";
    public static readonly string[] All = [Approved, Filed];
}

/// <summary>The dimensions a roll-up can be laid out by.</summary>
internal static class Dimension
{
    public const string Sector = "sector", Organization = "organization", Region = "region", Stage = "stage", Grade = "grade", Month = "month", KeyAction = "keyAction";
    /// <summary>No layout: one cell. Only inside handles, for totals and for an organization's cell.</summary>
    public const string None = "none";
    public static readonly string[] All = [Sector, Organization, Region, Stage, Grade, Month, KeyAction];

    /// <summary>Which pre-added view of the whole tenant holds a dimension; sector, month and grade stand in every one of them.</summary>
    public static string Aspect(string by) => by is Region or Stage or KeyAction ? by : Sector;
}

/// <summary>
/// States of an entry where a collection asked for a figure and none is there (未报, 未到期): quantity 0, one figure, so that what is missing is a balance like any other.
/// An exempted one is <c>exempt</c>, as a figure filed so.
/// </summary>
internal static class Absence
{
    public const string Missing = "missing", NotDue = "notDue";
}

/// <summary>The two ways of reading organizations that were moved, merged or split (重组): each month under the tree of its time, or all under the tree of now.</summary>
internal static class TreeReading
{
    public const string Filed = "filed", Restated = "restated";
    public static readonly string[] All = [Restated, Filed];
}

/// <summary>Why entries were posted; kept with each. The first four are those of filings, the others of the register and of collections.</summary>
internal static class Cause
{
    public const string Submitted = "submitted", Approved = "approved", Returned = "returned", Corrected = "corrected", Reclassified = "reclassified", StageChanged = "stageChanged", Retired = "retired";
    /// <summary>A correction under review was returned: what was approved before stands again.</summary>
    public const string CorrectionReturned = "correctionReturned";
    public const string GradeRaised = "gradeRaised", GradeLowered = "gradeLowered", Merged = "merged", Split = "split", Moved = "moved";
}

/// <summary>What a change between two moments is: each entry after the one and up to the other is of exactly one kind, by its cause.</summary>
internal static class ChangeKind
{
    /// <summary>新增 (or taken back): figures that were not there before, or no longer are. 订正, 重分类, 划转, 停用.</summary>
    public const string Added = "added", Restated = "restated", Reclassified = "reclassified", Moved = "moved", Retired = "retired";
    public static readonly string[] All = [Added, Restated, Reclassified, Moved, Retired];

    private static readonly Dictionary<string, string[]> Causes = new()
    {
        [Restated] = [Cause.Corrected, Cause.CorrectionReturned, Cause.GradeRaised, Cause.GradeLowered],
        [Reclassified] = [Cause.Reclassified, Cause.StageChanged],
        [Moved] = [Cause.Merged, Cause.Split, Cause.Moved],
        [Retired] = [Cause.Retired]
    };

    public static string Of(string cause) => Causes.FirstOrDefault(c => c.Value.Contains(cause)).Key ?? Added;

    /// <summary>The causes of a kind; of <see cref="Added"/> all those that are of no other kind, so <c>Listed</c> is false and the codes are the others'.</summary>
    public static (bool Listed, IEnumerable<string> Codes) CausesOf(string kind) => kind == Added ? (false, Causes.Values.SelectMany(c => c)) : (true, Causes[kind]);
}

/// <summary>
/// What an entry says: so much of a measure, in a month, of an organization, sector, region, key action, stage, grade.
/// Quantities are fen for money, else millionths of the measure's unit; the denominator is that of ratio measures, else 0.
/// </summary>
internal sealed record LedgerLine(
    string Book, string Measure, string Period, long OrganizationId, string Sector, string Region, string KeyAction, string Stage,
    string Grade, string FigureState, long ScenarioId, long? FilingId, long Quantity, long Denominator, int Figures)
{
    /// <summary>Register lines are the register's own; nobody graded them.</summary>
    public const string NoGrade = "none";

    /// <summary>Says something was filed or registered; false where it only says that something is not there.</summary>
    public bool IsFigure => FilingId is not null || FigureState == "reported";

    /// <summary>What it is a line of, whatever it says.</summary>
    public (string Book, long ScenarioId, string Period, string Measure) Place => (Book, ScenarioId, Period, Measure);

    public LedgerLine Reversed() => this with { Quantity = checked(-Quantity), Denominator = checked(-Denominator), Figures = checked(-Figures) };
}

/// <summary>Refusals of the Ledger; the codes are part of the API.</summary>
internal static class LedgerRefusal
{
    public static Refusal UnknownMeasure(string code) => Refusal.Field("unknown-measure", "?measure", new(
        $"没有编码为“{code}”的指标;GET /api/v1/catalog/measures 列出全部指标。", $"There is no measure “{code}”; GET /api/v1/catalog/measures lists all."));

    public static Refusal NotRolledUp(Measure measure) => Refusal.Field("measure-not-rolled-up", "?measure", new(
        $"{measure.NameZh}不可加总,不提供汇总。", $"{measure.NameEn} cannot be added up, so there is no roll-up of it."));

    public static Refusal ByNotForMeasure(Measure measure) => Refusal.Field("by-not-for-measure", "?by", new(
        $"{measure.NameZh}不分核实等级。", $"{measure.NameEn} has no grades."));

    // Worded when it is said, each in the language of its request; so are the others that name a field.
    public static Refusal BadHandle => Refusal.Field("bad-handle", "?handle", new(
        "handle 须原样取自某次汇总或差异答复;如果是,则其所依据的余额或算法此后已更正,请重新读取该答复。",
        "A handle must be taken unchanged from a roll-up or a difference; if it was, the balances or the formula it rests on were put right since: read the answer again."));

    public static Refusal BadPeriod(string parameter, string text) => Refusal.Field("bad-period", "?" + parameter, new(
        $"“{text}”不是报告期;应为 2026-08、2026Q3 或 2026(2015 至 2099 年)。", $"“{text}” is not a period; write 2026-08, 2026Q3 or 2026 (years 2015 to 2099)."));

    public static Refusal PeriodsCrossed => Refusal.Field("periods-crossed", "?to", new("to 不得早于 from。", "to must not be before from."));

    public static Refusal BadAsOf(string parameter, string text) => Refusal.Field("bad-as-of", "?" + parameter, new(
        $"“{text}”既不是已有的结账号,也不是 2026-08-31T16:00:00Z 形式的时刻。", $"“{text}” is neither a closing that exists nor an instant such as 2026-08-31T16:00:00Z."));

    public static Refusal MomentsCrossed => Refusal.Field("moments-crossed", "?to", new("to 不得早于 from。", "to must not be before from."));

    public static Refusal OrganizationNotFound => Refusal.NotFound("organization", new("单位", "organization"));
}
