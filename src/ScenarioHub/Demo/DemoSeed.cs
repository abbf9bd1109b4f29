using System.Globalization;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Collections;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Goals;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Rules;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Demo;

/// <summary>
/// Plants the demonstration: 国务院国资委 with the 100 central groups and 104 really published scenarios, and 厦门市国资委 with five of them as its own programme.
/// Names, sources and published claims are real; registration details and all monthly figures are generated, the same every time, and labelled 演示数据.
/// Everything goes through the product's own commands, month by month on a clock of its own, so the ledger has a past that can be read.
/// </summary>
internal sealed class DemoSeed(IServiceProvider services, DemoClock clock, ReferenceCatalog catalog, TextWriter output)
{
    public const string Password = "demo-2026-scenariohub";
    /// <summary>The machine of the demonstration; its secret is no secret, and ./dev run prints it.</summary>
    public const string ClientId = "client_demo-erp", ClientSecret = "demo-2026-scenariohub-erp";
    public static readonly Month FirstMonth = new(2024, 11), LastMonth = new(2026, 10);

    public static async Task<int> Run(IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var seed = new DemoSeed(services, (DemoClock)services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ReferenceCatalog>(), output);
        await seed.Plant(ct);
        return 0;
    }

    private async Task Plant(CancellationToken ct)
    {
        if (await Exists(ct)) { await output.WriteLineAsync("The demonstration is planted already."); return; }
        var rows = DemoFiles.Scenarios();
        var platform = await Tenant("platform", "平台运营", "Platform operations", "platform.regulator", ct);
        await As(platform.AdminUserId, async m => Must(await m.Send(new AddUser("platform.admin", "平台管理员", Password, platform.RootOrganizationId, [Role.PlatformAdmin]), ct)), Role.PlatformAdmin);

        var sasac = await Tenant("sasac", "国务院国资委", "State-owned Assets Supervision and Administration Commission", "sasac.admin", ct);
        var central = await CentralTree(sasac, rows, ct);
        await People("sasac", sasac, central.Groups["中国铁道建筑集团有限公司"], ct);
        await Machine(sasac, central.Groups["中国铁道建筑集团有限公司"], ct);
        await Fill(sasac, rows, central.Enterprises, ct);
        await CallForTheYear(sasac, ct);
        await Goals(sasac, true, [("G-CMP-03", central.Groups["中国移动通信集团有限公司"]), ("G-ENT-02", central.Groups["中国海洋石油集团有限公司"]), ("G-ENT-01", central.Groups["中国宝武钢铁集团有限公司"])], ct);

        var xiamen = await Tenant("xiamen", "厦门市国资委", "Xiamen SASAC", "xiamen.admin", ct);
        var own = rows.Where(r => r.ParentGroup.StartsWith("厦门市属国企", StringComparison.Ordinal)).ToList();
        var local = await XiamenTree(xiamen, own, ct);
        await People("xiamen", xiamen, local.Groups["厦门银华机械"], ct);
        await Fill(xiamen, own, local.Enterprises, ct);
        await Goals(xiamen, false, [], ct);
    }

