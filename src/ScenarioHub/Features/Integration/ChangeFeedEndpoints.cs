using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Integration;

internal static class ChangeFeedEndpoints
{
    public static void MapChangeFeed(this IEndpointRouteBuilder api) =>
        api.MapGet("/changes", List).WithTags("Changes").Needs(Permission.ChangeRead).Produces<ChangePage>();

    /// <summary>What changed since, in order, nothing skipped; waits for the next change if asked to.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListChanges query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();
}
