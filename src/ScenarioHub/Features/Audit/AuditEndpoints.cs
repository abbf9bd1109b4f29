using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("/", List).Needs(Permission.AuditRead).Produces<Page<AuditLine>>();
        audit.MapGet("/verify", Verify).Needs(Permission.AuditVerify).Produces<AuditVerdict>();
    }

    /// <summary>Who did what, when, from where, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListAudit query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Checks the whole programme's chain and says which rows were changed, removed or inserted.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Verify([AsParameters] VerifyAudit query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();
}
