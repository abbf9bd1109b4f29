namespace ScenarioHub.Features.Ledger;

/// <summary>What of an entry is added up.</summary>
internal sealed record EntrySum
{
    /// <summary>0 where it is not asked for.</summary>
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
    public long Quantity { get; init; }
    public long Denominator { get; init; }
    public int Figures { get; init; }

    public BalanceKey BalanceKey => new(OrganizationId, Book, Measure, Period, Sector, Region, KeyAction, Stage, Grade, FigureState);
}

/// <summary>The dimensions of <c>ledger_balance</c>, in the order of its key.</summary>
internal readonly record struct BalanceKey(long OrganizationId, string Book, string Measure, string Period, string Sector, string Region, string KeyAction, string Stage, string Grade, string FigureState)
{
    /// <summary>Where it stands in one of the views of the whole tenant.</summary>
    public TotalKey Total(string aspect) => new(Book, Measure, aspect, Period, Sector,
        aspect switch { Dimension.Region => Region, Dimension.Stage => Stage, Dimension.KeyAction => KeyAction, _ => "" }, Grade, FigureState);
}

/// <summary>The dimensions of <c>ledger_total</c>, in the order of its key.</summary>
internal readonly record struct TotalKey(string Book, string Measure, string Aspect, string Period, string Sector, string Member, string Grade, string FigureState);

/// <summary>Quantities of one key. Adding is checked: a sum beyond 64 bits is an error, never a wrap.</summary>
internal readonly record struct Amounts(long Quantity, long Denominator, long Figures, long Entries)
{
    public static Amounts Of(EntrySum e) => new(e.Quantity, e.Denominator, e.Figures, 1);

    public static Amounts operator +(Amounts a, Amounts b) => checked(new(a.Quantity + b.Quantity, a.Denominator + b.Denominator, a.Figures + b.Figures, a.Entries + b.Entries));
}

/// <summary>Adds up entries by the keys of balances and totals.</summary>
internal sealed class LedgerSums
{
    public static readonly string[] Aspects = [Dimension.Sector, Dimension.Region, Dimension.Stage, Dimension.KeyAction];

    public static readonly string[] BalanceColumns =
        ["organization_id", "book", "measure", "period", "sector", "region", "key_action", "stage", "grade", "figure_state", "quantity", "denominator", "figures", "entries"];

    public static readonly string[] TotalColumns =
        ["book", "measure", "aspect", "period", "sector", "member", "grade", "figure_state", "quantity", "denominator", "figures", "entries"];

    private readonly Dictionary<BalanceKey, Amounts> _balances = [];
    private readonly Dictionary<TotalKey, Amounts> _totals = [];

    public void Add(EntrySum entry)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_balances, entry.BalanceKey, out _) += Amounts.Of(entry);
    }

    // In the order of the key, so that they are written where the last one was.
    public IReadOnlyList<object?[]> Balances() => [.. _balances.OrderBy(b => b.Key, KeyOrder.Balances).Select(b => new object?[]
    {
        b.Key.OrganizationId, b.Key.Book, b.Key.Measure, b.Key.Period, b.Key.Sector, b.Key.Region, b.Key.KeyAction, b.Key.Stage, b.Key.Grade, b.Key.FigureState,
        b.Value.Quantity, b.Value.Denominator, b.Value.Figures, b.Value.Entries
    })];

    public IReadOnlyList<object?[]> Totals()
    {
        foreach (var (k, amounts) in _balances)
            foreach (var aspect in Aspects)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_totals, k.Total(aspect), out _) += amounts;
        return [.. _totals.OrderBy(t => t.Key, KeyOrder.Totals).Select(t => new object?[]
        {
            t.Key.Book, t.Key.Measure, t.Key.Aspect, t.Key.Period, t.Key.Sector, t.Key.Member, t.Key.Grade, t.Key.FigureState,
            t.Value.Quantity, t.Value.Denominator, t.Value.Figures, t.Value.Entries
        })];
    }
}

/// <summary>Keys in the order in which the tables hold them.</summary>
internal static class KeyOrder
{
    public static readonly IComparer<BalanceKey> Balances = Comparer<BalanceKey>.Create(static (a, b) =>
    {
        var c = a.OrganizationId.CompareTo(b.OrganizationId);
        if (c == 0) c = string.CompareOrdinal(a.Book, b.Book);
        if (c == 0) c = string.CompareOrdinal(a.Measure, b.Measure);
        if (c == 0) c = string.CompareOrdinal(a.Period, b.Period);
        if (c == 0) c = string.CompareOrdinal(a.Sector, b.Sector);
        if (c == 0) c = string.CompareOrdinal(a.Region, b.Region);
        if (c == 0) c = string.CompareOrdinal(a.KeyAction, b.KeyAction);
        if (c == 0) c = string.CompareOrdinal(a.Stage, b.Stage);
        if (c == 0) c = string.CompareOrdinal(a.Grade, b.Grade);
        return c != 0 ? c : string.CompareOrdinal(a.FigureState, b.FigureState);
    });

    public static readonly IComparer<TotalKey> Totals = Comparer<TotalKey>.Create(static (a, b) =>
    {
        var c = string.CompareOrdinal(a.Book, b.Book);
        if (c == 0) c = string.CompareOrdinal(a.Measure, b.Measure);
        if (c == 0) c = string.CompareOrdinal(a.Aspect, b.Aspect);
        if (c == 0) c = string.CompareOrdinal(a.Period, b.Period);
        if (c == 0) c = string.CompareOrdinal(a.Sector, b.Sector);
        if (c == 0) c = string.CompareOrdinal(a.Member, b.Member);
        if (c == 0) c = string.CompareOrdinal(a.Grade, b.Grade);
        return c != 0 ? c : string.CompareOrdinal(a.FigureState, b.FigureState);
    });
}
