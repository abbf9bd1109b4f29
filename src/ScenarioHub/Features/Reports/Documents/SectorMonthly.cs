namespace ScenarioHub.Features.Reports.Documents;

/// <summary>
/// 行业板块月报: everything the documents print, pinned at one closing. The writers read nothing else, so the same model
/// gives the same bytes. A null figure means nobody filed it (未报) and is printed as "—", never as 0.
/// </summary>
internal sealed record SectorMonthly
{
    /// <summary>The regulator's programme, e.g. 国务院国资委.</summary>
    public required string TenantName { get; init; }

    /// <summary>The organization the figures are of; it signs the report.</summary>
    public required string ScopeName { get; init; }

    /// <summary>主送机关, without the colon. Null: the tenant, or 各有关单位 when the scope is the tenant itself.</summary>
    public string? MainRecipient { get; init; }

    /// <summary>The period, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>True: flows (running cost, saving, gain, net benefit, hours) are January to <see cref="Month"/>; false: the month's own amounts.</summary>
    public bool YearToDate { get; init; }

    /// <summary>结账号: the closing the figures are pinned at.</summary>
    public required long ClosingNo { get; init; }

    /// <summary>The last ledger entry the closing contains.</summary>
    public required long ThroughEntryNo { get; init; }

    /// <summary>The instant the closing was made, UTC. Gives 成文日期 (Beijing time) and the dates inside the files.</summary>
    public required DateTime AsOfUtc { get; init; }

    /// <summary>The date whose organization tree and records the figures are read under.</summary>
    public required DateOnly RecordDate { get; init; }

    /// <summary>True: generated figures; every page, sheet and picture says 演示数据.</summary>
    public bool DemoData { get; init; }

    /// <summary>One line a sector, in the order to print.</summary>
    public required IReadOnlyList<SectorFigures> Rows { get; init; }

    /// <summary>The roll-up over all sectors; printed as given, never added up here.</summary>
    public required SectorFigures Total { get; init; }

    /// <summary>The last twelve months, oldest first.</summary>
    public IReadOnlyList<SectorTrendMonth> Trend { get; init; } = [];

    /// <summary>Really published cases; shown as the enterprise's own claim with its source.</summary>
    public IReadOnlyList<PublishedCase> Highlights { get; init; } = [];

    /// <summary>口径说明 of the template, one paragraph each; the writers add how they round and mark missing data.</summary>
    public IReadOnlyList<string> MethodNotes { get; init; } = [];

    /// <summary>What the report can be made again from.</summary>
    public required ReportReceipt Receipt { get; init; }
}

/// <summary>The figures of one sector, or of all. Money in fen, hours in millionths of an hour.</summary>
internal sealed record SectorFigures
{
    public required string SectorCode { get; init; }
    public required string SectorZh { get; init; }
    public string SectorEn { get; init; } = "";
    public long? ScenarioCount { get; init; }
    public long? InvestPlannedFen { get; init; }
    public long? InvestSpentFen { get; init; }
    public long? OpexFen { get; init; }
    public long? CostSaveFen { get; init; }
    public long? RevGainFen { get; init; }
    public long? NetBenefitFen { get; init; }

    /// <summary>Percent: 12.5 means 12.5 %.</summary>
    public decimal? RoiPercent { get; init; }

    /// <summary>Years; null also when the net benefit is not positive.</summary>
    public decimal? PaybackYears { get; init; }

    public long? HoursSavedMillionths { get; init; }
    public SectorCoverage Coverage { get; init; } = new();

    /// <summary>Fen of COST_SAVE by grade code (see <see cref="SavingsLadder"/>); a grade that is not there is printed as "—".</summary>
    public IReadOnlyDictionary<string, long> Grades { get; init; } = new Dictionary<string, long>();
}

/// <summary>
/// How many figures (one measure of one scenario in one month) stand behind a line. <see cref="Reported"/>, <see cref="Zero"/> and <see cref="Missing"/> make up
/// <see cref="Expected"/>; exempt, not due and withheld stand beside it. Null where the
/// register of that time is not known.
/// </summary>
internal sealed record SectorCoverage
{
    public long? Expected { get; init; }
    public long Reported { get; init; }
    public long Zero { get; init; }
    public long Exempt { get; init; }
    public long? NotDue { get; init; }
    public long Withheld { get; init; }
    public long? Missing { get; init; }
}

/// <summary>A month of the trend; <see cref="Month"/> is <c>yyyy-MM</c>, amounts are the month's own in fen.</summary>
internal sealed record SectorTrendMonth(string Month, long? CostSaveFen, long? OpexFen);

/// <summary>A published case. <see cref="Source"/> is where it was read, <see cref="Date"/> as precise as the source is (<c>2025</c>, <c>2025-07</c>, <c>2025-07-28</c>, or empty).</summary>
internal sealed record PublishedCase(string ScenarioName, string Enterprise, string SectorZh, string PublishedBenefit, string Source, string Date);

/// <summary>The run that made the document and the version of the template.</summary>
internal sealed record ReportReceipt(long ReportRunId, string TemplateVersion);

/// <summary>核实等级 from the lowest rung to the highest.</summary>
internal static class SavingsLadder
{
    public static readonly IReadOnlyList<(string Code, string Zh)> Rungs =
    [
        ("selfReported", "自报"),
        ("measured", "系统计量"),
        ("financeConfirmed", "财务确认"),
        ("thirdParty", "第三方"),
        ("regulatorVerified", "监管核实"),
    ];

    /// <summary>The rungs, and after them any other code the figures carry, so that no yuan disappears from a table.</summary>
    public static IReadOnlyList<(string Code, string Zh)> RungsOf(SectorMonthly report)
    {
        var others = report.Rows.Append(report.Total)
            .SelectMany(line => line.Grades.Keys)
            .Where(code => Rungs.All(rung => rung.Code != code))
            .Distinct()
            .Order(StringComparer.Ordinal);
        return [.. Rungs, .. others.Select(code => (code, code))];
    }

    /// <summary>Fen of saving on the rung, null when the line says nothing about it.</summary>
    public static long? Of(SectorFigures line, string code) => line.Grades.TryGetValue(code, out var fen) ? fen : null;
}
