using ScenarioHub.Features.Reports.Documents;

namespace ScenarioHub.Tests.Features.Reports.Documents;

/// <summary>A report as large as the real one: 25 sectors, generated figures from a fixed rule, one sector that filed nothing.</summary>
internal static class SampleSectorMonthly
{
    private static readonly (string Code, string Zh, string En)[] Sectors =
    [
        ("MFG", "工业制造", "Industrial manufacturing"), ("ENERGY_POWER", "能源电力", "Energy and power"), ("COAL", "煤炭", "Coal"),
        ("OIL_GAS", "油气石化", "Oil, gas and petrochemicals"), ("ICV", "智能网联汽车", "Intelligent connected vehicles"), ("TRANSPORT", "交通运输", "Transport"),
        ("LOGISTICS", "物流仓储邮政", "Logistics, storage and post"), ("TELECOM", "信息通信", "Telecommunications"), ("FINANCE", "金融", "Finance"),
        ("HEALTH", "医疗健康", "Healthcare"), ("CONSTR", "建筑", "Construction"), ("MINING_METAL", "矿业冶金", "Mining and metals"),
        ("BUILDING_MAT", "建材", "Building materials"), ("AGRI", "农业与粮食", "Agriculture and grain"), ("WATER_ENV", "水利水务环保", "Water and environment"),
        ("NUCLEAR", "核能", "Nuclear"), ("AERO_DEF", "航空航天与装备", "Aerospace and defence equipment"), ("CULT_TOUR", "文化旅游", "Culture and tourism"),
        ("PUBLIC_GOV", "城市治理与公共服务", "City governance and public service"), ("SCI_TECH", "科研与技术服务", "R&D and technical services"),
        ("TRADE", "商贸供应链", "Trade and supply chain"), ("EDU", "教育", "Education"), ("REALTY", "房地产与物业", "Real estate and property"),
        ("BIZ_SERVICE", "商务与人力服务", "Business and HR services"), ("OTHER", "其他", "Other"),
    ];

    public const string SilentSector = "EDU";

    public static SectorMonthly Build(bool demo = true)
    {
        var rows = Sectors.Select((sector, i) => sector.Code == SilentSector ? Silent(sector) : Row(sector, i)).ToList();
        return new SectorMonthly
        {
            TenantName = "国务院国资委",
            ScopeName = "国务院国资委",
            Month = "2026-10",
            YearToDate = true,
            ClosingNo = 1042,
            ThroughEntryNo = 3_817_554,
            AsOfUtc = new DateTime(2026, 11, 15, 2, 30, 0, DateTimeKind.Utc),
            RecordDate = new DateOnly(2026, 10, 31),
            DemoData = demo,
            Rows = rows,
            Total = Total(rows),
            Trend = [.. Enumerable.Range(0, 12).Select(i =>
            {
                var month = new DateOnly(2025, 11, 1).AddMonths(i).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
                return new SectorTrendMonth(month, i == 2 ? null : 31_204_556_789 + (i * 1_933_777_501L), i == 2 ? null : 9_204_556_111 + (i * 401_200_733L));
            })],
            Highlights =
            [
                new("“铁小智”施工方案AI审核平台", "中铁建设集团", "建筑", "22万㎡高铁站房方案90秒完成审核（原3-4小时）；审核效率提升80%；方案返工率下降65%；审核成本降低73%", "https://finance.sina.com.cn/jjxw/2025-03-27/doc-inerapwk5126411.shtml", "2025-03-27"),
                new("工程量清单智能匹配与成本测算（天工云平台）", "中建三局", "建筑", "成本测算周期由4-7天缩短至1天内；人工询价成本降低40%；分析效率提升30%", "https://www.cscec.com/xwzx_new/zqydt_new/202602/3929317.html", "2026-02"),
                new("研发中心钢结构AI焊接机器人", "中建八局", "建筑", "焊接变异系数从15%降至2%以内；效率提升2倍", "https://mtz.china.com/touzi/2025/0924/193326.html", "2025-09-24"),
                new("大盾构隧道智能建造", "中铁十一局", "建筑", "复合地层月均400米进尺（成渝中线蜀安隧道）", "https://www.zgjtb.com/m/2025-07/28/content_476872.html", "2025-07-28"),
            ],
            MethodNotes =
            [
                "统计范围为报告期末已批准、在用的应用场景；每个场景按国民经济行业大类归入唯一的行业板块。",
                "净收益＝降本额＋增收额＋避免损失额－运行成本；投资回报率和静态投资回收期按分子、分母分别汇总后计算，不作平均。",
            ],
            Receipt = new ReportReceipt(880_231, "sector-monthly/3"),
        };
    }

