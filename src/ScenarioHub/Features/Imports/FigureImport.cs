using System.Globalization;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Features.Rules;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>What a row of figures may say, by the names of the API; one measure a row, or one a column.</summary>
internal static class FigureField
{
    public const int Scenario = 0, Period = 1, Measure = 2, Value = 3, Numerator = 4, Denominator = 5, Unit = 6, NumeratorUnit = 7, DenominatorUnit = 8, Grade = 9, State = 10, Baseline = 11, Target = 12,
        Note = 13, Attribution = 14, AttributionReason = 15, LabourHours = 16, SameHoursAs = 17, Reason = 18, ExternalKey = 19;

    public static readonly string[] Names =
    [
        "scenario", "period", "measure", "value", "numerator", "denominator", "unit", "numeratorUnit", "denominatorUnit", "grade", "state", "baseline", "target",
        "note", "attribution", "attributionReason", "labourHours", "sameHoursAs", "reason", "externalKey"
    ];

    public static int Of(string name) => Array.IndexOf(Names, name);
}

/// <summary>
/// Figures: rows of one scenario and month are one filing, wherever in the file they stand. Filings are saved by <see cref="SavingFilings"/> and submitted by <see cref="DecidingFilings"/>,
/// as a form or a batch would, so they find the same.
/// </summary>
internal sealed partial class FigureImport(Db db, IMediator mediator, ReferenceCatalog catalog, Caller caller, TimeProvider clock, ImportMappingBody? mapping, string? source, bool submits) : EntryImport
{
    /// <summary>A filing made of rows.</summary>
    /// <param name="Rows">By figure of the item: the row it stands in.</param>
    private sealed record Merged(List<SpooledRow> All, FilingItem? Item, SpooledRow[] Rows)
    {
        public SpooledRow First => All[0];
        public string? Key => All.Select(r => r.Fields[FigureField.ExternalKey]).FirstOrDefault(k => k is not null);
    }

    public override async Task<ChunkOutcome> Write(IReadOnlyList<List<SpooledRow>> entries, bool isTrial, CancellationToken ct)
    {
        var outcome = new ChunkOutcome();
        var merged = entries.Select(rows => Merge(rows, outcome)).ToArray();
        var sent = merged.Where(m => m.Item is not null).ToArray();
        SavingFilings.Sent[] items = [.. sent.Select(m => new SavingFilings.Sent(m.Item!, "", "/period"))];
        var saving = new SavingFilings(db, caller, clock, catalog);
        var saved = await saving.Run(items, write: true, ct);
        await SayRefused(sent, items, saved, outcome, ct);
        var decided = submits ? await Submit(sent, saved, outcome, isTrial, ct) : null;
        var at = 0;
        foreach (var entry in merged)
        {
            if (entry.Item is null) { outcome.Says("-"); continue; }
            var answer = saved[at++];
            outcome.Says(answer.Ok
                ? string.Create(CultureInfo.InvariantCulture, $"{answer.Value.ScenarioId} {answer.Value.Period} {answer.Value.Outcome} {answer.Value.Version} {answer.Value.IsCorrection} {decided?.GetValueOrDefault(answer.Value.FilingId!.Value)}")
                : answer.Why!.Code + string.Concat(answer.Why.Errors?.Select(e => " " + e.Code + e.Pointer) ?? []));
            if (!answer.Ok) outcome.Refused++;
            else if (answer.Value.Outcome == "created") outcome.Created++;
            else if (answer.Value.Outcome == "saved") outcome.Updated++;
            else outcome.Unchanged++;
        }
        return outcome;
    }

    // What one row says twice in the same words is said once; what rows say differently nobody can choose between.
    private Merged Merge(List<SpooledRow> rows, ChunkOutcome outcome)
    {
        if (rows.Exists(r => r.Bad))
        {
            // The rows that were not understood have been found; the others of their filing are told why they are not taken.
            foreach (var good in rows.Where(r => !r.Bad))
                Found(outcome, good, FigureField.Measure, ImportFinding.EntryHasProblems, Severity.Blocker, true, Together(rows.First(r => r.Bad)));
            outcome.Refused++;
            return new(rows, null, []);
        }
        var figures = new List<FigureInput>(rows.Count);
        var from = new List<SpooledRow>(rows.Count);
        var conflict = false;
        string? reason = null;
        foreach (var row in rows)
        {
            var f = row.Fields;
            if (f[FigureField.Reason] is { } given && reason is not null && given != reason)
            {
                conflict = true;
                Found(outcome, row, FigureField.Reason, ImportFinding.ReasonsDiffer, Severity.Blocker, true, new(
                    $"同一场景同一月份的订正原因在文件中不一致(第 {rows[0].RowNo} 行与第 {row.RowNo} 行)。", $"The reasons given for this scenario and month differ (rows {rows[0].RowNo} and {row.RowNo})."));
            }
            reason ??= f[FigureField.Reason];
            var input = Input(f);
            var same = figures.FindIndex(x => x.Measure == input.Measure);
            if (same < 0 || f[FigureField.Measure] is null)
            {
                figures.Add(input);
                from.Add(row);
            }
            else if (figures[same] == input)
                Found(outcome, row, FigureField.Measure, ImportFinding.RowRepeated, Severity.Info, false, new(
                    $"与第 {from[same].RowNo} 行完全相同,只计一次。", $"The same as row {from[same].RowNo}; taken once."));
            else
            {
                conflict = true;
                Found(outcome, row, FigureField.Value, FigureProblem.MeasureTwice, Severity.Blocker, true, new(
                    $"同一场景、月份、指标在文件中出现两次且内容不同:第 {from[same].RowNo} 行与第 {row.RowNo} 行({Shown(figures[same])} 与 {Shown(input)})。请只保留一行。",
                    $"The same scenario, month and measure stand in the file twice and differ: rows {from[same].RowNo} and {row.RowNo} ({Shown(figures[same])} and {Shown(input)}). Keep one of them."));
            }
        }
        if (conflict)
        {
            outcome.Refused++;
            return new(rows, null, []);
        }
        var first = rows[0].Fields;
        var item = new FilingItem(ScenarioRef.Of(long.Parse(first[FigureField.Scenario]!, CultureInfo.InvariantCulture)), first[FigureField.Period]!, figures, reason);
        return new(rows, item, [.. from]);
    }

