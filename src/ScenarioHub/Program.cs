using FluentValidation;
using Hangfire;
using ScenarioHub;
using ScenarioHub.Demo;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Collections;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Goals;
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
    builder.Services.AddSingleton<KeptRollups>().AddScoped<Posting>().AddScoped<Judging>().AddScoped<Findings>().AddScoped<GoalReading>();
    builder.Services.AddApiDescription(FieldDescriptions.From(catalog));
    builder.Services.AddJobs(settings with { JobWorkers = verb == "serve" ? settings.JobWorkers : 0 });
    builder.Services.AddSingleton<CollectionJobs>().AddSingleton<LedgerJobs>().AddSingleton<RuleJobs>().AddSingleton<PeerJobs>().AddSingleton<GoalJobs>().AddSingleton<ReportJobs>().AddSingleton<IdempotencyJobs>();
    var app = builder.Build();

    app.UsePlatform(http => Session.Establish(http.User, http.RequestServices.GetRequiredService<Db>(), http.RequestServices.GetRequiredService<Caller>(), http.RequestAborted));
    app.MapApiDescription();
    var api = app.MapGroup("/api/v1");
    api.MapAccess();
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
            }
            await app.Services.GetRequiredService<RuleJobs>().PickUp(default);
            await app.Services.GetRequiredService<PeerJobs>().PickUp(default);
            await app.Services.GetRequiredService<ReportJobs>().PickUp(default);
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

// The one table of what the clock does.
static void RecurringJobs(IRecurringJobManager jobs)
{
    jobs.AddOrUpdate<CollectionJobs>("collections-advance", job => job.Advance(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<LedgerJobs>("ledger-fold", job => job.FoldAll(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<PeerJobs>("peers-begin", job => job.BeginDue(CancellationToken.None), Cron.Daily);
    jobs.AddOrUpdate<PeerJobs>("peers-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<RuleJobs>("rehearsals-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<ReportJobs>("reports-pick-up", job => job.PickUp(CancellationToken.None), Cron.Minutely);
    jobs.AddOrUpdate<GoalJobs>("goals-evaluate", job => job.EvaluateDue(CancellationToken.None), "*/10 * * * *");
    jobs.AddOrUpdate<IdempotencyJobs>("idempotency-forget", job => job.Forget(CancellationToken.None), Cron.Daily);
}

public partial class Program;
