using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

internal static class FilingEndpoints
{
    public static void MapFilings(this IEndpointRouteBuilder api)
    {
        var months = api.MapGroup("/scenarios/{id:long}/filings/{period}").WithTags("Filings");
        months.MapGet("/", Get).Needs(Permission.FilingRead).Produces<FilingView>();
        months.MapPut("/", Put).Needs(Permission.FilingWrite).Produces<FilingView>();
        months.MapGet("/versions", Versions).Needs(Permission.FilingRead).Produces<FilingVersions>();

        var filings = api.MapGroup("/filings").WithTags("Filings");
        filings.MapGet("/", List).Needs(Permission.FilingRead).Produces<Page<FilingLine>>();
        filings.MapGet("/sheet", Sheet).Needs(Permission.FilingRead).Produces<Page<SheetRow>>();
        filings.MapPost("/batch", Batch).Needs(Permission.FilingWrite).Produces<FilingBatchAnswer>(207);
        filings.MapPost("/submit", Submit).Needs(Permission.FilingWrite).Produces<FilingsDecided>();
        filings.MapPost("/approve", Approve).Needs(Permission.FilingReview).Produces<FilingsDecided>();
        filings.MapPost("/return", Return).Needs(Permission.FilingReview).Produces<FilingsDecided>();
        filings.MapPost("/{id:long}/grades", Grades).Needs(Permission.EvidenceWrite).Produces<FilingView>();
        api.MapEvidence();
    }

    /// <summary>A scenario's figures for a month, with every measure it files; also where nothing was filed yet.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, string period, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetFiling(id, period), ct)).Or(f => f.Id is null ? TypedResults.Ok(f) : response.Versioned(f, f.Revision));

    /// <summary>Files a scenario's figures for a month: they replace those of the draft. With If-Match, only if nobody changed it meanwhile.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Put(long id, string period, FilingContent body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new FileFigures(id, period, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(id, period, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Every version of a month's filing: who, when, what.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Versions(long id, string period, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListFilingVersions(id, period), ct)).OrOk();

    /// <summary>Filings of your subtree, the latest month first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListFilings query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>The sheet of a month: every scenario that owes figures for it, with its measures, what is filed, and the month and the year before.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Sheet([AsParameters] GetSheet query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Files up to 1,000 scenarios and months, with an answer per item in order; validateOnly answers the same and writes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Batch(FilingBatch body, bool? validateOnly, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new FileBatch(body.Items, validateOnly ?? false), ct)).Or(answers =>
        {
            FilingBatchItem[] items = [.. answers.Select((answer, i) => new FilingBatchItem(
                i, body.Items[i].ExternalKey, answer.Why is { } why ? Problems.Status(why.Kind) : answer.Value.Outcome == "created" ? 201 : 200,
                answer.Ok ? answer.Value : null, answer.Why is { } no ? Problems.Of(no) : null))];
            return TypedResults.Json(new FilingBatchAnswer(validateOnly ?? false, items.Count(x => x.Problem is null), items.Count(x => x.Problem is not null), items), statusCode: 207);
        });

    /// <summary>Submits drafts for review, by ids or by filter, with an answer per filing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Submit(FilingSelection body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SubmitFilings(body), ct)).OrOk();

    /// <summary>Approves what is under review, by ids or by filter, with an answer per filing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Approve(FilingSelection body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ApproveFilings(body), ct)).OrOk();

    /// <summary>Returns what is under review with a reason, by ids or by filter, with an answer per filing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Return(FilingsToReturn body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReturnFilings(body.Reason, new(body.Ids, body.Expected, body.Filter)), ct)).OrOk();

    /// <summary>Raises approved figures on the savings ladder, on evidence; a reviewer may lower them, with a reason. Amounts stay, and history too.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Grades(long id, GradesToChange body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ChangeGrades(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(outcome.Value.ScenarioId, outcome.Value.Period, response, mediator, ct) : outcome.OrOk();
    }
}

/// <param name="Items">1 to 1,000, each scenario and month once.</param>
public sealed record FilingBatch(IReadOnlyList<FilingItem> Items);

/// <param name="ValidateOnly">Nothing was written.</param>
/// <param name="Saved">How many items were (or would be) taken, also those that change nothing.</param>
/// <param name="Refused">How many were not.</param>
/// <param name="Items">In the order they were sent.</param>
public sealed record FilingBatchAnswer(bool ValidateOnly, int Saved, int Refused, IReadOnlyList<FilingBatchItem> Items);

/// <param name="Index">0-based place in the batch.</param>
/// <param name="Status">What the item alone would have been answered: 201, 200, 400, 404 or 409.</param>
/// <param name="Filing">Null when refused.</param>
/// <param name="Problem">Null when taken; its pointers begin with <c>/items/{index}</c>.</param>
public sealed record FilingBatchItem(int Index, string? ExternalKey, int Status, FilingSaved? Filing, Problem? Problem);

/// <param name="Reason">Told to the filers: 1 to 500 characters.</param>
/// <param name="Ids">1 to 10,000 ids, each once.</param>
/// <param name="Expected">As ids, with the version that was looked at.</param>
/// <param name="Filter">All that match, at most 10,000.</param>
public sealed record FilingsToReturn(string Reason, IReadOnlyList<long>? Ids = null, IReadOnlyList<FilingAtVersion>? Expected = null, FilingFilter? Filter = null);