    private static Words Together(SpooledRow bad) => new($"同一场景同一月份的填报作为一个整体处理,第 {bad.RowNo} 行有误,因此本行也未接收。", $"The rows of one scenario and month are taken together; row {bad.RowNo} is wrong, so this one is not taken either.");

    private static string Shown(FigureInput figure) => figure.Value?.ToString() ?? figure.Numerator?.ToString() ?? figure.State ?? "";

    private static FigureInput Input(string?[] f) => new(f[FigureField.Measure] ?? "", Number(f[FigureField.Value]), Number(f[FigureField.Numerator]), Number(f[FigureField.Denominator]),
        f[FigureField.Unit], f[FigureField.NumeratorUnit], f[FigureField.DenominatorUnit], f[FigureField.Grade], f[FigureField.State],
        Number(f[FigureField.Baseline]), Number(f[FigureField.Target]), f[FigureField.Note], Number(f[FigureField.Attribution]), f[FigureField.AttributionReason], Number(f[FigureField.LabourHours]), f[FigureField.SameHoursAs]);

    private static FigureNumber? Number(string? text) => text is null ? null : new(text);

    /// <summary>Refusals of the command, each at the cell it is about.</summary>
    private async Task SayRefused(Merged[] sent, SavingFilings.Sent[] items, IReadOnlyList<Result<FilingSaved>> saved, ChunkOutcome outcome, CancellationToken ct)
    {
        var refused = Enumerable.Range(0, sent.Length).Where(i => !saved[i].Ok).ToArray();
        if (refused.Length == 0) return;
        // Problems of single fields are worded when they are found, in the language of who asks; a file's findings are read by others too, so they are found once in each.
        var worded = refused.Where(i => saved[i].Why!.Errors is { Count: > 0 }).ToArray();
        var english = worded.Length == 0 ? [] : await InEnglish(() => new SavingFilings(db, caller, clock, catalog).Run([.. worded.Select(i => items[i])], write: false, ct));
        foreach (var i in refused)
        {
            var why = saved[i].Why!;
            var other = Array.IndexOf(worded, i) is >= 0 and var at ? english[at].Why : null;
            if (why.Errors is not { Count: > 0 } errors)
            {
                Found(outcome, sent[i].First, FigureField.Scenario, why.Code, Severity.Blocker, true, why.Detail, key: sent[i].Key);
                continue;
            }
            for (var e = 0; e < errors.Count; e++)
            {
                var (row, field) = Place(sent[i], errors[e].Pointer);
                Found(outcome, row, field, errors[e].Code, Severity.Blocker, true, new(errors[e].Message, other?.Errors?.ElementAtOrDefault(e)?.Message ?? errors[e].Message), errors[e].RuleId, sent[i].Key);
            }
        }
    }

    // "/figures/2/value" is the value of the third figure's row.
    private static (SpooledRow Row, int Field) Place(Merged entry, string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["figures", var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < entry.Rows.Length)
            return (entry.Rows[i], parts.Length > 2 ? FigureField.Of(parts[2]) : FigureField.Measure);
        return (entry.First, parts is [var name, ..] ? FigureField.Of(name) : FigureField.Scenario);
    }

