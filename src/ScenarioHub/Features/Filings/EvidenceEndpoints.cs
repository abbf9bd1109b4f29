using MediatR;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

internal static class EvidenceEndpoints
{
    private static readonly string[] Fields = ["measures", "grade", "proves", "confirmedByName", "confirmedByOffice", "confirmedOn"];

    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        var ofFiling = api.MapGroup("/filings/{id:long}/evidence").WithTags("Filings");
        ofFiling.MapGet("/", List).Needs(Permission.FilingRead).Produces<Page<EvidenceView>>();
        ofFiling.MapPost("/", Record).Needs(Permission.EvidenceWrite).Produces<EvidenceView>(201).AddOpenApiOperationTransformer(DescribeForm);

        var evidence = api.MapGroup("/evidence/{id:long}").WithTags("Filings");
        evidence.MapGet("/", Get).Needs(Permission.FilingRead).Produces<EvidenceView>();
        evidence.MapGet("/file", Download).Needs(Permission.FilingRead).Produces<byte[]>(200, "application/octet-stream");
        evidence.MapPost("/withdraw", Withdraw).Needs(Permission.EvidenceWrite).Produces<EvidenceView>();
    }

    /// <summary>The evidence of a filing, also what was withdrawn.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] EvidenceOfFiling query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListEvidence(query.Id, query.Limit, query.After), ct)).OrOk();

    /// <summary>Puts evidence on record: a file of at most 20 MB (pdf, docx, xlsx, png, jpg by content), what it proves, who confirmed it. The same again answers the same record.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Record(long id, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        // Nobody's 20 MB are taken in for a filing that is not his.
        var known = await mediator.Send(new ListEvidence(id, 1, null), ct);
        if (!known.Ok) return known.OrOk();
        var (form, problem) = await UploadedForm.Read(request, EvidenceRule.MaxFileBytes, Fields, ["measures"], ct);
        if (form is null) return Problems.Result(problem!);
        var outcome = await mediator.Send(new RecordEvidence(id, form.List("measures"), form.Text("grade"), form.Text("proves"), form.Text("confirmedByName"), form.Text("confirmedByOffice"),
            form.Text("confirmedOn"), form.FileName, form.Content), ct);
        if (!outcome.Ok) return outcome.OrOk();
        return (await mediator.Send(new GetEvidence(outcome.Value.EvidenceId), ct)).Or(view =>
            outcome.Value.IsNew ? TypedResults.Created($"/api/v1/evidence/{view.Id}", view) : TypedResults.Ok(view));
    }

    /// <summary>One piece of evidence.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetEvidence(id), ct)).OrOk();

    /// <summary>The file as it was sent, under its own name; the ETag is its SHA-256.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Download(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetEvidenceFile(id), ct)).Or(file =>
            TypedResults.File(file.Content, file.MediaType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\"")));

    /// <summary>Withdraws evidence with a reason; approved figures that rest on it fall back at once.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Withdraw(long id, Withdrawal body, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new WithdrawEvidence(id, body.Reason), ct);
        return outcome.Ok ? await Get(id, mediator, ct) : outcome.OrOk();
    }

    // Described by hand: a route that declares to accept forms only is answered 415 before anyone asked whose filing it is.
    private static Task DescribeForm(OpenApiOperation operation, Microsoft.AspNetCore.OpenApi.OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        static OpenApiSchema Text(string what, string? format = null) => new() { Type = JsonSchemaType.String, Format = format, Description = what };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string>(["file", .. Fields]),
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["file"] = Text("pdf, docx, xlsx, png or jpg by content; at most 20 MB.", "binary"),
                            ["measures"] = Text("Codes of the measures it proves, with commas between them, or the field several times."),
                            ["grade"] = Text("measured, financeConfirmed, thirdParty or regulatorVerified: the highest grade it supports."),
                            ["proves"] = Text("What it proves, 1 to 500 characters."),
                            ["confirmedByName"] = Text("Who confirmed it, 1 to 100 characters."),
                            ["confirmedByOffice"] = Text("His office or organization, 1 to 200 characters."),
                            ["confirmedOn"] = Text("The day it was confirmed, not after today.", "date")
                        }
                    }
                }
            }
        };
        return Task.CompletedTask;
    }
}

/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
internal readonly record struct EvidenceOfFiling(long Id, int? Limit, string? After);

/// <param name="Reason">1 to 500 characters.</param>
public sealed record Withdrawal(string Reason);
