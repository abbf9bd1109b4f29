using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this IEndpointRouteBuilder api)
    {
        var organizations = api.MapGroup("/organizations").WithTags("Organizations");
        organizations.MapGet("/", List).Needs(Permission.OrganizationRead).Produces<Page<OrganizationView>>();
        organizations.MapPost("/", Add).Needs(Permission.OrganizationManage).Produces<OrganizationAdded>(201);
        organizations.MapGet("/{id:long}", Get).Needs(Permission.OrganizationRead).Produces<OrganizationView>();
        organizations.MapPatch("/{id:long}", Revise).Needs(Permission.OrganizationManage).Produces<OrganizationView>();
        organizations.MapGet("/{id:long}/history", History).Needs(Permission.OrganizationRead).Produces<Page<OrganizationEvent>>();
        organizations.MapPost("/{id:long}/merge", Merge).Needs(Permission.OrganizationMove).Produces<Reorganized>();
        organizations.MapPost("/{id:long}/split", Split).Needs(Permission.OrganizationMove).Produces<Reorganized>();
        organizations.MapPost("/{id:long}/move", Move).Needs(Permission.OrganizationMove).Produces<OrganizationView>();
    }

    /// <summary>Organizations of your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListOrganizations query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Adds an organization under a parent of your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(NewOrganization body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AddOrganization(body.ParentId, new(body.Kind, body.Name, body.NameEn, body.CreditCode, body.Region, body.IndustryDivision)), ct))
            .Or(added => TypedResults.Created($"/api/v1/organizations/{added.Id}", added));

    /// <summary>One organization.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetOrganization(id), ct)).Or(o => response.Versioned(o, o.Version));

    /// <summary>Changes what is said of an organization (JSON Merge Patch, If-Match).</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ReviseOrganization(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Hangs an organization, with all below it, under another parent; <c>validateOnly=true</c> tells what would change and writes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Move(long id, Move body, bool? validateOnly, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new MoveOrganization(id, body.To, body.EffectiveOn, body.Note, validateOnly ?? false), ct);
        return outcome.Ok && validateOnly != true ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>What became of an organization: names, credit codes, places, mergers and splits.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> History(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetOrganizationHistory(id, limit, after), ct)).OrOk();

    /// <summary>Lets an organization be taken up by another; <c>validateOnly=true</c> tells what would change and writes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Merge(long id, Merge body, bool? validateOnly, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new MergeOrganization(id, body.Into, body.EffectiveOn, body.Note, validateOnly ?? false), ct)).OrOk();

    /// <summary>Divides an organization up into new ones beside it; <c>validateOnly=true</c> tells what would change and writes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Split(long id, Split body, bool? validateOnly, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new SplitOrganization(id, body.EffectiveOn, body.Note, body.Parts, body.Closes, validateOnly ?? false), ct)).OrOk();
}

/// <param name="ParentId">The organization it belongs to.</param>
/// <param name="Kind">directory, group or subsidiary (regulator for a subordinate regulator).</param>
/// <param name="Name">At most 100 characters, unique among its siblings.</param>
/// <param name="NameEn">At most 200 characters.</param>
/// <param name="CreditCode">统一社会信用代码 with check digit; required for group and subsidiary.</param>
/// <param name="Region">GB/T 2260.</param>
/// <param name="IndustryDivision">GB/T 4754-2017 division, two digits.</param>
public sealed record NewOrganization(long ParentId, string Kind, string Name, string? NameEn = null, string? CreditCode = null, string? Region = null, string? IndustryDivision = null);

/// <param name="To">The new parent's id.</param>
/// <param name="EffectiveOn">The day of the decision, not after today.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
public sealed record Move(long To, DateOnly EffectiveOn, string? Note = null);

/// <param name="Into">Id of the organization that takes it up.</param>
/// <param name="EffectiveOn">The day of the merger, not after today.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
public sealed record Merge(long Into, DateOnly EffectiveOn, string? Note = null);

/// <param name="EffectiveOn">The day of the split, not after today.</param>
/// <param name="Parts">The new organizations, 1 to 50.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
/// <param name="Closes">True when the divided organization ends with it: everything must have been given away.</param>
public sealed record Split(DateOnly EffectiveOn, IReadOnlyList<SplitPart> Parts, string? Note = null, bool Closes = false);