    /// <returns>By filing, what the submission and the rules said of it.</returns>
    private async Task<Dictionary<long, string>> Submit(Merged[] sent, IReadOnlyList<Result<FilingSaved>> saved, ChunkOutcome outcome, bool isTrial, CancellationToken ct)
    {
        var drafts = new Dictionary<long, Merged>();
        for (var i = 0; i < sent.Length; i++)
            if (saved[i] is { Ok: true, Value: { State: FilingState.Draft, FilingId: { } id } }) drafts.Add(id, sent[i]);
        var said = new Dictionary<long, string>();
        if (drafts.Count == 0) return said;
        var decided = await new DecidingFilings(db, mediator, caller, clock).Run(new FilingSelection(Ids: [.. drafts.Keys]), FilingState.Draft, FilingState.Submitted, null, ct, isTrial);
        var findings = (await db.List<RuleFinding>(ImportSql.RuleFindings, new { FilingIds = SqlList.Of(drafts.Keys) }, ct)).ToLookup(f => f.FilingId);
        foreach (var decision in decided.Value.Items)
        {
            var entry = drafts[decision.Id];
            if (decision.Outcome == FilingState.Submitted) outcome.Submitted++;
            var found = findings[decision.Id].ToArray();
            foreach (var f in found)
            {
                var row = Array.Find(entry.Rows, r => r.Fields[FigureField.Measure] == f.Measure) ?? entry.First;
                // A blocker refuses the submission, not the draft: the draft is what the filer puts right.
                Found(outcome, row, FigureField.Value, f.Severity == Severity.Blocker ? RuleRefusal.Blocks : f.Severity == Severity.Error ? RuleRefusal.NeedsExplanation : "finding-" + f.Severity,
                    f.Severity, false, new(f.FoundZh, f.FoundEn), f.RuleId, entry.Key, new(f.RightZh, f.RightEn));
            }
            if (decision.Outcome != FilingState.Submitted && decision.Errors is null)
                Found(outcome, entry.First, FigureField.Period, decision.Outcome, Severity.Error, false,
                    decision.Outcome == FilingRefusal.PeriodLocked.Code ? FilingRefusal.PeriodLocked.Detail : new(decision.Message, decision.Message), key: entry.Key);
            said[decision.Id] = decision.Outcome + string.Concat(found.Select(f => $" {f.RuleId} {f.Measure} {f.Severity} {f.State} {f.About}"));
        }
        return said;
    }

    private void Found(ChunkOutcome outcome, SpooledRow row, int field, string code, string severity, bool isRefusal, Words message, string? ruleId = null, string? key = null, Words? right = null)
    {
        var layout = LayoutOf(row);
        outcome.Found.Add(new(row.SheetNo, layout.Sheet, row.RowNo, layout.Cell(field, row.RowNo), row.Fields[FigureField.ExternalKey] ?? key, layout.Pointer(field), code, ruleId, severity, isRefusal, message, right));
        outcome.Says($"{row.SheetNo} {row.RowNo} {field} {code}");
    }

    public override async Task<(string Entries, string Locks)> Touched(IReadOnlyList<List<SpooledRow>> entries, CancellationToken ct)
    {
        var pairs = entries.Select(e => (Scenario: e[0].Fields[FigureField.Scenario]!, Period: e[0].Fields[FigureField.Period]!)).ToHashSet();
        var which = new { ScenarioIds = "[" + string.Join(',', pairs.Select(p => p.Scenario).Distinct()) + "]", PeriodCodes = SqlList.Of(pairs.Select(p => p.Period).Distinct()) };
        var (stands, locks) = (new ChunkOutcome(), new ChunkOutcome());
        foreach (var s in await db.List<TouchedScenario>(ImportSql.TouchedScenarios, which, ct))
            stands.Says(string.Create(CultureInfo.InvariantCulture, $"{s.ScenarioId} {s.Version} {s.OrganizationId} {s.Sector} {s.FirstPeriod} {s.RetiredPeriod}"));
        foreach (var f in await db.List<TouchedFiling>(ImportSql.TouchedFilings, which, ct))
            if (pairs.Contains((f.ScenarioId.ToString(CultureInfo.InvariantCulture), f.Period)))
                stands.Says(string.Create(CultureInfo.InvariantCulture, $"{f.ScenarioId} {f.Period} {f.Revision} {f.State}"));
        foreach (var l in await db.List<TouchedLock>(ImportSql.TouchedLocks, which, ct)) locks.Says(string.Create(CultureInfo.InvariantCulture, $"{l.ScenarioId} {l.Period}"));
        return (stands.Sha256(), locks.Sha256());
    }

    private sealed record RuleFinding
    {
        public long FilingId { get; init; }
        public required string RuleId { get; init; }
        public required string Severity { get; init; }
        public required string Measure { get; init; }
        public required string State { get; init; }
        public required string About { get; init; }
        public required string FoundZh { get; init; }
        public required string FoundEn { get; init; }
        public required string RightZh { get; init; }
        public required string RightEn { get; init; }
    }

    private sealed record TouchedScenario
    {
        public long ScenarioId { get; init; }
        public int Version { get; init; }
        public long? OrganizationId { get; init; }
        public string? Sector { get; init; }
        public string? FirstPeriod { get; init; }
        public string? RetiredPeriod { get; init; }
    }

    private sealed record TouchedFiling
    {
        public long ScenarioId { get; init; }
        public required string Period { get; init; }
        public int Revision { get; init; }
        public required string State { get; init; }
    }

    private sealed record TouchedLock
    {
        public long ScenarioId { get; init; }
        public required string Period { get; init; }
    }
}