    private async Task<bool> Exists(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListTenants(), ct)).Value.Any(t => t.Code == "sasac");
    }

    // ---- tenants, trees, people

    private async Task<TenantAdded> Tenant(string code, string zh, string en, string admin, CancellationToken ct)
    {
        clock.At = new(2024, 10, 8, 1, 0, 0, TimeSpan.Zero);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(0, 0, "demo", "demo", 0, new HashSet<string>(), new HashSet<string>());
        return Must(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddTenant(code, zh, en, admin, Password, IsDemo: true), ct));
    }

    private sealed record Tree(Dictionary<string, long> Groups, Dictionary<string, long> Enterprises);

    private async Task<Tree> CentralTree(TenantAdded tenant, IReadOnlyList<DemoScenario> rows, CancellationToken ct)
    {
        var groups = new Dictionary<string, long>();
        var enterprises = new Dictionary<string, long>();
        await As(tenant.AdminUserId, async mediator =>
        {
            async Task<long> Add(long parent, string kind, string name, string? en = null, string? division = null, string? region = null) => Must(await mediator.Send(new AddOrganization(parent,
                new(kind, name, en, OrganizationKind.IsEnterprise(kind) ? DemoCreditCode(name) : null, region, division)), ct)).Id;

            foreach (var group in DemoFiles.Groups())
                groups[group.NameZh] = await Add(tenant.RootOrganizationId, OrganizationKind.Group, group.NameZh, group.NameEn, catalog.Industries.FirstOrDefault(i => i.IsDivision && i.Sector == group.Sector)?.Code);
            var finance = await Add(tenant.RootOrganizationId, OrganizationKind.Directory, "中央金融企业", "Central financial enterprises");
            var local = await Add(tenant.RootOrganizationId, OrganizationKind.Directory, "地方国有企业", "Local state-owned enterprises");
            foreach (var row in rows)
            {
                var group = row.ParentGroup.Length == 0 ? row.Enterprise.Replace("软件开发中心", "", StringComparison.Ordinal) : row.ParentGroup.Split('(')[0];
                if (!groups.TryGetValue(group, out var groupId))
                    groups[group] = groupId = await Add(row.Level == "local" ? local : finance, group.EndsWith("市属国企", StringComparison.Ordinal) ? OrganizationKind.Directory : OrganizationKind.Group, group, region: row.Level == "local" ? Region(row) : null);
                if (!enterprises.ContainsKey(row.Enterprise))
                    enterprises[row.Enterprise] = row.Enterprise == group || group.Contains(row.Enterprise, StringComparison.Ordinal) ? groupId : await Add(groupId, OrganizationKind.Subsidiary, row.Enterprise, region: Region(row));
            }
            return true;
        });
        return new(groups, enterprises);
    }

    private async Task<Tree> XiamenTree(TenantAdded tenant, IReadOnlyList<DemoScenario> rows, CancellationToken ct)
    {
        var enterprises = new Dictionary<string, long>();
        await As(tenant.AdminUserId, async mediator =>
        {
            foreach (var name in rows.Select(r => r.Enterprise).Distinct())
                enterprises[name] = Must(await mediator.Send(new AddOrganization(tenant.RootOrganizationId, new(OrganizationKind.Group, name, null, DemoCreditCode(name), "350200")), ct)).Id;
            return true;
        });
        return new(enterprises, enterprises);
    }

    private async Task People(string prefix, TenantAdded tenant, long groupId, CancellationToken ct) => await As(tenant.AdminUserId, async mediator =>
    {
        foreach (var (name, display, role, organization) in new[]
        {
            ("regulator", "监管人员", Role.Regulator, tenant.RootOrganizationId), ("auditor", "审计人员", Role.Auditor, tenant.RootOrganizationId),
            ("filer", "填报人", Role.Filer, groupId), ("reviewer", "审核人", Role.Reviewer, groupId), ("enterprise", "单位管理员", Role.EnterpriseAdmin, groupId)
        })
            Must(await mediator.Send(new AddUser($"{prefix}.{name}", display, Password, organization, [role]), ct));
        return true;
    });

    // The product thinks up names and secrets of clients itself; a first call with curl is easier with ones that are known.
    private async Task Machine(TenantAdded tenant, long groupId, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await Session.Assume(tenant.AdminUserId, db, scope.ServiceProvider.GetRequiredService<Caller>(), ct);
        string[] scopes = ["organizations.read", "scenarios.read", "scenarios.write", "filings.read", "filings.write", "rollups.read", "reports.read", "reports.write", "imports.read", "imports.write", "changes.read"];
        var (id, secretId) = (await db.NextId(ct), await db.NextId(ct));
        var row = new
        {
            ClientId = id,
            ClientKey = ClientId,
            Name = "ERP 对接(演示)",
            OrganizationId = groupId,
            Scopes = string.Join(' ', scopes),
            Addresses = (string?)null,
            ExpiresOn = (DateOnly?)null,
            SecretId = secretId,
            SecretSha256 = Features.Access.ClientSecret.Hash(ClientSecret),
            Ending = Features.Access.ClientSecret.Ending(ClientSecret),
            UserId = tenant.AdminUserId,
            Now = clock.At.UtcDateTime
        };
        await db.Begin(ct);
        await db.Run(ApiClientSql.InsertUser, row, ct);
        await db.Run(ApiClientSql.Insert, row, ct);
        await db.Run(ApiClientSql.InsertSecret, row, ct);
        await db.Commit(ct);
    }

    // 990000 is nobody's region code here, so no such code can be a real one; the check digit is right.
    private static string DemoCreditCode(string name)
    {
        var random = new DemoRandom($"credit {name}");
        return CreditCode.Compute($"91990000D{random.Between(0, 99_999_999):D8}");
    }

    private static string? Region(DemoScenario row) => row.Region.Length > 0 ? row.Region : null;

    // ---- two years of the register and the filings

    private async Task Fill(TenantAdded tenant, IReadOnlyList<DemoScenario> rows, Dictionary<string, long> organizations, CancellationToken ct)
    {
        var plans = rows.Select(row => new DemoPlan(row, organizations[row.Enterprise])).ToList();
        var registered = new List<(DemoPlan Plan, long Id)>();
        for (var month = FirstMonth; month <= LastMonth; month = month.AddMonths(1))
        {
            clock.At = new DateTimeOffset(month.FirstDay.AddDays(14).ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero);
            foreach (var plan in plans.Where(p => p.RegisteredIn == month)) registered.Add((plan, await Register(tenant, plan, ct)));
            foreach (var (plan, id) in registered.Where(r => r.Plan.ScaledIn == month)) await Promote(tenant, plan, id, ct);
            foreach (var (_, id) in registered.Where(r => r.Plan.RetiredIn == month)) await Retire(tenant, id, month, ct);
            // A month is filed when it is over: drafts on the 5th, review on the 12th, corrections of the month before along with it.
            await File(tenant, registered, month, ct);
        }
        await Call(tenant, LastMonth.AddMonths(1), ct);
        await output.WriteLineAsync($"{tenant.TenantId}: {registered.Count} scenarios, figures from {FirstMonth} to {LastMonth}");
    }

    private async Task<long> Register(TenantAdded tenant, DemoPlan plan, CancellationToken ct) => await As(tenant.AdminUserId, async mediator =>
    {
        var saved = Must(await mediator.Send(new RegisterScenario(plan.Body(catalog)), ct));
        saved = Must(await mediator.Send(new SubmitScenario(saved.Id, saved.Version), ct));
        if (plan.FirstReturned)
        {
            saved = Must(await mediator.Send(new ReturnScenario(saved.Id, "请补充场景的可复制推广说明(演示)", saved.Version), ct));
            saved = Must(await mediator.Send(new ReviseScenario(saved.Id, saved.Version, Patch("""{"replicabilityNote":"可在同类单位推广(演示数据)"}""")), ct));
            saved = Must(await mediator.Send(new SubmitScenario(saved.Id, saved.Version), ct));
        }
        Must(await mediator.Send(new ApproveScenario(saved.Id, saved.Version), ct));
        return saved.Id;
    });

    private async Task Promote(TenantAdded tenant, DemoPlan plan, long id, CancellationToken ct) => await As(tenant.AdminUserId, async mediator =>
    {
        var now = Must(await mediator.Send(new GetScenario(id), ct));
        var saved = Must(await mediator.Send(new ReviseScenario(id, now.Version, Patch($$"""{"stage":"{{plan.LaterStage}}","stageSince":"{{clock.At:yyyy-MM-dd}}"}""")), ct));
        saved = Must(await mediator.Send(new SubmitScenario(id, saved.Version), ct));
        return Must(await mediator.Send(new ApproveScenario(id, saved.Version), ct));
    });

    private async Task Retire(TenantAdded tenant, long id, Month month, CancellationToken ct) => await As(tenant.AdminUserId, async mediator =>
    {
        var now = Must(await mediator.Send(new GetScenario(id), ct));
        return Must(await mediator.Send(new RetireScenario(id, month.FirstDay.AddDays(9), "系统升级后并入新平台(演示)", now.Version), ct));
    });

    private async Task File(TenantAdded tenant, List<(DemoPlan Plan, long Id)> registered, Month month, CancellationToken ct)
    {
        var due = registered.Where(r => r.Plan.Owes(month)).ToList();
        var items = due.Select(r => (r.Plan, r.Id, Figures: r.Plan.Figures(month))).Where(r => r.Figures.Count > 0).ToList();
        if (items.Count == 0) return;
        var next = month.AddMonths(1);
        await Call(tenant, month, ct);
        clock.At = new DateTimeOffset(next.FirstDay.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero);
        await Strike(ct);   // opens this month's collection, locks the one before the last
        clock.At = new DateTimeOffset(next.FirstDay.AddDays(4).ToDateTime(new TimeOnly(2, 0)), TimeSpan.Zero);
        await Strike(ct);
        await As(tenant.AdminUserId, async mediator =>
        {
            var saved = Each(Must(await mediator.Send(new FileBatch([.. items.Select(i => new FilingItem(ScenarioRef.Of(i.Id), month.ToString(), i.Figures))]), ct)));
            var fate = items.Zip(saved, (item, s) => (item.Plan, Id: s.FilingId!.Value, item.Figures, ScenarioId: item.Id, Fate: item.Plan.FateOf(month))).ToList();
            // The last month is still on its way: some drafts, some under review.
            var submitted = fate.Where(f => month != LastMonth || f.Fate != Fate.StaysDraft).ToList();
            await Submit(mediator, [.. submitted.Select(f => (f.Id, f.Plan))], month, ct);
            clock.At = clock.At.AddDays(6);
            await Strike(ct);
            clock.At = clock.At.AddDays(1);
            var returned = submitted.Where(f => f.Fate == Fate.Returned).ToList();
            if (returned.Count > 0) Must(await mediator.Send(new ReturnFilings("降本额与上月相比波动较大,请核对后重报(演示)", new(Ids: [.. returned.Select(f => f.Id)])), ct));
            if (returned.Count > 0 && month != LastMonth)
            {
                var again = Each(Must(await mediator.Send(new FileBatch([.. returned.Select(f => new FilingItem(ScenarioRef.Of(f.ScenarioId), month.ToString(), f.Plan.Figures(month, second: true)))]), ct)));
                await Submit(mediator, [.. again.Zip(returned, (a, f) => (a.FilingId!.Value, f.Plan))], month, ct);
            }
            var approved = submitted.Where(f => month != LastMonth || f.Fate is Fate.Approved or Fate.Corrected).ToList();
            Must(await mediator.Send(new ApproveFilings(new(Ids: [.. approved.Select(f => f.Id)])), ct));
            clock.At = clock.At.AddDays(1);
            await Strike(ct);   // what was not filed by the 12th is missing
            var corrected = approved.Where(f => f.Fate == Fate.Corrected).ToList();
            if (corrected.Count > 0)
            {
                clock.At = clock.At.AddDays(5);
                var fixes = Each(Must(await mediator.Send(new FileBatch([.. corrected.Select(f => new FilingItem(ScenarioRef.Of(f.ScenarioId), month.ToString(), f.Plan.Figures(month, second: true), "财务复核后订正(演示)"))]), ct)));
                await Submit(mediator, [.. fixes.Zip(corrected, (x, f) => (x.FilingId!.Value, f.Plan))], month, ct);
                if (month != LastMonth) Must(await mediator.Send(new ApproveFilings(new(Ids: [.. fixes.Select(x => x.FilingId!.Value)])), ct));
            }
            return true;
        });
        await As(tenant.AdminUserId, async mediator => Must(await mediator.Send(new FoldLedger(), ct)));
    }

    // Every month is called for when it is over: due on the 12th of the next, locked when that is over too.
    private async Task Call(TenantAdded tenant, Month month, CancellationToken ct)
    {
        var next = month.AddMonths(1).FirstDay;
        await As(tenant.AdminUserId, async mediator => Must(await mediator.Send(new AddCollection(new(
            $"{month.Year}年{month.Number}月数据填报", month.ToString(), month.ToString(), next, next.AddDays(11), next.AddMonths(1), RemindDays: [7, 1], Note: "请于当月12日前完成报送(演示)")), ct)));
    }

    // Something is always still to come: what was averted is asked for once a year, by the end of January.
    private async Task CallForTheYear(TenantAdded tenant, CancellationToken ct)
    {
        await As(tenant.AdminUserId, async mediator =>
        {
            var added = Must(await mediator.Send(new AddCollection(new($"{LastMonth.Year}年度避免损失补充填报", LastMonth.ToString(), LastMonth.ToString(), DateOnly.FromDateTime(clock.At.UtcDateTime), new(LastMonth.Year + 1, 1, 31),
                Measures: ["LOSS_AVOID"], RemindDays: [30, 7], Note: "请结合年度决算填报(演示)")), ct));
            return Must(await mediator.Send(new OpenCollection(added.Id), ct));
        });
        await Strike(ct);
        await As(tenant.AdminUserId, async mediator => Must(await mediator.Send(new FoldLedger(), ct)));
    }

    private Task Strike(CancellationToken ct) => services.GetRequiredService<CollectionJobs>().Advance(ct);

    // What the rules find is explained and submitted again, as an enterprise would; in the last month some are still waiting for their explanation.
    private static async Task Submit(IMediator mediator, IReadOnlyList<(long Id, DemoPlan Plan)> filings, Month month, CancellationToken ct)
    {
        var refused = Must(await mediator.Send(new SubmitFilings(new(Ids: [.. filings.Select(f => f.Id)])), ct)).Items.Where(i => i.Outcome == RuleRefusal.NeedsExplanation).Select(i => i.Id).ToHashSet();
        var explained = new List<long>();
        foreach (var (id, plan) in filings.Where(f => refused.Contains(f.Id) && (month != LastMonth || f.Plan.AnswersAtOnce)))
        {
            foreach (var finding in Must(await mediator.Send(new ListFindings(id, null, Severity.Error, null, null, null, 100, null), ct)).Items.Where(f => Severity.Hinders(f.Severity, f.State)))
                Must(await mediator.Send(new ExplainFinding(finding.Id, plan.Explanation(month, finding.Rule, finding.Measure)), ct));
            explained.Add(id);
        }
        if (explained.Count == 0) return;
        if (Must(await mediator.Send(new SubmitFilings(new(Ids: explained)), ct)) is { Refused: > 0 } still)
            throw new InvalidOperationException($"An explained filing was refused: {still.Items.First(i => i.Errors is not null).Message}");
    }

    // ---- goals: the published ones, with those figures their own sources give, evaluated

    private async Task Goals(TenantAdded tenant, bool withOwn, (string Code, long Organization)[] ofEnterprises, CancellationToken ct)
    {
        var published = CatalogGoal.All(catalog).ToDictionary(g => g.Code);
        var goals = await As(tenant.AdminUserId, async mediator =>
        {
            var adopted = Must(await mediator.Send(new AdoptGoals(), ct)).Adopted.ToList();
            foreach (var own in withOwn ? DemoGoals(tenant) : []) adopted.Add(new(Must(await mediator.Send(new AddGoal(own), ct)).Id, own.Code));
            foreach (var (code, organization) in ofEnterprises) adopted.AddRange(Must(await mediator.Send(new AdoptGoals([code], organization), ct)).Adopted);
            foreach (var goal in adopted.Where(g => published.GetValueOrDefault(g.Code)?.Formula is { ReadsLedger: false }))
                foreach (var figure in Published(published[goal.Code])) Must(await mediator.Send(new RecordGoalValue(goal.Id, figure), ct));
            return adopted;
        });
        await As(tenant.AdminUserId, async mediator =>
        {
            foreach (var goal in goals) Must(await mediator.Send(new EvaluateGoal(goal.Id, Fold: true), ct));
            return true;
        });
        await output.WriteLineAsync($"{tenant.TenantId}: {goals.Count} goals");
    }

    // Over generated figures only goals of the demonstration's own can be near or missed; they say what they are.
    private static IEnumerable<GoalBody> DemoGoals(TenantAdded tenant)
    {
        GoalFormula saved = new(GoalFormula.Sum, "COST_SAVE", Accumulate: GoalFormula.Cumulative, From: "2026-01"), scaled = new(GoalFormula.Sum, "SCN_COUNT", "stage", ["scaled", "replicated"]);
        yield return new(GoalKind.Target, "DEMO-1", "演示目标:2026年累计降本4亿元以上", "Demonstration goal: more than CNY 400 million saved in 2026", tenant.RootOrganizationId, Unit: "元", Comparator: ">", Baseline: 0, BaselineOn: "2025-12-31",
            Target: 400_000_000, DueOn: new(2026, 12, 31), Formula: saved);
        yield return new(GoalKind.Target, "DEMO-2", "演示目标:2027年底规模化及推广场景达到60个", "Demonstration goal: 60 scenarios scaled or replicated by the end of 2027", tenant.RootOrganizationId, Unit: "个", Comparator: ">=",
            Target: 60, DueOn: new(2027, 12, 31), Formula: scaled);
        yield return new(GoalKind.Target, "DEMO-3", "演示目标:2025年底规模化及推广场景达到80个", "Demonstration goal: 80 scenarios scaled or replicated by the end of 2025", tenant.RootOrganizationId, Unit: "个", Comparator: ">=",
            Target: 80, DueOn: new(2025, 12, 31), Formula: scaled);
    }

    // What the source itself says: the level a goal started from, and of a milestone the level it reports. Nothing is made up.
    private static IEnumerable<GoalValueBody> Published(CatalogGoal goal)
    {
        var url = goal.SourceSeen?.Split("; ").FirstOrDefault(s => s.StartsWith("http", StringComparison.Ordinal))?.Split(' ')[0];
        var (source, document) = ($"{goal.Issuer} {goal.SourceDocument}".Trim(), url is null ? goal.DocNo ?? goal.SourceDocument : goal.DocNo);
        if (goal.Baseline is { } baseline && DateOnly.TryParseExact(goal.BaselineOn, ["yyyy-MM-dd", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            yield return new(goal.BaselineOn!.Length == 7 ? Month.Of(from).LastDay : from, "selfReported", source, baseline, Url: url, DocumentNo: document, Note: "来源给出的起点");
        if (goal is { Kind: GoalKind.Milestone, Comparator: ">=", Target: { } level, DueOn: { } on })
            yield return new(on, "selfReported", source, level, Url: url, DocumentNo: document, Note: goal.StatementZh);
    }

    // ---- plumbing

    private async Task<T> As<T>(long userId, Func<IMediator, Task<T>> act, params string[] more)
    {
        await using var scope = services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        var row = await scope.ServiceProvider.GetRequiredService<Db>().One<Session.CallerRow>(AccessSql.LoadCaller, new { UserId = userId }, CancellationToken.None);
        // One hand writes both sides' part of the history; in the product no person holds both.
        var roles = row.Roles!.Split(',').Concat(more).Append(Role.EnterpriseAdmin).ToHashSet();
        caller.Become(row.TenantId, row.UserId, row.UserName, row.DisplayName, row.OrganizationId, roles, Role.PermissionsOf(roles));
        return await act(scope.ServiceProvider.GetRequiredService<IMediator>());
    }

    private static T Must<T>(Result<T> result) => result.Ok ? result.Value : throw new InvalidOperationException(
        $"The demonstration could not be planted: {result.Why!.Code}: {result.Why.Detail.En} {string.Join("; ", result.Why.Errors?.Select(e => $"{e.Pointer} {e.Message}") ?? [])}");

    private static List<T> Each<T>(IReadOnlyList<Result<T>> results) => [.. results.Select(Must)];

    private static System.Text.Json.JsonElement Patch(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement.Clone();
}
