using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// What an enterprise says of a scenario: every field of the dictionary that is a column or stands in the document, by its name in the API, and the measures
/// it will file. All are nullable because a draft may be incomplete; what is wanted when, and every limit, is in the dictionary
/// (<c>GET /api/v1/catalog/fields</c>).
/// </summary>
public record ScenarioContent
{
    /// <summary>Code for people; made by the system when none is given; unique within the tenant; at most 32 characters.</summary>
    public string? Code { get; init; }
    /// <summary>Name without the short name of the enterprise; unique within the organization; at most 60 characters.</summary>
    public string? Name { get; init; }
    /// <summary>Application, demand or capability; a code of the list <c>scenarioKind</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>The organization it belongs to: its id or its unified social credit code; answered as the id.</summary>
    [JsonConverter(typeof(OrganizationReference))]
    public string? Organization { get; init; }
    /// <summary>Where it runs: six digits of GB/T 2260.</summary>
    public string? Region { get; init; }
    /// <summary>Division of GB/T 4754-2017, two digits; the sector follows from it.</summary>
    public string? IndustryDivision { get; init; }
    /// <summary>One of the six key actions of 国发〔2025〕11号.</summary>
    public string? KeyAction { get; init; }
    /// <summary>Item below the key action; belongs to the action chosen; a code of the list <c>subItem</c>.</summary>
    public string? SubItem { get; init; }
    /// <summary>Scenario class of 国办发〔2025〕37号, as free text; at most 40 characters.</summary>
    public string? SceneClass { get; init; }
    /// <summary>Contact; at most 40 characters.</summary>
    public string? ContactName { get; init; }
    /// <summary>Telephone, visible inside only; at most 32 characters.</summary>
    public string? ContactPhone { get; init; }
    /// <summary>E-mail; at most 120 characters.</summary>
    public string? ContactEmail { get; init; }
    /// <summary>What hurts today; at most 500 characters.</summary>
    public string? PainPoint { get; init; }
    /// <summary>What it does, for readers inside; at most 800 characters.</summary>
    public string? Summary { get; init; }
    /// <summary>What it does, for the public; wanted when the scenario is open to others; at most 800 characters.</summary>
    public string? SummaryPublic { get; init; }
    /// <summary>Business domain; a code of the list <c>businessDomain</c>.</summary>
    public string? BusinessDomain { get; init; }
    /// <summary>What is new; at most 500 characters.</summary>
    public string? Innovation { get; init; }
    /// <summary>How far it can be replicated; a code of the list <c>replicability</c>.</summary>
    public string? Replicability { get; init; }
    /// <summary>Explanation of the replicability; at most 500 characters.</summary>
    public string? ReplicabilityNote { get; init; }
    /// <summary>Milestones, each a date and a sentence; at most 50 of 200 characters.</summary>
    public IReadOnlyList<string>? Milestones { get; init; }
    /// <summary>Technologies used; codes of the list <c>techType</c>.</summary>
    public IReadOnlyList<string>? TechTypes { get; init; }
    /// <summary>Name of the model; at most 80 characters.</summary>
    public string? ModelName { get; init; }
    /// <summary>Where the model comes from; a code of the list <c>modelSource</c>.</summary>
    public string? ModelSource { get; init; }
    /// <summary>Parameters, in 100 million (E8_PARAM).</summary>
    public decimal? ModelParams { get; init; }
    /// <summary>Deployment; a code of the list <c>deployMode</c>.</summary>
    public string? DeployMode { get; init; }
    /// <summary>Domestic or imported chips; codes of the list <c>computeHardware</c>.</summary>
    public IReadOnlyList<string>? ComputeHardware { get; init; }
    /// <summary>Chip models; at most 120 characters.</summary>
    public string? ComputeHardwareModel { get; init; }
    /// <summary>Domestic share, 0 to 100 (PERCENT).</summary>
    public decimal? DomesticPercent { get; init; }
    /// <summary>Compute occupied; 1 EFLOPS = 1000 PFLOPS (PFLOPS).</summary>
    public decimal? ComputeScalePflops { get; init; }
    /// <summary>Hub node the compute stands in; a code of the list <c>hubNode</c>.</summary>
    public string? HubNode { get; init; }
    /// <summary>Share of green power, 0 to 100 (PERCENT).</summary>
    public decimal? GreenPowerPercent { get; init; }
    /// <summary>Data sets used, by name or code; at most 50 of 120 characters.</summary>
    public IReadOnlyList<string>? Datasets { get; init; }
    /// <summary>Volume of data; 1 PB = 1000 TB (TB).</summary>
    public decimal? DatasetSizeTb { get; init; }
    /// <summary>Tokens a month, in 100 million (E8_TOKEN).</summary>
    public decimal? TokensMonth { get; init; }
    /// <summary>What is sought; codes of the list <c>needType</c>.</summary>
    public IReadOnlyList<string>? NeedTypes { get; init; }
    /// <summary>The need in words; at most 1000 characters.</summary>
    public string? TechnicalNeed { get; init; }
    /// <summary>Mode of cooperation; a code of the list <c>coopMode</c>.</summary>
    public string? CoopMode { get; init; }
    /// <summary>Budget, yuan.</summary>
    public decimal? BudgetCny { get; init; }
    /// <summary>Last day to answer.</summary>
    public DateOnly? DeadlineOn { get; init; }
    /// <summary>Who may see it; closed when a state secret; a code of the list <c>openScope</c>.</summary>
    public string? OpenScope { get; init; }
    /// <summary>Total one-off cost, yuan; equals the parts when they are given.</summary>
    public decimal? CapexTotalCny { get; init; }
    /// <summary>Hardware and compute, yuan.</summary>
    public decimal? CostHardwareCny { get; init; }
    /// <summary>Software and models, bought or built, yuan.</summary>
    public decimal? CostSoftwareCny { get; init; }
    /// <summary>Data collection, governance and annotation, yuan.</summary>
    public decimal? CostDataCny { get; init; }
    /// <summary>Integration and testing, yuan.</summary>
    public decimal? CostIntegrationCny { get; init; }
    /// <summary>Training and change, yuan.</summary>
    public decimal? CostTrainingCny { get; init; }
    /// <summary>Internal labour, yuan; person-months times their rate.</summary>
    public decimal? CostLabourCny { get; init; }
    /// <summary>Running cost of a year, yuan; no less than the parts when they are given.</summary>
    public decimal? OpexYearCny { get; init; }
    /// <summary>Compute rent and power of a year, yuan.</summary>
    public decimal? OpexComputeCny { get; init; }
    /// <summary>Maintenance of a year, yuan.</summary>
    public decimal? OpexMaintenanceCny { get; init; }
    /// <summary>Model service and tokens of a year, yuan.</summary>
    public decimal? OpexModelCny { get; init; }
    /// <summary>Where the money comes from; codes of the list <c>fundSource</c>.</summary>
    public IReadOnlyList<string>? FundSources { get; init; }
    /// <summary>Stage; a code of the list <c>stage</c>.</summary>
    public string? Stage { get; init; }
    /// <summary>Day since when the present stage holds; not after today, not before that of the stage before.</summary>
    public DateOnly? StageSince { get; init; }
    /// <summary>Day it went live; wanted from pilot on.</summary>
    public DateOnly? GoLiveOn { get; init; }
    /// <summary>Batch of strategic high-value scenarios it belongs to.</summary>
    public int? StrategicBatch { get; init; }
    /// <summary>A whole number from 0 to 5: strategic significance.</summary>
    public int? CritStrategic { get; init; }
    /// <summary>Why the score of strategic significance; at most 300 characters.</summary>
    public string? CritStrategicReason { get; init; }
    /// <summary>A whole number from 0 to 5: economic return.</summary>
    public int? CritEconomic { get; init; }
    /// <summary>Why the score of economic return; at most 300 characters.</summary>
    public string? CritEconomicReason { get; init; }
    /// <summary>A whole number from 0 to 5: livelihood relevance.</summary>
    public int? CritLivelihood { get; init; }
    /// <summary>Why the score of livelihood relevance; at most 300 characters.</summary>
    public string? CritLivelihoodReason { get; init; }
    /// <summary>A whole number from 0 to 5.</summary>
    public int? CritFit { get; init; }
    /// <summary>A whole number from 0 to 5.</summary>
    public int? CritValue { get; init; }
    /// <summary>A whole number from 0 to 5.</summary>
    public int? CritReliability { get; init; }
    /// <summary>Whether generative AI is offered to the public.</summary>
    public bool? GenaiPublic { get; init; }
    /// <summary>Algorithm filing number; wanted where opinion or mobilization is touched; at most 64 characters.</summary>
    public string? AlgorithmFilingNo { get; init; }
    /// <summary>Filing or registration number of the generative AI service; at most 64 characters.</summary>
    public string? GenaiFilingNo { get; init; }
    /// <summary>MLPS level, 1 to 5.</summary>
    public int? MlpsLevel { get; init; }
    /// <summary>MLPS record number; wanted from level 2 on; at most 64 characters.</summary>
    public string? MlpsCertificateNo { get; init; }
    /// <summary>Day of the last MLPS assessment; yearly from level 3.</summary>
    public DateOnly? MlpsAssessedOn { get; init; }
    /// <summary>Data classification by GB/T 43697-2024; a code of the list <c>dataClass</c>.</summary>
    public string? DataClass { get; init; }
    /// <summary>Whether personal information is processed; a code of the list <c>pii</c>.</summary>
    public string? Pii { get; init; }
    /// <summary>Whether the impact assessment was made; Personal Information Protection Law, article 55.</summary>
    public bool? PiaDone { get; init; }
    /// <summary>Day of the assessment.</summary>
    public DateOnly? PiaOn { get; init; }
    /// <summary>Whether data leave the country, and on what basis; a code of the list <c>crossBorder</c>.</summary>
    public string? CrossBorder { get; init; }
    /// <summary>Visible label of generated content, in force since 2025-09-01; a code of the list <c>label</c>.</summary>
    public string? LabelExplicit { get; init; }
    /// <summary>Label in the metadata of generated content; a code of the list <c>label</c>.</summary>
    public string? LabelImplicit { get; init; }
    /// <summary>Where the training data of an own model come from; a code of the list <c>trainingData</c>.</summary>
    public string? TrainingData { get; init; }
    /// <summary>Why the training data may be used; at most 500 characters.</summary>
    public string? TrainingDataNote { get; init; }
    /// <summary>Science and technology ethics review; a code of the list <c>ethicsReview</c>.</summary>
    public string? EthicsReview { get; init; }
    /// <summary>Whether it is critical information infrastructure.</summary>
    public bool? Cii { get; init; }
    /// <summary>Whether a state secret; if so only a placeholder is allowed and no content.</summary>
    public bool? StateSecret { get; init; }
    /// <summary>Safety measure where production is controlled; a code of the list <c>otSafety</c>.</summary>
    public string? OtSafety { get; init; }
    /// <summary>How people review the results; a code of the list <c>humanLoop</c>.</summary>
    public string? HumanLoop { get; init; }
    /// <summary>Incidents on record, one text each; at most 50 of 500 characters.</summary>
    public IReadOnlyList<string>? Incidents { get; init; }
    /// <summary>Project code (WBS) in the ERP; at most 64 characters.</summary>
    public string? ErpProjectNo { get; init; }
    /// <summary>Cost centre; at most 64 characters.</summary>
    public string? ErpCostCenter { get; init; }
    /// <summary>Internal order; at most 64 characters.</summary>
    public string? ErpInternalOrder { get; init; }
    /// <summary>Page that published the scenario; at most 500 characters.</summary>
    public string? SourceUrl { get; init; }
    /// <summary>Publisher and title, or what was cited; at most 300 characters.</summary>
    public string? SourceCited { get; init; }
    /// <summary>When it was published: 2025, 2025-07 or 2025-07-18 (many sources give no day).</summary>
    public string? PublishedOn { get; init; }
    /// <summary>Benefit as published: the enterprise's own claim, never in the ledger; at most 800 characters.</summary>
    public string? PublishedBenefit { get; init; }
    /// <summary>How far the source was checked; a code of the list <c>sourceConfidence</c>.</summary>
    public string? SourceConfidence { get; init; }

