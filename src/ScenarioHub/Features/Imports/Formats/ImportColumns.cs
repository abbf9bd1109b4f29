using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>What the rows of a file are.</summary>
internal enum ImportSubject { Scenarios, Figures }

/// <summary>
/// How the cells of a column are understood; each has its method of <see cref="CellText"/>. <c>Organization</c>: an id or a credit code. <c>Figure</c>: a number, or a word for its
/// state. <c>Known</c>: given by the system and not read, so that an exported table can come back.
/// </summary>
internal enum ColumnKind { Text, Code, Organization, Number, Integer, Date, Month, Bool, One, Many, List, Figure, Known }

/// <summary>A column that can be imported.</summary>
/// <param name="Key">
/// Of scenarios: the field's name in the API (<c>capexTotalCny</c>), <c>externalKey</c> or <c>measures</c>. Of figures: <c>scenario</c>, <c>period</c>, <c>externalKey</c>, <c>reason</c>, a property of a figure
/// (<c>measure</c>, <c>value</c>, <c>grade</c> …), or a measure as a column of its own: <c>COST_SAVE</c>, <c>AUTO_RATE/numerator</c>, <c>AUTO_RATE/denominator</c>.
/// </param>
/// <param name="Units">Of numbers with a unit: what they may be written in, own unit first.</param>
/// <param name="Names">Of One and Many: what may be chosen.</param>
/// <param name="Field">Where it stands in the dictionary.</param>
/// <param name="Measure">Of a measure's own column.</param>
/// <param name="Required">Without the column no row can be taken in.</param>
internal sealed record ImportColumn(string Key, string NameZh, string NameEn, ColumnKind Kind, AcceptedUnits? Units = null, CodeNames? Names = null, Field? Field = null, Measure? Measure = null, bool Required = false)
{
    /// <summary>As the template writes it: name and unit in both languages, behind a star when it is always wanted, a triangle when it depends.</summary>
    public string Header => $"{(Wanted switch { Requirement.Always => "*", Requirement.Condition => "△", _ => "" })}{NameZh}{(Units is { } u ? $"（{u.Own.NameZh}）" : "")}\n{NameEn}{(Units is { } v && v.Own.NameEn != v.Own.NameZh ? $" ({v.Own.NameEn})" : "")}";

    public Requirement Wanted => Required ? Requirement.Always : Measure is null ? Field?.Required ?? Requirement.Never : Requirement.Never;
}

/// <summary>What a header stands for.</summary>
/// <param name="Unit">The unit the header names; null when it names none.</param>
/// <param name="Item">Of JSON: the place in <c>figures</c>.</param>
internal sealed record ColumnMatch(ImportColumn Column, MeasureUnit? Unit, int? Item = null);

/// <summary>The one place that knows which column of a file is which field or measure, under any of its names.</summary>
internal sealed partial class ImportColumns
{
    /// <summary>Fields of a figure that are named otherwise in a table, or belong to the row.</summary>
    private static readonly string[] FigureFields = ["measure", "value", "numerator", "denominator", "unit", "state", "grade", "baseline", "target", "note", "attribution", "attributionReason", "labourHours", "sameHoursAs"];

    private readonly FrozenDictionary<string, ImportColumn> _byKey;
    private readonly Dictionary<string, ImportColumn?> _byName = new(StringComparer.Ordinal);

    private ImportColumns(ImportSubject subject, IReadOnlyList<ImportColumn> all, IEnumerable<(string Name, string Key)> aliases)
    {
        (Subject, All) = (subject, all);
        _byKey = all.ToFrozenDictionary(c => c.Key, StringComparer.Ordinal);
        foreach (var column in all)
            foreach (var name in (string?[])[column.Key, column.NameZh, column.NameEn, column.Field?.Code]) Call(name, column);
        foreach (var (name, key) in aliases) Call(name, _byKey[key]);
    }

    public ImportSubject Subject { get; }

    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<ImportColumn> All { get; }

    public IEnumerable<ImportColumn> Required => All.Where(c => c.Required);

    public ImportColumn? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Of all subjects: for a file that may hold sheets of each.</summary>
    public static IReadOnlyList<ImportColumns> OfAll(ReferenceCatalog catalog) => [Scenarios(catalog), Figures(catalog)];

