using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Benchmarks;

/// <summary>
/// A tenant of 25 scenarios a group (five subsidiaries of five), each filing four measures a month. The same size gives the same figures every time.
/// Organizations, figures, reviews and folds go through the product's commands. Scenarios are saved as drafts by its batch and accepted by statements of
/// this class, because three commands for each of thousands would take longer than what is measured; the ledger's own code then posts them.
/// </summary>
internal sealed class History(BenchedHub hub, int scenarios)
{
    public const int FiguresPerFiling = 4, Months = 12, ScenariosPerGroup = 25;
    public static readonly Month Last = new(2026, 10);
    public static readonly Month First = Last.AddMonths(1 - Months);
    private static readonly string[] Measures = ["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE", "INVEST_HW"];
    private static readonly string[] Actions = ["SCI_TECH", "INDUSTRY", "CONSUMPTION", "LIVELIHOOD", "GOVERNANCE"];
    private readonly List<long> _scenarios = [];

    public int Scenarios => scenarios;
    public IReadOnlyList<long> Ids => _scenarios;
    public List<long> Groups { get; } = [];

    public async Task Register()
    {
        var catalog = hub.Services.GetRequiredService<ReferenceCatalog>();
        var divisions = catalog.Industries.Where(i => i.IsDivision && catalog.SectorOf(i.Code).RolledUp).Select(i => i.Code).ToArray();
        var regions = catalog.Regions.Where(r => r.Code.EndsWith("0000", StringComparison.Ordinal)).Select(r => r.Code).ToArray();
        var subsidiaries = new List<long>();
        for (var g = 0; g * ScenariosPerGroup < scenarios; g++)
        {
            Groups.Add(await Add(hub.Tenant!.RootOrganizationId, OrganizationKind.Group, $"集团 {g}", g));
            for (var s = 0; s < 5; s++) subsidiaries.Add(await Add(Groups[g], OrganizationKind.Subsidiary, $"公司 {g}-{s}", 100_000 + g * 5 + s));
        }
        foreach (var some in Enumerable.Range(0, scenarios).Chunk(1_000))
        {
            var items = some.Select(i => JsonSerializer.SerializeToElement(Draft(i, subsidiaries[i / 5], divisions[i * 7 % divisions.Length], regions[i * 11 % regions.Length]), Json.Options)).ToList();
            _scenarios.AddRange((await hub.Send(new SaveScenarios(items))).Select(a => a.Saved?.Id ?? throw new InvalidOperationException(a.Why!.ToString())));
        }
        Accept(catalog);
        await hub.Inside(async services =>
        {
            var db = services.GetRequiredService<Db>();
            await db.Begin(default);
            await services.GetRequiredService<Posting>().AgreeWithScenarios(_scenarios, ScenarioCause.Approved, default);
            await db.Commit(default);
            return true;
        });
    }

    /// <summary>Files a month for the first scenarios; the ids of the filings.</summary>
    public async Task<long[]> File(Month month, int count, bool again = false)
    {
        var filings = new List<long>();
        foreach (var some in Enumerable.Range(0, count).Chunk(1_000))
        {
            var saved = await hub.Send(new FileBatch([.. some.Select(i => new FilingItem(ScenarioRef.Of(_scenarios[i]), month.ToString(), Figures(i, month, again), again ? "复核订正" : null))]));
            filings.AddRange(saved.Select(s => BenchedHub.Must(s).FilingId!.Value));
        }
        return [.. filings];
    }

    public Task Submit(long[] filings) => Decided(new SubmitFilings(new(Ids: filings)), filings.Length);

    public Task Approve(long[] filings) => Decided(new ApproveFilings(new(Ids: filings)), filings.Length);

    /// <summary>How many entries the fold took in.</summary>
    public async Task<long> Fold() => (await hub.Send(new FoldLedger())).Folded;

    private async Task Decided(Platform.Requests.ICommand<FilingsDecided> decision, int count)
    {
        var decided = await hub.Send(decision);
        if (decided.Done != count) throw new InvalidOperationException($"{decided.Done} of {count} filings were decided: {decided.Items.First(i => i.State is null or "draft").Message}");
    }

    private async Task<long> Add(long parent, string kind, string name, int number) => (await hub.Send(new AddOrganization(parent,
        new(kind, name, null, CreditCode.Compute($"91990000B{number:D8}"), "110000", "44")))).Id;

    private static ScenarioBody Draft(int i, long organization, string division, string region) => new()
    {
        Name = $"场景 {i}",
        Kind = "application",
        Organization = organization.ToString(CultureInfo.InvariantCulture),
        Region = region,
        IndustryDivision = division,
        KeyAction = Actions[i % Actions.Length],
        Stage = i % 3 == 0 ? "pilot" : "scaled",
        StageSince = new(2024, 11, 1),
        GoLiveOn = new(2024, 11, 1),
        OpenScope = "registered",
        StateSecret = false,
        CapexTotalCny = 1_000_000m + i,
        Measures = [.. Measures.Select(m => new ScenarioMeasure(m))]
    };

    // One value in fifty is an explicit zero; the rest spread over three grades. Numbers only have to differ and to be the same in every run.
    private static FigureInput[] Figures(int scenario, Month month, bool again) => [.. Measures.Select((measure, m) =>
    {
        var number = (scenario * 7919 + month.Year * 131 + month.Number * 17 + m * 389) % 100_000;
        return number % 50 == 0
            ? new FigureInput(measure, State: FigureState.Zero, Note: again ? "零报复核" : null)
            : new FigureInput(measure, Value: 50_000 + number / 10m + 0.5m + (again ? 1 : 0), Grade: Grade.Enterprise[scenario % 3]);
    })];

    private void Accept(ReferenceCatalog catalog)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hub.DataFile, ForeignKeys = true }.ToString());
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Run("CREATE TEMP TABLE division (code TEXT PRIMARY KEY, sector TEXT NOT NULL)");
        foreach (var division in catalog.Industries.Where(i => i.IsDivision)) Run("INSERT INTO division VALUES (@code, @sector)", ("@code", division.Code), ("@sector", catalog.SectorOf(division.Code).Code));
        Run("""
            INSERT INTO scenario_standing (tenant_id, scenario_id, version, organization_id, industry_division, sector, region, key_action, stage, stage_since, capex_total_fen, first_period)
            SELECT s.tenant_id, s.scenario_id, s.version, s.organization_id, s.industry_division, d.sector, s.region, s.key_action, s.stage, s.stage_since, s.capex_total_fen, '2024-11'
            FROM scenario s JOIN division d ON d.code = s.industry_division WHERE s.tenant_id = @t
            """, ("@t", hub.Tenant!.TenantId));
        Run("INSERT INTO scenario_stage (tenant_id, scenario_id, since, stage) SELECT tenant_id, scenario_id, stage_since, stage FROM scenario WHERE tenant_id = @t", ("@t", hub.Tenant!.TenantId));
        foreach (var measure in Measures)
            Run("INSERT INTO scenario_measure (tenant_id, scenario_id, measure) SELECT tenant_id, scenario_id, @m FROM scenario WHERE tenant_id = @t", ("@t", hub.Tenant!.TenantId), ("@m", measure));
        Run("UPDATE scenario SET state = 'approved' WHERE tenant_id = @t", ("@t", hub.Tenant!.TenantId));
        transaction.Commit();

        void Run(string sql, params (string Name, object Value)[] args)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // the texts are this method's own
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, value) in args) command.Parameters.AddWithValue(name, value);
            command.ExecuteNonQuery();
        }
    }
}
