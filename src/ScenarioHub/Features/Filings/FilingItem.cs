using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScenarioHub.Features.Filings;

/// <summary>The figures of one scenario and month, as sent: they replace those of the working version as a whole.</summary>
/// <param name="Figures">At least one, each measure once.</param>
/// <param name="Reason">Why; required for a correction and in a locked month, at most 500 characters.</param>
public sealed record FilingContent(IReadOnlyList<FigureInput> Figures, string? Reason = null);

/// <summary>One filing of a batch.</summary>
/// <param name="Scenario">Its id (a number), its code (a text), or the sender's own name of it, <c>{"source": "erp", "key": "S-1"}</c>.</param>
/// <param name="Period">A month such as <c>2026-08</c>.</param>
/// <param name="ExternalKey">The sender's own name of this item, at most 100 characters; given back with its answer and in every finding.</param>
public sealed record FilingItem(ScenarioRef Scenario, string Period, IReadOnlyList<FigureInput> Figures, string? Reason = null, string? ExternalKey = null);

/// <summary>A scenario by id, by code, or by external key (an object of <c>source</c> and <c>key</c>).</summary>
[JsonConverter(typeof(ScenarioRefJson))]
public readonly record struct ScenarioRef(long Id, string? Code, string? Source = null, string? Key = null)
{
    public static ScenarioRef Of(long id) => new(id, null);
    public static ScenarioRef Of(string code) => new(0, code);
    public static ScenarioRef Of(string source, string key) => new(0, null, source, key);
}

internal sealed class ScenarioRefJson : JsonConverter<ScenarioRef>
{
    public override ScenarioRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var id) => ScenarioRef.Of(id),
        JsonTokenType.String => ScenarioRef.Of(reader.GetString()!),
        JsonTokenType.StartObject when JsonSerializer.Deserialize<ByKey>(ref reader, options) is { } key => ScenarioRef.Of(key.Source, key.Key),
        _ => throw new JsonException("The JSON value could not be converted to a scenario's id, code or external key.")
    };

    public override void Write(Utf8JsonWriter writer, ScenarioRef value, JsonSerializerOptions options)
    {
        if (value is { Source: { } source, Key: { } key }) JsonSerializer.Serialize(writer, new ByKey(source, key), options);
        else if (value.Code is { } code) writer.WriteStringValue(code);
        else writer.WriteNumberValue(value.Id);
    }

    private sealed record ByKey(string Source, string Key);
}

/// <summary>What became of one filing that was sent.</summary>
/// <param name="FilingId">Null only in a dry run that would create it.</param>
/// <param name="Outcome"><c>created</c>, <c>saved</c> (a draft in place, or a new version after return or approval) or <c>unchanged</c> (the same was there already).</param>
/// <param name="Version">The version that now holds the figures.</param>
/// <param name="Revision">Counts every change of the filing; the ETag.</param>
/// <param name="State">Of that version: draft, or approved when unchanged.</param>
/// <param name="IsCorrection">The version changes what was approved before, or was saved after the month was locked.</param>
public sealed record FilingSaved(long? FilingId, long ScenarioId, string Period, string Outcome, int Version, int Revision, string State, bool IsCorrection);

/// <summary>A scenario as far as filing needs it.</summary>
internal sealed record FilingScenario
{
    public long ScenarioId { get; init; }
    public required string Code { get; init; }
    public bool StateSecret { get; init; }
    /// <summary>Null until the regulator approved the scenario.</summary>
    public long? OrganizationId { get; init; }
    public string? FirstPeriod { get; init; }
    public string? RetiredPeriod { get; init; }
    /// <summary>Since which month it was whose, where a merger changed that; by month.</summary>
    public IReadOnlyList<FilingPlace> Places { get; init; } = [];

    /// <summary>Whose figures of a month are: also one filed late is of the organization of then.</summary>
    public long? OrganizationIn(string period) => Places.LastOrDefault(p => string.CompareOrdinal(p.SincePeriod, period) <= 0)?.OrganizationId ?? OrganizationId;
}

internal sealed record FilingPlace
{
    public long ScenarioId { get; init; }
    public required string SincePeriod { get; init; }
    public long OrganizationId { get; init; }
}

/// <summary>A filing with its newest version.</summary>
internal sealed record WorkingFiling
{
    public long FilingId { get; init; }
    public long ScenarioId { get; init; }
    public required string Period { get; init; }
    public required string State { get; init; }
    public int Version { get; init; }
    public int Revision { get; init; }
    public int? ApprovedVersion { get; init; }
    public DateTime UpdatedAt { get; init; }
    public bool IsCorrection { get; init; }
    public string? Reason { get; init; }
    public string? ReturnReason { get; init; }
}

internal sealed record FigureRow
{
    public long FilingId { get; init; }
    public int Version { get; init; }
    public required string Measure { get; init; }
    public required string State { get; init; }
    public required string Grade { get; init; }
    public long Quantity { get; init; }
    public long Denominator { get; init; }
    public long? BaselineQuantity { get; init; }
    public long? TargetQuantity { get; init; }
    public string? Note { get; init; }
    public long GrossQuantity { get; init; }
    public int AttributionMillionths { get; init; }
    public string? AttributionReason { get; init; }
    public long? LabourQuantity { get; init; }
    public string? SameHoursAs { get; init; }
    public long? EvidenceId { get; init; }

    public static readonly string[] Columns =
    [
        "filing_id", "version", "measure", "state", "grade", "quantity", "denominator", "baseline_quantity", "target_quantity", "note",
        "gross_quantity", "attribution_millionths", "attribution_reason", "labour_quantity", "same_hours_as", "evidence_id"
    ];

    /// <summary>A row of <c>filing_figure</c>, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Of(long filingId, int version, Figure g) =>
    [
        filingId, version, g.Measure, g.State, g.Grade, g.Quantity, g.Denominator, g.BaselineQuantity, g.TargetQuantity, g.Note,
        g.GrossQuantity == g.Quantity ? null : g.GrossQuantity, g.AttributionMillionths, g.AttributionReason, g.LabourQuantity, g.SameHoursAs, g.EvidenceId
    ];

    public Figure Figure => new()
    {
        Measure = Measure,
        State = State,
        Grade = Grade,
        Quantity = Quantity,
        Denominator = Denominator,
        BaselineQuantity = BaselineQuantity,
        TargetQuantity = TargetQuantity,
        Note = Note,
        GrossQuantity = GrossQuantity,
        AttributionMillionths = AttributionMillionths,
        AttributionReason = AttributionReason,
        LabourQuantity = LabourQuantity,
        SameHoursAs = SameHoursAs,
        EvidenceId = EvidenceId
    };
}