    /// <summary>Every field of the dictionary that a register entry has.</summary>
    public static ImportColumns Scenarios(ReferenceCatalog catalog)
    {
        var columns = new List<ImportColumn> { new("externalKey", "外部键", "External key", ColumnKind.Code) };
        foreach (var field in catalog.Fields.Where(f => f.Storage != FieldStorage.Figures))
            columns.Add(new(field.Json, field.NameZh, field.NameEn, KindOf(field), UnitsOf(field, catalog), NamesOf(field, catalog), field));
        columns.Add(new("measures", "填报指标", "Measures filed", ColumnKind.Many, Names: Measures(catalog)));
        return new(ImportSubject.Scenarios, columns,
        [
            ("外部编码", "externalKey"), ("外部系统编号", "externalKey"), ("ERP编号", "externalKey"), ("ext_key", "externalKey"),
            ("单位", "organization"), ("申报单位", "organization"), ("统一社会信用代码", "organization"), ("申报单位统一社会信用代码", "organization"), ("organizationCreditCode", "organization"), ("org_code", "organization"), ("Applicant USCC", "organization"), ("USCC", "organization"),
            ("行业大类", "industryDivision"), ("国民经济行业", "industryDivision"), ("行业代码", "industryDivision"), ("所在地", "region"), ("行政区划代码", "region"), ("重点行动", "keyAction"), ("编号", "code"), ("名称", "name"),
        ]);
    }

    /// <summary>One figure a row (measure, value …), or one scenario and month a row with a column to each measure; also mixed.</summary>
    public static ImportColumns Figures(ReferenceCatalog catalog)
    {
        var period = catalog.FindFieldByJson("period");
        var columns = new List<ImportColumn>
        {
            new("scenario", "场景编号", "Scenario code", ColumnKind.Code, Required: true),
            new("scenarioName", "场景名称", "Scenario name", ColumnKind.Known),
            new("organization", "申报单位", "Applicant organisation", ColumnKind.Known),
            new("period", "报告期", "Reporting period", ColumnKind.Month, Field: period, Required: true),
        };
        foreach (var measure in catalog.Measures.Where(m => m.Filed))
        {
            if (measure is { Numerator: { } over, Denominator: { } under })
            {
                columns.Add(new(measure.Code + "/numerator", $"{measure.NameZh}·分子·{over.NameZh}", $"{measure.NameEn} - numerator: {over.NameEn}", ColumnKind.Figure, over.Units, Measure: measure));
                columns.Add(new(measure.Code + "/denominator", $"{measure.NameZh}·分母·{under.NameZh}", $"{measure.NameEn} - denominator: {under.NameEn}", ColumnKind.Figure, under.Units, Measure: measure));
            }
            else columns.Add(new(measure.Code, measure.NameZh, measure.NameEn, ColumnKind.Figure, measure.Units, Measure: measure));
        }
        foreach (var field in FigureFields.Select(json => catalog.FindFieldByJson(json)).OfType<Field>())
            columns.Add(field.Json switch
            {
                "measure" => new("measure", field.NameZh, field.NameEn, ColumnKind.One, Names: Measures(catalog), Field: field),
                // Their unit is that of the measure the row names; who knows the row asks Number with it.
                "value" or "numerator" or "denominator" => new(field.Json, field.NameZh, field.NameEn, ColumnKind.Figure, Field: field),
                "sameHoursAs" => new("sameHoursAs", field.NameZh, field.NameEn, ColumnKind.One, Names: new("答复", "answer", [("COST_SAVE", "包含", "included"), ("none", "不包含", "separate")]), Field: field),
                "unit" => new("unit", field.NameZh, field.NameEn, ColumnKind.Code, Field: field),
                _ => new(field.Json, field.NameZh, field.NameEn, KindOf(field), UnitsOf(field, catalog), NamesOf(field, catalog), field)
            });
        columns.Add(new("numeratorUnit", "分子单位", "Numerator unit", ColumnKind.Code));
        columns.Add(new("denominatorUnit", "分母单位", "Denominator unit", ColumnKind.Code));
        columns.Add(new("reason", "订正原因", "Reason of the correction", ColumnKind.Text));
        columns.Add(new("externalKey", "外部键", "External key", ColumnKind.Code));
        var ratios = catalog.Measures.Where(m => m.Filed && m.Numerator is not null).SelectMany(m => new[] { ("numerator", "分子"), ("denominator", "分母") }
            .SelectMany(part => new[] { (m.NameZh + part.Item2, m.Code + "/" + part.Item1), (m.NameEn + part.Item1, m.Code + "/" + part.Item1), (m.Code + part.Item2, m.Code + "/" + part.Item1) }));
        return new(ImportSubject.Figures, columns,
        [
            .. ratios,
            ("场景", "scenario"), ("scenarioCode", "scenario"), ("scenarioId", "scenario"), ("scn_code", "scenario"), ("编号", "scenario"), ("月份", "period"), ("期间", "period"), ("month", "period"), ("会计期间", "period"),
            ("指标", "measure"), ("指标名称", "measure"), ("数值", "value"), ("实际值", "value"), ("金额", "value"), ("单位", "unit"), ("状况", "state"), ("状态", "state"), ("等级", "grade"), ("说明", "note"), ("备注", "note"), ("name", "scenarioName"),
        ]);
    }

