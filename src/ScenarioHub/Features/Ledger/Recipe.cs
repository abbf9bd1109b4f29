using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Ledger;

/// <summary>One side of a measure's formula: signed terms over the ledger's own measures, and which months of them count.</summary>
internal sealed record Side(IReadOnlyList<Term> Terms, Basis Basis)
{
    /// <summary>The months that count for a cell over <paramref name="asked"/>.</summary>
    public Period Window(Period asked, MeasureKind kind) => Basis switch
    {
        Basis.Range => asked,
        Basis.Cumulative => Period.Through(asked.Last),
        Basis.Trailing12 => Period.Trailing12(asked.Last),
        // A register's level is the sum of its movements so far; a filed level (stock) is that of the last month.
        Basis.Level => kind == MeasureKind.Register ? Period.Through(asked.Last) : Period.Of(asked.Last),
        _ => throw new ArgumentOutOfRangeException(nameof(kind))
    };
}

/// <summary>How a measure comes out of the ledger: as one sum, as the quotient of a filed numerator and denominator, or as the quotient of two sums.</summary>
internal sealed record Recipe(Measure Measure, Side Over, Side? Under)
{
    public static Recipe Of(Measure measure) => measure switch
    {
        { RatioNumerator: { } over, RatioDenominator: { } under } => new(measure, new(over.Terms, over.Basis), new(under.Terms, under.Basis)),
        { Sum: { } sum } => new(measure, new(sum.Terms, sum.Basis), null),
        _ => new(measure, new([new Term(measure.Code, 1)], measure.Basis), null)
    };

    public bool IsRatio => Measure.Kind == MeasureKind.Ratio || Under is not null;

    public IEnumerable<Side> Sides => Under is null ? [Over] : [Over, Under];

    /// <summary>Every measure of the formula with the months that count of it; one that stands on both sides with the same months (ROI's investment) is one part, not two.</summary>
    public IEnumerable<(string Measure, Period Window)> Parts(Period asked) => Sides.SelectMany(s => s.Terms.Select(t => (t.Measure, Window: s.Window(asked, Measure.Kind)))).Distinct();

    /// <summary>The formula in one word: what was worked out by another is not to be read by this one.</summary>
    public string Signature => string.Join('/', Sides.Select(s => $"{s.Basis}:{string.Join(',', s.Terms.Select(t => $"{t.Factor}*{t.Measure}"))}").Prepend($"{Measure.Code}:{Measure.Kind}"));

    /// <summary>What the sums give, in the measure's own unit; null where a quotient is undefined or nothing was filed. Sums are exact; quotients are rounded to 6 decimals, half away from zero.</summary>
    public decimal? Value(Func<Side, Sums> sums)
    {
        var over = sums(Over);
        if (Measure.Kind == MeasureKind.Ratio) return over.HasFigures ? Rounded(Units.Ratio(Measure, over.Quantity, over.Denominator)) : null;
        if (Under is not null) return over.HasFigures || sums(Under).HasFigures ? Rounded(Units.Ratio(Measure, over.Quantity, sums(Under).Quantity)) : null;
        if (!over.HasFigures && Measure.Kind != MeasureKind.Register) return null;   // nothing filed is not zero; an empty register is
        return InUnit(over.Quantity);
    }

    /// <summary>A sum of the ledger in the measure's own unit; only of measures that add up.</summary>
    public decimal InUnit(long quantity) => Measure.Sum is null ? Units.FromLedger(Measure, quantity) : Units.OfTerms(Measure, quantity);

    /// <summary>The same terms month by month over the months asked for, whatever the measure's own basis.</summary>
    public Recipe Over12() => this with { Over = Over with { Basis = Basis.Range }, Under = null };

    private static decimal? Rounded(decimal? quotient) => quotient is { } q ? Math.Round(q, 6, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Ledger sums of one side of a cell. Adding is checked: a sum beyond 64 bits is an error, never a wrap.</summary>
internal sealed class Sums
{
    public long Quantity { get; private set; }
    public long Denominator { get; private set; }
    public long Reported { get; private set; }
    public long Zero { get; private set; }
    public long Exempt { get; private set; }
    public long Withheld { get; private set; }
    public long Missing { get; private set; }
    public long NotDue { get; private set; }
    /// <summary>How many entries it took.</summary>
    public long Entries { get; private set; }
    public Dictionary<string, long> ByGrade { get; } = [];
    /// <summary>Somebody said something: a value or an explicit zero.</summary>
    public bool HasFigures => Reported + Zero > 0;

    /// <summary>As it is kept in a handle: grades and states are not told apart any more.</summary>
    public static Sums Of(long quantity, long denominator, long figures, long entries)
    {
        var sums = new Sums();
        sums.Add("", "reported", new(quantity, denominator, figures, entries));
        return sums;
    }

    /// <summary>Adds what another counted, its quantities as often as the formula says.</summary>
    public void Add(int factor, Sums other)
    {
        checked
        {
            Quantity += factor * other.Quantity;
            Denominator += factor * other.Denominator;
            foreach (var (grade, quantity) in other.ByGrade) ByGrade[grade] = ByGrade.GetValueOrDefault(grade) + factor * quantity;
            (Reported, Zero, Exempt, Withheld) = (Reported + other.Reported, Zero + other.Zero, Exempt + other.Exempt, Withheld + other.Withheld);
            (Missing, NotDue, Entries) = (Missing + other.Missing, NotDue + other.NotDue, Entries + other.Entries);
        }
    }

    public void Add(string grade, string state, Amounts amounts)
    {
        checked
        {
            Quantity += amounts.Quantity;
            Denominator += amounts.Denominator;
            if (state == "reported") ByGrade[grade] = ByGrade.GetValueOrDefault(grade) + amounts.Quantity;
            switch (state)
            {
                case "reported": Reported += amounts.Figures; break;
                case "zero": Zero += amounts.Figures; break;
                case "exempt": Exempt += amounts.Figures; break;
                case "withheld": Withheld += amounts.Figures; break;
                case Absence.Missing: Missing += amounts.Figures; break;
                case Absence.NotDue: NotDue += amounts.Figures; break;
            }
            Entries += amounts.Entries;
        }
    }
}

/// <summary>One row of a summing statement.</summary>
internal sealed record SumRow
{
    public required string Member { get; init; }
    public required string Measure { get; init; }
    /// <summary>Whose it is, where members are organizations; else 0.</summary>
    public long OrganizationId { get; init; }
    /// <summary>Empty where the months were added up.</summary>
    public string Period { get; init; } = "";
    public required string Grade { get; init; }
    public required string FigureState { get; init; }
    public long Quantity { get; init; }
    public long Denominator { get; init; }
    public long Figures { get; init; }
    public long Entries { get; init; }
}
