using System.Net;
using FluentValidation;
using Hangfire;
using ScenarioHub;
using ScenarioHub.Demo;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Audit;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Collections;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Goals;
using ScenarioHub.Features.Imports;
using ScenarioHub.Features.Integration;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Peers;
using ScenarioHub.Features.Reports;
using ScenarioHub.Features.Rules;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Http.Lists;
using ScenarioHub.Platform.Jobs;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

// ScenarioHub [serve | migrate | demo | generate | verify | rebuild | openapi FILE] [--Hub:Setting=value ...]
var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
string[] options = args.Length > 0 && args[0] == verb ? args[1..] : args;
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = options, ContentRootPath = AppContext.BaseDirectory });
    var settings = HubSettings.Read(builder.Configuration);
    builder.AddPlatform(settings);
    if (verb == "demo") builder.Services.AddSingleton<TimeProvider>(new DemoClock());
    var catalog = ReferenceCatalog.Load();
    builder.Services.AddSingleton(catalog);
    builder.Services.AddValidatorsFromAssemblyContaining<Program>(includeInternalTypes: true);
    builder.Services.AddScoped<ShownOnce>().AddSingleton<TokenLockout>().AddSingleton<ClientUse>().AddHostedService(sp => sp.GetRequiredService<ClientUse>());
    builder.Services.AddSingleton<KeptRollups>().AddScoped<Posting>().AddScoped<Judging>().AddScoped<Findings>().AddScoped<GoalReading>();
    builder.Services.AddApiDescription(FieldDescriptions.From(catalog), Scope.All, Scope.Of);
    builder.Services.AddJobs(settings with { JobWorkers = verb == "serve" ? settings.JobWorkers : 0 });
    builder.Services.AddSingleton<CollectionJobs>().AddSingleton<LedgerJobs>().AddSingleton<RuleJobs>().AddSingleton<PeerJobs>().AddSingleton<GoalJobs>().AddSingleton<ReportJobs>().AddSingleton<ImportJobs>().AddSingleton<IdempotencyJobs>();
    builder.Services.AddSingleton<WebhookJobs>().AddSingleton<WebhookAddresses>().AddSingleton<WebhookClient>().AddScoped<WebhookFeed>().AddSingleton<ResolveName>(Dns.GetHostAddressesAsync);
    if (verb == "serve" && settings.JobWorkers > 0) builder.Services.AddHostedService<WebhookDispatch>();
    var app = builder.Build();

    app.UsePlatform(http => Establish(http, http.RequestServices.GetRequiredService<Db>(), http.RequestServices.GetRequiredService<Caller>()));
    app.MapTokens();
    app.MapApiDescription();
    var api = app.MapGroup("/api/v1").WithLists();
    api.MapAccess();
    api.MapApiClients();
    api.MapTenants();
    api.MapCatalog();
    api.MapOrganizations();
    api.MapScenarios();
    api.MapFilings();
    api.MapCollections();
    api.MapLedger();
    api.MapRules();
    api.MapPeers();
    api.MapGoals();
    api.MapReports();
    api.MapImports();
    api.MapWebhooks();
    api.MapChangeFeed();
    api.MapAudit();

    app.MapDocs();
    app.MapJobsDashboard().Needs(Permission.JobRead);

    if (verb == "openapi") return await Verbs.WriteApiDescription(app, options.FirstOrDefault(o => !o.StartsWith('-')) ?? throw new SettingsException("openapi needs the name of the file to write."));
    Migrator.Migrate(app.Services.GetRequiredService<Database>());
    switch (verb)
    {
        case "serve":
            RecurringJobs(app.Services.GetRequiredService<IRecurringJobManager>());
            // One process alone has the embedded database: what still holds a lease died with the last one.
            if (settings.Provider == Dialect.Sqlite)
            {
                await app.Services.GetRequiredService<RuleJobs>().DropLeases(default);
                await app.Services.GetRequiredService<PeerJobs>().DropLeases(default);
                await app.Services.GetRequiredService<ReportJobs>().DropLeases(default);
                await app.Services.GetRequiredService<WebhookJobs>().DropLeases(default);
                await app.Services.GetRequiredService<ImportJobs>().DropLeases(default);
            }
            await app.Services.GetRequiredService<RuleJobs>().PickUp(default);
            await app.Services.GetRequiredService<PeerJobs>().PickUp(default);
            await app.Services.GetRequiredService<ReportJobs>().PickUp(default);
            await app.Services.GetRequiredService<ImportJobs>().PickUp(default);
            await app.RunAsync();
            return 0;
        case "migrate": return 0;
        case "demo": return await DemoSeed.Run(app.Services, Console.Out, default);
        case "generate": return await NationalData.Run(app.Services, Verbs.Number(options, "--organizations", 20_000), Verbs.Number(options, "--scenarios", 1_000_000), Console.Out, default);
        case "verify": return await Verbs.Verify(app.Services, Console.Out, default);
        case "rebuild": return await Verbs.Rebuild(app.Services, Console.Out, default);
        default: throw new SettingsException($"“{verb}” is not a verb. Known are: serve, migrate, demo, generate, verify, rebuild, openapi FILE.");
    }
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

static Task Establish(HttpContext http, Db db, Caller caller) => http.Request.ShowsToken()
    ? ClientSession.Establish(http.User, http.Connection.RemoteIpAddress, db, caller, http.RequestServices.GetRequiredService<ClientUse>(), http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestAborted)
    : Session.Establish(http.User, db, caller, http.RequestAborted);

// The one table of what the clock does.
static void RecurringJobs(IRecurringJobManager jobs)
{
    jobs.AddOrUpdate<CollectionJobs>("collections-advance", job => job.Advance(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<LedgerJobs>("ledger-fold", job => job.FoldAll(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<PeerJobs>("peers-begin", job => job.BeginDue(CancellationToken.None), Cron.Daily);
    jobs.AddOrUpdate<PeerJobs>("peers-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<RuleJobs>("rehearsals-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<ReportJobs>("reports-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<ImportJobs>("imports-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<ImportJobs>("imports-sweep", job => job.SweepFiles(CancellationToken.None), Cron.Daily);
    jobs.AddOrUpdate<GoalJobs>("goals-evaluate", job => job.EvaluateDue(CancellationToken.None), "*/10 * * * *");
    jobs.AddOrUpdate<WebhookJobs>("webhooks-forget", job => job.Forget(CancellationToken.None), Cron.Daily);
    jobs.AddOrUpdate<IdempotencyJobs>("idempotency-forget", job => job.Forget(CancellationToken.None), Cron.Daily);
}

public partial class Program;
