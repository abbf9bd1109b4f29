using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// Makes the ledger agree with what stands in the register and the filings, by appending: a reversal for what stood and no longer does,
/// an entry for what stands now. Says nothing of how it came to stand, so posting the same twice appends nothing, whatever the command.
/// </summary>
internal sealed class Posting(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock)
{
    private const string Retired = "retired";
    private static readonly string[] Columns =
    [
        "entry_no", "posted_at", "book", "cause", "measure", "period", "organization_id", "sector", "region", "key_action", "stage", "grade", "figure_state",
        "scenario_id", "filing_id", "filing_version", "reverses_entry_no", "by_user", "quantity", "denominator", "figures"
    ];

    /// <summary>One scenario's month: what stands there is compared as a whole, its figures and what of them is not there.</summary>
    internal readonly record struct ScenarioMonth(long ScenarioId, string Period);

    /// <returns>How many entries were appended.</returns>
    public async Task<int> AgreeWithFilings(IReadOnlyCollection<long> filingIds, string cause, CancellationToken ct)
    {
        if (filingIds.Count == 0) return 0;
        await db.Run(LedgerSql.LockHead, null, ct);
        var months = await db.List<MonthRow>(LedgerSql.MonthsOfFilings, new { FilingIds = SqlList.Of(filingIds) }, ct);
        // The filed book stands on the very version that is approved: an approval changes the approved book alone.
        return await Append(await FigureChanges([.. months.Select(m => m.Month)], cause is FilingCause.Approved or FilingCause.Corrected ? [Book.Approved] : Book.All, ct), cause, ct);
    }

    /// <returns>How many entries were appended.</returns>
    public async Task<int> AgreeWithObligations(IReadOnlyCollection<long> scenarioIds, IReadOnlyCollection<string> periods, string cause, CancellationToken ct)
    {
        if (scenarioIds.Count == 0 || periods.Count == 0) return 0;
        await db.Run(LedgerSql.LockHead, null, ct);
        return await Append(await FigureChanges([.. scenarioIds.SelectMany(s => periods.Select(p => new ScenarioMonth(s, p)))], Book.All, ct), cause, ct);
    }

    /// <returns>How many entries were appended.</returns>
    public async Task<int> AgreeWithScenarios(IReadOnlyCollection<long> scenarioIds, string cause, CancellationToken ct)
    {
        if (scenarioIds.Count == 0) return 0;
        await db.Run(LedgerSql.LockHead, null, ct);
        return await Append(await Changes(scenarioIds, ct), cause, ct);
    }

    /// <summary>How many entries would have to be appended for the ledger to agree: 0, or a posting was missed.</summary>
    public async Task<int> Disagreements(IReadOnlyCollection<long> scenarioIds, CancellationToken ct) => (await Changes(scenarioIds, ct)).Count;

    private async Task<List<Change>> Changes(IReadOnlyCollection<long> scenarioIds, CancellationToken ct)
    {
        var ids = new { ScenarioIds = SqlList.Of(scenarioIds) };
        var changes = await RegisterChanges(scenarioIds, ct);
        changes.AddRange(await FigureChanges([.. (await db.List<MonthRow>(LedgerSql.MonthsOfScenarios, ids, ct)).Select(m => m.Month)], Book.All, ct));
        return changes;
    }

    private async Task<List<Change>> FigureChanges(HashSet<ScenarioMonth> months, string[] books, CancellationToken ct)
    {
        if (months.Count == 0) return [];
        var which = new
        {
            ScenarioIds = SqlList.Of(months.Select(m => m.ScenarioId).Distinct()),
            PeriodCodes = SqlList.Of(months.Select(m => m.Period).Distinct()),
            RegisterMeasureCodes = RegisterMeasure.Codes,
            FiledToo = books.Contains(Book.Filed) ? 1 : 0
        };
        var facts = (await db.List<Facts>(LedgerSql.ScenariosThatStand, which, ct)).ToDictionary(f => f.ScenarioId);
        var stages = await StagesOf(which, ct);
        var places = (await db.List<PlaceSince>(LedgerSql.ScenarioPlaces, which, ct)).ToLookup(p => p.ScenarioId);
        var standing = new List<(LedgerLine, int?)>();
        var filed = new HashSet<(string Book, ScenarioMonth, string Measure)>();
        foreach (var figure in await db.List<Figure>(LedgerSql.FiguresThatStand, which, ct))
            if (months.Contains(figure.Month) && facts.TryGetValue(figure.ScenarioId, out var f))
            {
                standing.Add((new(figure.Book, figure.Measure, figure.Period, figure.OrganizationId, f.Sector, f.Region, f.KeyAction, StageIn(stages[figure.ScenarioId], figure.Period),
                    figure.Grade, figure.FigureState, figure.ScenarioId, figure.FilingId, figure.Quantity, figure.Denominator, 1), figure.Version));
                filed.Add((figure.Book, figure.Month, figure.Measure));
            }
        foreach (var owed in (await db.List<Obligation>(LedgerSql.Obligations, which, ct)).Where(o => months.Contains(o.Month)).GroupBy(o => o.Month))
            if (facts.TryGetValue(owed.Key.ScenarioId, out var f))
                foreach (var (measure, state) in Absences(owed))
                    foreach (var book in books)
                        if (!filed.Contains((book, owed.Key, measure)))
                            standing.Add((new(book, measure, owed.Key.Period, PlaceIn(places[f.ScenarioId], owed.Key.Period) ?? f.OrganizationId, f.Sector, f.Region, f.KeyAction, StageIn(stages[f.ScenarioId], owed.Key.Period),
                                LedgerLine.NoGrade, state, f.ScenarioId, null, 0, 0, 1), null));
        var posted = await db.List<Posted>(LedgerSql.PostedFigures, which, ct);
        return Difference(standing, [.. posted.Where(p => months.Contains(new(p.ScenarioId, p.Period)))]);
    }

