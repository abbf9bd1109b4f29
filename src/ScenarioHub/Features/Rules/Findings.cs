using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>A row of <c>finding</c> as judging needs it.</summary>
internal sealed record FindingRow
{
    public long FindingId { get; init; }
    public long FilingId { get; init; }
    public int FilingVersion { get; init; }
    public required string RuleId { get; init; }
    public required string Severity { get; init; }
    public required string Measure { get; init; }
    public required string About { get; init; }
    public required string State { get; init; }
    public string? Explanation { get; init; }
    public string? ExplanationKey { get; init; }
    public string? ExplanationDoubt { get; init; }
    public long? ExplainedBy { get; init; }
    public DateTime? ExplainedAt { get; init; }
    public long? DecidedBy { get; init; }
    public DateTime? DecidedAt { get; init; }
    public string? DecisionReason { get; init; }
}

/// <summary>A finding of an entry as it stands after judging it.</summary>
/// <param name="Kept">The row it has already; null of one that was not said before.</param>
/// <param name="From">The row whose explanation it carries on.</param>
internal sealed record Standing(SetRule By, Found Found, string State, FindingRow? Kept, FindingRow? From)
{
    public bool Hinders => Severity.Hinders(By.Severity, State);
}

/// <summary>What an entry was found to be, set beside what was found before; pure, and the same for a check and for a submission.</summary>
internal sealed record Judgement(long FilingId, long OrganizationId, int Version, string Period, IReadOnlyList<Standing> Findings, IReadOnlyList<FindingRow> Gone)
{
    public static Judgement Of(RulesInForce rules, Entry entry, IEnumerable<FindingRow> before)
    {
        var rows = before.ToList();
        var findings = new List<Standing>();
        foreach (var (by, found) in rules.Judge(entry))
        {
            var same = rows.Where(r => (r.RuleId, r.Measure, r.About) == (by.Rule.Id, found.Measure, found.About)).OrderByDescending(r => r.FindingId).ToArray();
            if (same.FirstOrDefault(r => r.FilingVersion == entry.Version && r.State != FindingState.Gone && r.Severity == by.Severity) is { } kept)
            {
                findings.Add(new(by, found, kept.State, kept, null));
                continue;
            }
            // The same value again, in this version or an earlier one: what was said of it and never rejected need not be written twice.
            var from = same.FirstOrDefault(r => r.Explanation is not null && r.DecisionReason is null);
            findings.Add(new(by, found, from is null ? FindingState.Open : from.State == FindingState.Accepted ? FindingState.Accepted : FindingState.Explained, null, from));
        }
        var stay = findings.Select(f => f.Kept?.FindingId).ToHashSet();
        // Of an earlier version what was decided stays as it was; the rest waits for nobody any more.
        return new(entry.FilingId, entry.OrganizationId, entry.Version, entry.Period.ToString(), findings, [.. rows.Where(r => !stay.Contains(r.FindingId) && (r.FilingVersion == entry.Version
            ? r.State != FindingState.Gone : r.State is FindingState.Open or FindingState.Explained))]);
    }

    /// <summary>Why the filing cannot be submitted; null when it can.</summary>
    public Refusal? Refused()
    {
        var hinder = Findings.Where(f => f.Hinders).ToArray();
        if (hinder.Length == 0) return null;
        var errors = hinder.Select(f => new FieldProblem(f.By.Severity == Severity.Blocker ? RuleRefusal.Blocks : RuleRefusal.NeedsExplanation, $"/figures/{f.Found.Measure}",
            new Words($"{f.By.Rule.Name.Zh}:{f.Found.What.Zh}应为:{f.Found.Right.Zh}", $"{f.By.Rule.Name.En}: {f.Found.What.En} Right would be: {f.Found.Right.En}").ToString(), RuleId: f.By.Rule.Id)).ToArray();
        return hinder.Count(f => f.By.Severity == Severity.Blocker) is > 0 and var blockers
            ? new(RefusalKind.Conflict, RuleRefusal.Blocks, new($"有 {blockers} 处强制性审核未通过,须修改数据后重新提交,详见 errors。", $"{blockers} of its figures cannot be so; change them and submit again, see errors."), errors)
            : new(RefusalKind.Conflict, RuleRefusal.NeedsExplanation, new($"有 {hinder.Length} 处核查结果须改正或逐条说明后再提交,详见 errors;说明:POST /api/v1/findings/{{id}}/explain。",
                $"{hinder.Length} findings are to be put right or explained one by one before it is submitted, see errors; explain with POST /api/v1/findings/{{id}}/explain."), errors);
    }

