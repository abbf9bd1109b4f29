using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Tenants;

internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("/", List).Needs(Permission.TenantManage).Produces<IReadOnlyList<TenantLine>>();
        tenants.MapPost("/", Add).Needs(Permission.TenantManage).Produces<TenantAdded>(201);
    }

    /// <summary>All tenants of the deployment.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List(IMediator mediator, CancellationToken ct) => (await mediator.Send(new ListTenants(), ct)).OrOk();

    /// <summary>Opens a regulator's programme with its root organization and first administrator.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(AddTenant body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(body, ct)).Or(added => TypedResults.Created($"/api/v1/tenants/{added.TenantId}", added));
}