    // Whose the scenario was in that month; without a merger it has always been its standing's.
    private static long? PlaceIn(IEnumerable<PlaceSince> places, string period) => places.LastOrDefault(p => string.CompareOrdinal(p.SincePeriod, period) <= 0)?.OrganizationId;

    // Two collections may ask for the same figure: it is missing once one of them fell due, and exempt only when all let it go.
    private static IEnumerable<(string Measure, string State)> Absences(IEnumerable<Obligation> owed) => owed
        .SelectMany(o => o.Measures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(m => (Measure: m, o.State)))
        .GroupBy(o => o.Measure)
        .Select(g => (g.Key, g.Any(o => o.State == Absence.Missing) ? Absence.Missing : g.Any(o => o.State == Absence.NotDue) ? Absence.NotDue : g.First().State));

    private async Task<List<Change>> RegisterChanges(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var scenarioIds = new { ScenarioIds = SqlList.Of(ids), RegisterMeasureCodes = RegisterMeasure.Codes };
        var stages = await StagesOf(scenarioIds, ct);
        var accepted = (await db.List<Facts>(LedgerSql.ScenariosThatStand, scenarioIds, ct)).ToDictionary(f => f.ScenarioId);
        var places = (await db.List<PlaceSince>(LedgerSql.ScenarioPlaces, scenarioIds, ct)).ToLookup(p => p.ScenarioId);
        var submitted = (await db.List<Submitted>(LedgerSql.ScenariosSubmitted, scenarioIds, ct)).ToDictionary(s => s.ScenarioId);
        var standing = new List<(LedgerLine, int?)>();
        foreach (var facts in accepted.Values) Register(standing, Book.Approved, facts, stages[facts.ScenarioId], places[facts.ScenarioId]);
        foreach (var facts in accepted.Values.Where(f => !submitted.ContainsKey(f.ScenarioId))) Register(standing, Book.Filed, facts, stages[facts.ScenarioId], places[facts.ScenarioId]);
        foreach (var s in submitted.Values)
        {
            var facts = new Facts
            {
                ScenarioId = s.ScenarioId,
                OrganizationId = s.OrganizationId,
                Sector = catalog.SectorOf(s.IndustryDivision).Code,
                Region = s.Region,
                KeyAction = s.KeyAction,
                CapexTotalFen = s.CapexTotalFen
            };
            Register(standing, Book.Filed, facts, [.. stages[s.ScenarioId].Append(new Stage { ScenarioId = s.ScenarioId, Code = s.Stage, Since = s.StageSince, Rank = Rank(s.Stage) }).Distinct()], places[s.ScenarioId]);
        }
        return Difference(standing, await db.List<Posted>(LedgerSql.PostedRegister, scenarioIds, ct));
    }

