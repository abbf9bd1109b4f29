using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Scenarios;

namespace ScenarioHub.Demo;

/// <summary>What becomes of a month's filing in the story.</summary>
internal enum Fate { Approved, Returned, Corrected, StaysDraft, StaysSubmitted }

/// <summary>The generated part of one published scenario: when it was registered, what it costs and brings, what goes wrong. Depends only on the scenario's id, so both programmes tell the same story of it.</summary>
internal sealed class DemoPlan
{
    private readonly DemoScenario _row;
    private readonly long _organizationId;
    private readonly string _seed;
    private readonly decimal _capex, _saving, _running;
    private readonly IReadOnlyList<string> _measures;

    public DemoPlan(DemoScenario row, long organizationId)
    {
        (_row, _organizationId, _seed) = (row, organizationId, row.Id);
        var random = new DemoRandom("plan " + _seed);
        IsApplication = row.Stage == "在用";
        RegisteredIn = random.Once(0.85) ? DemoSeed.FirstMonth : DemoSeed.FirstMonth.AddMonths(random.Between(1, 12));
        // Live before it was registered for most; building ones go live later, so their first months are not due.
        GoLive = RegisteredIn.AddMonths(-random.Between(0, 9));
        FirstStage = IsApplication ? (random.Once(0.4) ? "pilot" : "scaled") : row.Stage == "建设中" ? "building" : "idea";
        LaterStage = FirstStage == "pilot" ? "scaled" : "replicated";
        ScaledIn = IsApplication && random.Once(0.35) ? RegisteredIn.AddMonths(random.Between(4, 10)) : null;
        RetiredIn = IsApplication && random.Once(0.03) ? RegisteredIn.AddMonths(random.Between(13, 18)) : null;
        if (RetiredIn > DemoSeed.LastMonth) RetiredIn = null;
        FirstReturned = random.Once(0.08);
        _capex = Math.Round(random.Around(6_000_000m, 0.9), 0) + 300_000m;
        _running = Math.Round(_capex * (decimal)(0.008 + 0.012 * random.Share()), 2);
        _saving = Math.Round(_capex * (decimal)(0.02 + 0.09 * random.Share()), 2);
        List<string> measures = ["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE", "OPEX_MAINT", "INVEST_HW", "INVEST_SW"];
        if (random.Once(0.3)) measures.Add("REV_GAIN");
        if (random.Once(0.25)) measures.Add("LOSS_AVOID");
        if (Mentions("识别", "检测", "质检", "巡检", "视觉")) measures.Add("DETECT_ACC");
        if (Mentions("电", "能", "炉", "煤")) measures.Add("CO2_CUT");
        if (Mentions("算力", "大模型")) measures.Add("COMPUTE_EF");
        _measures = measures;
    }

    public bool IsApplication { get; }
    public Month RegisteredIn { get; }
    public Month GoLive { get; }
    public string FirstStage { get; }
    public string LaterStage { get; }
    public Month? ScaledIn { get; }
    public Month? RetiredIn { get; }
    public bool FirstReturned { get; }

    public bool Owes(Month month) => IsApplication && month >= RegisteredIn && (RetiredIn is null || month <= RetiredIn);

    public Fate FateOf(Month month) => new DemoRandom($"fate {_seed} {month}").Share() switch
    {
        < 0.86 => Fate.Approved,
        < 0.90 => Fate.Returned,
        < 0.94 => Fate.Corrected,
        < 0.97 => Fate.StaysSubmitted,
        _ => Fate.StaysDraft
    };

    /// <summary>Whether this enterprise has explained what was found in the last month by the time the story ends.</summary>
    public bool AnswersAtOnce => new DemoRandom("answers " + _seed).Once(0.6);

    /// <summary>What the enterprise says of a finding: something that happened, in its own words for each scenario and month.</summary>
    public string Explanation(Month month, string rule, string measure)
    {
        var random = new DemoRandom($"explains {_seed} {month} {rule} {measure}");
        var days = random.Between(3, 11);
        var happened = random.Of(
        [
            $"对照期与本月的检修天数相差 {days} 天,设备运行时间不可比",
            $"试点班组由 {days} 个增至 {days + random.Between(2, 6)} 个,使用范围与对照期不同",
            $"{random.Between(2, 5)} 号产线切换品种 {days} 天,业务量与对照期不同",
            $"模型于 {month} 上旬更新,建议采纳情况与对照期不同",
            $"受订单节奏影响,本月有效业务量与对照期相差约 {random.Between(2, 5)} 成"
        ]);
        return $"{_row.Name}:{happened},{measure} 随之变化(演示数据)。";
    }

