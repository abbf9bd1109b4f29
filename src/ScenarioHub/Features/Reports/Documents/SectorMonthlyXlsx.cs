using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using A = DocumentFormat.OpenXml.Drawing;
using Xdr = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>The report as a workbook: real numbers (yuan, hours, ratios) to calculate on, one subject a sheet.</summary>
internal static class SectorMonthlyXlsx
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string FontName = "宋体";
    private const string HeadFontName = "黑体";
    private const int EmuPerPixel = 9525;

    /// <summary>Screen pixels: the picture with its caption has to stay on one landscape page.</summary>
    private const int ChartHeight = 880;

    /// <summary>Cell formats; the value is the index in the style sheet. A total's look is its plain look + <see cref="TotalOffset"/>.</summary>
    private enum Look : uint
    {
        Plain, Title, Subtitle, Demo, Head, Note,
        Text, Center, Dash, Money, Count, Percent, Years, Hours,
        TotalText, TotalCenter, TotalDash, TotalMoney, TotalCount, TotalPercent, TotalYears, TotalHours,
        // A text that begins like a formula: quotePrefix keeps it text when somebody edits the cell.
        QuotedNote, QuotedText, QuotedTotalText,
    }

    private const uint TotalOffset = Look.TotalText - Look.Text;

    private sealed record Column(string Label, double Width);

    /// <summary>Writes the workbook to <paramref name="output"/>, which stays open.</summary>
    public static void Write(SectorMonthly report, Stream output)
    {
        using var package = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(package, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
            DocumentPackage.WriteCoreProperties(document.AddNewPart<CoreFilePropertiesPart>("rId2"), report, SectorMonthlyWords.Title(report));
            WriteStyles(workbook.AddNewPart<WorkbookStylesPart>("rStyles"));

            (string Name, Action<WorksheetPart> Write)[] sheets =
            [
                ("板块汇总", part => Summary(part, report)),
                ("核实等级", part => Grades(part, report)),
                ("覆盖情况", part => Coverage(part, report)),
                ("月度趋势", part => Trend(part, report)),
                ("公开案例", part => Cases(part, report)),
                ("口径说明", part => Method(part, report)),
            ];
            for (var i = 0; i < sheets.Length; i++)
            {
                sheets[i].Write(workbook.AddNewPart<WorksheetPart>(Id(i)));
            }

            using var xml = OpenXmlWriter.Create(workbook);
            xml.WriteStartDocument();
            xml.WriteStartElement(new Workbook());
            xml.WriteStartElement(new BookViews());
            xml.WriteElement(new WorkbookView { ActiveTab = 0 });
            xml.WriteEndElement();
            xml.WriteStartElement(new Sheets());
            for (var i = 0; i < sheets.Length; i++)
            {
                xml.WriteElement(new Sheet { Name = sheets[i].Name, SheetId = (uint)i + 1, Id = Id(i) });
            }
            xml.WriteEndElement();
            xml.WriteStartElement(new DefinedNames());
            for (var i = 0; i < sheets.Length - 1; i++)
            {
                // The head rows again on every printed page.
                var head = HeadRow(report);
                xml.WriteElement(new DefinedName($"'{sheets[i].Name}'!${1}:${head}") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i });
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        DocumentPackage.Rewrite(package, output);

        static string Id(int sheet) => "rSheet" + (sheet + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static int HeadRow(SectorMonthly report) => report.DemoData ? 5 : 4;

    private static void Summary(WorksheetPart part, SectorMonthly report)
    {
        Column[] columns =
        [
            new("板块代码", 15), new("行业板块", 18), new("英文名称", 35), new("场景数（个）", 13), new("计划投资（元）", 20), new("已投入（元）", 20),
            new("运行成本（元）", 19), new("降本额（元）", 19), new("增收额（元）", 19), new("净收益（元）", 19),
            new("投资回报率", 11), new("静态投资回收期（年）", 15), new("节约工时（小时）", 17), new("已报率", 10),
        ];
        using var sheet = new SheetXml(part, report, "行业板块汇总表", "金额单位：元", columns, freezeColumns: 2);
        foreach (var (line, total) in Lines(report))
        {
            sheet.StartRow();
            sheet.Text(total ? "" : line.SectorCode, total);
            sheet.Text(line.SectorZh, total);
            sheet.Text(line.SectorEn, total);
            sheet.Number(line.ScenarioCount, Look.Count, total);
            sheet.Fen(line.InvestPlannedFen, total);
            sheet.Fen(line.InvestSpentFen, total);
            sheet.Fen(line.OpexFen, total);
            sheet.Fen(line.CostSaveFen, total);
            sheet.Fen(line.RevGainFen, total);
            sheet.Fen(line.NetBenefitFen, total);
            sheet.Number(line.RoiPercent / 100m, Look.Percent, total);
            sheet.Number(line.PaybackYears, Look.Years, total);
            sheet.Number(line.HoursSavedMillionths / 1_000_000m, Look.Hours, total);
            sheet.Number(SectorMonthlyWords.ReportedShare(line.Coverage), Look.Percent, total);
            sheet.EndRow();
        }
        sheet.Note("“—”表示未报或者无数据，不是零。金额为精确到分的数值，可直接计算。");
        sheet.Picture(SectorChart.Png(report), SectorChart.PixelSize(report), SectorChart.Description(report));
    }

    private static void Grades(WorksheetPart part, SectorMonthly report)
    {
        var rungs = SavingsLadder.RungsOf(report);
        Column[] columns = [new("板块代码", 15), new("行业板块", 20), .. rungs.Select(rung => new Column(rung.Zh + "（元）", 20)), new("降本额合计（元）", 20)];
        using var sheet = new SheetXml(part, report, "降本额核实等级表", "金额单位：元", columns, freezeColumns: 2);
        foreach (var (line, total) in Lines(report))
        {
            sheet.StartRow();
            sheet.Text(total ? "" : line.SectorCode, total);
            sheet.Text(line.SectorZh, total);
            foreach (var rung in rungs)
            {
                sheet.Fen(SavingsLadder.Of(line, rung.Code), total);
            }
            sheet.Fen(line.CostSaveFen, total);
            sheet.EndRow();
        }
        sheet.StartRow();
        sheet.Text("", total: true);
        sheet.Text("占降本额合计比重", total: true);
        var all = report.Total.CostSaveFen;
        foreach (var rung in rungs)
        {
            sheet.Number(all is > 0 ? SavingsLadder.Of(report.Total, rung.Code) / (decimal)all : null, Look.Percent, total: true);
        }
        sheet.Number(all is > 0 ? 1m : null, Look.Percent, total: true);
        sheet.EndRow();
        sheet.Note("核实等级由低到高：自报、系统计量、财务确认、第三方、监管核实。每一元降本额只计入一个等级。");
    }

    private static void Coverage(WorksheetPart part, SectorMonthly report)
    {
        Column[] columns =
        [
            new("板块代码", 15), new("行业板块", 20), new("应报（项）", 14), new("已报（项）", 14), new("零报（项）", 14), new("未报（项）", 14),
            new("免报（项）", 14), new("未到期（项）", 14), new("保密（项）", 14), new("已报率", 12),
        ];
        using var sheet = new SheetXml(part, report, "填报覆盖情况表", "单位：项", columns, freezeColumns: 2);
        foreach (var (line, total) in Lines(report))
        {
            var coverage = line.Coverage;
            sheet.StartRow();
            sheet.Text(total ? "" : line.SectorCode, total);
            sheet.Text(line.SectorZh, total);
            foreach (var count in (long?[])[coverage.Expected, coverage.Reported, coverage.Zero, coverage.Missing, coverage.Exempt, coverage.NotDue, coverage.Withheld])
            {
                sheet.Number(count, Look.Count, total);
            }
            sheet.Number(SectorMonthlyWords.ReportedShare(coverage), Look.Percent, total);
            sheet.EndRow();
        }
        sheet.Note("应报＝已报＋零报＋未报；免报、未到期、保密不计入应报。已报率＝（已报＋零报）÷应报。");
    }

    private static void Trend(WorksheetPart part, SectorMonthly report)
    {
        using var sheet = new SheetXml(part, report, "近十二个月走势表", "金额单位：元（当月数）", [new("月份", 18), new("降本额（元）", 26), new("运行成本（元）", 26)], freezeColumns: 1);
        foreach (var month in report.Trend)
        {
            sheet.StartRow();
            sheet.Text(month.Month, total: false, Look.Center);
            sheet.Fen(month.CostSaveFen, total: false);
            sheet.Fen(month.OpexFen, total: false);
            sheet.EndRow();
        }
        sheet.Note("“—”表示当月未报或者无数据，不是零。");
    }

    private static void Cases(WorksheetPart part, SectorMonthly report)
    {
        Column[] columns = [new("序号", 7), new("应用场景", 34), new("企业", 26), new("行业板块", 16), new("公开成效（企业自述）", 58), new("来源", 46), new("日期", 13)];
        using var sheet = new SheetXml(part, report, "公开案例表（企业自述）", "不计入汇总数", columns, freezeColumns: 2);
        for (var i = 0; i < report.Highlights.Count; i++)
        {
            var item = report.Highlights[i];
            string[] texts = [item.ScenarioName, item.Enterprise, item.SectorZh, item.PublishedBenefit, item.Source];
            sheet.StartRow(sheet.HeightOf(["", .. texts]));
            sheet.Number(i + 1, Look.Count, total: false);
            foreach (var text in texts)
            {
                sheet.Text(string.IsNullOrWhiteSpace(text) ? SectorMonthlyWords.NoData : text, total: false);
            }
            sheet.Text(string.IsNullOrWhiteSpace(item.Date) ? SectorMonthlyWords.NoData : item.Date, total: false, Look.Center);
            sheet.EndRow();
        }
        sheet.Note(SectorMonthlyWords.ClaimNote);
    }

    private static void Method(WorksheetPart part, SectorMonthly report)
    {
        using var sheet = new SheetXml(part, report, "口径说明", "", [new("项目", 18), new("说明", 120)], freezeColumns: 0);
        var notes = SectorMonthlyWords.Notes(report, SectorMonthlyWords.YuanNote);
        for (var i = 0; i < notes.Count; i++)
        {
            Pair("口径" + (i + 1).ToString(CultureInfo.InvariantCulture), notes[i]);
        }
        Pair("公开案例", SectorMonthlyWords.ClaimNote);
        foreach (var (name, value) in SectorMonthlyWords.ReceiptLines(report))
        {
            Pair(name, value);
        }

        void Pair(string name, string text)
        {
            sheet.StartRow(sheet.HeightOf("", text));
            sheet.Text(name, total: false, Look.Center);
            sheet.Text(text, total: false);
            sheet.EndRow();
        }
    }

    private static IEnumerable<(SectorFigures Line, bool Total)> Lines(SectorMonthly report) =>
        report.Rows.Select(row => (row, false)).Append((report.Total, true));

    private static void WriteStyles(WorkbookStylesPart part)
    {
        static Font Face(string name, double size, bool bold = false, string? rgb = null)
        {
            var font = new Font();
            if (bold)
            {
                font.Append(new Bold());
            }
            font.Append(new FontSize { Val = size });
            font.Append(rgb is null ? new Color { Theme = 1 } : new Color { Rgb = rgb });
            font.Append(new FontName { Val = name }, new FontFamilyNumbering { Val = 3 }, new FontCharSet { Val = 134 });
            return font;
        }
        static Fill Solid(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = rgb }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid });
        static Border Box(BorderStyleValues top)
        {
            static Color Line() => new() { Rgb = "FF7F7F7F" };
            return new Border(
                new LeftBorder(Line()) { Style = BorderStyleValues.Thin }, new RightBorder(Line()) { Style = BorderStyleValues.Thin },
                new TopBorder(Line()) { Style = top }, new BottomBorder(Line()) { Style = BorderStyleValues.Thin }, new DiagonalBorder());
        }

        const uint money = 164, years = 165;
        var plain = new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 };
        var formats = new List<CellFormat> { plain };
        void Add(uint font, uint fill, uint border, uint number, HorizontalAlignmentValues align, bool wrap, bool quoted = false)
        {
            formats.Add(new CellFormat(new Alignment { Horizontal = align, Vertical = VerticalAlignmentValues.Center, WrapText = wrap })
            {
                FontId = font,
                FillId = fill,
                BorderId = border,
                NumberFormatId = number,
                FormatId = 0,
                ApplyFont = true,
                ApplyFill = true,
                ApplyBorder = true,
                ApplyNumberFormat = true,
                ApplyAlignment = true,
                QuotePrefix = quoted ? true : null,
            });
        }
        var (left, center, right) = (HorizontalAlignmentValues.Left, HorizontalAlignmentValues.Center, HorizontalAlignmentValues.Right);
        Add(1, 0, 0, 0, center, wrap: false);               // Title
        Add(2, 0, 0, 0, center, wrap: false);               // Subtitle
        Add(3, 2, 0, 0, center, wrap: false);               // Demo
        Add(4, 3, 1, 0, center, wrap: true);                // Head
        Add(2, 0, 0, 0, left, wrap: false);                 // Note
        foreach (var (font, fill, border) in ((uint, uint, uint)[])[(0, 0, 1), (5, 4, 2)])
        {
            Add(font, fill, border, 49, left, wrap: true);      // Text: "@", so that a retyped value stays text as well
            Add(font, fill, border, 49, center, wrap: true);    // Center
            Add(font, fill, border, 0, right, wrap: false);     // Dash
            Add(font, fill, border, money, right, wrap: false);
            Add(font, fill, border, 3, right, wrap: false);     // #,##0
            Add(font, fill, border, 10, right, wrap: false);    // 0.00%
            Add(font, fill, border, years, right, wrap: false);
            Add(font, fill, border, money, right, wrap: false); // Hours
        }
        Add(2, 0, 0, 49, left, wrap: false, quoted: true);
        Add(0, 0, 1, 49, left, wrap: true, quoted: true);
        Add(5, 4, 2, 49, left, wrap: true, quoted: true);

        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartDocument();
        xml.WriteElement(new Stylesheet(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = money, FormatCode = "#,##0.00" },
                new NumberingFormat { NumberFormatId = years, FormatCode = "0.00" }),
            new Fonts(Face(FontName, 10.5), Face(HeadFontName, 16, bold: true), Face(FontName, 10, rgb: "FF404040"),
                Face(HeadFontName, 12, bold: true, rgb: "FFB00020"), Face(HeadFontName, 10.5, bold: true), Face(HeadFontName, 10.5, bold: true)),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                Solid("FFFFF2CC"), Solid("FFDCE6F1"), Solid("FFF2F2F2")),
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                Box(BorderStyleValues.Thin), Box(BorderStyleValues.Medium)),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
            new CellFormats(formats),
            new CellStyles(new CellStyle { Name = "常规", FormatId = 0, BuiltinId = 0 })));
    }

    /// <summary>One sheet, written from the top to the bottom; disposing writes what follows the rows.</summary>
    private sealed class SheetXml : IDisposable
    {
        private readonly OpenXmlWriter xml;
        private readonly WorksheetPart part;
        private readonly SectorMonthly report;
        private readonly IReadOnlyList<Column> columns;
        private readonly List<int> mergedRows = [];
        private int row;
        private int column;
        private int pageBreakAfter;
        private bool picture;

        public SheetXml(WorksheetPart part, SectorMonthly report, string title, string unit, IReadOnlyList<Column> columns, int freezeColumns)
        {
            this.part = part;
            this.report = report;
            this.columns = columns;
            xml = OpenXmlWriter.Create(part);
            xml.WriteStartDocument();
            xml.WriteStartElement(new Worksheet());
            xml.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }) { TabColor = report.DemoData ? new TabColor { Rgb = "FFB00020" } : null });
            xml.WriteElement(new SheetViews(new SheetView(
                new Pane
                {
                    HorizontalSplit = freezeColumns > 0 ? freezeColumns : null,
                    VerticalSplit = HeadRow(report),
                    TopLeftCell = Name(freezeColumns + 1) + (HeadRow(report) + 1).ToString(CultureInfo.InvariantCulture),
                    ActivePane = freezeColumns > 0 ? PaneValues.BottomRight : PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                })
            { WorkbookViewId = 0, ShowGridLines = false }));
            xml.WriteElement(new SheetFormatProperties { DefaultRowHeight = 18 });
            xml.WriteStartElement(new Columns());
            for (var i = 0; i < columns.Count; i++)
            {
                xml.WriteElement(new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = columns[i].Width, CustomWidth = true });
            }
            xml.WriteEndElement();
            xml.WriteStartElement(new SheetData());

            Across(title, Look.Title, 30);
            if (report.DemoData)
            {
                Across(SectorMonthlyWords.DemoSentence, Look.Demo, 22);
            }
            Across($"{DocumentText.Line(report.ScopeName)}　{SectorMonthlyWords.Period(report)}（{SectorMonthlyWords.FlowBasis(report)}）" + (unit.Length > 0 ? "　" + unit : ""), Look.Subtitle, 18);
            Across($"{SectorMonthlyWords.Closing(report)}　数据时点：{SectorMonthlyWords.AsOf(report)}", Look.Subtitle, 18);
            StartRow(columns.Count > 2 ? 36 : 22);
            foreach (var head in columns)
            {
                Put(head.Label, Look.Head);
            }
            EndRow();
        }

        public void StartRow(double? height = null)
        {
            row++;
            column = 0;
            xml.WriteStartElement(height is { } points
                ? new Row { RowIndex = (uint)row, Height = points, CustomHeight = true }
                : new Row { RowIndex = (uint)row });
        }

        /// <summary>Points a row of wrapped texts needs, by the width of its columns: not every reader measures rows that have no height.</summary>
        public double HeightOf(params string[] texts)
        {
            var lines = texts.Select((text, i) => DocumentText.Safe(text).Split('\n')
                .Sum(line => Math.Max(1, Math.Ceiling(line.Sum(c => c < 0x80 ? 1.1 : 2.1) / (columns[i].Width - 1))))).Max();
            return Math.Clamp(4 + (14 * lines), 18, 400);
        }

        public void EndRow() => xml.WriteEndElement();

        public void Text(string text, bool total, Look look = Look.Text)
        {
            var safe = DocumentText.Cell(text);
            var quoted = look == Look.Text && DocumentText.LooksLikeFormula(safe);
            Put(safe, quoted ? (total ? Look.QuotedTotalText : Look.QuotedText) : Of(look, total));
        }

        public void Fen(long? fen, bool total) => Number(fen / 100m, Look.Money, total);

        /// <summary>The exact decimal as a number, or the mark of missing data.</summary>
        public void Number(decimal? value, Look look, bool total)
        {
            if (value is not { } number)
            {
                Put(SectorMonthlyWords.NoData, Of(Look.Dash, total));
                return;
            }
            var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
            xml.WriteElement(new Cell(new CellValue(text)) { CellReference = Reference(), StyleIndex = (uint)Of(look, total) });
        }

        public void Note(string text)
        {
            StartRow();
            Put(text, Look.Note);
            EndRow();
        }

        public void Picture(byte[] png, (int Width, int Height) pixels, string description)
        {
            // On a page of its own when printed, so that no page edge cuts it.
            pageBreakAfter = row;
            picture = true;
            var drawing = part.AddNewPart<DrawingsPart>("rDrawing");
            var image = drawing.AddNewPart<ImagePart>("image/png", "rChart");
            using (var data = new MemoryStream(png, writable: false))
            {
                image.FeedData(data);
            }
            var height = (long)Math.Min(ChartHeight, pixels.Height / SectorChart.Density) * EmuPerPixel;
            var width = height * pixels.Width / pixels.Height;
            using var writer = OpenXmlWriter.Create(drawing);
            writer.WriteStartDocument();
            writer.WriteElement(new Xdr.WorksheetDrawing(new Xdr.OneCellAnchor(
                new Xdr.FromMarker(new Xdr.ColumnId("2"), new Xdr.ColumnOffset("0"), new Xdr.RowId(row.ToString(CultureInfo.InvariantCulture)), new Xdr.RowOffset("114300")),
                new Xdr.Extent { Cx = width, Cy = height },
                new Xdr.Picture(
                    new Xdr.NonVisualPictureProperties(
                        new Xdr.NonVisualDrawingProperties { Id = 2, Name = "图1", Description = description },
                        new Xdr.NonVisualPictureDrawingProperties(new A.PictureLocks { NoChangeAspect = true })),
                    new Xdr.BlipFill(new A.Blip { Embed = "rChart" }, new A.Stretch(new A.FillRectangle())),
                    new Xdr.ShapeProperties(
                        new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                        new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })),
                new Xdr.ClientData())));
        }

        public void Dispose()
        {
            xml.WriteEndElement();
            xml.WriteElement(new MergeCells(mergedRows.Select(r => new MergeCell { Reference = $"A{r}:{Name(columns.Count)}{r}" })));
            xml.WriteElement(new PrintOptions { HorizontalCentered = true });
            xml.WriteElement(new PageMargins { Left = 0.6, Right = 0.6, Top = 0.8, Bottom = 0.7, Header = 0.35, Footer = 0.35 });
            xml.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
            xml.WriteElement(new HeaderFooter(
                new OddHeader(report.DemoData ? "&C&\"黑体,Bold\"&12&KB00020" + SectorMonthlyWords.DemoSentence : ""),
                new OddFooter("&C&\"宋体,Regular\"&10— &P —")));
            if (pageBreakAfter > 0)
            {
                xml.WriteElement(new RowBreaks(new Break { Id = (uint)pageBreakAfter, Max = 16383, ManualPageBreak = true }) { Count = 1, ManualBreakCount = 1 });
            }
            if (picture)
            {
                xml.WriteElement(new Drawing { Id = "rDrawing" });
            }
            xml.WriteEndElement();
            xml.Dispose();
        }

        private void Across(string text, Look look, double height)
        {
            StartRow(height);
            mergedRows.Add(row);
            Put(DocumentText.Cell(text), look);
            EndRow();
        }

        private void Put(string safe, Look look)
        {
            if (safe.Length == 0)
            {
                xml.WriteElement(new Cell { CellReference = Reference(), StyleIndex = (uint)look });
                return;
            }
            xml.WriteElement(new Cell(new InlineString(new Text(safe) { Space = SpaceProcessingModeValues.Preserve }))
            {
                CellReference = Reference(),
                StyleIndex = (uint)look,
                DataType = CellValues.InlineString,
            });
        }

        private string Reference() => Name(++column) + row.ToString(CultureInfo.InvariantCulture);

        private static Look Of(Look look, bool total) => total ? (Look)((uint)look + TotalOffset) : look;

        private static string Name(int column) => column <= 26
            ? ((char)('A' + column - 1)).ToString()
            : Name((column - 1) / 26) + Name(((column - 1) % 26) + 1);
    }
}