    /// <summary>What a person without submitting, or the reviewer, is shown of it.</summary>
    public IEnumerable<CheckedFinding> Shown() => Findings.Select(f => new CheckedFinding(
        f.Kept?.FindingId, f.By.Rule.Id, f.By.Rule.Name.ToString(), f.By.Severity, f.Found.Measure, f.State, f.Found.What.ToString(), f.Found.Right.ToString(), (f.Kept ?? f.From)?.Explanation));
}

/// <summary>Judges filings against what was found before, and keeps what it finds.</summary>
internal sealed class Findings(Db db, Judging judging)
{
    private static readonly string[] Columns =
    [
        "finding_id", "filing_id", "filing_version", "period", "rule_set_number", "rule_id", "severity", "measure", "about", "state", "found_zh", "found_en", "right_zh", "right_en", "made_by", "made_at",
        "explanation", "explanation_key", "explanation_doubt", "explained_by", "explained_at", "decided_by", "decided_at", "decision_reason", "gone_at"
    ];

    public async Task<(RulesInForce Rules, IReadOnlyList<Judgement> Judgements)> Judge(IReadOnlyList<long> filingIds, CancellationToken ct)
    {
        var rules = await judging.InForce(ct);
        var entries = await judging.Entries(filingIds, live: false, ct);
        var before = (await db.List<FindingRow>(RuleSql.FindingsOfFilings, new { FilingIds = SqlList.Of(filingIds) }, ct)).ToLookup(r => r.FilingId);
        return (rules, [.. entries.Select(e => Judgement.Of(rules, e, before[e.FilingId]))]);
    }

    public async Task Keep(RulesInForce rules, IReadOnlyList<Judgement> judgements, long userId, DateTime now, CancellationToken ct)
    {
        var gone = judgements.SelectMany(j => j.Gone).Select(r => r.FindingId).ToArray();
        if (gone.Length > 0) await db.Run(RuleSql.MarkGone, new { FindingIds = SqlList.Of(gone), Now = now }, ct);
        var (rows, made) = (new List<object?[]>(), new List<(long Id, Judgement Of)>());
        foreach (var (j, f) in judgements.SelectMany(j => j.Findings.Where(f => f.Kept is null).Select(f => (j, f))))
        {
            made.Add((await db.NextId(ct), j));
            rows.Add([made[^1].Id, j.FilingId, j.Version, j.Period, rules.Number, f.By.Rule.Id, f.By.Severity, f.Found.Measure, f.Found.About, f.State,
                f.Found.What.Zh, f.Found.What.En, f.Found.Right.Zh, f.Found.Right.En, userId, now,
                f.From?.Explanation, f.From?.ExplanationKey, f.From?.ExplanationDoubt, f.From?.ExplainedBy, f.From?.ExplainedAt, f.From?.DecidedBy, f.From?.DecidedAt, null, null]);
        }
        await db.Append("finding", Columns, rows, ct);
        db.Record(judgements.SelectMany(j => j.Gone.Select(r => new Change("finding", "gone", r.FindingId, j.OrganizationId, null, j.Period) { FollowsFromOthers = true }))
            .Concat(made.Select(m => new Change("finding", "found", m.Id, m.Of.OrganizationId, null, m.Of.Period) { FollowsFromOthers = true })));
    }
}