    // Levels are posted as movements: into the first stage, and from stage to stage in the month of the change, so that a level in any month is the sum of movements until then.
    // A merger moves the level to another organization in its month; the months before stay with the one of then.
    private static void Register(List<(LedgerLine, int?)> lines, string book, Facts facts, IEnumerable<Stage> spells, IEnumerable<PlaceSince> places)
    {
        string? stage = null;
        var (month, organization) = ("", facts.OrganizationId);
        var ahead = new Queue<PlaceSince>(places);
        foreach (var spell in spells.OrderBy(s => s.Since).ThenBy(s => s.Rank))
        {
            var begins = spell.Since.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
            Rehome(begins);
            month = begins;
            Move(-1);
            stage = spell.Code;
            Move(+1);
        }
        Rehome("9999-99");

        void Rehome(string until)
        {
            while (ahead.TryPeek(out var next) && string.CompareOrdinal(next.SincePeriod, until) <= 0)
            {
                month = next.SincePeriod;
                Move(-1);
                organization = ahead.Dequeue().OrganizationId;
                Move(+1);
            }
        }

        void Move(int sign)
        {
            if (stage is null) return;
            // A retired scenario no longer counts; what was planned for it stays planned.
            if (stage != Retired) Line(RegisterMeasure.Count, sign * 1_000_000L, stage, sign);
            if (facts.CapexTotalFen is { } capex) Line(RegisterMeasure.InvestPlan, sign * capex, stage, sign);
        }

        void Line(string measure, long quantity, string stage, int figures) => lines.Add((new(book, measure, month, organization, facts.Sector, facts.Region, facts.KeyAction, stage,
            LedgerLine.NoGrade, "reported", facts.ScenarioId, null, quantity, 0, figures), null));
    }

    // A line that stands already keeps its entry; of several equal lines each keeps one.
    private static List<Change> Difference(List<(LedgerLine Line, int? Version)> standing, IReadOnlyList<Posted> posted)
    {
        var reversed = posted.Where(p => p.ReversesEntryNo is not null).Select(p => p.ReversesEntryNo!.Value).ToHashSet();
        var live = posted.Where(p => p.ReversesEntryNo is null && !reversed.Contains(p.EntryNo)).GroupBy(p => p.Line)
            .ToDictionary(g => g.Key, g => new Stack<Posted>(g.OrderByDescending(p => p.EntryNo)));
        var added = new List<Change>();
        foreach (var (line, version) in standing)
            if (live.TryGetValue(line, out var same) && same.Count > 0) same.Pop();
            else added.Add(new(line, version, null));
        var gone = live.Values.SelectMany(left => left).OrderBy(p => p.EntryNo).ToList();
        // A figure in the place of another is a change of it, whatever brought it about; one where there was none is new.
        var before = gone.Where(p => p.Line.IsFigure).Select(p => p.Line.Place).ToHashSet();
        var after = added.Where(c => c.Line.IsFigure).Select(c => c.Line.Place).ToHashSet();
        before.IntersectWith(after);
        var changes = gone.Select(p => new Change(p.Line.Reversed(), p.FilingVersion, p.EntryNo)).ToList();
        changes.AddRange(added.OrderBy(c => c.Line.ScenarioId).ThenBy(c => c.Line.Period, StringComparer.Ordinal).ThenBy(c => c.Line.Measure, StringComparer.Ordinal).ThenBy(c => c.Line.Book, StringComparer.Ordinal));
        // A register line that takes away without reversing is a scenario leaving one stage for the next.
        var moves = added.Where(c => c.Line.Figures < 0).Select(c => c.Line.Place).ToHashSet();
        return [.. changes.Select(c => c with { Replaces = before.Contains(c.Line.Place), ChangesStage = c.Reverses is null && moves.Contains(c.Line.Place) })];
    }

    private async Task<int> Append(List<Change> changes, string cause, CancellationToken ct)
    {
        if (changes.Count == 0) return 0;
        var head = await db.One<Head>(LedgerSql.ReadHead, null, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < head.LastPostedAt) now = head.LastPostedAt;   // a clock set back must not put a later entry before an earlier one
        now = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        var rows = changes.Select((c, i) => new object?[]
        {
            head.LastEntryNo + i + 1, now, c.Line.Book, CauseOf(c, cause), c.Line.Measure, c.Line.Period, c.Line.OrganizationId, c.Line.Sector, c.Line.Region, c.Line.KeyAction, c.Line.Stage,
            c.Line.Grade, c.Line.FigureState, c.Line.ScenarioId, c.Line.FilingId, c.FilingVersion, c.Reverses, caller.UserId, c.Line.Quantity, c.Line.Denominator, c.Line.Figures
        }).ToArray();
        await db.Append("ledger_entry", Columns, rows, ct);
        await db.Run(LedgerSql.AdvanceHead, new { LastEntryNo = head.LastEntryNo + rows.Length, PostedAt = now }, ct);
        return rows.Length;
    }

    // In the filed book a correction takes the place of a figure when it is submitted, and gives it back when it is returned.
    private static string CauseOf(Change change, string cause) => (change, cause) switch
    {
        ({ ChangesStage: true }, Cause.Submitted or Cause.Approved) => Cause.StageChanged,
        ({ Replaces: true }, Cause.Submitted or Cause.Approved) => Cause.Corrected,
        ({ Replaces: true }, Cause.Returned) => Cause.CorrectionReturned,
        _ => cause
    };

