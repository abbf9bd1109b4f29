using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>
/// The workbook to fill in, made of the field dictionary: instructions, one sheet to register scenarios, one to file figures (a row to a scenario and month, a column to a
/// measure), and a hidden sheet with what may be chosen. What <see cref="ImportColumns"/> reads and what stands in its headers are the same objects, so neither can drift from the other.
/// </summary>
internal static class ImportTemplate
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string FileName = "scenario-import-template.xlsx";

    internal const string InstructionsSheet = "说明 Instructions", ScenariosSheet = "场景 Scenarios", FiguresSheet = "月度数据 Figures", ListsSheet = "选项 Lists";

    /// <summary>Rows that carry the drop-downs; more can be filled in without.</summary>
    private const int PreparedRows = 5_000;

    private const int HeaderRow = 2;

    /// <summary>Cell formats; the value is the index in the style sheet.</summary>
    private enum Look : uint { Plain, Title, Text, Wrapped, Head, HeadWanted, HeadDepends, Group, Code, Money, Number, Date, Whole, TableHead }

    /// <summary>Writes the workbook to <paramref name="output"/>, which stays open.</summary>
    public static void Write(Stream output, ReferenceCatalog catalog)
    {
        using var package = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(package, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var lists = new Lists();
            var scenarios = ImportColumns.Scenarios(catalog).All.Where(c => c.Kind != ColumnKind.Known).ToArray();
            var figures = FigureColumns(catalog);
            var sheets = new (string Name, Worksheet Sheet, bool Hidden)[]
            {
                (InstructionsSheet, Instructions(catalog, scenarios, figures), false),
                (ScenariosSheet, Form(scenarios, GroupOfField, lists, catalog), false),
                (FiguresSheet, Form(figures, c => GroupOfFigure(c, catalog), lists, catalog), false),
                (ListsSheet, lists.Sheet(), true),
            };
            var list = new Sheets();
            for (var i = 0; i < sheets.Length; i++)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = sheets[i].Sheet;
                list.Append(new Sheet { Name = sheets[i].Name, SheetId = (uint)i + 1, Id = workbook.GetIdOfPart(part), State = sheets[i].Hidden ? SheetStateValues.Hidden : null });
            }
            workbook.Workbook = new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), list);
            document.PackageProperties.Title = "人工智能应用场景导入模板 Import template";
        }
        package.Position = 0;
        package.CopyTo(output);
    }

    /// <summary>As a filer fills a row: which scenario and month, the measures by group, then what holds for all of the row.</summary>
    private static ImportColumn[] FigureColumns(ReferenceCatalog catalog)
    {
        var columns = ImportColumns.Figures(catalog);
        ImportColumn Of(string key) => columns.Find(key)!;
        return [Of("scenario"), Of("period"), .. columns.All.Where(c => c.Measure is not null), Of("labourHours"), Of("sameHoursAs"), Of("grade"), Of("note"), Of("reason"), Of("externalKey")];
    }

    private static (string Zh, string En) GroupOfField(ImportColumn column) => column switch
    {
        { Field: { } field } => (field.Group, field.GroupEn),
        { Key: "measures" } => ("成效", "Figures"),
        _ => ("编号", "Keys")
    };

    private static (string Zh, string En) GroupOfFigure(ImportColumn column, ReferenceCatalog catalog) => column switch
    {
        { Measure: { } measure } => catalog.FindItem("measureGroup", measure.Group) is { } group ? (group.NameZh, group.NameEn) : (measure.Group, measure.Group),
        { Key: "scenario" or "period" } => ("所属", "Which"),
        _ => ("整行适用", "For the whole row")
    };

    private static Worksheet Form(ImportColumn[] columns, Func<ImportColumn, (string Zh, string En)> groupOf, Lists lists, ReferenceCatalog catalog)
    {
        var (widths, groups, heads, merges, checks) = (new Columns(), new Row { RowIndex = 1, Height = 30, CustomHeight = true }, new Row { RowIndex = HeaderRow, Height = 66, CustomHeight = true }, new MergeCells(), new DataValidations());
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            widths.Append(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = WidthOf(column), CustomWidth = true, Style = (uint)LookOf(column) });
            var group = groupOf(column);
            var begins = i == 0 || groupOf(columns[i - 1]) != group;
            groups.Append(TextCell(1, i, begins ? $"{group.Zh} {group.En}" : "", Look.Group));
            if (begins)
            {
                var last = i;
                while (last + 1 < columns.Length && groupOf(columns[last + 1]) == group) last++;
                if (last > i) merges.Append(new MergeCell { Reference = $"{CellPlace.Of(1, i)}:{CellPlace.Of(1, last)}" });
            }
            heads.Append(TextCell(HeaderRow, i, column.Header, column.Wanted switch { Requirement.Always => Look.HeadWanted, Requirement.Condition => Look.HeadDepends, _ => Look.Head }));
            checks.Append(CheckOf(column, i, lists, catalog));
        }
        checks.Count = (uint)columns.Length;
        merges.Count = (uint)merges.ChildElements.Count;
        var sheet = new Worksheet(
            new SheetViews(new SheetView(new Pane { HorizontalSplit = 2, VerticalSplit = HeaderRow, TopLeftCell = CellPlace.Of(HeaderRow + 1, 2), ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }),
            new SheetFormatProperties { DefaultRowHeight = 18 }, widths, new SheetData(groups, heads));
        if (merges.ChildElements.Count > 0) sheet.Append(merges);
        sheet.Append(checks);
        return sheet;
    }

    /// <summary>A hint at every cell; a drop-down or a bound where the dictionary has one. A warning and no more: codes and units may be typed as well.</summary>
    private static DataValidation CheckOf(ImportColumn column, int index, Lists lists, ReferenceCatalog catalog)
    {
        var check = new DataValidation
        {
            SequenceOfReferences = new() { InnerText = $"{CellPlace.Of(HeaderRow + 1, index)}:{CellPlace.Of(HeaderRow + PreparedRows, index)}" },
            AllowBlank = true,
            ShowInputMessage = true,
            ShowErrorMessage = true,
            ErrorStyle = DataValidationErrorStyleValues.Warning,
            ErrorTitle = "请核对 Please check",
            PromptTitle = Cut(column.NameZh, 32),
            Prompt = Cut(HintOf(column, catalog), 255),
        };
        switch (column.Kind)
        {
            case ColumnKind.One:
                (check.Type, check.Formula1, check.Error) = (DataValidationValues.List, new(lists.Place(column.Key, column.Names!)), "不在下拉项中；也可填写代码。Not among the choices; a code will do too.");
                break;
            case ColumnKind.Bool:
                (check.Type, check.Formula1, check.Error) = (DataValidationValues.List, new("\"是,否\""), "请填 是 或 否。Write 是 or 否.");
                break;
            case ColumnKind.Integer when column.Field is { Min: { } min, Max: { } max }:
                (check.Type, check.Operator, check.Error) = (DataValidationValues.Whole, DataValidationOperatorValues.Between, $"须为 {min} 至 {max} 的整数。A whole number from {min} to {max}.");
                (check.Formula1, check.Formula2) = (new(Plain(min)), new(Plain(max)));
                break;
            case ColumnKind.Date:
                (check.Type, check.Operator, check.Error) = (DataValidationValues.Date, DataValidationOperatorValues.Between, "请填日期，如 2026-08-01。A date such as 2026-08-01.");
                (check.Formula1, check.Formula2) = (new("DATE(1990,1,1)"), new("DATE(2099,12,31)"));
                break;
            default:
                // No bound on numbers: 120万元 in the cell is understood.
                check.ShowErrorMessage = false;
                break;
        }
        return check;

        static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static string HintOf(ImportColumn column, ReferenceCatalog catalog)
    {
        var (zh, en) = column switch
        {
            { Measure: { Numerator: not null } measure } => ($"填数值，或写：零报、免报、保密。公式：{measure.FormulaZh}", "A number, or 零报 zero, 免报 exempt, 保密 withheld."),
            { Measure: { } measure } => ($"填当月数值，或写：零报、免报、保密。公式：{measure.FormulaZh}", "The month's own number, or 零报 zero, 免报 exempt, 保密 withheld."),
            { Key: "externalKey" } => ("本单位系统中的编号，用于更新同一条记录；没有可不填。", "Your system's own key, to find the entry again; may be left empty."),
            { Key: "scenario" } => ("场景编号，须已在“场景”表或系统中登记。", "Code of a scenario on the other sheet or registered before."),
            { Key: "reason" } => ("订正已核定或已锁定月份的数据时必填。", "Wanted when an approved or locked month is corrected."),
            { Key: "organization" } => ("填 18 位统一社会信用代码。", "The credit code, 18 characters."),
            { Key: "measures" } => ("每月要填报的指标，用顿号分隔；可填名称或代码。", "Measures filed every month, with 、 between; by name or code."),
            { Field: { } field } => (field.DescZh, field.DescEn),
            _ => (column.NameZh, column.NameEn)
        };
        if (column.Kind == ColumnKind.Many && column.Key != "measures") zh += "。可选：" + string.Join("、", column.Names!.Items.Select(i => i.Zh));
        if (column.Kind == ColumnKind.List) zh += "。每行一条（Alt+Enter 换行）";
        if (column.Kind == ColumnKind.Month) zh += "。写作 2026-08";
        if (column.Field?.RequiredWhen is { } when) zh += "。" + WhenZh(when, catalog) + "时必填";
        return $"{zh.Replace("。。", "。", StringComparison.Ordinal)}\n{en}";
    }

    /// <summary>阶段不早于试点且是否涉密为否: a condition of the dictionary in words.</summary>
    private static string WhenZh(Condition condition, ReferenceCatalog catalog) => string.Join("且", condition.Clauses.Select(c =>
    {
        var field = catalog.FindFieldByJson(c.Json);
        var value = (c.Value, field) switch
        {
            ("", _) => "",
            ("true", _) => "是",
            ("false", _) => "否",
            (_, { CodeList: { } list, Type: FieldType.Enum }) => catalog.FindItem(list, c.Value)?.NameZh ?? c.Value,
            _ => c.Value
        };
        var verb = (c.Operator, value) switch { ("!=", "") => "已填", ("!=", _) => "不是", (">=", _) => field?.Type == FieldType.Enum ? "到" : "不小于", ("<=", _) => "不大于", _ => "为" };
        return $"“{field?.NameZh ?? c.Json}”{verb}{value}{(c.Operator == ">=" && field?.Type == FieldType.Enum ? "及以后" : "")}";
    }));

    private static Worksheet Instructions(ReferenceCatalog catalog, ImportColumn[] scenarios, ImportColumn[] figures)
    {
        var rows = new SheetData();
        var at = 0;
        void Add(Look look, params string[] texts)
        {
            var row = new Row { RowIndex = (uint)++at };
            // Not every program measures the height of wrapped rows that name none.
            var lines = texts.Select((text, i) => text.Split('\n').Sum(l => Math.Max(1, Math.Ceiling(l.Sum(c => c < 0x80 ? 1.1 : 2.1) / (InstructionWidths[i] - 1))))).DefaultIfEmpty(1).Max();
            (row.Height, row.CustomHeight) = (look == Look.Title ? 30 : Math.Clamp(4 + 14 * lines, 18, 400), true);
            for (var i = 0; i < texts.Length; i++) row.Append(TextCell(at, i, texts[i], look));
            rows.Append(row);
        }
        Add(Look.Title, "人工智能应用场景导入模板", "Import template for AI application scenarios");
        Add(Look.Text, $"模板版本 {catalog.Version}", $"Template version {catalog.Version}");
        foreach (var (zh, en) in Guide) Add(Look.Wrapped, zh, en);
        Add(Look.Text);
        Add(Look.TableHead, $"“{ScenariosSheet}”的各列", "Columns of the scenarios", "何时必填 Wanted when", "格式与可选值 Format and choices", "代码 Code");
        foreach (var column in scenarios)
            Add(Look.Wrapped, $"{column.NameZh}：{column.Field?.DescZh ?? HintOf(column, catalog).Split('\n')[0]}", $"{column.NameEn}: {column.Field?.DescEn ?? HintOf(column, catalog).Split('\n')[1]}", column.Wanted switch
            {
                Requirement.Always => "必填 Always",
                Requirement.Condition => column.Field!.RequiredWhen is { } when ? WhenZh(when, catalog) : "",
                _ => "选填 Optional"
            }, FormatOf(column), column.Key);
        Add(Look.Text);
        Add(Look.TableHead, $"“{FiguresSheet}”的各列", "Columns of the figures", "可用单位 Units", "公式 Formula", "代码 Code");
        foreach (var column in figures)
            Add(Look.Wrapped, column.NameZh, column.NameEn, column.Units is { } units ? string.Join("、", units.All.Select(u => u.NameZh)) : FormatOf(column), column.Measure is { } measure ? $"{measure.FormulaZh}\n{measure.FormulaEn}" : column.Field?.DescZh ?? "", column.Key);
        var widths = new Columns();
        for (var i = 0; i < InstructionWidths.Length; i++) widths.Append(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = InstructionWidths[i], CustomWidth = true });
        return new Worksheet(new SheetProperties(new PageSetupProperties { FitToPage = true }), new SheetViews(new SheetView { WorkbookViewId = 0, ShowGridLines = false, TabSelected = true }), new SheetFormatProperties { DefaultRowHeight = 18 }, widths, rows,
            new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
    }

    private static readonly double[] InstructionWidths = [60, 60, 40, 50, 26];

    private static readonly (string Zh, string En)[] Guide =
    [
        ($"一、在“{ScenariosSheet}”登记或更新场景，在“{FiguresSheet}”填每月数值；两张表可以只用一张。保存为 .xlsx 后上传，先只校验，按问题清单改好再提交。", $"1. Register or update scenarios on '{ScenariosSheet}', file monthly figures on '{FiguresSheet}'; one of them may stay empty. Save as .xlsx and upload: validate first, correct what the list of findings names, then commit."),
        ("二、* 为必填；△ 为满足条件时必填。不用的列可以整列删除，列的先后可以调换；表头写中文、英文或代码都可以，请勿改成别的叫法。", "2. * is always wanted, △ under its condition. Columns not needed may be deleted and moved; a header may be the Chinese name, the English one or the code."),
        ("三、数值按表头的单位填。单元格里也可以写明单位（120万元、1.5亿元、2人年），以单元格写的为准；可用千分位（1,234.5），括号表示负数。不写“约”“以上”“100-200”，不用科学计数法。百分数写 12.5 或 12.5%；百分点、成、倍请先换算。", "3. Numbers are in the unit of the header, or in the one the cell names (120万元, 2人年), which counts. Thousands marks (1,234.5) and brackets for negative numbers are understood. No about, no range, no scientific notation. A percentage is 12.5 or 12.5%."),
        ("四、空单元格是“没有填报”，不是 0。没有发生写“零报”，按规定不必报写“免报”，不能公开写“保密”。不用“-”“/”“无”代替。", "4. An empty cell is not filed; it is no 0. Write 零报 (zero) when nothing came of it, 免报 (exempt) when it need not be filed, 保密 (withheld) when it must not be shown. No dashes instead."),
        ("五、日期写作 2026-08-01，报告期写作 2026-08（一个月）；季度、年度由系统汇总。", "5. Dates are 2026-08-01, periods 2026-08 (one month); quarters and years are added up by the system."),
        ("六、统一社会信用代码和各种编号都是文本，相应的列已设为文本格式；从别处粘贴时请选“粘贴为文本”，否则 18 位代码会丢失后几位。", "6. Credit codes and all other codes are text, and their columns are set so. Paste as text, or the last digits of an 18-digit code are lost."),
        ("七、单选用下拉项，也可填代码；多选用顿号“、”分隔；列表每行一条（单元格内按 Alt+Enter 换行）。", "7. Choose from the drop-down or write the code; several values have 、 between them; lists have one entry to a line (Alt+Enter)."),
        ("八、比率指标填分子和分母两列，不填比率本身；同一行的“核实等级”“计算口径说明”适用于该行所有数值。", "8. Ratio measures are given as numerator and denominator, never as the ratio; grade and note of a row hold for all its figures."),
        ("九、涉密场景只填占位名称，内容不得填报。", "9. Of a state secret only a placeholder name is given, and no content."),
    ];

    private static string FormatOf(ImportColumn column) => column.Kind switch
    {
        ColumnKind.One or ColumnKind.Many => (column.Kind == ColumnKind.Many ? "多选 several: " : "") + string.Join("、", column.Names!.Items.Take(12).Select(i => i.Zh)) + (column.Names.Items.Count > 12 ? $" 等 {column.Names.Items.Count} 项，见下拉项" : ""),
        ColumnKind.Bool => "是、否",
        ColumnKind.Date => "日期 date 2026-08-01",
        ColumnKind.Month => "月份 month 2026-08",
        ColumnKind.Integer => column.Field is { Min: { } min, Max: { } max } ? $"整数 whole number {min}–{max}" : "整数 whole number",
        ColumnKind.Number or ColumnKind.Figure => $"数值 number{(column.Units is { } units ? $"（{string.Join("、", units.All.Select(u => u.NameZh))}）" : "")}",
        ColumnKind.List => "每行一条 one to a line",
        ColumnKind.Organization => "18 位统一社会信用代码 credit code",
        ColumnKind.Code => "编号，文本 code, text",
        _ => column.Field?.MaxLength is { } most ? $"文字，至多 {most} 字 text, at most {most}" : "文字 text"
    };

    private static Look LookOf(ImportColumn column) => column.Kind switch
    {
        ColumnKind.Date => Look.Date,
        ColumnKind.Integer => Look.Whole,
        ColumnKind.Number or ColumnKind.Figure => column.Units?.Own.Family == "money" ? Look.Money : Look.Number,
        _ => Look.Code
    };

    private static double WidthOf(ImportColumn column) => column.Kind switch
    {
        ColumnKind.Organization => 22,
        ColumnKind.Code => 18,
        ColumnKind.Text => column.Field?.MaxLength is > 100 ? 40 : 22,
        ColumnKind.Many or ColumnKind.List => 30,
        ColumnKind.One => 20,
        ColumnKind.Figure => 20,
        ColumnKind.Number => 18,
        _ => 14
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static Cell TextCell(int row, int column, string text, Look look) => text.Length == 0
        ? new() { CellReference = CellPlace.Of(row, column), StyleIndex = (uint)look }
        : new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve })) { CellReference = CellPlace.Of(row, column), StyleIndex = (uint)look, DataType = CellValues.InlineString };

    /// <summary>What may be chosen, a column to a list.</summary>
    private sealed class Lists
    {
        private readonly List<(string Key, string[] Items)> _all = [];

        public string Place(string key, CodeNames names)
        {
            // Where a code is what people know (44, 110000, COST_SAVE), both; a name alone reads better for the rest.
            string[] items = [.. names.Items.Select(i => char.IsAsciiDigit(i.Code[0]) || i.Code.All(c => char.IsAsciiLetterUpper(c) || c is '_' || char.IsAsciiDigit(c)) ? $"{i.Code} {i.Zh}" : i.Zh)];
            var at = _all.FindIndex(l => l.Items.AsSpan().SequenceEqual(items));
            if (at < 0)
            {
                at = _all.Count;
                _all.Add((key, items));
            }
            var letters = CellPlace.Letters(at);
            return $"'{ListsSheet}'!${letters}$2:${letters}${items.Length + 1}";
        }

        public Worksheet Sheet()
        {
            var rows = new SheetData();
            for (var row = 1; row <= _all.Max(l => l.Items.Length) + 1; row++)
            {
                var line = new Row { RowIndex = (uint)row };
                for (var i = 0; i < _all.Count; i++)
                    if (row == 1 || row - 2 < _all[i].Items.Length) line.Append(TextCell(row, i, row == 1 ? _all[i].Key : _all[i].Items[row - 2], Look.Code));
                rows.Append(line);
            }
            return new Worksheet(rows);
        }
    }

    private static Stylesheet Styles()
    {
        static Font Face(double size, bool bold = false) => bold
            ? new(new Bold(), new FontSize { Val = size }, new FontName { Val = "宋体" }, new FontFamilyNumbering { Val = 3 }, new FontCharSet { Val = 134 })
            : new(new FontSize { Val = size }, new FontName { Val = "宋体" }, new FontFamilyNumbering { Val = 3 }, new FontCharSet { Val = 134 });
        static Fill Solid(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = rgb }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid });
        static CellFormat Of(uint font, uint fill, uint border, uint number, bool wrap, HorizontalAlignmentValues? align = null, VerticalAlignmentValues? vertical = null) =>
            new(new Alignment { Horizontal = align, Vertical = vertical ?? VerticalAlignmentValues.Center, WrapText = wrap })
            { FontId = font, FillId = fill, BorderId = border, NumberFormatId = number, FormatId = 0, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyNumberFormat = true, ApplyAlignment = true };
        static Color Line() => new() { Rgb = "FF9E9E9E" };

        const uint date = 164, text = 49;
        var center = HorizontalAlignmentValues.Center;
        return new Stylesheet(
            new NumberingFormats(new NumberingFormat { NumberFormatId = date, FormatCode = "yyyy\\-mm\\-dd" }) { Count = 1 },
            new Fonts(Face(10.5), Face(16, bold: true), Face(10.5, bold: true)) { Count = 3 },
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), Solid("FFECECEC"), Solid("FFFCE4D6"), Solid("FFFFF2CC"), Solid("FFDCE6F1")) { Count = 6 },
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(new LeftBorder(Line()) { Style = BorderStyleValues.Thin }, new RightBorder(Line()) { Style = BorderStyleValues.Thin }, new TopBorder(Line()) { Style = BorderStyleValues.Thin }, new BottomBorder(Line()) { Style = BorderStyleValues.Thin }, new DiagonalBorder())) { Count = 2 },
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            // In the order of Look.
            new CellFormats(
                new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0 },
                Of(1, 0, 0, 0, wrap: false), Of(0, 0, 0, 0, wrap: false), Of(0, 0, 1, 0, wrap: true, vertical: VerticalAlignmentValues.Top),
                Of(2, 2, 1, text, wrap: true, center), Of(2, 3, 1, text, wrap: true, center), Of(2, 4, 1, text, wrap: true, center), Of(2, 5, 1, text, wrap: false, HorizontalAlignmentValues.Left),
                Of(0, 0, 0, text, wrap: false), Of(0, 0, 0, 4, wrap: false), Of(0, 0, 0, 0, wrap: false), Of(0, 0, 0, date, wrap: false), Of(0, 0, 0, 1, wrap: false), Of(2, 5, 1, text, wrap: true)) { Count = 14 },
            new CellStyles(new CellStyle { Name = "常规", FormatId = 0, BuiltinId = 0 }) { Count = 1 });
    }
}

/// <summary>Names of cells: row from 1, column from 0.</summary>
internal static class CellPlace
{
    public static string Of(int row, int column) => Letters(column) + row.ToString(CultureInfo.InvariantCulture);

    public static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + (rest - 1) % 26) + letters;
        return letters;
    }
}