    /// <summary>The month's figures; none when the enterprise forgot the month. A second version differs in what was questioned.</summary>
    public IReadOnlyList<FigureInput> Figures(Month month, bool second = false)
    {
        var random = new DemoRandom($"figures {_seed} {month}");
        if (random.Once(0.04)) return [];                                             // 未报: nothing filed at all
        var age = month.MonthsSince(GoLive);
        var rampUp = Math.Min(1m, 0.35m + 0.06m * age);
        var season = 1m + 0.12m * (decimal)Math.Sin((month.Number - 2) / 12.0 * 2 * Math.PI);
        var grade = Grade(random, month);
        var figures = new List<FigureInput>();
        foreach (var measure in _measures)
        {
            var fate = random.Share();
            var noise = (decimal)(0.85 + 0.3 * random.Share());
            if (fate < 0.03) continue;                                                // 未报: one measure left out
            if (fate < 0.05) { figures.Add(Without(measure, "exempt", "本月免报(演示数据)")); continue; }
            if (fate < 0.06) { figures.Add(Without(measure, "withheld", "涉商业秘密,按规定保密(演示数据)")); continue; }
            var invests = measure is "INVEST_HW" or "INVEST_SW";
            if ((invests && month.MonthsSince(RegisteredIn) > 5) || (measure == "LOSS_AVOID" && random.Once(0.4))) { figures.Add(Without(measure, "zero", null)); continue; }
            var value = measure switch
            {
                "COST_SAVE" => _saving * rampUp * season * noise * (second ? 0.93m : 1m),
                "HOURS_SAVED" => Math.Max(8, _saving / 95m) * rampUp * noise,
                "OPEX_COMPUTE" => _running * 0.65m * noise,
                "OPEX_MAINT" => _running * 0.35m * noise,
                "INVEST_HW" => _capex * 0.11m * noise,
                "INVEST_SW" => _capex * 0.06m * noise,
                "REV_GAIN" => _saving * 0.4m * rampUp * noise,
                "LOSS_AVOID" => _saving * 0.5m * noise,
                "CO2_CUT" => Math.Max(1, _saving / 9_000m) * rampUp * noise,
                "COMPUTE_EF" => 0.2m + 0.01m * age,
                _ => 0m
            };
            if (measure == "DETECT_ACC")
            {
                var total = (decimal)random.Between(8_000, 40_000);
                figures.Add(new FigureInput(measure, Numerator: Math.Floor(total * (0.93m + 0.06m * (decimal)random.Share())), Denominator: total, Grade: grade, Note: "演示数据"));
            }
            // A third file money in 万元, as people do.
            else if (measure is "COST_SAVE" or "REV_GAIN" && random.Once(0.33))
                figures.Add(new FigureInput(measure, Value: Math.Max(0.01m, Math.Round(value / 10_000m, 4)), Unit: "万元", Grade: grade, Note: "演示数据"));
            else figures.Add(new FigureInput(measure, Value: Math.Max(0.01m, Math.Round(value, 2)), Grade: grade, Note: "演示数据"));
        }
        return figures;
    }

