namespace ScenarioHub.Features.Catalog;

/// <summary>How a measure comes about: a flow, stock or ratio is filed; a register measure is posted by the ledger itself; a derived one is computed.</summary>
public enum MeasureKind { Flow, Stock, Ratio, Derived, Register }

/// <summary>How a measure adds up over organizations: sums, the ratio of sums, or not at all (not rolled up).</summary>
public enum Aggregation { Sum, RatioOfSums, None }

/// <summary>Which months a roll-up of a range takes: those of the range, all through its end, the twelve ending with its end, or the level at its end.</summary>
public enum Basis { Range, Cumulative, Trailing12, Level }

/// <summary>Which way is better.</summary>
public enum Direction { Up, Down }

/// <summary>A unit people write figures in. Units of one <see cref="Family"/> convert into each other, others never.</summary>
/// <param name="Factor">How many of the family's smallest unit one of this is: 10000 for 万元.</param>
/// <param name="Whole">Counted in whole numbers; a fraction is a finding for the rules, the conversion takes it.</param>
public sealed record MeasureUnit(string Code, string Family, string Quantity, string NameZh, string NameEn, long Factor, bool Whole)
{
    /// <summary>Ledger quantity of one such unit: 100 fen a yuan, else a million millionths.</summary>
    public long LedgerScale => Family == "money" ? 100 : 1_000_000;
}

/// <summary>The unit a figure is kept and answered in, and all units it may be filed in, that one first.</summary>
public sealed record AcceptedUnits(MeasureUnit Own, IReadOnlyList<MeasureUnit> All)
{
    /// <summary>By code (<c>CNY10K</c>) or Chinese name (<c>万元</c>); null when it is no unit of this figure. Null or empty asks for the own unit.</summary>
    public MeasureUnit? Find(string? unit) =>
        string.IsNullOrEmpty(unit) ? Own : All.FirstOrDefault(u => u.Code == unit || u.NameZh == unit);
}

/// <summary>Numerator or denominator of a ratio measure, each filed with a unit of its own.</summary>
public sealed record RatioPart(string NameZh, string NameEn, AcceptedUnits Units);

/// <summary>A filed or register measure in the formula of a derived one.</summary>
/// <param name="Factor">+1 or -1 (or more, where a formula names a measure twice).</param>
public sealed record Term(string Measure, int Factor);

/// <summary>A sum of terms over the months of a basis. Terms are those of the formula with every derived measure replaced by its own.</summary>
public sealed record TermSum(IReadOnlyList<Term> Terms, Basis Basis);

/// <summary>What can be filed or looked at: its unit, direction, formula, and the way it adds up. Source: db/seed/catalog/measure.csv.</summary>
/// <param name="Numerator">What is filed as numerator; only of <see cref="MeasureKind.Ratio"/>, and so the denominator.</param>
/// <param name="Sum">Formula of a derived measure that adds up; the value is the sum in the terms' unit x <see cref="MultiplyBy"/> / <see cref="DivideBy"/>.</param>
/// <param name="RatioNumerator">Formula of a derived ratio of sums, with <see cref="RatioDenominator"/>; empty (no value) where the denominator is 0 or less.</param>
/// <param name="Decimals">How many decimals people are shown, in the own unit.</param>
public sealed record Measure(
    string Code, string Group, string NameZh, string NameEn, MeasureKind Kind, AcceptedUnits Units, Direction Direction, bool Filed,
    Aggregation Aggregation, Basis Basis, int Decimals, RatioPart? Numerator, RatioPart? Denominator,
    TermSum? Sum, TermSum? RatioNumerator, TermSum? RatioDenominator, long MultiplyBy, long DivideBy,
    string FormulaZh, string FormulaEn, string? Note)
{
    public MeasureUnit Unit => Units.Own;

    /// <summary>money, hours, time, count, ratio, compute, data, energy, mass or volume.</summary>
    public string Quantity => Unit.Quantity;

    public string UnitZh => Unit.NameZh;

    public string UnitEn => Unit.NameEn;

    /// <summary>Appears in roll-ups. False for derived measures without a formula over the ledger yet (NPV, IRR, TCO3, CYCLE_CUT).</summary>
    public bool RolledUp => Aggregation != Aggregation.None;
}
