using System.Diagnostics;
using Hangfire;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Reports.Documents;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/report-templates", Templates).WithTags("Reports").Needs(Permission.ReportRead).Produces<IReadOnlyList<ReportTemplateLine>>();
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapGet("/", List).Needs(Permission.ReportRead).Produces<Page<ReportView>>();
        reports.MapPost("/", Request).Needs(Permission.ReportCreate).Produces<ReportView>(202);
        reports.MapGet("/{id:long}", Get).Needs(Permission.ReportRead).Produces<ReportView>();
        reports.MapGet("/{id:long}/file", Download).Needs(Permission.ReportRead).Produces<byte[]>(200, SectorMonthlyDocx.ContentType, SectorMonthlyXlsx.ContentType);
        reports.MapGet("/{id:long}/diff", Diff).Needs(Permission.ReportRead).Produces<ReportDiff>();
        reports.MapPost("/{id:long}/cancel", Cancel).Needs(Permission.ReportCreate).Produces<ReportView>();
    }

    /// <summary>The templates reports are made from.</summary>
    private static Microsoft.AspNetCore.Http.HttpResults.Ok<IReadOnlyList<ReportTemplateLine>> Templates(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return TypedResults.Ok<IReadOnlyList<ReportTemplateLine>>([new(ReportTemplate.SectorMonthly, Language.Pick("行业板块月报", "Sector monthly report"), ReportTemplate.SectorMonthlyVersion, ReportTemplate.Formats)]);
    }

    /// <summary>Reports over organizations of your subtree, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListReports query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Asks for a report; follow Location for its progress.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Request(RequestReport body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        var outcome = await mediator.Send(body, ct);
        if (!outcome.Ok) return outcome.OrOk();
        var requested = outcome.Value;
        // The row is committed: should the next line fail, or this process die before it, the minute's pick-up enqueues it.
        try { jobs.Enqueue<ReportJobs>(job => job.Make(requested.TenantId, requested.Id, CancellationToken.None)); }
        catch (BackgroundJobClientException e) { Activity.Current?.AddException(e); }   // answering 500 would say that nothing was saved
        response.Headers.RetryAfter = "2";
        return (await mediator.Send(new GetReport(requested.Id), ct)).Or(view => TypedResults.Accepted($"/api/v1/reports/{requested.Id}", view));
    }

    /// <summary>How far a report is.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetReport(id), ct)).OrOk();

    /// <summary>The finished file.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Download(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetReportFile(id), ct)).Or(file =>
        {
            response.Headers.ETag = $"\"{file.Sha256}\"";
            return TypedResults.File(file.Content, file.Format == "docx" ? SectorMonthlyDocx.ContentType : SectorMonthlyXlsx.ContentType, file.Name);
        });

    /// <summary>What an earlier report said that this one no longer says, and why: added, restated, reclassified, moved, retired.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Diff(long id, long? from, string? measure, string? by, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetReportDiff(id, from, measure, by), ct)).OrOk();

    /// <summary>Stops a report that is not finished.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Cancel(long id, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new CancelReport(id), ct);
        return outcome.Ok ? await Get(id, mediator, ct) : outcome.OrOk();
    }
}

/// <param name="Code">Name it so in POST /api/v1/reports.</param>
public sealed record ReportTemplateLine(string Code, string Name, string Version, IReadOnlyList<string> Formats);
