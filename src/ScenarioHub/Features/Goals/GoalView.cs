namespace ScenarioHub.Features.Goals;

/// <summary>A goal, and where it stands.</summary>
/// <param name="Kind">target (an obligation), milestone (a level somebody reported) or vision (no number).</param>
/// <param name="Comparator">&gt;, &gt;=, &lt;, &lt;= or reach (at least).</param>
/// <param name="Target">In <paramref name="Unit"/>; null where the source states no number.</param>
/// <param name="BaselineOn">As precise as the source: 2025, 2025-03, 2024-Q3 or a day.</param>
/// <param name="ScopeLevel">national, sector, local or enterprise.</param>
/// <param name="Organization">The organization whose subtree the goal is about.</param>
/// <param name="FormulaText">The formula in words.</param>
/// <param name="Proxy">Says what is measured instead, where the number is not the source's own definition; null where it is. A proxy decides neither met nor not met.</param>
/// <param name="Whole">True when the goal's scope lies within yours, so that figures of the whole are shown. Else only your own subtree's contribution is.</param>
/// <param name="Latest">The last evaluation; null before the first, and where the whole is not yours.</param>
/// <param name="Contribution">Your own subtree by the same formula; only in a single goal whose whole is not yours.</param>
/// <param name="Decides">Who decides it; only in a single goal whose whole is yours.</param>
/// <param name="DemoData">演示数据 when the figures are generated for demonstration, else null.</param>
public sealed record GoalView(long Id, string Code, string Kind, string Statement, GoalSource Source, string? MetricCode, string? Definition, string? Unit, string? Comparator, decimal? Baseline, string? BaselineOn,
    decimal? Target, DateOnly? DueOn, string ScopeLevel, string? Scope, GoalOrganization Organization, GoalFormula? Formula, string? FormulaText, string? Proxy, string State, int Version, bool Whole,
    GoalEvaluationView? Latest, GoalContribution? Contribution, GoalDecides? Decides, string? DemoData);

/// <param name="Evidence">How far the source was checked.</param>
/// <param name="SeenAt">Where it was read.</param>
public sealed record GoalSource(string? Document, string? DocNo, string? Issuer, string? IssuedOn, string? Evidence, string? SeenAt);

public sealed record GoalOrganization(long Id, string Name);

/// <param name="Code">Stable, kebab-case.</param>
public sealed record GoalReason(string Code, string Text);

/// <summary>What was judged, from what, against what.</summary>
/// <param name="No">1, 2, 3 of the goal; one that came out equal later is the same, with <paramref name="EvaluatedAt"/> moved.</param>
/// <param name="Verdict">target: met, notMet, cannotSay, atRisk or onTrack. milestone: levelReached, levelNotReached or cannotSay. vision: null.</param>
/// <param name="AsOf">The day of the value.</param>
/// <param name="Low">Lower bound of the value once all is in; null where there is none.</param>
/// <param name="High">Upper bound; where figures are missing it is the roll-up's estimate from other months, which alone never makes a goal not met.</param>
/// <param name="Expected">Figures expected, <paramref name="Reported"/> of them reported (zeros included); null for the register and figures recorded by hand.</param>
/// <param name="MissingShare">0 to 1; what is unknown counts as missing.</param>
/// <param name="LowGradeShare">0 to 1 of the value that is only self-reported.</param>
/// <param name="Forecast">On the due day; null where none is made.</param>
/// <param name="Closing">The closing the figures were first read at, <paramref name="LastClosing"/> the last one at which they were still the same.</param>
public sealed record GoalEvaluationView(int No, string? Verdict, string? VerdictText, IReadOnlyList<GoalReason> Reasons, DateOnly? AsOf, decimal? Value, decimal? Low, decimal? High,
    long? Expected, long? Reported, long? Missing, decimal? MissingShare, decimal? LowGradeShare, decimal? Forecast, decimal? ForecastLow, decimal? ForecastHigh,
    string? Comparator, decimal? Target, DateOnly? DueOn, int GoalVersion, long Closing, long LastClosing, DateTime FirstEvaluatedAt, DateTime EvaluatedAt);

/// <summary>What the caller's own subtree brings to a goal, by the same formula and as of now. Its share of the whole is not said: that would tell the whole.</summary>
/// <param name="Value">Null when nothing was filed, or where figures are recorded by hand for the whole only.</param>
public sealed record GoalContribution(GoalOrganization Organization, string? Period, decimal? Value, long? Expected, long? Reported, long? Missing);

/// <param name="On">Day of the level.</param>
/// <param name="Value">Null where nothing was filed.</param>
/// <param name="Expected">Null where nothing is owed or it is unknown.</param>
/// <param name="InForecast">False for months that are less than half reported, and those before the first figure.</param>
public sealed record GoalPoint(DateOnly On, decimal? Value, long? Expected, long? Reported, long? Missing, bool InForecast);