    private async Task<ILookup<long, Stage>> StagesOf(object scenarioIds, CancellationToken ct)
    {
        return (await db.List<StageRow>(LedgerSql.Stages, scenarioIds, ct))
            .Select(s => new Stage { ScenarioId = s.ScenarioId, Code = s.Stage, Since = s.Since, Rank = Rank(s.Stage) })
            .OrderBy(s => s.Since).ThenBy(s => s.Rank).ToLookup(s => s.ScenarioId);
    }

    private int Rank(string stage) => catalog.FindItem("stage", stage)!.Sort;

    // The stage at the month's end; a month before the first accepted stage is counted with it.
    private static string StageIn(IEnumerable<Stage> spells, string period)
    {
        string? stage = null;
        foreach (var spell in spells)
        {
            if (stage is not null && string.CompareOrdinal(spell.Since.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), period) > 0) break;
            stage = spell.Code;
        }
        return stage ?? throw new InvalidOperationException("An accepted scenario has a stage.");
    }

    /// <param name="Replaces">A figure stood in its place before, and one stands there after.</param>
    /// <param name="ChangesStage">A movement of the register from one stage to the next.</param>
    private sealed record Change(LedgerLine Line, int? FilingVersion, long? Reverses, bool Replaces = false, bool ChangesStage = false);

    internal sealed record Head
    {
        public long LastEntryNo { get; init; }
        public DateTime LastPostedAt { get; init; }
        public long LastClosingNo { get; init; }
        public long ThroughEntryNo { get; init; }
    }

    private sealed record MonthRow
    {
        public long ScenarioId { get; init; }
        public required string Period { get; init; }
        public ScenarioMonth Month => new(ScenarioId, Period);
    }

    private sealed record Obligation
    {
        public long ScenarioId { get; init; }
        public required string Period { get; init; }
        public required string Measures { get; init; }
        public required string State { get; init; }
        public ScenarioMonth Month => new(ScenarioId, Period);
    }

    private sealed record Figure
    {
        public required string Book { get; init; }
        public long FilingId { get; init; }
        public long ScenarioId { get; init; }
        public long OrganizationId { get; init; }
        public required string Period { get; init; }
        public int Version { get; init; }
        public required string Measure { get; init; }
        public required string FigureState { get; init; }
        public required string Grade { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public ScenarioMonth Month => new(ScenarioId, Period);
    }

    private sealed record Facts
    {
        public long ScenarioId { get; init; }
        public long OrganizationId { get; init; }
        public required string Sector { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public long? CapexTotalFen { get; init; }
    }

    private sealed record PlaceSince
    {
        public long ScenarioId { get; init; }
        public required string SincePeriod { get; init; }
        public long OrganizationId { get; init; }
    }

    private sealed record Submitted
    {
        public long ScenarioId { get; init; }
        public long OrganizationId { get; init; }
        public required string IndustryDivision { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public required string Stage { get; init; }
        public DateOnly StageSince { get; init; }
        public long? CapexTotalFen { get; init; }
    }

    private sealed record StageRow
    {
        public long ScenarioId { get; init; }
        public required string Stage { get; init; }
        public DateOnly Since { get; init; }
    }

    private sealed record Stage
    {
        public long ScenarioId { get; init; }
        public required string Code { get; init; }
        public DateOnly Since { get; init; }
        public int Rank { get; init; }
        public bool Equals(Stage? other) => other is not null && (ScenarioId, Code, Since) == (other.ScenarioId, other.Code, other.Since);
        public override int GetHashCode() => HashCode.Combine(ScenarioId, Code, Since);
    }

    private sealed record Posted
    {
        public long EntryNo { get; init; }
        public required string Book { get; init; }
        public required string Measure { get; init; }
        public required string Period { get; init; }
        public long OrganizationId { get; init; }
        public required string Sector { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public required string Stage { get; init; }
        public required string Grade { get; init; }
        public required string FigureState { get; init; }
        public long ScenarioId { get; init; }
        public long? FilingId { get; init; }
        public int? FilingVersion { get; init; }
        public long? ReversesEntryNo { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public int Figures { get; init; }

        public LedgerLine Line => new(Book, Measure, Period, OrganizationId, Sector, Region, KeyAction, Stage, Grade, FigureState, ScenarioId, FilingId, Quantity, Denominator, Figures);
    }
}

/// <summary>The measures the register itself posts.</summary>
internal static class RegisterMeasure
{
    public const string Count = "SCN_COUNT", InvestPlan = "INVEST_PLAN";
    public static readonly string Codes = SqlList.Of([Count, InvestPlan]);
}
