using System.Globalization;
using System.Text;
using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Demo;

/// <summary>
/// A tenant of national size, the same every time: groups of 200 organizations, scenarios that each file four measures for three months of twenty-four, a collection a month, and one owed month in
/// seventy-six that nobody filed. The rows are written past the features, in the order of their keys, because a million registrations and three million reviews through commands take a day;
/// that they are the very rows the commands would have made is proven by <c>verify</c>: posting finds nothing to add, and recounting no balance that differs.
/// </summary>
/// <param name="scenarios">A multiple of 8.</param>
internal sealed class NationalData(IServiceProvider services, ReferenceCatalog catalog, int organizations, int scenarios, TextWriter output)
{
    public const string Code = "national";
    public const int Months = 24, MonthsFiled = 3, MeasuresFiled = 4, GroupSize = 200, MissingEvery = 25;
    public static readonly Month Last = new(2026, 10);
    public static readonly Month First = Last.AddMonths(1 - Months);

    private static readonly string[][] MeasureSets =
    [
        ["COST_SAVE", "HOURS_SAVED", "INVEST_HW", "OPEX_COMPUTE"],
        ["HOURS_SAVED", "INVEST_SW", "OPEX_MODEL", "REV_GAIN"],
        ["COST_SAVE", "ENERGY_SAVE", "LOSS_AVOID", "OPEX_MAINT"]
    ];

    private static readonly string[] Stages = ["scaled", "pilot", "replicated"], Grades = ["selfReported", "selfReported", "selfReported", "measured", "measured", "financeConfirmed", "thirdParty", "regulatorVerified"];
    private const string Registered = "2024-10-08T01:00:00.000Z", NoGrade = "none";

    private readonly string[] _months = [.. new Period(First, Last).EachMonth().Select(m => m.ToString())];
    private readonly string[] _posted = [.. new Period(First, Last).EachMonth().Select(m => m.AddMonths(1).FirstDay.AddDays(11).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T02:00:00.000Z")];
    private readonly Dictionary<string, byte[]> _bytes = new(StringComparer.Ordinal);
    private string[] _divisions = [], _sectors = [], _regions = [], _actions = [];
    private long _tenant, _root, _admin, _firstOrganization, _firstScenario, _firstFiling, _firstCollection;

    public static async Task<int> Run(IServiceProvider services, int organizations, int scenarios, TextWriter output, CancellationToken ct)
    {
        if (organizations < 1 || scenarios < 8 || scenarios % 8 != 0 || scenarios < organizations) throw new ArgumentException("At least 1 organization, and scenarios in multiples of 8, no fewer than organizations.");
        return await new NationalData(services, services.GetRequiredService<ReferenceCatalog>(), organizations, scenarios, output).Load(ct);
    }

    private async Task<int> Load(CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Say("tenant and people");
        await Tenant(ct);
        _divisions = [.. catalog.Industries.Where(i => i.IsDivision && catalog.SectorOf(i.Code).RolledUp).Select(i => i.Code)];
        _sectors = [.. _divisions.Select(d => catalog.SectorOf(d).Code)];
        _regions = [.. catalog.Regions.Where(r => r.Code.EndsWith("0000", StringComparison.Ordinal) && r.Code != "990000").Select(r => r.Code)];
        _actions = [.. catalog.KeyActions.Select(k => k.Code)];
        using (var load = new BulkLoad(services.GetRequiredService<Database>()))
        {
            load.WithoutIndexes("organization", "organization_ancestor", "organization_place", "organization_path", "scenario", "scenario_standing", "filing", "filing_figure", "obligation", "ledger_entry", "ledger_closing");
            (_firstOrganization, _firstScenario, _firstFiling, _firstCollection) = (load.TakeIds(organizations), load.TakeIds(scenarios), load.TakeIds((long)scenarios * MonthsFiled), load.TakeIds(Months));
            foreach (var (what, write) in new (string, Action<BulkLoad>)[]
            {
                ($"{organizations:N0} organizations", Organizations), ($"{scenarios:N0} scenarios", Scenarios), ($"{(long)scenarios * MonthsFiled * MeasuresFiled:N0} figures", Filings),
                ("collections and what is owed", Obligations), ("the ledger's entries", Entries), ("balances", Balances), ("totals", Totals)
            })
            {
                ct.ThrowIfCancellationRequested();
                await Say(what);
                load.Begin();
                write(load);
                load.Commit();
            }
            load.Finish(sql => output.WriteLine($"{Seconds(),6:0} s  {sql}"));
        }
        await Say("done; sign in as national.regulator, national.filer");
        return 0;

        double Seconds() => TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Task Say(string what) => output.WriteLineAsync($"{Seconds(),6:0} s  {what}");
    }

    private async Task Tenant(CancellationToken ct)
    {
        await using (var scope = services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().Become(0, 0, "generate", "generate", 0, new HashSet<string>(), new HashSet<string>());
            var added = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddTenant(Code, "全国规模(生成数据)", "National size (generated)", "national.admin", DemoSeed.Password, IsDemo: true), ct);
            if (!added.Ok) throw new InvalidOperationException($"The national data could not begin: {added.Why!.Detail.En}");
            (_tenant, _root, _admin) = (added.Value.TenantId, added.Value.RootOrganizationId, added.Value.AdminUserId);
        }
        await Add("national.regulator", "监管人员", _root, Role.Regulator, ct);
        await Add("national.filer", "填报人", _root, Role.Filer, ct);
    }

    private async Task Add(string userName, string displayName, long organizationId, string role, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await Session.Assume(_admin, scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<Caller>(), ct);
        var added = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddUser(userName, displayName, DemoSeed.Password, organizationId, [role]), ct);
        if (!added.Ok) throw new InvalidOperationException(added.Why!.Detail.En);
    }

