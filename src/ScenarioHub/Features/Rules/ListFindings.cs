using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>One finding. Refused with <c>finding-not-found</c>.</summary>
public sealed record GetFinding(long FindingId) : IQuery<FindingView>;

/// <summary>Findings of the caller's subtree, the latest first.</summary>
/// <param name="Filing">Only of this filing, all its versions; then <paramref name="Organization"/> and <paramref name="Period"/> are not asked.</param>
/// <param name="State">open, explained, accepted, rejected or gone.</param>
/// <param name="Severity">blocker, error, warning or info.</param>
/// <param name="Rule">Id of a rule.</param>
/// <param name="Organization">Only of this organization and all below it.</param>
/// <param name="Period">Month of the filing.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListFindings(long? Filing, string? State, string? Severity, string? Rule, long? Organization, string? Period, int? Limit, string? After) : IQuery<Page<FindingView>>;

/// <summary>What a rule found in one version of a filing, and what was answered.</summary>
/// <param name="RuleSet">Number of the rule set it was found by; 1 is the built-in one.</param>
/// <param name="Measure">Whose figure it is about; of a finding over several, the measure computed of them.</param>
/// <param name="State">open, explained, accepted, rejected (another explanation is needed) or gone (the figure is another one now).</param>
/// <param name="Found">What was found; <paramref name="Right"/>: what would be right. In the language of the request.</param>
/// <param name="Doubt">What a reviewer should know of the explanation, as a code: repeats-finding, same-text; null when nothing.</param>
/// <param name="DoubtText">The same in words.</param>
/// <param name="DecisionReason">Why the explanation was rejected.</param>
public sealed record FindingView(
    long Id, long FilingId, int FilingVersion, long ScenarioId, string ScenarioCode, string ScenarioName, long OrganizationId, string OrganizationName, string Period,
    int RuleSet, string Rule, string RuleName, string Severity, string Measure, string State, string Found, string Right, DateTime MadeAt,
    string? Explanation, string? ExplainedByName, DateTime? ExplainedAt, string? Doubt, string? DoubtText, string? DecidedByName, DateTime? DecidedAt, string? DecisionReason, DateTime? GoneAt)
{
    internal const string RepeatsFinding = "repeats-finding", SameText = "same-text";

    internal sealed record Row
    {
        public long Id { get; init; }
        public long FilingId { get; init; }
        public int FilingVersion { get; init; }
        public long ScenarioId { get; init; }
        public required string ScenarioCode { get; init; }
        public required string ScenarioName { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public required string Period { get; init; }
        public int RuleSetNumber { get; init; }
        public required string RuleId { get; init; }
        public required string Severity { get; init; }
        public required string Measure { get; init; }
        public required string State { get; init; }
        public required string FoundZh { get; init; }
        public required string FoundEn { get; init; }
        public required string RightZh { get; init; }
        public required string RightEn { get; init; }
        public DateTime MadeAt { get; init; }
        public string? Explanation { get; init; }
        public string? ExplanationDoubt { get; init; }
        public string? ExplainedByName { get; init; }
        public DateTime? ExplainedAt { get; init; }
        public string? DecidedByName { get; init; }
        public DateTime? DecidedAt { get; init; }
        public string? DecisionReason { get; init; }
        public DateTime? GoneAt { get; init; }

        public FindingView Shown() => new(Id, FilingId, FilingVersion, ScenarioId, ScenarioCode, ScenarioName, OrganizationId, OrganizationName, Period,
            RuleSetNumber, RuleId, Rules.Rule.Find(RuleId)?.Name.ToString() ?? RuleId, Severity, Measure, State, Language.Pick(FoundZh, FoundEn), Language.Pick(RightZh, RightEn), MadeAt,
            Explanation, ExplainedByName, ExplainedAt, ExplanationDoubt, ExplanationDoubt switch
            {
                RepeatsFinding => Language.Pick("说明只是重复了核查结果本身。", "The explanation only repeats the finding."),
                Rules.FindingView.SameText => Language.Pick($"同一人当天以同样的文字说明了 {Rules.Explanation.SameTextAllowed} 条以上。", $"The same person explained more than {Rules.Explanation.SameTextAllowed} findings that day with the same text."),
                _ => null
            }, DecidedByName, DecidedAt, DecisionReason, GoneAt);
    }
}

internal sealed class ListFindingsValidator : AbstractValidator<ListFindings>
{
    public ListFindingsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.State).Must(s => s is null || FindingState.All.Contains(s)).WithErrorCode("unknown-code").WithMessage(x => One(x.State, FindingState.All));
        RuleFor(x => x.Severity).Must(s => s is null || Rules.Severity.All.Contains(s)).WithErrorCode("unknown-code").WithMessage(x => One(x.Severity, Rules.Severity.All));
        RuleFor(x => x.Rule).Must(r => r is null || Rules.Rule.Find(r) is not null).WithErrorCode("unknown-rule").WithMessage(x => RuleRefusal.UnknownRule(x.Rule!).Message);
        RuleFor(x => x.Period).Must(p => p is null || Month.TryParse(p, out _)).WithErrorCode("period-not-a-month").WithMessage(x => new Words($"“{x.Period}”不是月份;须写作 2026-08。", $"“{x.Period}” is no month; write 2026-08.").ToString());
    }

    private static string One(string? found, string[] all) => new Words($"“{found}”不在 {string.Join("、", all)} 之中。", $"“{found}” is none of {string.Join(", ", all)}.").ToString();
}

internal sealed class ListFindingsHandler(Db db, Caller caller) : IRequestHandler<ListFindings, Result<Page<FindingView>>>, IRequestHandler<GetFinding, Result<FindingView>>
{
    /// <summary>Up to so many organizations it is cheaper to begin with them than with the latest finding.</summary>
    private const int SmallScope = 100;

    public async Task<Result<FindingView>> Handle(GetFinding request, CancellationToken ct) =>
        await db.Find<FindingView.Row>(RuleSql.FindFinding, new { request.FindingId }, ct) is { } row ? row.Shown() : RuleRefusal.FindingNotFound;

    public async Task<Result<Page<FindingView>>> Handle(ListFindings request, CancellationToken ct)
    {
        if (!Cursor.TryRead<FindingView, long>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var scope = request.Organization ?? caller.OrganizationId;
        var sql = request.Filing is not null ? RuleSql.ListFindingsOfFiling
            : await db.One<int>(RuleSql.SizeOfScope, new { OrganizationId = scope }, ct) is > 0 and <= SmallScope ? RuleSql.ListFindingsBelow
            : request.State is not null ? RuleSql.ListFindingsInState : RuleSql.ListFindings;
        var rows = await db.List<FindingView.Row>(sql, new
        {
            FilingId = request.Filing,
            request.State,
            request.Severity,
            RuleId = request.Rule,
            request.Period,
            From = request.Period ?? "0000-00",
            To = request.Period ?? "9999-99",
            OrganizationId = scope,
            BeforeId = request.After is null ? long.MaxValue : before,
            Take = limit + 1
        }, ct);
        return Cursor.Page<FindingView, long>([.. rows.Select(r => r.Shown())], limit, f => f.Id);
    }
}
