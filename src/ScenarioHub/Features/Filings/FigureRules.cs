using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>Codes of what can be wrong with one figure; part of the API, beside those of <see cref="UnitError"/>.</summary>
internal static class FigureProblem
{
    public const string FiguresMissing = "figures-missing";
    public const string UnknownMeasure = "unknown-measure";
    public const string MeasureNotFiled = "measure-not-filed";
    public const string MeasureTwice = "measure-twice";
    public const string ValueMissing = "value-missing";
    public const string ValueNotWanted = "value-not-wanted";
    public const string ZeroNotDeclared = "zero-not-declared";
    public const string NegativeValue = "negative-value";
    public const string ValueNotWhole = "value-not-whole";
    public const string RatioNeedsParts = "ratio-needs-parts";
    public const string PartsOfRatioOnly = "parts-of-ratio-only";
    public const string DenominatorNotPositive = "denominator-not-positive";
    public const string UnknownCode = "unknown-code";
    public const string GradeBeyondYours = "grade-beyond-yours";
    public const string GradeNeedsEvidence = "grade-needs-evidence";
    public const string AttributionNotForMeasure = "attribution-not-for-measure";
    public const string AttributionNotAShare = "attribution-not-a-share";
    public const string AttributionReasonMissing = "attribution-reason-missing";
    public const string LabourHoursNotForMeasure = "labour-hours-not-for-measure";
    public const string SameHoursNotForMeasure = "same-hours-not-for-measure";
    public const string HoursCountedTwice = "hours-counted-twice";
    public const string LabourHoursExceed = "labour-hours-exceed";
    public const string SameHoursWithoutCost = "same-hours-without-cost";
}

/// <summary>What was sent, as figures of the ledger's units, or everything that is wrong with it; pure.</summary>
/// <param name="mayVerify">The caller reviews filings, so the two highest grades are his to give.</param>
/// <param name="pointer">Where the body begins: empty, or <c>/items/3</c> in a batch.</param>
/// <param name="approved">The approved figures that are corrected, by measure; null or empty where none are.</param>
internal sealed class FigureRules(ReferenceCatalog catalog, bool mayVerify, string pointer, string? externalKey, IReadOnlyDictionary<string, Figure>? approved = null)
{
    // Differences from a baseline: a month in which the scenario made things worse is honestly negative.
    // Money is not among them: a saving below zero is a cost, and has measures of its own.
    private static readonly HashSet<string> MayBeNegative = ["HOURS_SAVED", "ENERGY_SAVE", "COAL_SAVE", "CO2_CUT", "WATER_SAVE", "EFF_UP", "OUTPUT_UP", "COMPLAINT"];

    private readonly List<FieldProblem> _problems = [];

    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <returns>The figures in the order of their measures' codes; only to be used when there are no <see cref="Problems"/>.</returns>
    public IReadOnlyList<Figure> Read(IReadOnlyList<FigureInput?> sent)
    {
        if (sent.Count == 0) Say(FigureProblem.FiguresMissing, "/figures", new("至少填报一项指标;没有数据的指标请用 state 说明(zero、exempt、withheld)。", "File at least one measure; say why there is no figure with state (zero, exempt, withheld)."));
        var read = new List<Entry>(sent.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sent.Count; i++)
        {
            if (sent[i] is { } one && Measure(one, $"/figures/{i}", seen) is { } measure) read.Add(new(one, One(one, measure, $"/figures/{i}"), $"/figures/{i}"));
            else if (sent[i] is null) Say("required", $"/figures/{i}", new("此处须为一项指标的数据,不能为 null。", "This must be a figure, not null."));
        }
        var counted = HoursCountedAsCost(read);
        return [.. read.Select(e => Graded(e, Posting(e.Figure, e.Figure.Measure == HoursOnce.Hours ? counted : 0))).OrderBy(g => g.Measure, StringComparer.Ordinal)];
    }

    /// <param name="At">Where the figure stands in the body.</param>
    private sealed record Entry(FigureInput Sent, Figure Figure, string At);

    // Half away from zero, as every quotient of the ledger; a figure is at most 10^16, so the product has room in a decimal.
    private static Figure Posting(Figure figure, long counted) => figure with
    {
        Quantity = (long)decimal.Round((decimal)(figure.GrossQuantity - counted) * figure.AttributionMillionths / Figure.Whole, 0, MidpointRounding.AwayFromZero)
    };

