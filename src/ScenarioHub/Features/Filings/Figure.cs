using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScenarioHub.Features.Filings;

/// <summary>States of a figure; those of <c>ck_filing_figure_state</c>. Missing and not due are states of what was not filed, and never stored.</summary>
internal static class FigureState
{
    /// <summary>正常填报, 零报, 免报, 保密.</summary>
    public const string Reported = "reported", Zero = "zero", Exempt = "exempt", Withheld = "withheld";
    public static readonly string[] All = [Reported, Zero, Exempt, Withheld];
}

/// <summary>核实等级; the catalog's list <c>grade</c>, in rising order.</summary>
internal static class Grade
{
    public const string SelfReported = "selfReported", Measured = "measured", FinanceConfirmed = "financeConfirmed", ThirdParty = "thirdParty", RegulatorVerified = "regulatorVerified";
    public static readonly string[] All = [SelfReported, Measured, FinanceConfirmed, ThirdParty, RegulatorVerified];
    /// <summary>What an enterprise may say of its own figures.</summary>
    public static readonly string[] Enterprise = [SelfReported, Measured, FinanceConfirmed];

    /// <summary>0 for the lowest rung of the ladder.</summary>
    public static int Rank(string grade) => Array.IndexOf(All, grade);
}

/// <summary>The two measures in which one hour could be counted twice: as the money it saved, and as labour it replaced.</summary>
internal static class HoursOnce
{
    public const string Cost = "COST_SAVE", Hours = "HOURS_SAVED";
    /// <summary>Said of the hours: those of the saving are not among them.</summary>
    public const string None = "none";
    public static readonly string[] SameAs = [Cost, None];
}

/// <summary>One measure's figure as it was sent.</summary>
/// <param name="Measure">Code of a measure that is filed.</param>
/// <param name="Value">In <paramref name="Unit"/>; of flow and stock measures. Required when the state is reported, 0 or absent when zero, else absent.</param>
/// <param name="Numerator">Of ratio measures, with <paramref name="Denominator"/> (above 0), when the state is reported.</param>
/// <param name="Unit">A unit of the measure by code or Chinese name (<c>CNY10K</c>, <c>万元</c>) for value, baseline and target; the measure's own when absent.</param>
/// <param name="NumeratorUnit">As <paramref name="Unit"/>, for the numerator; and so <paramref name="DenominatorUnit"/>.</param>
/// <param name="Grade">selfReported (when absent), measured, financeConfirmed; thirdParty and regulatorVerified are for reviewers.</param>
/// <param name="State">reported (when absent), zero, exempt or withheld.</param>
/// <param name="Baseline">The level without the scenario; of a ratio measure the ratio itself.</param>
/// <param name="Target">The level aimed at, as the baseline.</param>
/// <param name="Note">At most 500 characters.</param>
/// <param name="Attribution">归因系数: the share of the value that is owed to this scenario, above 0 to 1, at most 4 decimals; 1 when absent. Only of flow measures where more is better, when reported. The value is sent whole; value x share posts.</param>
/// <param name="AttributionReason">How the share was found, 1 to 500 characters; required below 1.</param>
/// <param name="LabourHours">Of COST_SAVE: the hours whose labour cost is part of this saving, 0 or more.</param>
/// <param name="SameHoursAs">Of HOURS_SAVED, beside a COST_SAVE with labour hours: <c>COST_SAVE</c> if those hours are among these (they are then taken off, and the rest posts), <c>none</c> if they are others.</param>
public sealed record FigureInput(
    string Measure, FigureNumber? Value = null, FigureNumber? Numerator = null, FigureNumber? Denominator = null,
    string? Unit = null, string? NumeratorUnit = null, string? DenominatorUnit = null, string? Grade = null, string? State = null,
    FigureNumber? Baseline = null, FigureNumber? Target = null, string? Note = null,
    FigureNumber? Attribution = null, string? AttributionReason = null, FigureNumber? LabourHours = null, string? SameHoursAs = null);

/// <summary>
/// A number as it was written. Reading 1e30 into a decimal fails for the whole request, and from the 29th digit on rounds silently; the text does neither,
/// so it becomes a finding at its own pointer. In JSON it is a plain number.
/// </summary>
[JsonConverter(typeof(FigureNumberJson))]
public readonly record struct FigureNumber(string Text)
{
    public static FigureNumber Of(decimal value) => new(value.ToString(CultureInfo.InvariantCulture));
    public static implicit operator FigureNumber(decimal value) => Of(value);
    public override string ToString() => Text.Length <= 40 ? Text : Text[..40] + "…";
}

internal sealed class FigureNumberJson : JsonConverter<FigureNumber>
{
    public override FigureNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Number
        ? new(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan))
        : throw new JsonException("The JSON value could not be converted to a number.");

    public override void Write(Utf8JsonWriter writer, FigureNumber value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
}

/// <summary>One figure as it is kept: money in fen, all else in millionths of the measure's unit. Equal when they say the same.</summary>
internal sealed record Figure
{
    public required string Measure { get; init; }
    public required string State { get; init; }
    public required string Grade { get; init; }
    /// <summary>What posts: the value that is owed to the scenario and counted nowhere else, or the numerator of a ratio measure; 0 unless reported.</summary>
    public long Quantity { get; init; }
    /// <summary>Of ratio measures; above 0 when reported, else 0.</summary>
    public long Denominator { get; init; }
    public long? BaselineQuantity { get; init; }
    public long? TargetQuantity { get; init; }
    public string? Note { get; init; }
    /// <summary>The value as it was filed, before hours counted elsewhere were taken off and the share was applied.</summary>
    public long GrossQuantity { get; init; }
    /// <summary>归因系数: 1 to 1,000,000.</summary>
    public int AttributionMillionths { get; init; } = Whole;
    public string? AttributionReason { get; init; }
    /// <summary>Hours within a saving, in millionths; null where nothing was said of them.</summary>
    public long? LabourQuantity { get; init; }
    /// <summary>One of <see cref="HoursOnce.SameAs"/>.</summary>
    public string? SameHoursAs { get; init; }
    /// <summary>What the grade rests on; null where the filer's word is all there is.</summary>
    public long? EvidenceId { get; init; }

    public const int Whole = 1_000_000;

    /// <summary>Whether a figure of this state is on the savings ladder: an exempt or withheld one claims nothing.</summary>
    public bool Claims => State is FigureState.Reported or FigureState.Zero;

    /// <summary>Says the same amount, whatever its grade and its remarks: then what proves the one proves the other.</summary>
    public bool SameAmount(Figure other) => this with
    {
        Grade = other.Grade,
        EvidenceId = other.EvidenceId,
        BaselineQuantity = other.BaselineQuantity,
        TargetQuantity = other.TargetQuantity,
        Note = other.Note
    } == other;
}
