using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Peers;

/// <summary>Where the caller's enterprises stand among their peers (对标): what was released of one sector and period, and nothing worked out for the asking.</summary>
/// <param name="Sector">Code of a sector that is rolled up.</param>
/// <param name="Period">2026-08, 2026Q3 or 2026.</param>
/// <param name="Limit">Enterprises a page, 1 to 500.</param>
public sealed record ComparePeers(string? Sector, string? Period, int? Limit, string? After) : IQuery<PeerComparison>;

/// <summary>Quartiles by measure, and the caller's own enterprises against them.</summary>
/// <param name="DemoData">演示数据 when the tenant's figures are generated for demonstration, else null.</param>
/// <param name="Enterprises">Those whose whole subtree the caller sees and that have a value here; empty for whoever sees only a part of an enterprise.</param>
/// <param name="Next">Give it back as <c>after</c> for more enterprises; null on the last page.</param>
public sealed record PeerComparison(string Sector, string SectorName, string Period, string? DemoData, IReadOnlyList<PeerCell> Measures, IReadOnlyList<PeerEnterprise> Enterprises, string? Next);

/// <summary>One measure of the sector and period.</summary>
public sealed record PeerCell
{
    public required string Measure { get; init; }
    public required string Label { get; init; }
    public required string Unit { get; init; }
    /// <summary>up where more is better, down where less is.</summary>
    public required string Direction { get; init; }
    public required string Formula { get; init; }
    /// <summary>published or withheld. A withheld cell is never 0: it says reason.</summary>
    public required string State { get; init; }
    /// <summary>too-few, dominance, changed-too-little, not-released, other-grain or seen-too-much; null where published.</summary>
    public string? Reason { get; init; }
    public string? ReasonText { get; init; }
    /// <summary>How many enterprises, as a band: 5-9, 10-19, 20-49, 50+.</summary>
    public string? Enterprises { get; init; }
    /// <summary>Average of the enterprises around the first quartile, to two significant digits; null below 10 enterprises, where three averages would take each other apart.</summary>
    public decimal? P25 { get; init; }
    /// <summary>Average of at least three enterprises in the middle, to two significant digits.</summary>
    public decimal? Median { get; init; }
    public decimal? P75 { get; init; }
    /// <summary>结账号 its values are read at, and stay read at.</summary>
    public long? Closing { get; init; }
    /// <summary>When that closing was made.</summary>
    public DateTime? AsOf { get; init; }
    /// <summary>earlier-stands when it was worked out again later and not published anew; null when this is the latest.</summary>
    public string? LaterReason { get; init; }
    public string? LaterReasonText { get; init; }
}

public sealed record PeerEnterprise(long OrganizationId, string Name, IReadOnlyList<PeerPlace> Places);

/// <param name="Value">The enterprise's own, exact to the millionth, at the closing of its measure.</param>
/// <param name="Position">topQuarter, secondQuarter, thirdQuarter, bottomQuarter against the quartiles shown, or upperHalf, lowerHalf against the median alone; better first whichever way the measure runs. Null where they are withheld.</param>
/// <param name="PositionLabel">The same, in the caller's language.</param>
public sealed record PeerPlace(string Measure, decimal Value, string? Position, string? PositionLabel);

internal sealed class ComparePeersValidator : AbstractValidator<ComparePeers>
{
    public ComparePeersValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Sector).Must(s => catalog.Sectors.Any(c => c.Code == s && c.RolledUp)).WithErrorCode("unknown-code")
            .WithMessage((_, s) => PeerRefusal.UnknownSector(s).Errors![0].Message);
        RuleFor(x => x.Period).Must(p => Catalog.Period.TryParse(p, out _)).WithErrorCode("bad-period").WithMessage((_, p) => PeerRefusal.BadPeriod("?period", p).Errors![0].Message);
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
    }
}

