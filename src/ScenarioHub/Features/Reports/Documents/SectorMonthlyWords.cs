using System.Globalization;
using ScenarioHub.Platform;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>The words and numbers of the report as they are printed; both formats and the picture take them from here.</summary>
internal static class SectorMonthlyWords
{
    /// <summary>未报: no data. Never 0.</summary>
    public const string NoData = "—";

    public const string DemoLabel = "演示数据";
    public const string DemoSentence = "演示数据　仅供功能演示，不作为统计和决策依据";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Title(SectorMonthly report) => $"{DocumentText.Line(report.ScopeName)}人工智能应用场景行业板块月报";

    /// <summary>2026年10月, or 2026年1—10月 when flows are accumulated.</summary>
    public static string Period(SectorMonthly report)
    {
        var month = FirstDay(report.Month);
        return report.YearToDate && month.Month > 1
            ? string.Create(Invariant, $"{month.Year}年1—{month.Month}月")
            : MonthName(report.Month);
    }

    public static string MonthName(string month)
    {
        var day = FirstDay(month);
        return string.Create(Invariant, $"{day.Year}年{day.Month}月");
    }

    public static string FlowBasis(SectorMonthly report) => report.YearToDate ? "年初至报告期累计数" : "报告期当月数";

    /// <summary>One reports (报告) upwards; a regulator that addresses its enterprises informs them (通报).</summary>
    public static string Verb(SectorMonthly report) =>
        string.IsNullOrWhiteSpace(report.MainRecipient) && report.TenantName == report.ScopeName ? "通报" : "报告";

    public static string Recipient(SectorMonthly report) =>
        DocumentText.Line(report.MainRecipient) is { Length: > 0 } named ? named
        : report.TenantName == report.ScopeName ? "各有关单位"
        : DocumentText.Line(report.TenantName);

    /// <summary>成文日期 after GB/T 9704: Arabic numerals, no leading zeros, Beijing time (no daylight saving since 1992).</summary>
    public static string DocumentDate(SectorMonthly report) => ChineseDate(DateOnly.FromDateTime((report.AsOfUtc + ChinaTime.Offset)));

    public static string ChineseDate(DateOnly date) => string.Create(Invariant, $"{date.Year}年{date.Month}月{date.Day}日");

    public static string AsOf(SectorMonthly report) => (report.AsOfUtc + ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", Invariant) + "（北京时间）";

    public static string Closing(SectorMonthly report) =>
        string.Create(Invariant, $"结账号第{report.ClosingNo}号（截至第{report.ThroughEntryNo}号分录）");

    public static string Receipt(SectorMonthly report) =>
        string.Create(Invariant, $"报告回执：运行号{report.Receipt.ReportRunId}，模板版本{DocumentText.Line(report.Receipt.TemplateVersion)}");

    /// <summary>What the report can be checked and made again from.</summary>
    public static IReadOnlyList<(string Name, string Value)> ReceiptLines(SectorMonthly report) =>
    [
        ("统计范围", DocumentText.Line(report.ScopeName)),
        ("所属项目", DocumentText.Line(report.TenantName)),
        ("报告期", $"{Period(report)}（{FlowBasis(report)}）"),
        ("数据时点", AsOf(report)),
        ("结账号", string.Create(Invariant, $"第{report.ClosingNo}号")),
        ("截至分录", string.Create(Invariant, $"第{report.ThroughEntryNo}号")),
        ("报告运行号", report.Receipt.ReportRunId.ToString(Invariant)),
        ("模板版本", DocumentText.Line(report.Receipt.TemplateVersion)),
    ];

    /// <summary>Fen as 万元 with two decimals, half away from zero.</summary>
    public static string WanYuan(long? fen) => fen is { } f ? TwoDecimals(f / 1_000_000m) : NoData;

    /// <summary>Millionths of an hour as whole hours, half away from zero.</summary>
    public static string Hours(long? millionths) =>
        millionths is { } m ? Math.Round(m / 1_000_000m, 0, MidpointRounding.AwayFromZero).ToString("N0", Invariant) : NoData;

    public static string Decimal(decimal? value) => value is { } v ? TwoDecimals(v) : NoData;

    public static string Count(long? value) => value is { } v ? v.ToString("N0", Invariant) : NoData;

    public static string Count(long value) => value.ToString("N0", Invariant);

    /// <summary>已报率 = (已报 + 零报) ÷ 应报; null when nothing was due.</summary>
    public static decimal? ReportedShare(SectorCoverage coverage) =>
        coverage.Expected > 0 ? ((decimal)coverage.Reported + coverage.Zero) / coverage.Expected : null;

    public static string Percent(decimal? ratio) => ratio is { } r ? TwoDecimals(r * 100m) + "%" : NoData;

    /// <summary>The template's notes, then what the writers themselves do to a number.</summary>
    public static IReadOnlyList<string> Notes(SectorMonthly report, string money) =>
    [
        .. report.MethodNotes.Select(DocumentText.Line).Where(note => note.Length > 0),
        $"流量指标（运行成本、降本额、增收额、净收益、节约工时）为{FlowBasis(report)}。",
        money,
        "“—”表示未报或者无数据，不是零；零报单独统计，不作未报处理。合计为已有数据之和，未报部分不作推算。",
        "已报率＝（已报＋零报）÷应报；免报、未到期、保密不计入应报。",
        $"组织关系和口径记录日期：{ChineseDate(report.RecordDate)}。",
    ];

    public const string WanYuanNote = "金额以分为单位精确汇总，换算为万元后保留两位小数，第三位四舍五入（绝对值逢五进一），工时取整数；各项舍入后相加可能与合计存在尾差，以合计为准。";
    public const string YuanNote = "金额单位为元，以分为单位精确汇总，未作舍入；图中金额换算为万元后保留两位小数，第三位四舍五入（绝对值逢五进一）。";
    public const string ClaimNote = "公开案例的成效为企业自述，来源为公开发布的材料，未经核实，不计入本报告汇总数。";

    private static string TwoDecimals(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("N2", Invariant);

    private static DateOnly FirstDay(string month) => DateOnly.ParseExact(month, "yyyy-MM", Invariant);
}
