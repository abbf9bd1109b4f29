using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using W = ScenarioHub.Features.Reports.Documents.SectorMonthlyWords;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>
/// The report as an official document laid out after GB/T 9704-2012: body, 附件说明, 署名 and 成文日期 on portrait pages, wide
/// tables as 附件 on landscape pages. 版头, 发文字号 and 印章 belong to the office that issues it and are not imitated.
/// </summary>
internal static class SectorMonthlyDocx
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Millimetres of GB/T 9704-2012, 5.2: A4, 天头 37, 订口 28, 版心 156 x 225; so 35 at the foot and 26 at the cut.
    private const double Top = 37, Bottom = 35, Left = 28, Right = 26, TypeWidth = 156;

    /// <summary>Millimetres left for the picture between the annex's title and its note.</summary>
    private const double ChartMaxHeight = 198;

    private const string Song = "宋体", Hei = "黑体", Kai = "楷体_GB2312", FangSong = "仿宋_GB2312", TitleSong = "方正小标宋简体";

    /// <summary>Writes the document to <paramref name="output"/>, which stays open.</summary>
    public static void Write(SectorMonthly report, Stream output)
    {
        using var package = new MemoryStream();
        using (var document = WordprocessingDocument.Create(package, WordprocessingDocumentType.Document))
        {
            var main = document.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rId1");
            DocumentPackage.WriteCoreProperties(document.AddNewPart<CoreFilePropertiesPart>("rId2"), report, W.Title(report));
            main.AddNewPart<StyleDefinitionsPart>("rStyles").Styles = StyleSheet();
            main.AddNewPart<FontTablePart>("rFonts").Fonts = FontTable();
            main.AddNewPart<DocumentSettingsPart>("rSettings").Settings = SettingsOf();
            // Without the different-odd-and-even setting in every section Word would show the odd header and footer alone.
            foreach (var id in (string[])["rHeaderOdd", "rHeaderEven"])
            {
                main.AddNewPart<HeaderPart>(id).Header = new Header(Styled("DemoHeader", report.DemoData ? W.DemoSentence : ""));
            }
            main.AddNewPart<FooterPart>("rFooterOdd").Footer = new Footer(PageNumber(JustificationValues.Right));
            main.AddNewPart<FooterPart>("rFooterEven").Footer = new Footer(PageNumber(JustificationValues.Left));
            main.AddNewPart<FooterPart>("rFooterWideOdd").Footer = WidePageNumber(even: false);
            main.AddNewPart<FooterPart>("rFooterWideEven").Footer = WidePageNumber(even: true);
            var image = main.AddNewPart<ImagePart>("image/png", "rChart");
            using (var png = new MemoryStream(SectorChart.Png(report), writable: false))
            {
                image.FeedData(png);
            }
            main.Document = new Document(new Body(Content(report)));
        }
        DocumentPackage.Rewrite(package, output);
    }

    private static IEnumerable<OpenXmlElement> Content(SectorMonthly report)
    {
        var attachments = Attachments(report);
        var letter = Letter(report, attachments).ToList();
        // The page that is signed has to carry text of the body: its last paragraph goes with what follows it.
        for (var i = letter.FindLastIndex(p => p.ParagraphProperties!.ParagraphStyleId!.Val == "BodyText"); i < letter.Count - 1; i++)
        {
            letter[i].ParagraphProperties!.KeepNext = new KeepNext();
        }
        return [.. letter, .. Annexes(report, attachments)];
    }

    private static IEnumerable<Paragraph> Letter(SectorMonthly report, List<Attachment> attachments)
    {
        int NumberOf(string title) => attachments.FindIndex(a => a.Title == title) + 1;

        foreach (var title in TitleLines(report))
        {
            yield return Styled("Title", title);
        }
        yield return Styled("Subtitle", $"（{W.Period(report)}）");
        if (report.DemoData)
        {
            yield return Styled("DemoLine", W.DemoSentence);
        }
        yield return Styled("Blank", "");
        yield return Styled("Recipient", W.Recipient(report) + "：");
        yield return Body($"现将{DocumentText.Line(report.ScopeName)}{W.Period(report)}人工智能应用场景分行业板块的投入、成效、填报覆盖和核实情况{W.Verb(report)}如下。"
            + $"数据取自{W.Closing(report)}，流量指标为{W.FlowBasis(report)}。");

        var total = report.Total;
        yield return Styled("Heading1", "一、总体情况");
        yield return Styled("Heading2", "（一）场景与投入");
        yield return Body($"纳入统计的应用场景{W.Count(total.ScenarioCount)}个，分布在{W.Count((long)report.Rows.Count(row => row.ScenarioCount > 0))}个行业板块。"
            + $"计划投资{Money(total.InvestPlannedFen)}，已投入{Money(total.InvestSpentFen)}，运行成本{Money(total.OpexFen)}。");
        yield return Styled("Heading2", "（二）应用成效");
        yield return Body($"实现降本额{Money(total.CostSaveFen)}，增收额{Money(total.RevGainFen)}，净收益{Money(total.NetBenefitFen)}；"
            + $"投资回报率{(total.RoiPercent is null ? W.NoData : W.Decimal(total.RoiPercent) + "%")}，"
            + $"静态投资回收期{(total.PaybackYears is null ? W.NoData : W.Decimal(total.PaybackYears) + "年")}；"
            + $"节约工时{(total.HoursSavedMillionths is null ? W.NoData : W.Hours(total.HoursSavedMillionths) + "小时")}。" + Leaders(report));
        yield return Styled("Heading2", "（三）填报覆盖");
        var coverage = total.Coverage;
        yield return Body($"应报{W.Count(coverage.Expected)}项，其中已报{W.Count(coverage.Reported)}项、零报{W.Count(coverage.Zero)}项、未报{W.Count(coverage.Missing)}份，"
            + $"已报率{W.Percent(W.ReportedShare(coverage))}；另有免报{W.Count(coverage.Exempt)}项、未到期{W.Count(coverage.NotDue)}项、保密{W.Count(coverage.Withheld)}项。"
            + (coverage.Missing > 0 ? "未报数据不作零值处理，也不作推算，本报告合计数为已报部分之和。" : ""));
        yield return Styled("Heading2", "（四）核实等级");
        yield return Body(GradeSentence(report));

        yield return Styled("Heading1", "二、行业板块情况");
        yield return Body($"各行业板块降本额与运行成本对比见附件{NumberOf(ChartTitle)}，投入与成效见附件{NumberOf(SummaryTitle)}，"
            + $"核实等级见附件{NumberOf(GradesTitle)}，填报覆盖见附件{NumberOf(CoverageTitle)}。图表中的“—”表示未报或者无数据，不是零。");

        if (report.Trend.Count > 0)
        {
            yield return Styled("Heading1", "三、近期走势");
            yield return Body(TrendSentence(report.Trend) + $"逐月数据见附件{NumberOf(TrendTitle)}。");
        }
        if (report.Highlights.Count > 0)
        {
            yield return Styled("Heading1", report.Trend.Count > 0 ? "四、公开案例" : "三、公开案例");
            yield return Body($"收录已公开发布的案例{W.Count((long)report.Highlights.Count)}个，见附件{NumberOf(CasesTitle)}。{W.ClaimNote}");
        }

        // 附件说明: a line below the body, two characters in; the following names stand under the first.
        yield return Styled("Blank", "");
        for (var i = 0; i < attachments.Count; i++)
        {
            yield return Styled(i == 0 ? "AttachmentFirst" : "AttachmentNext", $"{(i == 0 ? "附件：" : "")}{i + 1}.{attachments[i].Title}");
        }
        yield return Styled("Blank", "");
        foreach (var line in Signature(report))
        {
            yield return line;
        }
    }

    private static IEnumerable<OpenXmlElement> Annexes(SectorMonthly report, List<Attachment> attachments)
    {
        for (var i = 0; i < attachments.Count; i++)
        {
            var attachment = attachments[i];
            var content = new List<OpenXmlElement>
            {
                Styled("AttachmentLabel", "附件" + (i + 1).ToString(CultureInfo.InvariantCulture)),
                Styled("AttachmentTitle", attachment.Title),
            };
            if (report.DemoData)
            {
                content.Add(Styled("TableUnit", W.DemoLabel + (attachment.Unit.Length > 0 ? "　" + attachment.Unit : "")));
            }
            else if (attachment.Unit.Length > 0)
            {
                content.Add(Styled("TableUnit", attachment.Unit));
            }
            content.AddRange(attachment.Content);
            var sectionEnds = i + 1 < attachments.Count && attachments[i + 1].Wide != attachment.Wide;
            var sectionBegins = i == 0 || attachments[i - 1].Wide != attachment.Wide;
            if (!sectionBegins)
            {
                ((Paragraph)content[0]).ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
            }
            if (sectionEnds)
            {
                ((Paragraph)content[^1]).ParagraphProperties!.Append(Section(attachment.Wide));
            }
            foreach (var element in content)
            {
                yield return element;
            }
        }
        yield return Section(attachments[^1].Wide);
    }

    private const string ChartTitle = "行业板块降本额与运行成本图";
    private const string SummaryTitle = "行业板块汇总表";
    private const string GradesTitle = "降本额核实等级表";
    private const string CoverageTitle = "填报覆盖情况表";
    private const string CasesTitle = "公开案例表（企业自述）";
    private const string TrendTitle = "近十二个月走势表";
    private const string MethodTitle = "口径说明与报告回执";

    /// <summary>An annex; its content ends in a paragraph, which can carry the end of a section.</summary>
    private sealed record Attachment(string Title, bool Wide, string Unit, IReadOnlyList<OpenXmlElement> Content);

    private static List<Attachment> Attachments(SectorMonthly report)
    {
        const string wanYuan = "金额单位：万元";
        var lines = report.Rows.Select(row => (Line: row, Total: false)).Append((Line: report.Total, Total: true)).ToList();
        var source = string.Create(CultureInfo.InvariantCulture, $"数据来源：结账号第{report.ClosingNo}号，数据时点{W.AsOf(report)}。");
        var rungs = SavingsLadder.RungsOf(report);
        // The picture leads: a page people look at before they read, and a portrait page like the body it follows.
        var list = new List<Attachment>
        {
            new(ChartTitle, Wide: false, "", [Chart(report), Styled("TableNote", source)]),
            new(SummaryTitle, Wide: true, $"{W.Period(report)}　{wanYuan}",
            [
                Table(
                    [
                        new("行业板块", 32, Text: true), new("场景数\n（个）", 13), new("计划投资", 22), new("已投入", 22), new("运行成本", 21), new("降本额", 21),
                        new("增收额", 19), new("净收益", 21), new("投资回报率\n（%）", 18), new("静态回收期\n（年）", 18), new("节约工时\n（小时）", 18),
                    ],
                    lines.Select(l => (l.Total, (string[])
                    [
                        l.Line.SectorZh, W.Count(l.Line.ScenarioCount), W.WanYuan(l.Line.InvestPlannedFen), W.WanYuan(l.Line.InvestSpentFen), W.WanYuan(l.Line.OpexFen),
                        W.WanYuan(l.Line.CostSaveFen), W.WanYuan(l.Line.RevGainFen), W.WanYuan(l.Line.NetBenefitFen), W.Decimal(l.Line.RoiPercent),
                        W.Decimal(l.Line.PaybackYears), W.Hours(l.Line.HoursSavedMillionths),
                    ]))),
                Styled("TableNote", $"注：“—”表示未报或者无数据，不是零。{source}"),
            ]),
            new(GradesTitle, Wide: true, $"{W.Period(report)}　{wanYuan}",
            [
                Table(
                    [new("行业板块", 39, Text: true), .. rungs.Select(rung => new TableColumn(rung.Zh, 155.0 / rungs.Count)), new("降本额合计", 31)],
                    lines.Select(l => (l.Total, (string[])
                        [l.Line.SectorZh, .. rungs.Select(rung => W.WanYuan(SavingsLadder.Of(l.Line, rung.Code))), W.WanYuan(l.Line.CostSaveFen)]))
                    .Append((Total: true, (string[])["占合计比重", .. rungs.Select(rung => Share(report.Total, rung.Code)), report.Total.CostSaveFen is > 0 ? "100.00%" : W.NoData]))),
                Styled("TableNote", $"注：核实等级由低到高排列，每一元降本额只计入一个等级。{source}"),
            ]),
            new(CoverageTitle, Wide: true, $"{W.Period(report)}　单位：项",
            [
                Table(
                    [
                        new("行业板块", 43, Text: true), new("应报", 23), new("已报", 23), new("零报", 22), new("未报", 22), new("免报", 22), new("未到期", 22), new("保密", 22),
                        new("已报率", 26),
                    ],
                    lines.Select(l => (l.Total, (string[])
                    [
                        l.Line.SectorZh, W.Count(l.Line.Coverage.Expected), W.Count(l.Line.Coverage.Reported), W.Count(l.Line.Coverage.Zero), W.Count(l.Line.Coverage.Missing),
                        W.Count(l.Line.Coverage.Exempt), W.Count(l.Line.Coverage.NotDue), W.Count(l.Line.Coverage.Withheld), W.Percent(W.ReportedShare(l.Line.Coverage)),
                    ]))),
                Styled("TableNote", $"注：应报＝已报＋零报＋未报，已报率＝（已报＋零报）÷应报。{source}"),
            ]),
        };
        if (report.Highlights.Count > 0)
        {
            list.Add(new(CasesTitle, Wide: true, "不计入汇总数",
            [
                Table(
                    [new("序号", 12), new("应用场景", 38, Text: true), new("企业", 30, Text: true), new("行业板块", 22, Text: true), new("公开成效（企业自述）", 60, Text: true), new("来源", 39, Text: true), new("日期", 24)],
                    report.Highlights.Select((item, i) => (false, (string[])
                    [
                        (i + 1).ToString(CultureInfo.InvariantCulture), OrNoData(item.ScenarioName), OrNoData(item.Enterprise), OrNoData(item.SectorZh),
                        OrNoData(item.PublishedBenefit), OrNoData(item.Source), OrNoData(item.Date),
                    ])), roomy: true),
                Styled("TableNote", "注：" + W.ClaimNote),
            ]));
        }
        if (report.Trend.Count > 0)
        {
            list.Add(new(TrendTitle, Wide: false, wanYuan + "（当月数）",
            [
                Table(
                    [new("月份", 48, Text: true), new("降本额", 54), new("运行成本", 54)],
                    report.Trend.Select(month => (false, (string[])[W.MonthName(month.Month), W.WanYuan(month.CostSaveFen), W.WanYuan(month.OpexFen)])), roomy: true),
                Styled("TableNote", $"注：“—”表示当月未报或者无数据，不是零。{source}"),
            ]));
        }
        list.Add(new(MethodTitle, Wide: false, "",
        [
            Styled("Heading1", "一、口径说明"),
            .. W.Notes(report, W.WanYuanNote).Select((note, i) => Body($"{i + 1}.{note}")),
            Styled("Heading1", "二、报告回执"),
            .. W.ReceiptLines(report).Select(line => Styled("ReceiptLine", $"{line.Name}：{line.Value}")),
            Body("凭上述结账号和回执可以重新生成内容一致的报告。"),
        ]));
        return list;
    }

    private static string OrNoData(string text) => string.IsNullOrWhiteSpace(text) ? W.NoData : text;

    private static string Share(SectorFigures line, string code) =>
        line.CostSaveFen is > 0 and { } all && SavingsLadder.Of(line, code) is { } fen ? W.Percent((decimal)fen / all) : W.NoData;

    /// <summary>A long title breaks between the issuing organization and the subject, as GB/T 9704 wants whole words on a line.</summary>
    private static string[] TitleLines(SectorMonthly report)
    {
        var scope = DocumentText.Line(report.ScopeName);
        return scope.Length <= 9 ? [scope + "人工智能应用场景", "行业板块月报"] : [scope, "人工智能应用场景行业板块月报"];
    }

    private static string Money(long? fen) => fen is null ? W.NoData : W.WanYuan(fen) + "万元";

    private static string Leaders(SectorMonthly report)
    {
        var leaders = report.Rows.Where(row => row.CostSaveFen is > 0)
            .OrderByDescending(row => row.CostSaveFen).ThenBy(row => row.SectorCode, StringComparer.Ordinal).Take(3).ToList();
        return leaders.Count == 0
            ? ""
            : "降本额居前的行业板块为" + string.Join("、", leaders.Select(row => $"{DocumentText.Line(row.SectorZh)}（{Money(row.CostSaveFen)}）")) + "。";
    }

    private static string GradeSentence(SectorMonthly report)
    {
        var parts = SavingsLadder.RungsOf(report)
            .Where(rung => SavingsLadder.Of(report.Total, rung.Code) is not null)
            .Select(rung => $"{DocumentText.Line(rung.Zh)}{Money(SavingsLadder.Of(report.Total, rung.Code))}")
            .ToList();
        if (parts.Count == 0)
        {
            return "降本额的核实等级无数据。";
        }
        decimal confirmed = SavingsLadder.Rungs.Skip(2).Sum(rung => (decimal)(SavingsLadder.Of(report.Total, rung.Code) ?? 0));
        return "降本额按核实等级分：" + string.Join("、", parts) + "。"
            + (report.Total.CostSaveFen is > 0 and { } all ? $"财务确认及以上等级占降本额的{W.Percent(confirmed / all)}。" : "");
    }

    private static string TrendSentence(IReadOnlyList<SectorTrendMonth> trend)
    {
        var last = trend[^1];
        var sentence = $"{W.MonthName(last.Month)}当月降本额{Money(last.CostSaveFen)}，运行成本{Money(last.OpexFen)}。";
        if (trend.Count > 1 && last.CostSaveFen is { } now && trend[^2].CostSaveFen is > 0 and { } before)
        {
            var change = ((decimal)now - before) / before;
            sentence += change == 0 ? "降本额与上月持平。" : $"降本额环比{(change > 0 ? "增长" : "下降")}{W.Percent(Math.Abs(change))}。";
        }
        var missing = trend.Count(month => month.CostSaveFen is null);
        return sentence + (missing > 0 ? $"近{trend.Count}个月中有{missing}个月降本额无数据。" : "");
    }

    /// <summary>署名 above 成文日期, one centred on the other, the date four characters from the edge, as for a sealed document.</summary>
    private static IEnumerable<Paragraph> Signature(SectorMonthly report)
    {
        var name = DocumentText.Line(report.ScopeName);
        var date = W.DocumentDate(report);
        static double Width(string text) => text.Sum(c => c < 0x80 ? 0.5 : 1.0);
        var (nameWidth, dateWidth) = (Width(name), Width(date));
        var dateRight = 4.0;
        var nameRight = dateRight + ((dateWidth - nameWidth) / 2);
        if (nameRight < 2)
        {
            dateRight += 2 - nameRight;
            nameRight = 2;
        }
        dateRight = Math.Min(dateRight, 14);
        yield return Edge(name, nameRight);
        var last = Edge(date, dateRight);
        last.ParagraphProperties!.Append(Section(wide: false));
        yield return last;

        static Paragraph Edge(string text, double characters)
        {
            var properties = Properties("Signature");
            properties.Indentation = new Indentation
            {
                Right = ((int)(characters * 320)).ToString(CultureInfo.InvariantCulture),
                RightChars = (int)(characters * 100),
            };
            return new Paragraph(properties, TextRun(text));
        }
    }

    private static Paragraph Chart(SectorMonthly report)
    {
        var (width, height) = SectorChart.PixelSize(report);
        var scale = Math.Min(TypeWidth / width, ChartMaxHeight / height);
        var (cx, cy) = ((long)(width * scale * 36_000), (long)(height * scale * 36_000));
        var picture = new Pic.Picture(
            new Pic.NonVisualPictureProperties(
                new Pic.NonVisualDrawingProperties { Id = 1, Name = "附图", Description = SectorChart.Description(report) },
                new Pic.NonVisualPictureDrawingProperties(new A.PictureLocks { NoChangeAspect = true })),
            new Pic.BlipFill(new A.Blip { Embed = "rChart" }, new A.Stretch(new A.FillRectangle())),
            new Pic.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = cx, Cy = cy }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }));
        var inline = new Wp.Inline(
            new Wp.Extent { Cx = cx, Cy = cy },
            new Wp.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new Wp.DocProperties { Id = 1, Name = "附图", Description = SectorChart.Description(report) },
            new Wp.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
            new A.Graphic(new A.GraphicData(picture) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 };
        return new Paragraph(Properties("Picture"), new Run(new Drawing(inline)));
    }

    private sealed record TableColumn(string Label, double Millimetres, bool Text = false);

    /// <param name="roomy">True for a few lines of reading; false for all sectors on one page.</param>
    private static Table Table(IReadOnlyList<TableColumn> columns, IEnumerable<(bool Total, string[] Cells)> lines, bool roomy = false)
    {
        var rows = lines.ToList();
        var table = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = columns.Sum(c => Twips(c.Millimetres)).ToString(CultureInfo.InvariantCulture) },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 8, Space = 0, Color = "000000" },
                    new LeftBorder { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" },
                    new BottomBorder { Val = BorderValues.Single, Size = 8, Space = 0, Color = "000000" },
                    new RightBorder { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" }),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = 50, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = 50, Type = TableWidthValues.Dxa })),
            new TableGrid(columns.Select(c => new GridColumn { Width = Twips(c.Millimetres).ToString(CultureInfo.InvariantCulture) })));
        table.Append(Row(columns.Select(c => c.Label).ToArray(), head: true, total: false));
        foreach (var (total, cells) in rows)
        {
            table.Append(Row(cells, head: false, total));
        }
        return table;

        TableRow Row(string[] cells, bool head, bool total)
        {
            var properties = new TableRowProperties(new CantSplit(), new TableRowHeight { Val = roomy ? 400u : 248u, HeightType = HeightRuleValues.AtLeast });
            if (head)
            {
                properties.Append(new TableHeader());
            }
            var row = new TableRow(properties);
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Twips(columns[i].Millimetres).ToString(CultureInfo.InvariantCulture) });
                if (head || total)
                {
                    cell.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = head ? "E7ECF3" : "F2F2F2" });
                }
                cell.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
                var paragraph = Properties((head ? "TableHead" : columns[i].Text ? "TableText" : "TableNumber") + (roomy ? "Roomy" : ""));
                if (!head && !columns[i].Text && cells[i] == W.NoData)
                {
                    paragraph.Append(new Justification { Val = JustificationValues.Center });
                }
                row.Append(new TableCell(cell, new Paragraph((OpenXmlElement[])[paragraph, .. Runs(cells[i], run => Fit(run, cells[i], columns[i], head, total))])));
            }
            return row;
        }

        // Fixed columns: a sum of thirteen digits gets smaller type rather than a second line.
        void Fit(RunProperties run, string text, TableColumn column, bool head, bool total)
        {
            if (total)
            {
                run.RunFonts!.EastAsia = Hei;
                run.Append(new Bold());
            }
            const double cellMargins = 6, digitWidth = 0.54;
            var halfPoints = (int)(((column.Millimetres * 72 / 25.4) - cellMargins) / (Math.Max(1, text.Length) * digitWidth) * 2);
            if (!head && !column.Text && halfPoints < (roomy ? 21 : 18))
            {
                run.Append(new FontSize { Val = Math.Max(10, halfPoints).ToString(CultureInfo.InvariantCulture) });
            }
        }
    }

    private static SectionProperties Section(bool wide)
    {
        var section = new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = "rHeaderOdd" },
            new HeaderReference { Type = HeaderFooterValues.Even, Id = "rHeaderEven" },
            new FooterReference { Type = HeaderFooterValues.Default, Id = wide ? "rFooterWideOdd" : "rFooterOdd" },
            new FooterReference { Type = HeaderFooterValues.Even, Id = wide ? "rFooterWideEven" : "rFooterEven" },
            new SectionType { Val = SectionMarkValues.NextPage });
        // A landscape page is the portrait page turned: its left edge is the foot, its upper edge the binding.
        var (top, bottom, left, right) = wide ? (Left, Right, Bottom, Top) : (Top, Bottom, Left, Right);
        section.Append(
            wide
                ? new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape }
                : new PageSize { Width = 11906, Height = 16838 },
            new PageMargin
            {
                Top = Twips(top),
                Bottom = Twips(bottom),
                Left = (uint)Twips(left),
                Right = (uint)Twips(right),
                Header = (uint)Twips(wide ? 16 : 22),
                Footer = (uint)Twips(wide ? 12 : PageNumberFoot),
                Gutter = 0,
            });
        return section;
    }

    /// <summary>Millimetres from the paper's edge to the foot of the page number: its dashes stand 7 mm below the type area.</summary>
    private const double PageNumberFoot = Bottom - 7 - 4;

    private static Paragraph PageNumber(JustificationValues side)
    {
        var outer = new Indentation();
        if (side == JustificationValues.Right)
        {
            outer.Right = "280";
            outer.RightChars = 100;
        }
        else
        {
            outer.Left = "280";
            outer.LeftChars = 100;
        }
        var properties = Properties("Footer");
        properties.Indentation = outer;
        properties.Justification = new Justification { Val = side };
        return new Paragraph((OpenXmlElement[])[properties, .. PageNumberRuns()]);
    }

    private static IEnumerable<OpenXmlElement> PageNumberRuns() =>
    [
        TextRun("— "),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        TextRun("1"),
        new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
        TextRun(" —"),
    ];

    /// <summary>
    /// GB/T 9704: the page number of a landscape table stands where it stands on the other pages of the bound document, that
    /// is turned at the left edge, so it is a text box and not the footer's line.
    /// </summary>
    private static Footer WidePageNumber(bool even)
    {
        const double length = 44, depth = 9;
        var x = PageNumberFoot - ((depth - 5) / 2);
        var y = even ? Left : 210 - Right - length;
        var footer = new Footer(
            $"""
            <w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
             xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
             xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
            <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
            <wp:positionH relativeFrom="page"><wp:posOffset>{Emu(x)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{Emu(y)}</wp:posOffset></wp:positionV>
            <wp:extent cx="{Emu(depth)}" cy="{Emu(length)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{(even ? 12 : 11)}" name="页码"/><wp:cNvGraphicFramePr/>
            <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
            <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Emu(depth)}" cy="{Emu(length)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
            <wps:txbx><w:txbxContent></w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr" anchorCtr="0"><a:noAutofit/></wps:bodyPr>
            </wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p></w:ftr>
            """);
        footer.Descendants<TextBoxContent>().Single().Append(PageNumber(even ? JustificationValues.Left : JustificationValues.Right));
        return footer;

        static string Emu(double millimetres) => ((long)(millimetres * 36_000)).ToString(CultureInfo.InvariantCulture);
    }

    private static int Twips(double millimetres) => (int)Math.Round(millimetres * 1440 / 25.4, MidpointRounding.AwayFromZero);

    private static Paragraph Body(string text) => Styled("BodyText", text);

    private static Paragraph Styled(string style, string text) =>
        new((OpenXmlElement[])[Properties(style), .. Runs(text, _ => { })]);

    private static ParagraphProperties Properties(string style) => new() { ParagraphStyleId = new ParagraphStyleId { Val = style } };

    private static Run TextRun(string text) => new(new RunProperties(ChineseMarks()), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>Without the hint Word takes “ ” — … from the Latin face and sets them narrow.</summary>
    private static RunFonts ChineseMarks() => new() { Hint = FontTypeHintValues.EastAsia };

    /// <summary>A run a line; a line end in the text is a line end in the paragraph.</summary>
    private static IEnumerable<Run> Runs(string text, Action<RunProperties> format)
    {
        var safe = DocumentText.Safe(text).Replace('\t', ' ');
        if (safe.Length == 0)
        {
            yield break;
        }
        var lines = safe.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var run = new Run();
            var properties = new RunProperties { RunFonts = ChineseMarks() };
            format(properties);
            run.Append(properties);
            if (i > 0)
            {
                run.Append(new Break());
            }
            run.Append(new Text(lines[i]) { Space = SpaceProcessingModeValues.Preserve });
            yield return run;
        }
    }

    private static Settings SettingsOf() => new(
        new Zoom { Percent = "100" },
        new BordersDoNotSurroundHeader(),
        new BordersDoNotSurroundFooter(),
        new DefaultTabStop { Val = 420 },
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(
            new SpaceForUnderline(), new BalanceSingleByteDoubleByteWidth(), new UseFarEastLayout(),
            new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }),
        new ThemeFontLanguages { Val = "en-US", EastAsia = "zh-CN" },
        new DecimalSymbol { Val = "." },
        new ListSeparator { Val = "," });

    /// <summary>The prescribed faces are often not installed: w:altName and the family tell an office suite what to take instead.</summary>
    private static Fonts FontTable()
    {
        static Font Face(string name, string others, string panose, FontFamilyValues family, FontPitchValues pitch) => new(
            new AltName { Val = others },
            new Panose1Number { Val = panose },
            new FontCharSet { Val = name == "Times New Roman" ? "00" : "86" },
            new FontFamily { Val = family },
            new Pitch { Val = pitch })
        { Name = name };
        return new Fonts(
            Face(TitleSong, "小标宋体,方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,思源宋体,Noto Serif CJK SC,宋体", "02010601030101010101", FontFamilyValues.Roman, FontPitchValues.Fixed),
            Face(FangSong, "仿宋,FangSong,华文仿宋,STFangsong,方正仿宋_GBK,FandolFang", "02010609030101010101", FontFamilyValues.Modern, FontPitchValues.Fixed),
            Face(Kai, "楷体,KaiTi,华文楷体,STKaiti,方正楷体_GBK,FandolKai", "02010609030101010101", FontFamilyValues.Modern, FontPitchValues.Fixed),
            Face(Hei, "SimHei,方正黑体_GBK,华文黑体,STHeiti,思源黑体,Noto Sans CJK SC", "02010609060101010101", FontFamilyValues.Modern, FontPitchValues.Fixed),
            Face(Song, "SimSun,方正书宋_GBK,华文宋体,STSong,Noto Serif CJK SC", "02010600030101010101", FontFamilyValues.Auto, FontPitchValues.Variable),
            Face("Times New Roman", "Liberation Serif,Tinos", "02020603050405020304", FontFamilyValues.Roman, FontPitchValues.Variable));
    }

    private static Styles StyleSheet()
    {
        var styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = FangSong, ComplexScript = "Times New Roman" },
                    new FontSize { Val = "32" },
                    new FontSizeComplexScript { Val = "32" },
                    new Languages { Val = "en-US", EastAsia = "zh-CN" })),
                new ParagraphPropertiesDefault()),
            new Style(
                new StyleName { Val = "Normal" },
                new PrimaryStyle(),
                new StyleParagraphProperties(
                    new WidowControl { Val = false },
                    // Off: the space Word puts between Chinese and digits breaks the count of characters a line.
                    new AutoSpaceDE { Val = false },
                    new AutoSpaceDN { Val = false },
                    new SpacingBetweenLines { Line = "560", LineRule = LineSpacingRuleValues.Exact },
                    new Justification { Val = JustificationValues.Both }))
            { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true });

        // 28 characters of 16 pt are 158 mm and the type area is 156: a hair less between them makes the line the standard asks for.
        const int tight = -5;
        const string body = "560";
        Indentation TwoCharacters() => new() { FirstLine = "640", FirstLineChars = 200 };

        Add("Title", "Title", TitleSong, 44, JustificationValues.Center, line: "640", keepNext: true, outline: null);
        Add("Subtitle", "Subtitle", Kai, 32, JustificationValues.Center, body);
        Add("DemoLine", "醒目标识", Hei, 32, JustificationValues.Center, body, color: "B00020");
        Add("DemoHeader", "醒目页眉", Hei, 24, JustificationValues.Center, "320", color: "B00020");
        Add("Blank", "空行", FangSong, 32, JustificationValues.Both, body);
        Add("Recipient", "主送机关", FangSong, 32, JustificationValues.Left, body, spacing: tight);
        Add("BodyText", "Body Text", FangSong, 32, JustificationValues.Both, body, TwoCharacters(), spacing: tight);
        Add("ReceiptLine", "回执行", FangSong, 32, JustificationValues.Left, body, TwoCharacters());
        Add("Heading1", "heading 1", Hei, 32, JustificationValues.Both, body, TwoCharacters(), keepNext: true, outline: 0);
        Add("Heading2", "heading 2", Kai, 32, JustificationValues.Both, body, TwoCharacters(), keepNext: true, outline: 1);
        Add("AttachmentFirst", "附件说明", FangSong, 32, JustificationValues.Left, body, TwoCharacters());
        Add("AttachmentNext", "附件说明续", FangSong, 32, JustificationValues.Left, body, new Indentation { Left = "1600", LeftChars = 500 });
        Add("Signature", "Signature", FangSong, 32, JustificationValues.Right, body);
        Add("AttachmentLabel", "附件标识", Hei, 32, JustificationValues.Left, "400", keepNext: true);
        Add("AttachmentTitle", "附件标题", TitleSong, 44, JustificationValues.Center, "560", keepNext: true, outline: 0);
        Add("TableUnit", "表单位", FangSong, 21, JustificationValues.Right, "280", keepNext: true);
        foreach (var (suffix, words, size, height) in ((string, string, int, string)[])[("", "", 18, "224"), ("Roomy", "（大）", 21, "320")])
        {
            Add("TableHead" + suffix, "表头" + words, Hei, size, JustificationValues.Center, height);
            Add("TableText" + suffix, "表文字" + words, FangSong, size, JustificationValues.Left, height);
            Add("TableNumber" + suffix, "表数字" + words, FangSong, size, JustificationValues.Right, height);
        }
        Add("TableNote", "表注", FangSong, 18, JustificationValues.Left, "260");
        Add("Picture", "图", FangSong, 32, JustificationValues.Center, line: null, keepNext: true);
        Add("Footer", "footer", Song, 28, JustificationValues.Left, line: null, latin: Song);
        return styles;

        void Add(
            string id, string name, string face, int halfPoints, JustificationValues align, string? line, Indentation? indentation = null, bool keepNext = false,
            int? outline = null, int spacing = 0, string? color = null, string latin = "Times New Roman")
        {
            var paragraph = new StyleParagraphProperties();
            if (keepNext)
            {
                paragraph.KeepNext = new KeepNext();
            }
            paragraph.SpacingBetweenLines = line is null
                ? new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto }
                : new SpacingBetweenLines { Line = line, LineRule = LineSpacingRuleValues.Exact };
            paragraph.Indentation = indentation;
            paragraph.Justification = new Justification { Val = align };
            if (outline is { } level)
            {
                paragraph.OutlineLevel = new OutlineLevel { Val = level };
            }
            var run = new StyleRunProperties { RunFonts = new RunFonts { Ascii = latin, HighAnsi = latin, EastAsia = face } };
            if (color is not null)
            {
                run.Color = new Color { Val = color };
            }
            if (spacing != 0)
            {
                run.Spacing = new Spacing { Val = spacing };
            }
            run.FontSize = new FontSize { Val = halfPoints.ToString(CultureInfo.InvariantCulture) };
            run.FontSizeComplexScript = new FontSizeComplexScript { Val = halfPoints.ToString(CultureInfo.InvariantCulture) };
            styles.Append(new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), paragraph, run)
            {
                Type = StyleValues.Paragraph,
                StyleId = id,
                CustomStyle = name[0] > 0x7F ? true : null,
            });
        }
    }
}
