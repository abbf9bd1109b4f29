using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

/// <summary>A row of <c>scenario_measure</c>: quantities in fen or millionths; with a denominator the quantity is a numerator.</summary>
internal sealed record MeasureRow(
    string Measure, long? BaselineQuantity, long? BaselineDenominator, string? BaselinePeriod, long? TargetQuantity, long? TargetDenominator, DateOnly? TargetOn, string? Note);

/// <summary>From what was said of the measures to what stands: the check of a draft and the rows of an approval are one code, so they cannot disagree.</summary>
internal static class ScenarioMeasures
{
    /// <param name="say">Told of every finding: where, code, words. Rows with findings are left out of the answer.</param>
    public static IReadOnlyList<MeasureRow> Read(ReferenceCatalog catalog, IReadOnlyList<ScenarioMeasure>? measures, Action<string, string, Words> say)
    {
        var rows = new List<MeasureRow>();
        if (measures is null) return rows;
        if (measures.Count > ScenarioLimit.Measures)
            say("measures", ScenarioFinding.TooManyEntries, new($"成效指标最多 {ScenarioLimit.Measures} 项,现有 {measures.Count} 项。", $"There may be at most {ScenarioLimit.Measures} measures; there are {measures.Count}."));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < measures.Count; i++)
        {
            var at = $"measures[{i}]";
            if (measures[i] is not { } given)
            {
                say(at, ScenarioFinding.Required, new("此处须为一项指标,不能为 null。", "This must be a measure, not null."));
                continue;
            }
            if (catalog.FindMeasure(given.Measure) is not { Filed: true } measure)
            {
                say($"{at}.measure", ScenarioFinding.MeasureNotFiled, new(
                    $"“{given.Measure}”不是可填报的指标;派生指标由系统计算。", $"“{given.Measure}” is no measure that is filed; derived ones are computed."));
                continue;
            }
            if (!seen.Add(measure.Code))
                say($"{at}.measure", ScenarioFinding.MeasureTwice, new($"指标“{measure.NameZh}”重复。", $"The measure {measure.NameEn} stands there twice."));
            var baseline = Value(measure, $"{at}.baseline", given.Baseline, given.BaselineNumerator, given.BaselineDenominator, given.Unit, say);
            var target = Value(measure, $"{at}.target", given.Target, given.TargetNumerator, given.TargetDenominator, given.Unit, say);
            if (!string.IsNullOrWhiteSpace(given.BaselinePeriod) && !Period.TryParse(given.BaselinePeriod, out _))
                say($"{at}.baselinePeriod", ScenarioFinding.PeriodSpelling, new($"基线期“{given.BaselinePeriod}”须写作 2025、2025Q3 或 2025-08。", $"The baseline period is “{given.BaselinePeriod}”; write 2025, 2025Q3 or 2025-08."));
            if (catalog.FindFieldByJson("note") is { } note && given.Note?.Length > note.MaxLength)
                say($"{at}.note", ScenarioFinding.TooLong, new($"“{note.NameZh}”最多 {note.MaxLength} 个字符,现有 {given.Note.Length} 个。", $"{note.NameEn} may have at most {note.MaxLength} characters and has {given.Note.Length}."));
            rows.Add(new(measure.Code, baseline.Quantity, baseline.Denominator, string.IsNullOrWhiteSpace(given.BaselinePeriod) ? null : given.BaselinePeriod,
                target.Quantity, target.Denominator, given.TargetOn, given.Note));
        }
        return rows;
    }

    private static (long? Quantity, long? Denominator) Value(
        Measure measure, string at, decimal? value, decimal? numerator, decimal? denominator, string? unit, Action<string, string, Words> say)
    {
        if (numerator is null && denominator is null) return (value is { } v ? Quantity(measure.Units, at, v, unit, say) : null, null);
        if (measure is not { Numerator: { } over, Denominator: { } under })
        {
            say(at, ScenarioFinding.RatioOnly, new($"“{measure.NameZh}”不是比率指标,请填数值,不填分子分母。", $"{measure.NameEn} is no ratio; give a value, not numerator and denominator."));
            return default;
        }
        if (value is not null || numerator is null || denominator is not > 0)
        {
            say(at, ScenarioFinding.MeasureValues, new(
                $"“{measure.NameZh}”请填比率值,或同时填分子({over.NameZh})与大于 0 的分母({under.NameZh}),二者取一。",
                $"For {measure.NameEn} give either the ratio, or both numerator ({over.NameEn}) and a denominator above 0 ({under.NameEn})."));
            return default;
        }
        return (Quantity(over.Units, at + "Numerator", numerator.Value, null, say), Quantity(under.Units, at + "Denominator", denominator.Value, null, say));
    }

    private static long? Quantity(AcceptedUnits units, string at, decimal value, string? unit, Action<string, string, Words> say)
    {
        if (!Units.TryToLedger(units, value, unit, out var quantity, out var error)) say(at, error.Code, new(error.Zh, error.En));
        else if (!Units.IsSensibleFigure(units.Own, quantity)) say(at, UnitError.TooLarge, new("数值过大,请核对单位和位数。", "The value is too large; check its unit and its digits."));
        else return quantity;
        return null;
    }
}