    public ScenarioBody Body(ReferenceCatalog catalog)
    {
        var random = new DemoRandom("body " + _seed);
        var (stage, live) = (FirstStage, FirstStage is "pilot" or "scaled");
        var description = _row.WhatItDoes.Length > 0 ? _row.WhatItDoes : _row.Name;
        var part = Math.Round(_capex / 10, 2);
        string Any(string list, params string[] not) => random.Of([.. catalog.List(list).Select(c => c.Code).Where(c => !not.Contains(c))]);
        var body = new ScenarioBody
        {
            Code = $"CE-{_row.Id}",
            Name = _row.Name,
            Kind = _row.Stage == "需求发布" ? "demand" : "application",
            Organization = _organizationId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Region = _row.Region.Length > 0 ? _row.Region : "110000",
            IndustryDivision = _row.Division,
            KeyAction = KeyAction(),
            Stage = stage,
            OpenScope = "public",
            StateSecret = false,
            StageSince = live ? GoLive.FirstDay : RegisteredIn.FirstDay,
            GoLiveOn = live ? GoLive.FirstDay : null,
            ContactName = "演示联系人",
            ContactPhone = "010-00000000",
            PainPoint = "公开材料未载明业务痛点(演示占位)",
            Summary = description,
            SummaryPublic = description,
            BusinessDomain = BusinessDomain(),
            Replicability = Any("replicability"),
            TechTypes = [Mentions("大模型", "智能体", "AI") ? "llm" : Mentions("识别", "视觉", "图像") ? "vision" : "timeSeries"],
            ModelSource = Any("modelSource", "selfDeveloped"),
            DeployMode = Any("deployMode"),
            HubNode = Any("hubNode"),
            CapexTotalCny = _capex,
            CostHardwareCny = part * 6,
            CostSoftwareCny = part * 3,
            CostIntegrationCny = _capex - part * 9,
            OpexYearCny = Math.Round(_running * 12, 2),
            CritStrategic = random.Between(2, 5),
            CritStrategicReason = "按公开材料估计(演示数据)",
            CritEconomic = random.Between(2, 5),
            CritEconomicReason = "按公开材料估计(演示数据)",
            CritLivelihood = random.Between(1, 5),
            CritLivelihoodReason = "按公开材料估计(演示数据)",
            GenaiPublic = false,
            MlpsLevel = 2,
            MlpsCertificateNo = "演示-0000",
            DataClass = "general",
            Pii = "none",
            CrossBorder = "none",
            Cii = false,
            HumanLoop = Any("humanLoop", "automatic"),
            OtSafety = "humanInLoop",
            SourceUrl = _row.SourceUrl.Length > 0 ? _row.SourceUrl : null,
            SourceCited = _row.SourceSeen,
            PublishedOn = _row.PublishedOn.Length > 0 ? _row.PublishedOn : null,
            PublishedBenefit = _row.PublishedBenefit.Length > 0 ? _row.PublishedBenefit : null,
            SourceConfidence = _row.Confidence,
            Measures = IsApplication ? [.. _measures.Select(m => new ScenarioMeasure(m))] : null,
            ExternalKeys = [new ExternalKey("published", _row.Id)]
        };
        return _row.Stage == "需求发布"
            ? body with { NeedTypes = ["technology"], TechnicalNeed = description, CoopMode = "openCompetition", BudgetCny = _capex, CapexTotalCny = null, CostHardwareCny = null, CostSoftwareCny = null, CostIntegrationCny = null, OpexYearCny = null }
            : body;
    }

    private string KeyAction() => Mentions("科研", "研发", "材料", "设计") ? "SCI_TECH" : Mentions("客服", "文旅", "酒店", "消费", "出行") ? "CONSUMPTION"
        : Mentions("安全", "监管", "应急", "水务", "环保") ? "GOVERNANCE" : Mentions("学习", "医", "养老", "教育") ? "LIVELIHOOD" : "INDUSTRY";

    private string BusinessDomain() => Mentions("设计", "研发", "科研") ? "rd" : Mentions("运维", "检修", "巡检") ? "maintenance" : Mentions("调度") ? "dispatch" : Mentions("安全", "隐患") ? "safety"
        : Mentions("采购", "供应链", "物流") ? "supplyChain" : Mentions("客服", "营销", "服务") ? "marketing" : Mentions("管理", "审核", "办公") ? "management" : "production";

    private static string Grade(DemoRandom random, Month month) => random.Share() switch
    {
        < 0.52 => "selfReported",
        < 0.78 => "measured",
        < 0.93 => "financeConfirmed",
        < 0.98 => "thirdParty",
        _ => month.Number % 3 == 0 ? "regulatorVerified" : "measured"
    };

    private static FigureInput Without(string measure, string state, string? note) => new(measure, State: state, Note: note);

    private bool Mentions(params string[] words) => words.Any(w => _row.Name.Contains(w, StringComparison.Ordinal) || _row.WhatItDoes.Contains(w, StringComparison.Ordinal));
}