    /// <summary>The effect measures it will file every month, each once; at most 40. Empty or null: it files none.</summary>
    public IReadOnlyList<ScenarioMeasure>? Measures { get; init; }

    /// <summary>The value of a field by its name in the API; null when not given.</summary>
    internal object? this[string json] => Values[json](this);

    /// <summary>One reader per property, so that rules can walk the dictionary instead of repeating it.</summary>
    internal static readonly FrozenDictionary<string, Func<ScenarioContent, object?>> Values = typeof(ScenarioContent).GetProperties()
        .Where(p => p.GetIndexParameters().Length == 0 && p.Name != nameof(Measures))
        .ToFrozenDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), p => (Func<ScenarioContent, object?>)p.GetValue, StringComparer.Ordinal);

    /// <summary>A value as the conditions of the dictionary compare it.</summary>
    internal string? Text(string json) => !Values.ContainsKey(json) ? null : this[json] switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        IReadOnlyList<string> list => list.Count == 0 ? null : string.Join(',', list),
        var value => value.ToString()
    };
}

/// <summary>A measure the scenario will file every month, with where it starts from and where it is to get.</summary>
/// <param name="Measure">Code of a filed measure of the catalog.</param>
/// <param name="Baseline">In the measure's own unit, or in <paramref name="Unit"/>; of a ratio either this or the pair below.</param>
/// <param name="BaselineNumerator">Of a ratio, in the numerator's own unit; with <paramref name="BaselineDenominator"/>.</param>
/// <param name="BaselineDenominator">Of a ratio, in the denominator's own unit, above 0.</param>
/// <param name="BaselinePeriod">2025, 2025Q3 or 2025-08; wanted with a baseline.</param>
/// <param name="Target">As the baseline.</param>
/// <param name="TargetOn">Day the target is due; wanted with a target.</param>
/// <param name="Unit">Unit of <paramref name="Baseline"/> and <paramref name="Target"/>; the measure's own when absent.</param>
/// <param name="Note">At most 500 characters.</param>
public sealed record ScenarioMeasure(
    string Measure, decimal? Baseline = null, decimal? BaselineNumerator = null, decimal? BaselineDenominator = null, string? BaselinePeriod = null,
    decimal? Target = null, decimal? TargetNumerator = null, decimal? TargetDenominator = null, DateOnly? TargetOn = null, string? Unit = null, string? Note = null);

