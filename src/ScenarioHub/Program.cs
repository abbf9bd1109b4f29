using FluentValidation;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Tenancy;

// ScenarioHub [serve | migrate] [--Hub:Setting=value ...]
var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = verb == "serve" && (args.Length == 0 || args[0] != "serve") ? args : args[1..], ContentRootPath = AppContext.BaseDirectory });
    builder.AddPlatform(HubSettings.Read(builder.Configuration));
    builder.Services.AddSingleton(ReferenceCatalog.Load());
    builder.Services.AddValidatorsFromAssemblyContaining<Program>(includeInternalTypes: true);
    var app = builder.Build();

    Migrator.Migrate(app.Services.GetRequiredService<Database>());
    if (verb == "migrate") return 0;

    app.UsePlatform(http => Session.Establish(http.User, http.RequestServices.GetRequiredService<Db>(), http.RequestServices.GetRequiredService<Caller>(), http.RequestAborted));
    var api = app.MapGroup("/api/v1");
    api.MapAccess();
    api.MapTenants();
    api.MapOrganizations();
    api.MapFilings();
    await app.RunAsync();
    return 0;
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

public partial class Program;