    /// <summary>
    /// An hour whose cost is in the saving is money already; as replaced labour it would be counted a second time. So whoever files both says whether they are the same hours:
    /// what is the same is taken off the hours. Both are whole here: an hour that the saving claims half of is no hour of this scenario for the other half either.
    /// </summary>
    /// <returns>The hours to take off HOURS_SAVED, in millionths.</returns>
    private long HoursCountedAsCost(List<Entry> read)
    {
        var (cost, hours) = (read.Find(e => e.Figure.Measure == HoursOnce.Cost), read.Find(e => e.Figure.Measure == HoursOnce.Hours));
        var within = cost?.Figure is { State: FigureState.Reported, LabourQuantity: { } labour } ? labour : 0;
        if (hours is null) return 0;
        var unit = catalog.Measure(HoursOnce.Hours);
        if (hours.Figure.SameHoursAs == HoursOnce.Cost && within == 0) Say(FigureProblem.SameHoursWithoutCost, hours.At + "/sameHoursAs", new(
            "已声明与降本额是同一批工时,但降本额未填 labourHours(其中折算为成本的工时)。请在 COST_SAVE 中填写。",
            "The hours are said to be those of the saving, but the saving gives no labourHours. Give them with COST_SAVE."));
        if (within == 0 || hours.Figure is not { State: FigureState.Reported, GrossQuantity: not 0 }) return 0;
        // A word that is not known was found as such already.
        if (hours.Sent.SameHoursAs is null) Say(FigureProblem.HoursCountedTwice, hours.At + "/sameHoursAs", new(
            $"同一工时不得既计入降本额、又计入节约工时:降本额中已含 {Units.FromLedger(unit, within)} 小时的人工成本。若节约工时包含这些工时,请填 sameHoursAs=COST_SAVE(系统扣除后记账);若是另外的工时,请填 none。",
            $"An hour counts once, as saved cost or as hours saved: the cost saving holds the labour cost of {Units.FromLedger(unit, within)} hours already. If they are among these hours, say sameHoursAs COST_SAVE, and they are taken off; if these are other hours, say none."));
        if (hours.Figure.SameHoursAs != HoursOnce.Cost) return 0;
        if (within <= hours.Figure.GrossQuantity) return within;
        Say(FigureProblem.LabourHoursExceed, cost!.At + "/labourHours", new(
            $"降本额中折算为成本的工时为 {Units.FromLedger(unit, within)} 小时,多于同一批节约工时 {Units.FromLedger(unit, hours.Figure.GrossQuantity)} 小时。",
            $"The saving holds the cost of {Units.FromLedger(unit, within)} hours, more than the {Units.FromLedger(unit, hours.Figure.GrossQuantity)} hours saved they are said to be among."));
        return 0;
    }

    /// <summary>What was approved keeps its grade and its evidence while its amount stays; a rung above it is climbed with evidence, not by filing again.</summary>
    private Figure Graded(Entry entry, Figure figure)
    {
        if (!Grade.All.Contains(figure.Grade)) return figure;
        var before = approved?.GetValueOrDefault(figure.Measure);
        if (before is not null && before.Grade == figure.Grade && figure.SameAmount(before)) return figure with { EvidenceId = before.EvidenceId };
        var at = entry.At + "/grade";
        if (!mayVerify && !Grade.Enterprise.Contains(figure.Grade))
            Say(FigureProblem.GradeBeyondYours, at, new($"填报单位最高可报 {Grade.FinanceConfirmed}(财务确认);{figure.Grade} 由监管机构或第三方核实后认定。", $"An enterprise may say up to {Grade.FinanceConfirmed}; {figure.Grade} is given after verification."));
        else if (before is { Claims: true } && figure.Claims && Grade.Rank(figure.Grade) > Grade.Rank(before.Grade))
            Say(FigureProblem.GradeNeedsEvidence, at, new(
                $"该数据已按 {before.Grade} 核定,不能以订正提高为 {figure.Grade}。请先核定订正,再上传证据,并用 POST /api/v1/filings/{{id}}/grades 提高核实等级。",
                $"The figure is approved as {before.Grade}; a correction does not raise it to {figure.Grade}. Have the correction approved, record evidence, then raise the grade with POST /api/v1/filings/{{id}}/grades."));
        else if (before is { EvidenceId: not null } && figure.Claims && Grade.Rank(figure.Grade) > Grade.Rank(Grade.Measured))
            Say(FigureProblem.GradeNeedsEvidence, at, new(
                $"原证据证明的是订正前的数额。数额变更后最高可报 {Grade.Measured};核定后请上传新的证据,再用 POST /api/v1/filings/{{id}}/grades 提高核实等级。",
                $"The evidence proved the amount before this correction. File the new amount as {Grade.Measured} at most; once it is approved, record new evidence and raise the grade with POST /api/v1/filings/{{id}}/grades."));
        return figure;
    }

