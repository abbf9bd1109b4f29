using System.Text.Json;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>The columns of an evaluation, as read beside a goal or in its history.</summary>
internal record EvaluationRow
{
    public int? EvaluationNo { get; init; }
    public DateTime? FirstEvaluatedAt { get; init; }
    public DateTime? EvaluatedAt { get; init; }
    public long? ClosingNo { get; init; }
    public long? LastClosingNo { get; init; }
    public int? GoalVersion { get; init; }
    public string? JudgedComparator { get; init; }
    public long? JudgedTarget { get; init; }
    public DateOnly? JudgedDueOn { get; init; }
    public DateOnly? AsOf { get; init; }
    public long? ValueQuantity { get; init; }
    public long? LowQuantity { get; init; }
    public long? HighQuantity { get; init; }
    public long? Expected { get; init; }
    public long? Reported { get; init; }
    public long? Missing { get; init; }
    public long? MissingMillionths { get; init; }
    public long? LowGradeMillionths { get; init; }
    public long? ForecastQuantity { get; init; }
    public long? ForecastLowQuantity { get; init; }
    public long? ForecastHighQuantity { get; init; }
    public string? Verdict { get; init; }
    public string? Reasons { get; init; }

    public GoalEvaluationView? Evaluation() => EvaluationNo is not { } no ? null : new(no, Verdict, Verdict is null ? null : GoalVerdict.Words(Verdict).ToString(), ReasonList(Reasons),
        AsOf, Millionths.Decimal(ValueQuantity), Millionths.Decimal(LowQuantity), Millionths.Decimal(HighQuantity), Expected, Reported, Missing,
        Millionths.Decimal(MissingMillionths), Millionths.Decimal(LowGradeMillionths), Millionths.Decimal(ForecastQuantity), Millionths.Decimal(ForecastLowQuantity), Millionths.Decimal(ForecastHighQuantity),
        JudgedComparator, Millionths.Decimal(JudgedTarget), JudgedDueOn, GoalVersion!.Value, ClosingNo!.Value, LastClosingNo!.Value, FirstEvaluatedAt!.Value, EvaluatedAt!.Value);

    public static IReadOnlyList<GoalReason> ReasonList(string? reasons) =>
        [.. (reasons ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new GoalReason(r, GoalJudgement.Words(r).ToString()))];

    /// <summary>Everything that was judged and concluded, but when and at which closing: equal ones are one evaluation that still holds.</summary>
    public bool SaysTheSameAs(EvaluationRow other) => Said.Equals(other.Said);

    private object Said => (JudgedComparator, JudgedTarget, JudgedDueOn, AsOf?.Year, AsOf?.Month, (ValueQuantity, LowQuantity, HighQuantity), (Expected, Reported, Missing, MissingMillionths, LowGradeMillionths),
        (ForecastQuantity, ForecastLowQuantity, ForecastHighQuantity), Verdict, Reasons);
}

/// <summary>A goal as it stands, with its last evaluation.</summary>
internal sealed record GoalRow : EvaluationRow
{
    public long GoalId { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public required string StatementZh { get; init; }
    public string? StatementEn { get; init; }
    public string? SourceDocument { get; init; }
    public string? DocNo { get; init; }
    public string? Issuer { get; init; }
    public string? IssuedOn { get; init; }
    public string? SourceSeen { get; init; }
    public string? Evidence { get; init; }
    public string? MetricCode { get; init; }
    public string? DefinitionZh { get; init; }
    public string? Unit { get; init; }
    public string? Comparator { get; init; }
    public long? BaselineQuantity { get; init; }
    public string? BaselineOn { get; init; }
    public long? TargetQuantity { get; init; }
    public DateOnly? DueOn { get; init; }
    public required string ScopeLevel { get; init; }
    public string? ScopeText { get; init; }
    public string? FormulaJson { get; init; }
    public string? ProxyZh { get; init; }
    public string? ProxyEn { get; init; }
    public required string State { get; init; }
    public int Version { get; init; }
    public int InputsNo { get; init; }
    /// <summary>Since when whose goal it is takes nothing new (merged, divided up); null for one that goes on. Only of a single goal.</summary>
    public DateOnly? OrganizationClosedOn { get; init; }
    public int Whole { get; init; }
    public string? StandingDocument { get; init; }

    public bool IsWhole => Whole == 1;
    public GoalFormula? Formula => GoalFormula.FromJson(FormulaJson);
    public GoalStanding? Standing => StandingDocument is null ? null : JsonSerializer.Deserialize<GoalStanding>(StandingDocument, Json.Options);
    public Demand Demand => new(Kind, Comparator, Millionths.Decimal(TargetQuantity), DueOn, ProxyZh is not null);

    public GoalBody Body() => new(Kind, Code, StatementZh, StatementEn, OrganizationId, SourceDocument, DocNo, Issuer, IssuedOn, SourceSeen, Evidence, MetricCode, DefinitionZh, Unit, Comparator,
        Millionths.Decimal(BaselineQuantity), BaselineOn, Millionths.Decimal(TargetQuantity), DueOn, ScopeLevel, ScopeText, Formula, ProxyZh, ProxyEn, State);

    /// <summary>Figures of the whole only for those the whole belongs to.</summary>
    public GoalView View(ReferenceCatalog catalog, string? demoData, GoalContribution? contribution = null, GoalDecides? decides = null) => new(
        GoalId, Code, Kind, Language.IsEnglish && StatementEn is not null ? StatementEn : StatementZh, new(SourceDocument, DocNo, Issuer, IssuedOn, Evidence, SourceSeen), MetricCode, DefinitionZh, Unit,
        Comparator, Millionths.Decimal(BaselineQuantity), BaselineOn, Millionths.Decimal(TargetQuantity), DueOn, ScopeLevel, ScopeText, new(OrganizationId, OrganizationName),
        Formula, Formula?.Words(catalog).ToString(), ProxyZh is null ? null : Language.IsEnglish && ProxyEn is not null ? ProxyEn : ProxyZh, State, Version, IsWhole,
        IsWhole ? Evaluation() : null, contribution, decides, demoData);
}

/// <summary>What the last evaluation showed, kept beside it: enough to draw the trajectory without reading the ledger again.</summary>
internal sealed record GoalStanding(IReadOnlyList<GoalPoint> Points, GoalForecast? Forecast, GoalDecides? Decides);