internal sealed class ComparePeersHandler(Db db, Caller caller, ReferenceCatalog catalog) : IRequestHandler<ComparePeers, Result<PeerComparison>>
{
    public async Task<Result<PeerComparison>> Handle(ComparePeers request, CancellationToken ct)
    {
        if (!Cursor.TryRead<PeerEnterprise, long>(request.After, out var after)) return Cursor.Bad;
        var (period, limit) = (Period.Parse(request.Period!), request.Limit ?? Cursor.DefaultLimit);
        var sector = catalog.Sectors.Single(s => s.Code == request.Sector);
        var measures = PeerMeasure.All(catalog);
        var grain = await db.Find<string>(PeerSql.FindGrain, new { period.First.Year }, ct);
        // A release has no cell for what nobody filed: none is fewer than five.
        var silent = await db.One<long>(PeerSql.CountDone, new { Period = period.ToString() }, ct) > 0 ? Withheld.TooFew
            : grain is null || grain == Grain.Of(period) ? Withheld.NotReleased : Withheld.OtherGrain;
        var cells = (await db.List<CellRow>(PeerSql.CellsOf, new { Period = period.ToString(), Sector = sector.Code }, ct)).ToLookup(c => c.Measure);
        // What was published last stands, whatever came after it; where nothing ever was, the last attempt says why.
        var shown = measures.Select(m => cells[m.Code].LastOrDefault(c => c.IsPublished) ?? cells[m.Code].LastOrDefault()).OfType<CellRow>().ToDictionary(c => c.Measure);
        var releases = SqlList.Of(shown.Values.Select(c => c.ReleaseId).Distinct());
        var tooMuch = shown.Count == 0 ? [] : (await db.List<SeenRow>(PeerSql.SeenOfAverages, new { ReleaseIds = releases, Sector = sector.Code }, ct))
            .Where(s => Disclosure.SeenTooMuch(s.Members, s.Seen)).Select(s => (s.ReleaseId, s.Measure)).ToHashSet();

        var enterprises = shown.Count == 0 ? [] : await db.List<EnterpriseRow>(PeerSql.EnterprisesWithin, new { ReleaseIds = releases, Sector = sector.Code, After = after, Take = limit + 1 }, ct);
        var page = Cursor.Page([.. enterprises.Select(e => new PeerEnterprise(e.Id, e.Name, []))], limit, e => e.OrganizationId);
        var values = page.Items.Count == 0 ? [] : await db.List<ValueRow>(PeerSql.ValuesOf,
            new { ReleaseIds = releases, Sector = sector.Code, OrganizationIds = SqlList.Of(page.Items.Select(e => e.OrganizationId)) }, ct);
        var own = values.Where(v => shown[v.Measure].ReleaseId == v.ReleaseId).ToLookup(v => v.OrganizationId);

        PeerPlace Place(PeerMeasure measure, long millionths)
        {
            var cell = shown[measure.Code];
            var position = cell.IsPublished && !tooMuch.Contains((cell.ReleaseId, cell.Measure)) ? Position.Of(millionths, cell.P25, cell.Median!.Value, cell.P75, measure.Direction) : null;
            return new(measure.Code, millionths / 1_000_000m, position, position is null ? null : Position.Name(position).ToString());
        }

        return new PeerComparison(sector.Code, Language.Pick(sector.NameZh, sector.NameEn), period.ToString(), caller.DemoData,
            [.. measures.Select(m => Cell(m, shown.GetValueOrDefault(m.Code), cells[m.Code].LastOrDefault(), tooMuch, silent, grain))],
            [.. page.Items.Select(e => e with { Places = [.. from m in measures from v in own[e.OrganizationId] where v.Measure == m.Code select Place(m, v.ValueMillionths)] })], page.Next);
    }

    private static PeerCell Cell(PeerMeasure measure, CellRow? shown, CellRow? latest, HashSet<(long, string)> tooMuch, string silent, string? grain)
    {
        var reason = shown switch
        {
            null => silent,
            { IsPublished: false } => Withheld.Shown(shown.Reason!),
            _ => tooMuch.Contains((shown.ReleaseId, shown.Measure)) ? Withheld.SeenTooMuch : null
        };
        var cell = new PeerCell
        {
            Measure = measure.Code,
            Label = measure.Name.ToString(),
            Unit = measure.Unit.ToString(),
            Direction = measure.Direction == Direction.Up ? "up" : "down",
            Formula = measure.Formula.ToString(),
            State = reason is null ? "published" : "withheld",
            Reason = reason,
            ReasonText = reason is null ? null : Withheld.Why(reason, grain).ToString(),
            Closing = shown?.ClosingNo,
            AsOf = shown?.ClosedAt
        };
        if (reason is not null) return cell;
        // Which rule the later one broke would say what became of the enterprises since.
        var later = latest!.ReleaseId == shown!.ReleaseId ? null : Withheld.EarlierStands;
        return cell with
        {
            Enterprises = Disclosure.Band(shown.Enterprises),
            P25 = shown.P25 / 1_000_000m,
            Median = shown.Median / 1_000_000m,
            P75 = shown.P75 / 1_000_000m,
            LaterReason = later,
            LaterReasonText = later is null ? null : Withheld.Why(later, null).ToString()
        };
    }

    private sealed record CellRow
    {
        public long ReleaseId { get; init; }
        public long ClosingNo { get; init; }
        public DateTime ClosedAt { get; init; }
        public required string Measure { get; init; }
        public required string State { get; init; }
        public string? Reason { get; init; }
        public int Enterprises { get; init; }
        public long? P25 { get; init; }
        public long? Median { get; init; }
        public long? P75 { get; init; }
        public bool IsPublished => State == "published";
    }

    private sealed record SeenRow
    {
        public long ReleaseId { get; init; }
        public required string Measure { get; init; }
        public int Members { get; init; }
        public int Seen { get; init; }
    }

    private sealed record EnterpriseRow
    {
        public long Id { get; init; }
        public required string Name { get; init; }
    }

    private sealed record ValueRow
    {
        public long ReleaseId { get; init; }
        public required string Measure { get; init; }
        public long OrganizationId { get; init; }
        public long ValueMillionths { get; init; }
    }
}