    private Measure? Measure(FigureInput sent, string at, HashSet<string> seen)
    {
        at += "/measure";
        if (catalog.FindMeasure(sent.Measure) is not { } measure)
            return Say(FigureProblem.UnknownMeasure, at, new($"没有指标“{sent.Measure}”;指标代码见 GET /api/v1/catalog/measures。", $"There is no measure “{sent.Measure}”; the codes are at GET /api/v1/catalog/measures."));
        if (!measure.Filed)
            return Say(FigureProblem.MeasureNotFiled, at, new($"“{measure.NameZh}”由系统计算或取自登记表,不填报。", $"“{measure.NameEn}” is computed or taken from the register, and never filed."));
        if (!seen.Add(measure.Code))
            return Say(FigureProblem.MeasureTwice, at, new($"“{measure.NameZh}”在本次填报中出现了不止一次。", $"“{measure.NameEn}” stands in this filing more than once."));
        return measure;
    }

    private Figure One(FigureInput sent, Measure measure, string at)
    {
        var state = sent.State ?? FigureState.Reported;
        if (!FigureState.All.Contains(state))
        {
            Unknown(at + "/state", state, FigureState.All);
            state = FigureState.Reported;   // so that the value is judged as one, not found superfluous
        }
        var grade = sent.Grade ?? Grade.SelfReported;
        if (!Grade.All.Contains(grade)) Unknown(at + "/grade", grade, Grade.All);
        if (sent.Note?.Length > FilingRule.MaxText) Add(FilingRefusal.TooLong(pointer + at + "/note", sent.Note.Length));

        var (quantity, denominator) = measure.Kind == MeasureKind.Ratio ? Ratio(sent, measure, state, at) : (Value(sent, measure, state, at), 0);
        return new()
        {
            Measure = measure.Code,
            State = state,
            Grade = grade,
            Quantity = quantity,
            GrossQuantity = quantity,
            AttributionMillionths = Share(sent, measure, state, at),
            AttributionReason = string.IsNullOrWhiteSpace(sent.AttributionReason) ? null : sent.AttributionReason.Trim(),
            LabourQuantity = LabourHours(sent, measure, state, at + "/labourHours"),
            SameHoursAs = SameHours(sent, measure, at + "/sameHoursAs"),
            Denominator = denominator,
            BaselineQuantity = Level(sent.Baseline, sent, measure, at + "/baseline"),
            TargetQuantity = Level(sent.Target, sent, measure, at + "/target"),
            Note = string.IsNullOrWhiteSpace(sent.Note) ? null : sent.Note.Trim()
        };
    }

    private long Value(FigureInput sent, Measure measure, string state, string at)
    {
        foreach (var (part, name) in new[] { (sent.Numerator, "numerator"), (sent.Denominator, "denominator") })
            if (part is not null) Say(FigureProblem.PartsOfRatioOnly, $"{at}/{name}", new($"“{measure.NameZh}”不是比率,请只填 value。", $"“{measure.NameEn}” is no ratio; give value alone."));
        if (state != FigureState.Reported)
        {
            NoValue(sent.Value, measure.Units, sent.Unit, state, at + "/value");
            return 0;
        }
        if (sent.Value is not { } value)
        {
            if (sent is { Numerator: null, Denominator: null }) Say(FigureProblem.ValueMissing, at + "/value", new(
                $"请填写“{measure.NameZh}”的数值({measure.UnitZh});没有发生额用 state=zero(零报),不适用用 exempt,不便公开用 withheld。",
                $"Give the value of “{measure.NameEn}” in {measure.UnitEn}; nothing to report is state zero, not applicable is exempt, not to be shown is withheld."));
            return 0;
        }
        if (Quantity(value, measure.Units, sent.Unit, at + "/value", MayBeNegative.Contains(measure.Code)) is not { } quantity) return 0;
        if (quantity == 0) Say(FigureProblem.ZeroNotDeclared, at + "/value", new(
            $"“{measure.NameZh}”填了 0:如确为零,请用 state=zero(零报);如没有数据,请不要填报该指标。", $"“{measure.NameEn}” is 0: if it truly is, say state zero; if it is not known, leave the measure out."));
        return quantity;
    }

