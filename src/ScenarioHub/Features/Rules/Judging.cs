using System.Globalization;
using System.Text.Json;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>Reads what rules judge, for many filings at once: the same four statements for one and for ten thousand. Judging itself is pure.</summary>
internal sealed class Judging(Db db, ReferenceCatalog catalog, TimeProvider clock)
{
    /// <summary>The rule set in force today in Beijing.</summary>
    public async Task<RulesInForce> InForce(CancellationToken ct) =>
        await db.Find<SetRow>(RuleSql.InForce, new { Today = clock.Today(), Take = 1 }, ct) is { } row ? await Read(row.Id, row.Number, row.EffectiveOn, ct) : RulesInForce.BuiltIn;

    public async Task<RulesInForce> Read(long ruleSetId, int number, DateOnly? effectiveOn, CancellationToken ct)
    {
        var rows = (await db.List<RuleRow>(RuleSql.RulesOf, new { RuleSetId = ruleSetId }, ct)).ToDictionary(r => r.RuleId, StringComparer.Ordinal);
        return new(ruleSetId, number, effectiveOn, [.. Rule.All.Select(rule => rows.TryGetValue(rule.Id, out var row)
            ? new SetRule(rule, row.Severity, row.IsEnabled, JsonSerializer.Deserialize<Dictionary<string, decimal>>(row.Parameters, Json.Options)!)
            : new SetRule(rule, rule.Severity, true, RulesInForce.Defaults(rule)))]);
    }

    /// <param name="live">What the books stand on; otherwise the newest version, as it is about to be submitted.</param>
    /// <returns>Made one after another as they are asked for, each once: ten thousand with their history need not be in memory together.</returns>
    public async Task<IEnumerable<Entry>> Entries(IReadOnlyCollection<long> filingIds, bool live, CancellationToken ct)
    {
        if (filingIds.Count == 0) return [];
        var which = new { FilingIds = SqlList.Of(filingIds), Live = live ? 1 : 0 };
        var rows = await db.List<EntryRow>(RuleSql.Entries, which, ct);
        var figures = (await db.List<FigureRow>(RuleSql.Figures, which, ct)).ToLookup(f => f.FilingId);
        var past = (await db.List<PastRow>(RuleSql.Past, which, ct)).ToLookup(p => p.FilingId);
        var peers = await PeersOf(rows, figures, ct);
        return rows.Select(row => Of(row, figures[row.FilingId], past[row.FilingId].ToDictionary(p => p.Measure, StringComparer.Ordinal), peers));
    }

    private Entry Of(EntryRow row, IEnumerable<FigureRow> figures, Dictionary<string, PastRow> past, Func<string, string, Month, Peers?> peers)
    {
        var period = Month.Parse(row.Period);
        return new()
        {
            FilingId = row.FilingId,
            Version = row.Version,
            ScenarioId = row.ScenarioId,
            OrganizationId = row.OrganizationId,
            Period = period,
            Sector = row.Sector,
            CapexTotalFen = row.CapexTotalFen,
            OpexYearFen = row.OpexYearFen,
            GoLiveOn = row.GoLiveOn,
            Before = past.ToDictionary(p => p.Key, p => p.Value.Total, StringComparer.Ordinal),
            Figures = [.. figures.Select(f => new EntryFigure
            {
                Measure = catalog.Measure(f.Measure),
                State = f.State,
                Grade = f.Grade,
                Quantity = f.Quantity,
                Denominator = f.Denominator,
                Baseline = f.BaselineQuantity,
                Target = f.TargetQuantity,
                Note = f.Note,
                Promised = f.BaselinePeriod is null && f.PromisedTarget is null && f.TargetOn is null ? null : new(f.BaselinePeriod, f.PromisedTarget, f.PromisedDenominator, f.TargetOn),
                Past = past.TryGetValue(f.Measure, out var before) ? Months(before.Months) : [],
                Peers = peers(f.Measure, row.Sector, period)
            })]
        };
    }