    /// <summary>What a header stands for; null when it is no name of a column. The name may stand in either language or as code, with its unit in brackets or behind, with a star, or on one of several lines.</summary>
    /// <param name="problem">Set when the name is known and something else about it is not: its unit, or which of two columns it means.</param>
    public ColumnMatch? Match(string header, out CellProblem? problem)
    {
        problem = null;
        int? item = null;
        if (FigureItem().Match(header) is { Success: true } nested) (header, item) = (nested.Groups[2].Value, int.Parse(nested.Groups[1].Value, CultureInfo.InvariantCulture));
        foreach (var line in (string[])[header, .. header.Split('\n')])
        {
            var (match, wrong) = MatchLine(CellText.Clean(line));
            problem ??= wrong;
            if (match is not null && wrong is null)
            {
                problem = null;
                return match with { Item = item };
            }
        }
        return null;
    }

    private (ColumnMatch? Match, CellProblem? Problem) MatchLine(string text)
    {
        if (text.Length is 0 or > 200) return default;
        if (Named(text) is { } plain) return plain;
        // Name (unit): the last bracket first, for names have brackets too.
        var bare = Normal(text);
        if (Bracket().Match(text) is { Success: true } bracket)
        {
            var unit = Regex.Replace(bracket.Groups[2].Value, "^(计量)?单位[:：]?|^unit[:：]?\\s*", "", RegexOptions.IgnoreCase).Trim();
            var (match, problem) = MatchLine(bracket.Groups[1].Value);
            if (match is null) return (null, problem);
            if (unit is "必填" or "选填" or "required" or "optional" || unit.Length == 0) return (match, null);
            if (match.Column.Units is { } units && CellText.UnitNamed(units, unit) is { } named) return (match with { Unit = named }, null);
            if (match.Column.Units is null && match.Column.Kind != ColumnKind.Figure) return (null, null);
            return (null, UnknownUnit(text, unit, match.Column));
        }
        // Name/unit, name_unit, name:unit.
        foreach (var column in All)
            if (column.Units is { } units)
                foreach (var unit in units.All)
                    foreach (var name in (string[])[unit.NameZh, unit.NameEn, unit.Code])
                        if (Normal(name) is { Length: > 0 } suffix && bare.Length > suffix.Length && bare.EndsWith(suffix, StringComparison.Ordinal)
                            && _byName.GetValueOrDefault(bare[..^suffix.Length]) == column)
                            return (new(column, unit), null);
        return default;
    }

    private (ColumnMatch?, CellProblem?)? Named(string text) => !_byName.TryGetValue(Normal(text), out var column) ? null
        : column is not null ? (new(column, null), null)
        : (null, new CellProblem(FileProblem.HeaderAmbiguous, new($"表头“{CellText.Shown(text)}”可以指不止一列；请改用模板中的表头或字段代码。", $"The header '{CellText.Shown(text)}' may mean more than one column; use that of the template, or the field's code.")));