    private (long, long) Ratio(FigureInput sent, Measure measure, string state, string at)
    {
        if (sent.Value is not null) Say(FigureProblem.RatioNeedsParts, at + "/value", new(
            $"“{measure.NameZh}”是比率,请填分子({measure.Numerator!.NameZh})和分母({measure.Denominator!.NameZh}),比值由系统计算。",
            $"“{measure.NameEn}” is a ratio: give its numerator ({measure.Numerator.NameEn}) and denominator ({measure.Denominator.NameEn}); the ratio is computed."));
        if (state != FigureState.Reported)
        {
            NoValue(sent.Numerator, measure.Numerator!.Units, sent.NumeratorUnit, state, at + "/numerator");
            NoValue(sent.Denominator, measure.Denominator!.Units, sent.DenominatorUnit, state, at + "/denominator");
            return (0, 0);
        }
        var numerator = Part(sent.Numerator, measure.Numerator!, sent.NumeratorUnit, at + "/numerator", MayBeNegative.Contains(measure.Code));
        // Its sign is judged below, in words of its own.
        var denominator = Part(sent.Denominator, measure.Denominator!, sent.DenominatorUnit, at + "/denominator", mayBeNegative: true);
        if (denominator <= 0) Say(FigureProblem.DenominatorNotPositive, at + "/denominator", new(
            $"分母({measure.Denominator!.NameZh})须大于 0;本月没有业务量请用 state=zero(零报)。", $"The denominator ({measure.Denominator.NameEn}) must be above 0; a month without any is state zero."));
        return (numerator ?? 0, denominator ?? 0);
    }

    private long? Part(FigureNumber? sent, RatioPart part, string? unit, string at, bool mayBeNegative)
    {
        if (sent is { } number) return Quantity(number, part.Units, unit, at, mayBeNegative);
        Say(FigureProblem.ValueMissing, at, new($"请填写{part.NameZh}({part.Units.Own.NameZh})。", $"Give the {part.NameEn} in {part.Units.Own.NameEn}."));
        return null;
    }

    private long? Level(FigureNumber? sent, FigureInput figure, Measure measure, string at) =>
        sent is { } number ? Quantity(number, measure.Units, figure.Unit, at, mayBeNegative: true, whole: false) : null;