    private static SectorFigures Silent((string Code, string Zh, string En) sector) => new()
    {
        SectorCode = sector.Code,
        SectorZh = sector.Zh,
        SectorEn = sector.En,
        Coverage = new SectorCoverage { Expected = 6, Missing = 6 },
    };

    private static SectorFigures Row((string Code, string Zh, string En) sector, int i)
    {
        var save = 1_204_033_719L * (30 - i) + (i * i * 7_777_777L);
        var opex = 410_777_125L * (28 - i) + (i * 555_555L);
        var gain = 233_450_101L * (26 - i);
        var spent = 2_033_111_007L * (27 - i);
        var net = save + gain - opex;
        return new()
        {
            SectorCode = sector.Code,
            SectorZh = sector.Zh,
            SectorEn = sector.En,
            ScenarioCount = 120 - (4 * i),
            InvestPlannedFen = 2_500_000_000L * (28 - i),
            InvestSpentFen = spent,
            OpexFen = opex,
            CostSaveFen = save,
            RevGainFen = gain,
            NetBenefitFen = net,
            RoiPercent = (decimal)(net - spent) / spent * 100m,
            PaybackYears = (decimal)spent / net,
            HoursSavedMillionths = 45_000_250_000L * (30 - i),
            Coverage = new SectorCoverage { Expected = 120 - (4 * i), Reported = 112 - (4 * i), Zero = 3, Missing = 5, Exempt = 2, NotDue = 1, Withheld = i % 3 },
            Grades = i % 2 == 0
                ? new Dictionary<string, long> { ["selfReported"] = save - (save / 4) - (save / 5) - (save / 10), ["measured"] = save / 4, ["financeConfirmed"] = save / 5, ["thirdParty"] = save / 10 }
                : new Dictionary<string, long> { ["selfReported"] = save - (save / 4) - (save / 5), ["measured"] = save / 4, ["financeConfirmed"] = save / 5 },
        };
    }

    private static SectorFigures Total(List<SectorFigures> rows)
    {
        long Sum(Func<SectorFigures, long?> of) => rows.Sum(row => of(row) ?? 0);
        var (spent, net) = (Sum(r => r.InvestSpentFen), Sum(r => r.NetBenefitFen));
        return new()
        {
            SectorCode = "",
            SectorZh = "合计",
            SectorEn = "Total",
            ScenarioCount = Sum(r => r.ScenarioCount),
            InvestPlannedFen = Sum(r => r.InvestPlannedFen),
            InvestSpentFen = spent,
            OpexFen = Sum(r => r.OpexFen),
            CostSaveFen = Sum(r => r.CostSaveFen),
            RevGainFen = Sum(r => r.RevGainFen),
            NetBenefitFen = net,
            RoiPercent = (decimal)(net - spent) / spent * 100m,
            PaybackYears = (decimal)spent / net,
            HoursSavedMillionths = Sum(r => r.HoursSavedMillionths),
            Coverage = new SectorCoverage
            {
                Expected = Sum(r => r.Coverage.Expected),
                Reported = Sum(r => r.Coverage.Reported),
                Zero = Sum(r => r.Coverage.Zero),
                Missing = Sum(r => r.Coverage.Missing),
                Exempt = Sum(r => r.Coverage.Exempt),
                NotDue = Sum(r => r.Coverage.NotDue),
                Withheld = Sum(r => r.Coverage.Withheld),
            },
            Grades = rows.SelectMany(r => r.Grades).GroupBy(g => g.Key).ToDictionary(g => g.Key, g => g.Sum(x => x.Value)),
        };
    }
}
