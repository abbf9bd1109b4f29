using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

internal static class GoalEndpoints
{
    public static void MapGoals(this IEndpointRouteBuilder api)
    {
        var goals = api.MapGroup("/goals").WithTags("Goals");
        goals.MapGet("/catalog", Catalog).Needs(Permission.GoalRead).Produces<IReadOnlyList<GoalCatalogLine>>();
        goals.MapGet("/", List).Needs(Permission.GoalRead).Produces<Page<GoalView>>();
        goals.MapPost("/", Add).Needs(Permission.GoalManage).Produces<GoalAdded>(201);
        goals.MapPost("/adopt", Adopt).Needs(Permission.GoalManage).Produces<GoalsAdopted>();
        goals.MapGet("/{id:long}", Get).Needs(Permission.GoalRead).Produces<GoalView>();
        goals.MapPatch("/{id:long}", Revise).Needs(Permission.GoalManage).Produces<GoalView>();
        goals.MapGet("/{id:long}/trajectory", Trajectory).Needs(Permission.GoalRead).Produces<GoalTrajectory>();
        goals.MapGet("/{id:long}/evaluations", Evaluations).Needs(Permission.GoalRead).Produces<Page<GoalEvaluationView>>();
        goals.MapPost("/{id:long}/evaluate", Evaluate).Needs(Permission.GoalManage).Produces<GoalView>();
        goals.MapGet("/{id:long}/values", Values).Needs(Permission.GoalRead).Produces<Page<GoalValueView>>();
        goals.MapPost("/{id:long}/values", RecordValue).Needs(Permission.GoalManage).Produces<GoalValueRecorded>(201);
    }

    /// <summary>The published targets, milestones and visions that can be adopted, each with its source and with the formula the portal knows its number by.</summary>
    private static Microsoft.AspNetCore.Http.HttpResults.Ok<IReadOnlyList<GoalCatalogLine>> Catalog(ReferenceCatalog catalog, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return TypedResults.Ok<IReadOnlyList<GoalCatalogLine>>([.. CatalogGoal.All(catalog).Select(g => new GoalCatalogLine(g.Code, g.Kind, Language.Pick(g.StatementZh, g.StatementEn),
            new(g.SourceDocument, g.DocNo, g.Issuer, g.IssuedOn, g.Evidence, g.SourceSeen), g.MetricCode, g.Unit, g.Target is null ? null : g.Comparator, g.Target, g.DueOn, g.ScopeLevel, g.Scope, g.Region,
            g.Formula, g.Formula?.Words(catalog).ToString(), g.ProxyZh is null ? null : Language.Pick(g.ProxyZh, g.ProxyEn ?? g.ProxyZh)))]);
    }

    /// <summary>Goals of your subtree, and those above it that you are part of.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListGoals query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Makes a goal of your own.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(GoalBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AddGoal(body), ct)).Or(added => TypedResults.Created($"/api/v1/goals/{added.Id}", added));

    /// <summary>Takes goals of the catalog as an organization's own; adopting again changes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Adopt(AdoptGoals body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(body, ct)).OrOk();

    /// <summary>One goal: where it stands and who decides it; for those below its scope, their own contribution.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetGoal(id), ct)).Or(goal => response.Versioned(goal, goal.Version));

    /// <summary>Changes or withdraws a goal (JSON Merge Patch, If-Match); a formula is replaced as a whole.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ReviseGoal(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Levels so far, target line, forecast with its interval, and the verdict, as of the last evaluation.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Trajectory(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetGoalTrajectory(id), ct)).OrOk();

    /// <summary>Every evaluation, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Evaluations(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListGoalEvaluations(id, limit, after), ct)).OrOk();

    /// <summary>Closes the books and evaluates a goal now; the clock does so by itself after every closing and every day.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Evaluate(long id, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new EvaluateGoal(id, Fold: true), ct);
        return outcome.Ok ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Figures recorded by hand, newest first, those superseded too.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Values(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListGoalValues(id, limit, after), ct)).OrOk();

    /// <summary>Records a figure the portal cannot know, with its evidence; a correction names what it supersedes.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> RecordValue(long id, GoalValueBody body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RecordGoalValue(id, body), ct)).Or(recorded => TypedResults.Created($"/api/v1/goals/{id}/values", recorded));
}

/// <param name="Code">Name it so in POST /api/v1/goals/adopt.</param>
/// <param name="Region">GB/T 2260, of local ones.</param>
/// <param name="Proxy">Says what is measured instead, where the formula is not the source's own definition.</param>
public sealed record GoalCatalogLine(string Code, string Kind, string Statement, GoalSource Source, string MetricCode, string? Unit, string? Comparator, decimal? Target, DateOnly? DueOn, string ScopeLevel, string Scope, string? Region,
    GoalFormula? Formula, string? FormulaText, string? Proxy);
