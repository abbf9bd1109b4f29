using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>One filing with all that is judged beside it: its registration, what its scenario filed before, what its peers file. Quantities are fen or millionths.</summary>
internal sealed record Entry
{
    public long FilingId { get; init; }
    public int Version { get; init; }
    public long ScenarioId { get; init; }
    public long OrganizationId { get; init; }
    public required Month Period { get; init; }
    public string Sector { get; init; } = "";
    /// <summary>One-off investment planned, of the registration in force; null when none was stated.</summary>
    public long? CapexTotalFen { get; init; }
    /// <summary>Running cost planned for a year.</summary>
    public long? OpexYearFen { get; init; }
    public DateOnly? GoLiveOn { get; init; }
    public required IReadOnlyList<EntryFigure> Figures { get; init; }
    /// <summary>By measure: all approved months before this one added up, whether or not it is filed this month.</summary>
    public IReadOnlyDictionary<string, long> Before { get; init; } = new Dictionary<string, long>();

    /// <summary>Everything through this month.</summary>
    public long ToDate(IEnumerable<string> measures) => measures.Sum(m => Before.GetValueOrDefault(m) + (Find(m)?.Quantity ?? 0));

    public EntryFigure? Find(string measure) => Figures.FirstOrDefault(f => f.Measure.Code == measure);

    public IEnumerable<EntryFigure> Reported => Figures.Where(f => f.IsReported);
}

/// <summary>One figure of an entry.</summary>
internal sealed record EntryFigure
{
    public required Measure Measure { get; init; }
    public required string State { get; init; }
    public string Grade { get; init; } = Filings.Grade.SelfReported;
    public long Quantity { get; init; }
    public long Denominator { get; init; }
    public long? Baseline { get; init; }
    public long? Target { get; init; }
    public string? Note { get; init; }
    /// <summary>What the scenario promised of the measure; null when it promised nothing.</summary>
    public Promise? Promised { get; init; }
    /// <summary>What was reported and approved for the twelve months before, oldest first; months without a value are not there.</summary>
    public IReadOnlyList<PastFigure> Past { get; init; } = [];
    /// <summary>What others of the sector file of the measure; null when nobody does.</summary>
    public Peers? Peers { get; init; }

    public bool IsReported => State == FigureState.Reported;
    public bool IsRatio => Measure.Kind == MeasureKind.Ratio;
    public PastFigure? In(Month month) => Past.FirstOrDefault(p => p.Month == month);

    /// <summary>In the measure's own unit.</summary>
    public decimal Value => ValueOf(Quantity, Denominator);
    public decimal ValueOf(long quantity, long denominator) => IsRatio ? Units.Ratio(Measure, quantity, denominator) ?? 0 : Units.FromLedger(Measure, quantity);

    /// <summary>What identifies the value.</summary>
    public string About => string.Create(CultureInfo.InvariantCulture, $"{Quantity}/{Denominator}");

    public Words Show(decimal value) => new($"{Text.Number(value)}{Measure.UnitZh}", $"{Text.Number(value)} {Measure.UnitEn}");
    public Words Shown => Show(Value);
}

internal sealed record PastFigure(Month Month, long Quantity, long Denominator);

/// <summary>Baseline and target of the registration.</summary>
internal sealed record Promise(string? BaselinePeriod, long? TargetQuantity, long? TargetDenominator, DateOnly? TargetOn);

/// <summary>The average figure of a sector over the twelve months before, in the measure's own unit.</summary>
/// <param name="Figures">How many figures it is the average of.</param>
internal sealed record Peers(decimal Average, int Figures);

internal static class Text
{
    public static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