    // "2026-08 1200 0;2026-09 …", in no promised order.
    private static PastFigure[] Months(string? written)
    {
        if (string.IsNullOrEmpty(written)) return [];
        var months = new List<PastFigure>(12);
        foreach (var range in written.AsSpan().Split(';'))
        {
            var one = written.AsSpan(range);
            var at = one.LastIndexOf(' ');
            months.Add(new(new(Whole(one[..4]), Whole(one[5..7])), long.Parse(one[8..at], CultureInfo.InvariantCulture), long.Parse(one[(at + 1)..], CultureInfo.InvariantCulture)));
        }
        months.Sort(static (a, b) => a.Month.CompareTo(b.Month));
        return [.. months];

        static int Whole(ReadOnlySpan<char> digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private async Task<Func<string, string, Month, Peers?>> PeersOf(IReadOnlyList<EntryRow> rows, ILookup<long, FigureRow> figures, CancellationToken ct)
    {
        var measures = figures.SelectMany(g => g).Where(f => f.State == FigureState.Reported).Select(f => f.Measure).Distinct().ToArray();
        if (measures.Length == 0) return (_, _, _) => null;
        var totals = (await db.List<TotalRow>(RuleSql.PeerTotals, new
        {
            MeasureCodes = SqlList.Of(measures),
            SectorCodes = SqlList.Of(rows.Select(r => r.Sector).Distinct()),
            From = Month.Parse(rows.Min(r => r.Period)!).AddMonths(-12).ToString(),
            To = Month.Parse(rows.Max(r => r.Period)!).AddMonths(-1).ToString()
        }, ct)).ToLookup(t => (t.Measure, t.Sector));
        var averages = new Dictionary<(string, string, Month), Peers?>();
        return (measure, sector, period) =>
        {
            if (averages.TryGetValue((measure, sector, period), out var known)) return known;
            var (from, to) = (period.AddMonths(-12).ToString(), period.AddMonths(-1).ToString());
            var (sum, count) = totals[(measure, sector)].Where(t => string.CompareOrdinal(t.Period, from) >= 0 && string.CompareOrdinal(t.Period, to) <= 0)
                .Aggregate((Sum: 0m, Count: 0L), (all, t) => (all.Sum + t.Quantity, all.Count + t.Figures));
            return averages[(measure, sector, period)] = count <= 0 ? null : new(sum / count / catalog.Measure(measure).Unit.LedgerScale, (int)Math.Min(count, int.MaxValue));
        };
    }

    private sealed record SetRow
    {
        public long Id { get; init; }
        public int Number { get; init; }
        public DateOnly EffectiveOn { get; init; }
    }

    private sealed record RuleRow
    {
        public required string RuleId { get; init; }
        public required string Severity { get; init; }
        public bool IsEnabled { get; init; }
        public required string Parameters { get; init; }
    }

    private sealed record EntryRow
    {
        public long FilingId { get; init; }
        public int Version { get; init; }
        public long ScenarioId { get; init; }
        public long OrganizationId { get; init; }
        public required string Period { get; init; }
        public required string Sector { get; init; }
        public long? CapexTotalFen { get; init; }
        public long? OpexYearFen { get; init; }
        public DateOnly? GoLiveOn { get; init; }
    }

    private sealed record FigureRow
    {
        public long FilingId { get; init; }
        public required string Measure { get; init; }
        public required string State { get; init; }
        public required string Grade { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long? BaselineQuantity { get; init; }
        public long? TargetQuantity { get; init; }
        public string? Note { get; init; }
        public string? BaselinePeriod { get; init; }
        public long? PromisedTarget { get; init; }
        public long? PromisedDenominator { get; init; }
        public DateOnly? TargetOn { get; init; }
    }

    private sealed record PastRow
    {
        public long FilingId { get; init; }
        public required string Measure { get; init; }
        public long Total { get; init; }
        public string? Months { get; init; }
    }

    private sealed record TotalRow
    {
        public required string Measure { get; init; }
        public required string Sector { get; init; }
        public required string Period { get; init; }
        public long Quantity { get; init; }
        public long Figures { get; init; }
    }
}