/// <summary>A sender's own name of a scenario: unique per tenant and source, never reused.</summary>
/// <param name="Source">The sending system, at most 32 of A-Z a-z 0-9 . _ -</param>
/// <param name="Key">At most 100 characters.</param>
public sealed record ExternalKey(string Source, string Key);

/// <summary>A scenario as it is sent: its content and the senders' names of it.</summary>
public sealed record ScenarioBody : ScenarioContent
{
    public ScenarioBody() { }
    internal ScenarioBody(ScenarioContent content) : base(content) { }

    /// <summary>Names to add; a name once given stays. At most 20.</summary>
    public IReadOnlyList<ExternalKey>? ExternalKeys { get; init; }
}

/// <summary>An id as a number, or a code as text; kept as text, written as a number where it is an id.</summary>
internal sealed class OrganizationReference : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out var id) => id.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("The JSON value could not be converted: an organization is an id or a credit code.")
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (IdOf(value) is { } id) writer.WriteNumberValue(id);
        else writer.WriteStringValue(value);
    }

    /// <returns>The id; null for a credit code, which may be digits only but has 18 of them.</returns>
    public static long? IdOf(string? reference) => reference is { Length: > 0 and < CreditCode.Length } && long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>The one spelling in which contents are kept and compared: nothing for null, 1.5 for 1.50.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = Make();

    private static JsonSerializerOptions Make()
    {
        var options = Json.Configure(new(JsonSerializerDefaults.Web));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver(); // what is kept was judged when it came in
        options.Converters.Add(new Shortest());
        return options;
    }

    private sealed class Shortest : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();
        // Dividing by one with all its places takes the trailing zeros off.
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
