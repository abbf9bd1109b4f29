using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Filings;

/// <summary>One figure in the measure's own unit.</summary>
/// <param name="State">reported, zero, exempt, withheld; <c>missing</c> or <c>notDue</c> for a measure the scenario files and this filing does not hold.</param>
/// <param name="Value">Of flow and stock measures: what posts, after <paramref name="Attribution"/>; 0 only when the state is zero or nothing of the value is left to post, null when nothing was reported.</param>
/// <param name="Numerator">Of ratio measures, in <paramref name="NumeratorUnit"/>; and so the denominator.</param>
/// <param name="Ratio">Numerator by denominator, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The measure's own unit, of value, gross, ratio, baseline and target.</param>
/// <param name="Gross">The value as it was filed: send this one when filing again.</param>
/// <param name="Attribution">归因系数: the share of the gross value that posts, above 0 to 1.</param>
/// <param name="LabourHours">Of COST_SAVE: the hours whose labour cost is part of the saving.</param>
/// <param name="SameHoursAs">Of HOURS_SAVED: <c>COST_SAVE</c> when the saving's labour hours are among these and were taken off, <c>none</c> when they are others.</param>
/// <param name="Evidence">Id of the evidence the grade rests on; null when it is the filer's word.</param>
public sealed record FigureView(
    string Measure, string State, string? Grade, decimal? Value, decimal? Numerator, decimal? Denominator, decimal? Ratio,
    string Unit, string? NumeratorUnit, string? DenominatorUnit, decimal? Baseline, decimal? Target, string? Note,
    decimal? Gross = null, decimal? Attribution = null, string? AttributionReason = null, decimal? LabourHours = null, string? SameHoursAs = null, long? Evidence = null)
{
    internal static FigureView Of(ReferenceCatalog catalog, Figure figure)
    {
        var measure = catalog.Measure(figure.Measure);
        var said = figure.State is FigureState.Reported or FigureState.Zero;
        var ratio = measure.Kind == MeasureKind.Ratio;
        return Empty(measure, figure.State) with
        {
            Grade = figure.Grade,
            Value = said && !ratio ? Units.FromLedger(measure, figure.Quantity) : null,
            Numerator = said && ratio ? Units.FromLedger(measure.Numerator!, figure.Quantity) : null,
            Denominator = said && ratio ? Units.FromLedger(measure.Denominator!, figure.Denominator) : null,
            Ratio = said && ratio ? Units.Ratio(measure, figure.Quantity, figure.Denominator) : null,
            Baseline = figure.BaselineQuantity is { } baseline ? Units.FromLedger(measure, baseline) : null,
            Target = figure.TargetQuantity is { } target ? Units.FromLedger(measure, target) : null,
            Note = figure.Note,
            Gross = said && !ratio ? Units.FromLedger(measure, figure.GrossQuantity) : null,
            Attribution = said && !ratio ? (decimal)figure.AttributionMillionths / Figure.Whole : null,
            AttributionReason = figure.AttributionReason,
            LabourHours = figure.LabourQuantity is { } hours ? Units.FromLedger(catalog.Measure(HoursOnce.Hours), hours) : null,
            SameHoursAs = figure.SameHoursAs,
            Evidence = figure.EvidenceId
        };
    }

    internal static FigureView Empty(Measure measure, string state) => new(
        measure.Code, state, null, null, null, null, null, measure.Unit.Code, measure.Numerator?.Units.Own.Code, measure.Denominator?.Units.Own.Code, null, null, null);
}
