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
/// What an entry says: so much of a measure, in a month, of an organization, sector, region, key action, stage, grade.
/// Quantities are fen for money, else millionths of the measure's unit; the denominator is that of ratio measures, else 0.
/// </summary>
internal sealed record LedgerLine(
    string Book, string Measure, string Period, long OrganizationId, string Sector, string Region, string KeyAction, string Stage,
    string Grade, string FigureState, long ScenarioId, long? FilingId, long Quantity, long Denominator, int Figures)
{
    /// <summary>Register lines are the register's own; nobody graded them.</summary>
    public const string NoGrade = "none";

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

    public static readonly Refusal BadHandle = Refusal.Field("bad-handle", "?handle", new(
        "handle 须原样取自某次汇总答复中的单元格。", "A handle must be taken unchanged from a cell of a roll-up."));

    public static Refusal BadPeriod(string parameter, string text) => Refusal.Field("bad-period", "?" + parameter, new(
        $"“{text}”不是报告期;应为 2026-08、2026Q3 或 2026(2015 至 2099 年)。", $"“{text}” is not a period; write 2026-08, 2026Q3 or 2026 (years 2015 to 2099)."));

    public static readonly Refusal PeriodsCrossed = Refusal.Field("periods-crossed", "?to", new("to 不得早于 from。", "to must not be before from."));

    public static Refusal BadAsOf(string text) => Refusal.Field("bad-as-of", "?asOf", new(
        $"“{text}”既不是已有的结账号,也不是 2026-08-31T16:00:00Z 形式的时刻。", $"“{text}” is neither a closing that exists nor an instant such as 2026-08-31T16:00:00Z."));

    public static Refusal OrganizationNotFound => Refusal.NotFound("organization", new("单位", "organization"));
}
