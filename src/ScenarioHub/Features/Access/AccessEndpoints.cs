using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("/", SignIn).AllowAnyone("this is how one signs in").Produces<SessionView>();
        session.MapGet("/", Get).Needs(Permission.CatalogRead).Produces<SessionView>();
        session.MapDelete("/", SignOut).Needs(Permission.CatalogRead).Produces(204);

        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", List).Needs(Permission.UserRead).Produces<Page<UserLine>>();
        users.MapPost("/", Add).Needs(Permission.UserManage).Produces<UserAdded>(201);
        users.MapPost("/{id:long}/disable", Disable).Needs(Permission.UserManage).Produces(204);
    }

    /// <summary>Signs in: sets the session cookie and answers who you are, what you may do, and the token that writes must carry.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> SignIn(SignIn body, HttpContext http, IMediator mediator, IAntiforgery antiforgery, Caller caller, Db db, CancellationToken ct)
    {
        var outcome = await mediator.Send(body, ct);
        if (outcome.Why is { } why) return Problems.Result(Problems.Of(why, why.Kind == RefusalKind.Forbidden ? 401 : null));
        if (caller.IsKnown && caller.UserId != outcome.Value.UserId) return Problems.Result(Problems.Of(409, "signed-in-as-another", new Words("当前浏览器已有其他用户登录,请先退出。", "Someone else is signed in here; sign out first.").ToString()));
        var principal = Session.Principal(outcome.Value.UserId, outcome.Value.SessionStamp, CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal);
        http.User = principal; // the antiforgery token is bound to the person
        if (!caller.IsKnown) await Session.Establish(principal, db, caller, ct);
        return (await mediator.Send(new GetSession(), ct)).Or(view => TypedResults.Ok(view with { AntiforgeryToken = antiforgery.GetAndStoreTokens(http).RequestToken }));
    }

    /// <summary>Who you are and what you may do; refreshes the antiforgery token.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(HttpContext http, IMediator mediator, IAntiforgery antiforgery, CancellationToken ct) =>
        (await mediator.Send(new GetSession(), ct)).Or(view => TypedResults.Ok(view.IsClient ? view : view with { AntiforgeryToken = antiforgery.GetAndStoreTokens(http).RequestToken }));

    /// <summary>Signs out here and everywhere.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> SignOut(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new EndSessions(), ct);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return outcome.Or(_ => TypedResults.NoContent());
    }

    /// <summary>People of your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListUsers query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Adds a person within your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(AddUser body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(body, ct)).Or(added => TypedResults.Created($"/api/v1/users/{added.Id}", added));

    /// <summary>Closes a person's sign-in.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Disable(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new DisableUser(id), ct)).Or(_ => TypedResults.NoContent());
}