    // ---- what each scenario is: a function of its number alone

    private int OrganizationOf(int scenario) => (int)((long)scenario * organizations / scenarios);

    private int FirstScenarioOf(int organization) => (int)(((long)organization * scenarios + organizations - 1) / organizations);

    private static ulong Draw(long number, int salt)
    {
        unchecked
        {
            var z = (ulong)number * 0x9E3779B97F4A7C15UL + (ulong)salt * 0xD1B54A32D192ED03UL + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private static int Pick(long number, int salt, int of) => (int)(Draw(number, salt) % (ulong)of);

    private readonly record struct Facts(int Organization, int Division, int Region, int Action, int Stage, int Set, int First, long CapexFen);

    private Facts FactsOf(int s)
    {
        var organization = OrganizationOf(s);
        // Four scenarios of five lie in their organization's main division, as an enterprise's do.
        var division = Pick(s, 1, 5) > 0 ? Pick(organization, 2, _divisions.Length) : Pick(s, 3, _divisions.Length);
        return new(organization, division, Pick(organization, 4, _regions.Length), Pick(s, 5, _actions.Length), Pick(s, 6, Stages.Length), s % MeasureSets.Length, s % 8 * MonthsFiled, 50_000_000L + Pick(s, 7, 500_000_000));
    }

    private readonly record struct Amount(string State, string Grade, long Quantity);

    private static Amount FigureOf(int s, int month, int measure)
    {
        var place = ((long)s * Months + month) * 8 + measure;
        var grade = Grades[Pick(place, 8, Grades.Length)];
        var state = Pick(place, 9, 100) switch { 0 or 1 or 2 => "zero", 3 => "exempt", _ => "reported" };
        // About the same every month, within a tenth: no swing that anybody would have had to explain.
        var usual = 1_000_00L * (50 + Pick(s * 4L + measure, 10, 1_000)) / (measure == InvestAt(s) ? 50 : 1);
        return new(state, grade, state == "reported" ? usual + usual * Pick(place, 11, 10) / 100 : 0);
    }

    // A year's running cost as planned: twelve of the dearest months there are.
    private const long RunningPlanFen = 12 * 1_200_000_00L;

    // Investment stays within the plan, which is at least half a million yuan.
    private static int InvestAt(int s) => Array.FindIndex(MeasureSets[s % MeasureSets.Length], m => m.StartsWith("INVEST_", StringComparison.Ordinal));

    /// <summary>Months of the window in which a scenario files, counted from 0; one in <see cref="MissingEvery"/> owes the next one too and does not file it.</summary>
    private static IEnumerable<int> Filed(Facts facts) => Enumerable.Range(facts.First, MonthsFiled);

    private static int? Missing(int s, Facts facts) => s % MissingEvery == 0 && facts.First + MonthsFiled < Months ? facts.First + MonthsFiled : null;

    // Filings are numbered month by month, in a month by scenario: so many scenarios begin in each of eight quarters.
    private long FilingOf(int s, int month) => _firstFiling + (long)month * (scenarios / 8) + s / 8;

    // ---- rows

    private void Organizations(BulkLoad load)
    {
        var rows = load.Into("organization", "tenant_id", "organization_id", "parent_id", "kind", "credit_code", "name", "name_en", "level", "region", "industry_division", "version", "created_at", "updated_at");
        var ancestors = load.Into("organization_ancestor", "tenant_id", "ancestor_id", "organization_id", "depth");
        var paths = load.Into("organization_path", "tenant_id", "ancestor_id", "organization_id", "from_tree", "from_period", "until_period", "until_tree", "depth");
        var places = load.Into("organization_place", "tenant_id", "place_id", "organization_id", "parent_id", "effective_on", "recorded_at", "recorded_by", "tree_no");
        var names = load.Into("organization_name", "tenant_id", "organization_id", "from_tree", "until_tree", "name", "name_en", "credit_code");
        for (var o = 0; o < organizations; o++)
        {
            var (id, group) = (_firstOrganization + o, _firstOrganization + o / GroupSize * GroupSize);
            var isGroup = o % GroupSize == 0;
            var (name, code) = (isGroup ? $"集团{o / GroupSize + 1:D3}" : $"集团{o / GroupSize + 1:D3}第{o % GroupSize:D3}公司", CreditCode.Compute($"91990000N{o:D8}"));
            var (kind, parent, level) = isGroup ? ("group", _root, 1L) : ("subsidiary", group, 2L);
            var region = _regions[Pick(o, 4, _regions.Length)];
            rows.Add(_tenant).Add(id).Add(parent).Add(kind).Add(code).Add(name).Null().Add(level).Add(region).Add(_divisions[Pick(o, 2, _divisions.Length)]).Add(1).Add(Registered).Add(Registered).Next();
            names.Add(_tenant).Add(id).Add(1).Add(long.MaxValue).Add(name).Null().Add(code).Next();
            places.Add(_tenant).Add(id).Add(id).Add(parent).Add("2024-10-08").Add(Registered).Add(_admin).Add(1).Next();
            foreach (var (ancestor, depth) in isGroup ? [(_root, 1), (id, 0)] : new[] { (_root, 2), (group, 1), (id, 0) })
            {
                ancestors.Add(_tenant).Add(ancestor).Add(id).Add(depth).Next();
                paths.Add(_tenant).Add(ancestor).Add(id).Add(1).Add("0000-00").Add("9999-99").Add(long.MaxValue).Add(depth).Next();
            }
        }
    }

    private void Scenarios(BulkLoad load)
    {
        var rows = load.Into("scenario", "tenant_id", "scenario_id", "organization_id", "code", "name", "kind", "state", "stage", "stage_since", "industry_division", "region", "key_action", "business_domain",
            "open_scope", "state_secret", "go_live_on", "capex_total_fen", "opex_year_fen", "crit_strategic", "crit_economic", "crit_livelihood", "document", "version", "approved_version", "created_by", "created_at", "updated_at");
        var standing = load.Into("scenario_standing", "tenant_id", "scenario_id", "version", "organization_id", "industry_division", "sector", "region", "key_action", "stage", "stage_since", "capex_total_fen", "first_period");
        var stages = load.Into("scenario_stage", "tenant_id", "scenario_id", "since", "stage");
        var measures = load.Into("scenario_measure", "tenant_id", "scenario_id", "measure");
        var versions = load.Into("scenario_version", "tenant_id", "scenario_id", "version", "event", "state", "changes", "content", "by_user", "at");
        var documents = MeasureSets.Select(set => JsonSerializer.SerializeToUtf8Bytes(new ScenarioContent { Measures = [.. set.Select(m => new ScenarioMeasure(m))] }, StoredJson.Options)).ToArray();
        for (var s = 0; s < scenarios; s++)
        {
            var f = FactsOf(s);
            var (id, organization, month) = (_firstScenario + s, _firstOrganization + f.Organization, _months[f.First]);
            var since = month + "-01";
            rows.Add(_tenant).Add(id).Add(organization).Add($"N{s:D7}").Add($"场景{s:D7}").Add(Text("application")).Add(Text("approved")).Add(Text(Stages[f.Stage])).Add(since).Add(Text(_divisions[f.Division])).Add(Text(_regions[f.Region]))
                .Add(Text(_actions[f.Action])).Add(Text("production")).Add(Text("registered")).Add(0).Add(since).Add(f.CapexFen).Add(RunningPlanFen).Add(3).Add(4).Add(2).Add(documents[f.Set]).Add(3).Add(3).Add(_admin).Add(Text(Registered)).Add(Text(Registered)).Next();
            standing.Add(_tenant).Add(id).Add(3).Add(organization).Add(Text(_divisions[f.Division])).Add(Text(_sectors[f.Division])).Add(Text(_regions[f.Region])).Add(Text(_actions[f.Action])).Add(Text(Stages[f.Stage])).Add(since).Add(f.CapexFen).Add(Text(month)).Next();
            stages.Add(_tenant).Add(id).Add(since).Add(Text(Stages[f.Stage])).Next();
            foreach (var measure in MeasureSets[f.Set]) measures.Add(_tenant).Add(id).Add(Text(measure)).Next();
            versions.Add(_tenant).Add(id).Add(3).Add(Text("approved")).Add(Text("approved")).Add(Text("[]")).Add(documents[f.Set]).Add(_admin).Add(Text(Registered)).Next();
        }
    }

    private void Filings(BulkLoad load)
    {
        var rows = load.Into("filing", "tenant_id", "filing_id", "scenario_id", "organization_id", "period", "state", "version", "revision", "approved_version", "created_at", "updated_at");
        var versions = load.Into("filing_version", "tenant_id", "filing_id", "version", "state", "is_correction", "saved_by", "saved_at", "submitted_by", "submitted_at", "decided_by", "decided_at");
        var figures = load.Into("filing_figure", "tenant_id", "filing_id", "version", "measure", "state", "grade", "quantity", "denominator");
        for (var month = 0; month < Months; month++)
        {
            var (period, at) = (Text(_months[month]), Text(_posted[month]));
            for (var s = month / MonthsFiled; s < scenarios; s += 8)
            {
                var (filing, set) = (FilingOf(s, month), MeasureSets[s % MeasureSets.Length]);
                rows.Add(_tenant).Add(filing).Add(_firstScenario + s).Add(_firstOrganization + OrganizationOf(s)).Add(period).Add(Text("approved")).Add(1).Add(3).Add(1).Add(at).Add(at).Next();
                versions.Add(_tenant).Add(filing).Add(1).Add(Text("approved")).Add(0).Add(_admin).Add(at).Add(_admin).Add(at).Add(_admin).Add(at).Next();
                for (var m = 0; m < set.Length; m++)
                {
                    var figure = FigureOf(s, month, m);
                    figures.Add(_tenant).Add(filing).Add(1).Add(Text(set[m])).Add(Text(figure.State)).Add(Text(figure.Grade)).Add(figure.Quantity).Add(0).Next();
                }
            }
        }
    }

    private void Obligations(BulkLoad load)
    {
        var collections = load.Into("collection", "tenant_id", "collection_id", "name", "first_period", "last_period", "organization_id", "state", "opens_on", "due_on", "remind_days", "version", "created_by", "created_at", "updated_at");
        for (var month = 0; month < Months; month++)
        {
            var after = First.AddMonths(month + 1);
            collections.Add(_tenant).Add(_firstCollection + month).Add($"{_months[month]} 月度填报").Add(_months[month]).Add(_months[month]).Add(_root).Add("due").Add(Day(after.FirstDay)).Add(Day(after.FirstDay.AddDays(9)))
                .Add("").Add(1).Add(_admin).Add(_posted[month]).Add(_posted[month]).Next();
        }
        var owed = load.Into("obligation", "tenant_id", "scenario_id", "period", "collection_id", "organization_id", "measures", "measure_count", "state");
        var measures = MeasureSets.Select(set => Encoding.UTF8.GetBytes(string.Join(' ', set))).ToArray();
        for (var s = 0; s < scenarios; s++)
        {
            var f = FactsOf(s);
            foreach (var month in Missing(s, f) is { } missing ? Filed(f).Append(missing) : Filed(f))
                owed.Add(_tenant).Add(_firstScenario + s).Add(Text(_months[month])).Add(_firstCollection + month).Add(_firstOrganization + f.Organization).Add(measures[f.Set]).Add(MeasureSets[f.Set].Length).Add(Text("missing")).Next();
        }

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    // ---- the ledger: month by month the register's entries, what was submitted, what was approved, what fell due and was not there; a closing after each

    private static readonly string[] Parts = ["register", "filed", "approved", "missing"];

    private static long ClosingOf(int month, string part) => month * Parts.Length + Array.IndexOf(Parts, part) + 1;

    private void Entries(BulkLoad load)
    {
        var rows = load.Into("ledger_entry", "tenant_id", "entry_no", "posted_at", "book", "cause", "measure", "period", "organization_id", "sector", "region", "key_action", "stage", "grade", "figure_state",
            "scenario_id", "filing_id", "filing_version", "by_user", "quantity", "denominator", "figures");
        var closings = load.Into("ledger_closing", "tenant_id", "closing_no", "after_entry_no", "through_entry_no", "closed_at", "tree_no");
        var (no, last) = (0L, 0L);
        for (var month = 0; month < Months; month++)
            foreach (var part in Parts)
            {
                var (before, at) = (no, Text(_posted[month]));
                foreach (var line in Lines(month, part))
                {
                    rows.Add(_tenant).Add(++no).Add(at).Add(Text(line.Key.Book)).Add(Text(part switch { "filed" => "submitted", "missing" => "fellDue", _ => "approved" })).Add(Text(line.Key.Measure)).Add(Text(line.Key.Period))
                        .Add(line.Key.OrganizationId).Add(Text(line.Key.Sector)).Add(Text(line.Key.Region)).Add(Text(line.Key.KeyAction)).Add(Text(line.Key.Stage)).Add(Text(line.Key.Grade)).Add(Text(line.Key.FigureState)).Add(line.ScenarioId);
                    if (line.FilingId is { } filing) rows.Add(filing).Add(1); else rows.Null().Null();
                    rows.Add(_admin).Add(line.Quantity).Add(0).Add(1).Next();
                }
                // A month in which nothing fell due has no closing of its own; its number is left out.
                if (no == before) continue;
                last = ClosingOf(month, part);
                closings.Add(_tenant).Add(last).Add(before).Add(no).Add(at).Add(1).Next();
            }
        load.Set("ledger_head", _tenant, ("last_entry_no", no), ("through_entry_no", no), ("last_closing_no", last), ("last_posted_at", _posted[^1]));
    }

    private readonly record struct Line(BalanceKey Key, long ScenarioId, long? FilingId, long Quantity);

    private IEnumerable<Line> Lines(int month, string part)
    {
        for (var s = month / MonthsFiled; part is "filed" or "approved" && s < scenarios; s += 8)
            foreach (var line in FigureLines(s, FactsOf(s), month, part)) yield return line;
        for (var s = month / MonthsFiled; part == "register" && month % MonthsFiled == 0 && s < scenarios; s += 8)
            foreach (var line in RegisterLines(s, FactsOf(s))) yield return line;
        for (var s = 0; part == "missing" && s < scenarios; s += MissingEvery)
            if (FactsOf(s) is var f && Missing(s, f) == month)
                foreach (var line in MissingLines(s, f, month)) yield return line;
    }

    private IEnumerable<Line> FigureLines(int s, Facts f, int month, string book)
    {
        var set = MeasureSets[f.Set];
        for (var m = 0; m < set.Length; m++)
        {
            var figure = FigureOf(s, month, m);
            yield return new(Key(f, book, set[m], month, figure.Grade, figure.State), _firstScenario + s, FilingOf(s, month), figure.Quantity);
        }
    }

    private IEnumerable<Line> RegisterLines(int s, Facts f)
    {
        foreach (var book in Books)
        {
            yield return new(Key(f, book, RegisterMeasure.Count, f.First, NoGrade, "reported"), _firstScenario + s, null, 1_000_000);
            yield return new(Key(f, book, RegisterMeasure.InvestPlan, f.First, NoGrade, "reported"), _firstScenario + s, null, f.CapexFen);
        }
    }

    private IEnumerable<Line> MissingLines(int s, Facts f, int month)
    {
        foreach (var book in Books)
            foreach (var measure in MeasureSets[f.Set])
                yield return new(Key(f, book, measure, month, NoGrade, "missing"), _firstScenario + s, null, 0);
    }

    private static readonly string[] Books = ["approved", "filed"];

    private BalanceKey Key(Facts f, string book, string measure, int month, string grade, string state) =>
        new(_firstOrganization + f.Organization, book, measure, _months[month], _sectors[f.Division], _regions[f.Region], _actions[f.Action], Stages[f.Stage], grade, state);

    private IEnumerable<(Line Line, long Closing)> LinesOf(int s)
    {
        var f = FactsOf(s);
        foreach (var line in RegisterLines(s, f)) yield return (line, ClosingOf(f.First, "register"));
        foreach (var month in Filed(f))
            foreach (var book in Books)
                foreach (var line in FigureLines(s, f, month, book)) yield return (line, ClosingOf(month, book));
        if (Missing(s, f) is { } missing)
            foreach (var line in MissingLines(s, f, missing)) yield return (line, ClosingOf(missing, "missing"));
    }

    // All entries of a key were posted before one closing, so each balance has had one life.
    private void Balances(BulkLoad load)
    {
        var rows = load.Into("ledger_balance", "tenant_id", "organization_id", "book", "measure", "period", "until_closing", "sector", "region", "key_action", "stage", "grade", "figure_state", "from_closing", "quantity", "denominator", "figures", "entries");
        var sums = new Dictionary<BalanceKey, (long Closing, Amounts Amounts)>();
        for (var o = 0; o < organizations; o++)
        {
            sums.Clear();
            for (var s = FirstScenarioOf(o); s < scenarios && OrganizationOf(s) == o; s++)
                foreach (var (line, closing) in LinesOf(s))
                    sums[line.Key] = (closing, sums.GetValueOrDefault(line.Key).Amounts + new Amounts(line.Quantity, 0, 1, 1));
            foreach (var (k, (closing, a)) in sums.OrderBy(p => p.Key, KeyOrder.Balances))
                rows.Add(_tenant).Add(k.OrganizationId).Add(Text(k.Book)).Add(Text(k.Measure)).Add(Text(k.Period)).Add(long.MaxValue).Add(Text(k.Sector)).Add(Text(k.Region)).Add(Text(k.KeyAction)).Add(Text(k.Stage)).Add(Text(k.Grade))
                    .Add(Text(k.FigureState)).Add(closing).Add(a.Quantity).Add(a.Denominator).Add(a.Figures).Add(a.Entries).Next();
        }
    }

    // Tens of millions of additions into a few million sums: a key is a number made of its places in the lists, and text again only when it is written.
    private void Totals(BulkLoad load)
    {
        var rows = load.Into("ledger_total", "tenant_id", "book", "measure", "aspect", "period", "until_closing", "sector", "member", "grade", "figure_state", "from_closing", "quantity", "denominator", "figures", "entries");
        string[] measures = [.. MeasureSets.SelectMany(set => set).Distinct(), RegisterMeasure.Count, RegisterMeasure.InvestPlan], grades = [.. Grades.Distinct(), NoGrade], states = ["reported", "zero", "exempt", "missing"];
        string[] sectors = [.. _sectors.Distinct()];
        var sector = _sectors.Select(c => Array.IndexOf(sectors, c)).ToArray();
        string[][] members = [[""], _regions, Stages, _actions];
        var sums = new Dictionary<long, (long Quantity, long Count)>();
        for (var s = 0; s < scenarios; s++)
        {
            var f = FactsOf(s);
            var set = MeasureSets[f.Set];
            foreach (var month in Filed(f))
                for (var m = 0; m < set.Length; m++)
                {
                    var figure = FigureOf(s, month, m);
                    Add(f, set[m], month, figure.Grade, figure.State, figure.Quantity);
                }
            Add(f, RegisterMeasure.Count, f.First, NoGrade, "reported", 1_000_000);
            Add(f, RegisterMeasure.InvestPlan, f.First, NoGrade, "reported", f.CapexFen);
            if (Missing(s, f) is { } missing) foreach (var measure in set) Add(f, measure, missing, NoGrade, "missing", 0);
        }
        // Everything stands in both books alike.
        var keys = sums.SelectMany(p => Books.Select(book =>
        {
            var (code, at) = (p.Key, 0L);
            long Take(int of) { (at, code) = (code % of, code / of); return at; }
            var (state, grade, member, inSector, month, aspect) = (Take(4), Take(8), Take(64), Take(32), Take(32), Take(4));
            return (Key: new TotalKey(book, measures[code], LedgerSums.Aspects[aspect], _months[month], sectors[inSector], members[aspect][member], grades[grade], states[state]), Month: (int)month, p.Value);
        })).OrderBy(k => k.Key, KeyOrder.Totals);
        foreach (var (k, month, (quantity, count)) in keys)
            rows.Add(_tenant).Add(Text(k.Book)).Add(Text(k.Measure)).Add(Text(k.Aspect)).Add(Text(k.Period)).Add(long.MaxValue).Add(Text(k.Sector)).Add(Text(k.Member)).Add(Text(k.Grade)).Add(Text(k.FigureState))
                .Add(ClosingOf(month, k.FigureState == "missing" ? "missing" : k.Measure is RegisterMeasure.Count or RegisterMeasure.InvestPlan ? "register" : k.Book)).Add(quantity).Add(0).Add(count).Add(count).Next();

        void Add(Facts f, string measure, int month, string grade, string state, long quantity)
        {
            var (m, g, st) = (Array.IndexOf(measures, measure), Array.IndexOf(grades, grade), Array.IndexOf(states, state));
            for (var aspect = 0; aspect < members.Length; aspect++)
            {
                var member = aspect switch { 0 => 0, 1 => f.Region, 2 => f.Stage, _ => f.Action };
                var code = (((((long)m * 4 + aspect) * 32 + month) * 32 + sector[f.Division]) * 64 + member) * 32 + g * 4 + st;
                ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, code, out _);
                sum = checked((sum.Quantity + quantity, sum.Count + 1));
            }
        }
    }

    private byte[] Text(string code)
    {
        if (!_bytes.TryGetValue(code, out var bytes)) _bytes.Add(code, bytes = Encoding.UTF8.GetBytes(code));
        return bytes;
    }
}
