using System.Xml.Linq;
using ScenarioHub.Features.Reports.Documents;

namespace ScenarioHub.Tests.Features.Reports.Documents;

public sealed class SectorMonthlyDocxTests
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    [Fact]
    public void The_page_is_laid_out_after_GBT_9704()
    {
        var sections = Opened.Docx(SampleSectorMonthly.Build()).Xml("word/document.xml").Descendants(W + "sectPr").ToList();
        var portrait = sections[0].Element(W + "pgMar")!;
        // 37, 35, 28 and 26 mm in twentieths of a point.
        Assert.Equal(("2098", "1984", "1587", "1474"), (Margin(portrait, "top"), Margin(portrait, "bottom"), Margin(portrait, "left"), Margin(portrait, "right")));
        Assert.Equal(["11906", "11906", "16838", "11906"], sections.Select(s => s.Element(W + "pgSz")!.Attribute(W + "w")!.Value));
        Assert.All(sections, s => Assert.Equal(4, s.Elements().Count(e => e.Name.LocalName is "headerReference" or "footerReference")));

        static string Margin(XElement margins, string side) => margins.Attribute(W + side)!.Value;
    }

    [Fact]
    public void Faces_and_sizes_are_the_prescribed_ones_and_name_what_to_take_instead()
    {
        var docx = Opened.Docx(SampleSectorMonthly.Build());
        var styles = docx.Xml("word/styles.xml").Descendants(W + "style").ToDictionary(s => s.Attribute(W + "styleId")!.Value);
        foreach (var (style, face, halfPoints) in ((string, string, string)[])
            [("Title", "方正小标宋简体", "44"), ("BodyText", "仿宋_GB2312", "32"), ("Heading1", "黑体", "32"), ("Heading2", "楷体_GB2312", "32"), ("Footer", "宋体", "28")])
        {
            Assert.Equal(face, styles[style].Descendants(W + "rFonts").Single().Attribute(W + "eastAsia")!.Value);
            Assert.Equal(halfPoints, styles[style].Descendants(W + "sz").Single().Attribute(W + "val")!.Value);
        }
        Assert.Equal("560", styles["BodyText"].Descendants(W + "spacing").First().Attribute(W + "line")!.Value);
        Assert.Equal("200", styles["BodyText"].Descendants(W + "ind").Single().Attribute(W + "firstLineChars")!.Value);
        Assert.All(docx.Xml("word/fontTable.xml").Descendants(W + "font"), font => Assert.NotEmpty(font.Element(W + "altName")!.Attribute(W + "val")!.Value));
    }

    [Fact]
    public void Odd_pages_are_numbered_on_the_right_and_even_ones_on_the_left()
    {
        var docx = Opened.Docx(SampleSectorMonthly.Build());
        Assert.NotNull(docx.Xml("word/settings.xml").Root!.Element(W + "evenAndOddHeaders"));
        Assert.Equal(4, docx.Named("word/footer").Count());
        Assert.All(docx.Named("word/footer"), footer => Assert.Contains("— 1 —", docx.Paragraphs(footer)));
        Assert.Equal(["right", "left"], ((string[])["word/footer1.xml", "word/footer2.xml"]).Select(f => docx.Xml(f).Descendants(W + "jc").Single().Attribute(W + "val")!.Value));
    }

    [Fact]
    public void It_names_whom_it_goes_to_what_is_annexed_who_signs_and_when()
    {
        var report = SampleSectorMonthly.Build() with { ScopeName = "中国铁道建筑集团有限公司" };
        var lines = Opened.Docx(report).Paragraphs();
        Assert.Contains("国务院国资委：", lines);
        Assert.Contains(lines, line => line.StartsWith("现将", StringComparison.Ordinal) && line.Contains("报告如下", StringComparison.Ordinal));
        Assert.Contains("附件：1.行业板块降本额与运行成本图", lines);
        Assert.Contains("2.行业板块汇总表", lines);
        var date = lines.IndexOf("2026年11月15日");
        Assert.Equal("中国铁道建筑集团有限公司", lines[date - 1]);
        Assert.Contains("结账号：第1042号", lines);
        Assert.Contains("报告运行号：880231", lines);
        Assert.Contains("模板版本：sector-monthly/3", lines);
        Assert.Contains(lines, line => line.Contains("绝对值逢五进一", StringComparison.Ordinal));
    }

    [Fact]
    public void The_date_is_Beijings()
    {
        var report = SampleSectorMonthly.Build() with { AsOfUtc = new DateTime(2026, 11, 30, 16, 0, 0, DateTimeKind.Utc) };
        Assert.Contains("2026年12月1日", Opened.Docx(report).Paragraphs());
    }

    [Fact]
    public void Published_cases_stand_as_the_enterprises_own_claims_with_their_source()
    {
        var table = Opened.Docx(SampleSectorMonthly.Build()).Table("公开成效（企业自述）");
        Assert.Equal(5, table.Count);
        Assert.All(table.Skip(1), row => Assert.StartsWith("https://", row[5], StringComparison.Ordinal));
        var without = Opened.Docx(SampleSectorMonthly.Build() with { Highlights = [] }).Paragraphs();
        Assert.DoesNotContain(without, line => line.Contains("公开案例", StringComparison.Ordinal));
    }
}
