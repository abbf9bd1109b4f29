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
}

/// <summary>What was sent, as figures of the ledger's units, or everything that is wrong with it; pure.</summary>
/// <param name="mayVerify">The caller reviews filings, so the two highest grades are his to give.</param>
/// <param name="pointer">Where the body begins: empty, or <c>/items/3</c> in a batch.</param>
internal sealed class FigureRules(ReferenceCatalog catalog, bool mayVerify, string pointer, string? externalKey)
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
        var figures = new List<Figure>(sent.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sent.Count; i++)
        {
            if (sent[i] is { } one && Measure(one, $"/figures/{i}", seen) is { } measure) figures.Add(One(one, measure, $"/figures/{i}"));
            else if (sent[i] is null) Say("required", $"/figures/{i}", new("此处须为一项指标的数据,不能为 null。", "This must be a figure, not null."));
        }
        figures.Sort(static (a, b) => string.CompareOrdinal(a.Measure, b.Measure));
        return figures;
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
        else if (!mayVerify && !Grade.Enterprise.Contains(grade))
            Say(FigureProblem.GradeBeyondYours, at + "/grade", new($"填报单位最高可报 {Grade.FinanceConfirmed}(财务确认);{grade} 由监管机构或第三方核实后认定。", $"An enterprise may say up to {Grade.FinanceConfirmed}; {grade} is given after verification."));
        if (sent.Note?.Length > FilingRule.MaxText) Add(FilingRefusal.TooLong(pointer + at + "/note", sent.Note.Length));

        var (quantity, denominator) = measure.Kind == MeasureKind.Ratio ? Ratio(sent, measure, state, at) : (Value(sent, measure, state, at), 0);
        return new()
        {
            Measure = measure.Code,
            State = state,
            Grade = grade,
            Quantity = quantity,
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
