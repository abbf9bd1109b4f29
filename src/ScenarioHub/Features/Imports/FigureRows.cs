using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Features.Rules;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>Rows of a file to rows of the spool: every cell understood or found, every scenario looked up, a few thousand rows at a time.</summary>
internal sealed partial class FigureImport
{
    private const int RowsAtOnce = 8_192;

    private readonly record struct Pending(int SheetNo, int Row, int Layout, string?[] Fields, bool Bad, bool ByNumber);

    /// <summary>Fields a row says once for all the figures in it.</summary>
    private static readonly int[] Common = [FigureField.Scenario, FigureField.Period, FigureField.Reason, FigureField.ExternalKey];

    private readonly List<Pending> _pending = [];
    private readonly List<FoundInFile> _found = [];
    private readonly Dictionary<(int SheetNo, int? Item, string? Measure), int> _layoutNumbers = [];
    private readonly Dictionary<TableSheet, int> _sheetNumbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int? Item, string? Measure, string?[] Fields)> _figures = [];

    public override async Task<bool> Read(SourceFile file, RowSpool spool, Func<List<FoundInFile>, Task<bool>> hand, CancellationToken ct)
    {
        var isJson = file.Format is SourceFormat.Json or SourceFormat.Ndjson;
        // A workbook may hold a sheet of each subject; the others' are not this import's.
        var table = new SourceTable(file, file.Format == SourceFormat.Xlsx ? ImportColumns.OfAll(catalog) : [ImportColumns.Figures(catalog)], mapping?.ForReader());
        foreach (var row in table.Rows(ct))
        {
            if (row.Sheet.Subject != ImportSubject.Figures && row.Problem is not { EndsFile: true }) continue;
            RowsRead++;
            if (RowsRead > ImportRule.MaxRows)
            {
                Unusable = true;
                Find(row, null, "", ImportFinding.TooManyRows, new($"文件超过 {ImportRule.MaxRows} 行,请拆分后分次导入。", $"The file has more than {ImportRule.MaxRows} rows; split it."));
            }
            else if (row.Problem is { } problem)
            {
                RowsRefused++;
                Unusable |= problem.EndsFile;
                Find(row, isJson ? null : problem.Column, "", problem.Code, problem.Message);
            }
            else Take(row, isJson);
            // A column that is not understood would be data lost row after row.
            if (Unusable || (table.Notices.Count > 0 && table.Notices.Any(n => BlocksFor(table, n, ImportSubject.Figures)))) break;
            if (_pending.Count < RowsAtOnce) continue;
            await Resolve(spool, ct);
            if (!await hand(_found)) return false;
        }
        SayNotices(file, table, ImportSubject.Figures, isJson, _sheetNumbers, _found);
        if (!Unusable) await Resolve(spool, ct);
        return await hand(_found);
    }

    /// <summary>A row as its figures: commonly one, of a table with a column to each measure as many as it fills.</summary>
    private void Take(TableRow row, bool isJson)
    {
        _figures.Clear();
        var common = new string?[FigureField.Names.Length];
        var (bad, byNumber, before) = (false, false, _found.Count);
        var sheetNo = SheetNo(row.Sheet);
        // The measure decides which units a number may be in, and may stand to the right of the number.
        Measure? measure = null;
        for (var i = 0; i < row.Cells.Count; i++)
            if (ColumnOf(row, i) is { Item: null, Column.Key: "measure" } match && !row.Cells[i].IsEmpty) measure = catalog.FindMeasure(CodeOf(row.Cells[i], match.Column));
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            if (cell.IsEmpty || ColumnOf(row, i) is not { } match) continue;
            var (field, own) = FieldOf(match.Column);
            var said = Understand(cell, field, match, own ?? (match.Item is { } item ? MeasureOf(row, item) : measure), out var unit, out var state);
            if (said.Problem is { } problem)
            {
                bad = true;
                _found.Add(new(sheetNo, row.Sheet.Name, row.Row, isJson ? null : RowLayout.CellName(cell.Column, row.Row), null, isJson ? row.Sheet.Columns[cell.Column]!.Header : "/" + FigureField.Names[field], problem.Code, null,
                    Severity.Blocker, true, problem.Message));
                continue;
            }
            if (!said.Given) continue;
            var to = own is null && match.Item is null ? common : FieldsOf(match.Item, own?.Code);
            if (state) { to[FigureField.State] = said.Value; continue; }
            to[field] = said.Value;
            if (unit is not null) to[field switch { FigureField.Numerator => FigureField.NumeratorUnit, FigureField.Denominator => FigureField.DenominatorUnit, _ => FigureField.Unit }] = unit;
            byNumber |= field == FigureField.Scenario && cell is { Kind: CellKind.Number, Source: CellSource.Json };
        }
        foreach (var constant in mapping?.Constants ?? [])
            if (FigureField.Of(constant.Field) is var field and >= 0) common[field] ??= constant.Value;
        // The entry's own name may stand to the right of what is wrong with it.
        for (var i = before; i < _found.Count; i++) _found[i] = _found[i] with { ExternalKey = common[FigureField.ExternalKey] };
        if (_figures.Count == 0) _pending.Add(new(sheetNo, row.Row, LayoutOf(row, sheetNo, null, null), common, bad, byNumber));
        else
            foreach (var (item, code, fields) in _figures)
            {
                for (var i = 0; i < fields.Length; i++) fields[i] ??= common[i];
                _pending.Add(new(sheetNo, row.Row, LayoutOf(row, sheetNo, item, code), fields, bad, byNumber));
            }
    }

    private static ColumnMatch? ColumnOf(TableRow row, int cell) => row.Cells[cell].Column < row.Sheet.Columns.Count ? row.Sheet.Columns[row.Cells[cell].Column]?.Match : null;

    private readonly Dictionary<ImportColumn, (int Field, Measure? Measure)> _fieldsOfColumns = new(ReferenceEqualityComparer.Instance);

    private (int Field, Measure? Own) FieldOf(ImportColumn column)
    {
        if (_fieldsOfColumns.TryGetValue(column, out var known)) return known;
        return _fieldsOfColumns[column] = column.Measure is null ? (FigureField.Of(column.Key), null)
            : (column.Key.EndsWith("/numerator", StringComparison.Ordinal) ? FigureField.Numerator : column.Key.EndsWith("/denominator", StringComparison.Ordinal) ? FigureField.Denominator : FigureField.Value, column.Measure);
    }

    private string?[] FieldsOf(int? item, string? measure)
    {
        foreach (var known in _figures)
            if (known.Item == item && known.Measure == measure) return known.Fields;
        var fields = new string?[FigureField.Names.Length];
        fields[FigureField.Measure] = measure;
        _figures.Add((item, measure, fields));
        return fields;
    }

    private Measure? MeasureOf(TableRow row, int item)
    {
        for (var i = 0; i < row.Cells.Count; i++)
            if (ColumnOf(row, i) is { Column.Key: "measure" } match && match.Item == item) return catalog.FindMeasure(CodeOf(row.Cells[i], match.Column));
        return null;
    }

    // A name in either language is the code it stands for; what is neither is left as it was written, for the rules to say what is wrong with it.
    private string CodeOf(in SourceCell cell, ImportColumn column)
    {
        if (_codes.TryGetValue((column.Key, cell.Text), out var known)) return known;
        var code = column.Names is { } names && CellText.One(cell, names) is { Ok: true } one ? one.Value : CellText.Clean(cell.Text);
        if (_codes.Count < 10_000) _codes.Add((column.Key, cell.Text), code);
        return code;
    }

    private readonly Dictionary<(string Column, string Text), string> _codes = [];

    private Understood<string> Understand(in SourceCell cell, int field, ColumnMatch match, Measure? measure, out string? unit, out bool isState)
    {
        (unit, isState) = (null, false);
        switch (field)
        {
            case FigureField.Value or FigureField.Numerator or FigureField.Denominator or FigureField.Baseline or FigureField.Target or FigureField.Attribution or FigureField.LabourHours:
                // A number of JSON is what it says; only one that is written as people write them needs to be understood.
                if (cell is { Kind: CellKind.Number, Source: CellSource.Json } && match.Unit is null) return cell.Text;
                var units = field switch
                {
                    FigureField.Numerator => measure?.Numerator?.Units,
                    FigureField.Denominator => measure?.Denominator?.Units,
                    FigureField.Attribution or FigureField.LabourHours => null,
                    _ => measure?.Units
                };
                if (match.Column.Kind == ColumnKind.Figure)
                {
                    var figure = CellText.Figure(cell, units, match.Unit);
                    if (!figure.Given) return default;
                    if (figure.Problem is { } why) return why;
                    isState = figure.Value.State is not null;
                    if (figure.Value.Number.Unit is { } said && said.Code != units?.Own.Code) unit = said.Code;
                    return figure.Value.State ?? figure.Value.Number.Text;
                }
                var number = CellText.Number(cell, units, match.Unit);
                if (!number.Given) return default;
                if (number.Problem is { } problem) return problem;
                if (number.Value.Unit is { } written && written.Code != units?.Own.Code) unit = written.Code;
                return number.Value.Text;
            case FigureField.Period:
                if (cell is { Kind: CellKind.Text, Text.Length: 7 } && Month.TryParse(cell.Text, out _)) return cell.Text;
                var month = CellText.Month(cell);
                return !month.Given ? default(Understood<string>) : month.Problem is { } no ? no : month.Value.ToString();
            case FigureField.Note or FigureField.AttributionReason or FigureField.Reason:
                return CellText.Text(cell);
            case FigureField.Measure or FigureField.Grade or FigureField.State or FigureField.SameHoursAs:
                return CodeOf(cell, match.Column) is { Length: > 0 } code ? code : default(Understood<string>);
            default:
                return cell is { Kind: CellKind.Number, Source: CellSource.Json } ? cell.Text : CellText.Code(cell);
        }
    }

    private int SheetNo(TableSheet sheet)
    {
        if (!_sheetNumbers.TryGetValue(sheet, out var number)) _sheetNumbers[sheet] = number = _sheetNumbers.Count + 1;
        return number;
    }

    private int LayoutOf(TableRow row, int sheetNo, int? item, string? measure)
    {
        if (_layoutNumbers.TryGetValue((sheetNo, item, measure), out var known)) return known;
        var columns = row.Sheet.HeaderRow == 0 ? null : FigureField.Names.Select((_, field) => Array.FindIndex([.. row.Sheet.Columns], c => c?.Match is { } m && FieldOf(m.Column) is var (at, own)
            && (own?.Code == measure && (at == field || (field == FigureField.Measure && own is not null)) || own is null && at == field))).ToArray();
        return _layoutNumbers[(sheetNo, item, measure)] = Layout(new RowLayout(sheetNo, row.Sheet.Name, columns,
            [.. FigureField.Names.Select((name, field) => (item is null || Common.Contains(field) ? "/" : $"/figures/{item}/") + name)]));
    }

    /// <summary>One statement for all codes of the rows at hand, and one for all keys.</summary>
    private async Task Resolve(RowSpool spool, CancellationToken ct)
    {
        string[] texts = [.. _pending.Where(p => !p.ByNumber).Select(p => p.Fields[FigureField.Scenario]).OfType<string>().Distinct()];
        var byCode = texts.Length == 0 ? [] : (await db.List<Named>(ImportSql.ScenariosByCode, new { ScenarioCodes = SqlList.Of(texts.Where(t => t.Length <= 64)) }, ct)).ToDictionary(n => n.Name, n => n.ScenarioId, StringComparer.Ordinal);
        var byKey = texts.Length == 0 || source is null ? []
            : (await db.List<Named>(ImportSql.ScenariosByKey, new { Source = source, ExternalKeyTexts = SqlList.Of(texts.Where(t => t.Length <= 200 && !byCode.ContainsKey(t))) }, ct)).ToDictionary(n => n.Name, n => n.ScenarioId, StringComparer.Ordinal);
        foreach (var p in _pending)
        {
            var bad = p.Bad;
            var (said, period) = (p.Fields[FigureField.Scenario], p.Fields[FigureField.Period]);
            long? id = said is null ? null
                : !p.ByNumber && (byCode.TryGetValue(said, out var named) || byKey.TryGetValue(said, out named)) ? named
                : long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (said is null) Missing(p, FigureField.Scenario, "required", new("请填写场景:id、编码,或来源系统中的外部键。", "Name the scenario: its id, its code, or its external key in the source."));
            else if (id is null) Missing(p, FigureField.Scenario, FilingRefusal.ScenarioNotFound.Code, new(
                $"没有找到场景“{CellText.Shown(said)}”,或不在您的权限范围内;请填写场景 id、编码{(source is null ? "" : $",或 {source} 中的外部键")}。",
                $"There is no scenario “{CellText.Shown(said)}” within what you may see; give its id, its code{(source is null ? "" : $" or its external key in {source}")}."));
            var month = default(Month);
            if (period is null) Missing(p, FigureField.Period, "required", new("请填写月份,如 2026-08。", "Give the month, such as 2026-08."));
            else if (!Month.TryParse(period, out month)) Missing(p, FigureField.Period, "period-not-a-month", InBoth(() => FilingRefusal.PeriodNotAMonth("/period", period).Message));
            if (id is null || month == default)
            {
                RowsRefused++;   // belongs to no filing
                continue;
            }
            p.Fields[FigureField.Scenario] = id.Value.ToString(CultureInfo.InvariantCulture);
            spool.Add(new(id.Value, month.MonthsSince(Month.First)), new(p.SheetNo, p.Row, p.Layout, bad, p.Fields));
        }
        _pending.Clear();
    }

    // A cell that was not understood has been found as that already.
    private void Missing(Pending p, int field, string code, Words message)
    {
        if (p.Bad && p.Fields[field] is null) return;
        var layout = LayoutOf(p.Layout);
        _found.Add(new(p.SheetNo, layout.Sheet, p.Row, layout.Cell(field, p.Row), p.Fields[FigureField.ExternalKey], layout.Pointer(field), code, null, Severity.Blocker, true, message));
    }

    private void Find(TableRow row, int? column, string pointer, string code, Words message) => _found.Add(new(SheetNo(row.Sheet), row.Sheet.Name, row.Row,
        column is { } c ? RowLayout.CellName(c, row.Row) : null, null, pointer, code, null, Severity.Blocker, true, message));

    private sealed record Named
    {
        public required string Name { get; init; }
        public long ScenarioId { get; init; }
    }
}