    private int Share(FigureInput sent, Measure measure, string state, string at)
    {
        if (sent.AttributionReason?.Length > FilingRule.MaxText) Add(FilingRefusal.TooLong(pointer + at + "/attributionReason", sent.AttributionReason.Length));
        if (sent.Attribution is not { } written) return Figure.Whole;
        at += "/attribution";
        // Text of a sensible length first: from the 29th digit on a decimal rounds unseen.
        if (written.Text.Length > 20 || !decimal.TryParse(written.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is <= 0 or > 1 || share * 10_000 != decimal.Truncate(share * 10_000))
        {
            Say(FigureProblem.AttributionNotAShare, at, new($"归因系数为 {written};须大于 0、不大于 1,最多 4 位小数,如 0.35。", $"The share is {written}; it must be above 0 and at most 1, with at most 4 decimals, such as 0.35."));
            return Figure.Whole;
        }
        if (share == 1) return Figure.Whole;
        if (measure is not { Kind: MeasureKind.Flow, Direction: Direction.Up }) Say(FigureProblem.AttributionNotForMeasure, at, new(
            $"“{measure.NameZh}”不适用归因系数:只有按月累计的效益(如降本额、节约工时)可以分摊;成本、比率和存量须按实填报。",
            $"“{measure.NameEn}” takes no share: only benefits that flow month by month (cost saving, hours saved …) can be attributed in part; costs, ratios and levels are filed as they are."));
        else if (state != FigureState.Reported) Say(FigureProblem.ValueNotWanted, at, new($"state={state} 时没有数值可分摊;请去掉归因系数。", $"With state {state} there is nothing to take a share of; drop it."));
        else if (string.IsNullOrWhiteSpace(sent.AttributionReason)) Say(FigureProblem.AttributionReasonMissing, at + "Reason", new(
            "归因系数小于 1 时须写明依据(1 至 500 字)。", "A share below 1 needs the reason it was found by (1 to 500 characters)."));
        return (int)(share * Figure.Whole);
    }

    private long? LabourHours(FigureInput sent, Measure measure, string state, string at)
    {
        if (sent.LabourHours is not { } hours) return null;
        if (measure.Code != HoursOnce.Cost)
        {
            Say(FigureProblem.LabourHoursNotForMeasure, at, new($"只有降本额(COST_SAVE)可填 labourHours,“{measure.NameZh}”不填。", $"labourHours belongs to COST_SAVE alone, not to “{measure.NameEn}”."));
            return null;
        }
        var units = catalog.Measure(HoursOnce.Hours).Units;
        if (state == FigureState.Reported) return Quantity(hours, units, null, at, mayBeNegative: false);
        NoValue(hours, units, null, state, at);
        return null;
    }

    private string? SameHours(FigureInput sent, Measure measure, string at)
    {
        if (sent.SameHoursAs is not { } said) return null;
        if (measure.Code != HoursOnce.Hours) Say(FigureProblem.SameHoursNotForMeasure, at, new($"只有节约工时(HOURS_SAVED)可填 sameHoursAs,“{measure.NameZh}”不填。", $"sameHoursAs belongs to HOURS_SAVED alone, not to “{measure.NameEn}”."));
        else if (HoursOnce.SameAs.Contains(said)) return said;
        else Unknown(at, said, HoursOnce.SameAs);
        return null;
    }

    private void NoValue(FigureNumber? sent, AcceptedUnits units, string? unit, string state, string at)
    {
        if (sent is not { } number || (state == FigureState.Zero && Units.TryToLedger(units, number.Text, unit, out var quantity, out _) && quantity == 0)) return;
        Say(FigureProblem.ValueNotWanted, at, new($"state={state} 时不应有数值,却填了 {number};请去掉数值,或改为 state=reported。", $"With state {state} there is no value, but {number} was given; drop it, or say state reported."));
    }

    private long? Quantity(FigureNumber sent, AcceptedUnits units, string? unit, string at, bool mayBeNegative, bool whole = true)
    {
        if (!Units.TryToLedger(units, sent.Text, unit, out var quantity, out var wrong))
        {
            var where = wrong.Code == UnitError.UnknownUnit ? UnitOf(at) : at;
            // Value, baseline and target share one unit; it is named once.
            if (where == at || _problems.All(p => p.Pointer != pointer + where)) Say(wrong.Code, where, new($"填报值为 {sent}。{wrong.Zh}", $"The value is {sent}. {wrong.En}"));
            return null;
        }
        var own = units.Own;
        if (!Units.IsSensibleFigure(own, quantity))
        {
            Say(UnitError.TooLarge, at, own.LedgerScale == 100
                ? new($"填报值 {sent} 超过单项上限 1 万亿元,请核对单位和位数。", $"{sent} is above the limit of one figure, CNY 10^12; check its unit and its digits.")
                : new($"填报值 {sent} 超过单项上限 100 亿{own.NameZh},请核对单位和位数。", $"{sent} is above the limit of one figure, 10^10 {own.NameEn}; check its unit and its digits."));
            return null;
        }
        if (quantity < 0 && !mayBeNegative)
        {
            Say(FigureProblem.NegativeValue, at, new($"填报值为 {sent},该项不能为负数。", $"The value is {sent}; it cannot be negative."));
            return null;
        }
        if (whole && own.Whole && quantity % own.LedgerScale != 0)
        {
            Say(FigureProblem.ValueNotWhole, at, new($"填报值为 {sent},以“{own.NameZh}”计须为整数。", $"The value is {sent}; {own.NameEn} are counted in whole numbers."));
            return null;
        }
        return quantity;
    }

    private static string UnitOf(string at) => at[..(at.LastIndexOf('/') + 1)] + at[(at.LastIndexOf('/') + 1)..] switch { "numerator" => "numeratorUnit", "denominator" => "denominatorUnit", _ => "unit" };

    private void Unknown(string at, string found, string[] known) => Say(FigureProblem.UnknownCode, at, new(
        $"没有“{found}”;须为 {string.Join("、", known)} 之一。", $"“{found}” is not known; one of {string.Join(", ", known)}."));

    private Measure? Say(string code, string at, Words message)
    {
        Add(new(code, pointer + at, message.ToString()));
        return null;
    }

    private void Add(FieldProblem problem) => _problems.Add(problem with { ExternalKey = externalKey });
}