    private static CellProblem UnknownUnit(string header, string unit, ImportColumn column) => new(FileProblem.HeaderUnit, column.Units is { } units
        ? new($"表头“{CellText.Shown(header)}”的单位“{unit}”不适用；可用：{string.Join("、", units.All.Select(u => u.NameZh))}。", $"The unit '{unit}' of the header '{CellText.Shown(header)}' does not fit; use {string.Join(", ", units.All.Select(u => u.NameEn))}.")
        : new($"表头“{CellText.Shown(header)}”里写了单位“{unit}”，但各行指标不同；请把单位写在“计量单位”列。", $"The header '{CellText.Shown(header)}' names a unit, but the rows are of different measures; give the unit in a column of its own."));

    private void Call(string? name, ImportColumn column)
    {
        if (name is null || Normal(name) is not { Length: > 0 } normal) return;
        // Known columns give way: what can be read is meant.
        if (!_byName.TryGetValue(normal, out var other) || other is { Kind: ColumnKind.Known }) _byName[normal] = column;
        else if (other != column && column.Kind != ColumnKind.Known) _byName[normal] = null;
    }

    internal static string Normal(string name) => new([.. CellText.Clean(name).Where(c => !char.IsWhiteSpace(c) && c is not ('·' or ':' or '-' or '_' or '/' or '.' or ',' or '、' or '"' or '“' or '”' or '\'' or '*' or '★' or '△')).Select(char.ToLowerInvariant)]);

    private static ColumnKind KindOf(Field field) => field switch
    {
        { Storage: FieldStorage.System } or { Required: Requirement.System, Code: not "scn_code" } => ColumnKind.Known,
        { Type: FieldType.Ref, CodeList: "organization" } => ColumnKind.Organization,
        { Code: "scn_code" } or { Group: "ERP" } => ColumnKind.Code,
        _ => field.Type switch
        {
            FieldType.Enum or FieldType.Ref => ColumnKind.One,
            FieldType.Multi => ColumnKind.Many,
            FieldType.Decimal or FieldType.Money => ColumnKind.Number,
            FieldType.Integer or FieldType.Score => ColumnKind.Integer,
            FieldType.Date => ColumnKind.Date,
            FieldType.Month => ColumnKind.Month,
            FieldType.Bool => ColumnKind.Bool,
            FieldType.List => ColumnKind.List,
            _ => ColumnKind.Text
        }
    };

    private static AcceptedUnits? UnitsOf(Field field, ReferenceCatalog catalog) =>
        field is { Unit: { } unit, Type: FieldType.Decimal or FieldType.Money } ? catalog.UnitsOf(unit.Code) : null;

    private static CodeNames? NamesOf(Field field, ReferenceCatalog catalog) => (field.Type, field.CodeList) switch
    {
        (FieldType.Ref, "region") => new(field.NameZh, field.NameEn, catalog.Regions.Select(r => (r.Code, r.NameZh, r.NameEn))),
        (FieldType.Ref, "industry") => new(field.NameZh, field.NameEn, catalog.Industries.Where(i => i.IsDivision).Select(i => (i.Code, i.NameZh, i.NameEn))),
        (FieldType.Ref, "keyAction") => new(field.NameZh, field.NameEn, catalog.KeyActions.Select(k => (k.Code, k.NameZh, k.NameEn))),
        (FieldType.Enum or FieldType.Multi, { } list) => new(field.NameZh, field.NameEn, catalog.List(list).Select(i => (i.Code, i.NameZh, i.NameEn))),
        _ => null
    };

    private static CodeNames Measures(ReferenceCatalog catalog) => new("指标", "measure", catalog.Measures.Where(m => m.Filed).Select(m => (m.Code, m.NameZh, m.NameEn)));

    [GeneratedRegex(@"^/figures/(\d{1,3})(/[^/]+)$")] private static partial Regex FigureItem();
    [GeneratedRegex(@"^(.+?)\s*[(\[【]((?:[^()\[\]【】]|\([^()]*\))*)[)\]】]\s*\*?$", RegexOptions.Singleline)] private static partial Regex Bracket();
}
