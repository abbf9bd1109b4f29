using System.Diagnostics;
using Hangfire;
using MediatR;
using Microsoft.OpenApi;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

internal static class ImportEndpoints
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapGet("/", List).Needs(Permission.ImportRead).Produces<Page<ImportView>>();
        imports.MapPost("/", Send).Needs(Permission.ImportWrite).Produces<ImportView>(202).AddOpenApiOperationTransformer(DescribeFile).WithMetadata(new AnyCharset());
        imports.MapGet("/template.xlsx", Template).Needs(Permission.ImportRead).Produces<byte[]>(200, Xlsx);
        imports.MapGet("/{id:long}", Get).Needs(Permission.ImportRead).Produces<ImportView>();
        imports.MapGet("/{id:long}/findings", Findings).Needs(Permission.ImportRead).Produces<Page<ImportFindingLine>>();
        imports.MapGet("/{id:long}/file", Download).Needs(Permission.ImportRead).Produces<byte[]>(200, "application/octet-stream");
        imports.MapGet("/{id:long}/annotated", Annotated).Needs(Permission.ImportRead).Produces<byte[]>(200, Xlsx);
        imports.MapPost("/{id:long}/commit", Commit).Needs(Permission.ImportWrite).Produces<ImportView>(202);
        imports.MapPost("/{id:long}/cancel", Cancel).Needs(Permission.ImportWrite).Produces<ImportView>();

        var mappings = api.MapGroup("/import-mappings/{source}").WithTags("Imports");
        mappings.MapGet("/", GetMapping).Needs(Permission.ImportRead).Produces<ImportMappingView>();
        mappings.MapPut("/", PutMapping).Needs(Permission.ImportWrite).Produces<ImportMappingView>();
    }

    /// <summary>Imports of your subtree, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListImports query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Takes a file of at most 200 MB in (XLSX, CSV, JSON, NDJSON, each also as gzip) and works it off in the background; follow Location. With validateOnly=true nothing is written and a receipt is given; with receipt what that dry run found is done, or what changed is named.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Send(string? kind, bool? validateOnly, bool? submit, string? onProblem, string? source, string? receipt,
        HttpRequest request, HttpResponse response, HubSettings settings, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        var asked = new ImportSettings(kind, validateOnly, submit, onProblem, source, receipt);
        // Before the file: nobody sends 200 MB to learn that a parameter is wrong.
        var settled = await mediator.Send(new CheckImportSettings(asked), ct);
        if (!settled.Ok) return settled.OrOk();
        var (file, problem) = await ReceivedFile.Read(request, ImportRule.MaxFileBytes, () => Scratch.File(Path.Combine(settings.DataFolder, "imports")), ct);
        if (file is null) return Problems.Result(problem!);
        using (file)
        {
            var kept = await mediator.Send(new ReceiveFile(file.Name, file.Content, file.SizeBytes, file.Sha256), ct);
            var outcome = await mediator.Send(new RequestImport(asked, file.Name, file.SizeBytes, file.Sha256, kept.Value), ct);
            if (!outcome.Ok) return outcome.OrOk();
            return await Queued(outcome.Value.Id, outcome.Value.TenantId, response, mediator, jobs, ct);
        }
    }

    /// <summary>The workbook to fill in: a sheet of scenarios and one of figures, made of the field dictionary, with drop-downs, units in the headings and instructions, in both languages.</summary>
    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult Template(ReferenceCatalog catalog, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var file = new MemoryStream();
        ImportTemplate.Write(file, catalog);
        return TypedResults.File(file.ToArray(), ImportTemplate.ContentType, ImportTemplate.FileName);
    }

    /// <summary>How far an import is and what it came to.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetImport(id), ct)).Or(view =>
        {
            if (view.State is ImportState.Queued or ImportState.Running) response.Headers.RetryAfter = "1";
            return TypedResults.Ok(view);
        });

    /// <summary>What was found in the file, in its order: where, by which rule, how severe, and what would be right.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Findings(long id, string? severity, bool? count, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListImportFindings(id, severity, count, limit, after), ct)).OrOk();

    /// <summary>The file as it was sent, under its own name; the ETag is its SHA-256.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Download(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetImportFile(id), ct)).Or(file =>
        {
            response.Headers.ETag = $"\"{file.Sha256}\"";
            response.ContentLength = file.SizeBytes;
            return TypedResults.Stream(to => file.CopyTo(to, ct), "application/octet-stream", file.Name);
        });

    /// <summary>The file as a workbook, with every finding at its cell.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Annotated(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AnnotateImport(id), ct)).Or(file => TypedResults.File(file.Content, AnnotatedCopy.ContentType, file.Name));

    /// <summary>Writes what a dry run found in order; ends refused, and says what changed, if it would no longer find the same.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Commit(long id, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        var outcome = await mediator.Send(new CommitImport(id), ct);
        return outcome.Ok ? await Queued(id, outcome.Value.TenantId, response, mediator, jobs, ct) : outcome.OrOk();
    }

    /// <summary>Stops an import. What was committed until then stays, and the counts say how much that is.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Cancel(long id, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new CancelImport(id), ct);
        return outcome.Ok ? (await mediator.Send(new GetImport(id), ct)).OrOk() : outcome.OrOk();
    }

    /// <summary>How a sending system names its columns, as your organization keeps it.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> GetMapping(string source, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetImportMapping(source), ct)).Or(view => response.Versioned(view, view.Version));

    /// <summary>Keeps how a sending system names its columns; imports of this source sent from now on are read by it. With If-Match, only if nobody changed it meanwhile; If-Match is wanted once there is one.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> PutMapping(string source, ImportMappingBody body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new SaveImportMapping(source, request.IfMatch(), body), ct);
        return outcome.Ok ? await GetMapping(source, response, mediator, ct) : outcome.OrOk();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> Queued(long id, long tenantId, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        // The row is committed: should the next line fail, or this process die before it, the minute's pick-up enqueues it.
        try { jobs.Enqueue<ImportJobs>(job => job.Run(tenantId, id, CancellationToken.None)); }
        catch (BackgroundJobClientException e) { Activity.Current?.AddException(e); }   // answering 500 would say that nothing was saved
        response.Headers.RetryAfter = "1";
        return (await mediator.Send(new GetImport(id), ct)).Or(view => TypedResults.Accepted($"/api/v1/imports/{id}", view));
    }

    // Described by hand: a route that declares what it accepts would be answered 415 for the types it forgot.
    private static Task DescribeFile(OpenApiOperation operation, Microsoft.AspNetCore.OpenApi.OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary", Description = "At most 200 MB; recognised by its content." };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/octet-stream"] = new() { Schema = File() },
                ["application/x-ndjson"] = new() { Schema = File() },
                ["text/csv"] = new() { Schema = File() },
                ["application/gzip"] = new() { Schema = File() },
                [Xlsx] = new() { Schema = File() },
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Object, Required = new HashSet<string>(["file"]), Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = File() } }
                }
            }
        };
        return Task.CompletedTask;
    }
}
