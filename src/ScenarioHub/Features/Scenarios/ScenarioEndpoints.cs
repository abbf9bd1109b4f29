using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

internal static class ScenarioEndpoints
{
    public static void MapScenarios(this IEndpointRouteBuilder api)
    {
        var scenarios = api.MapGroup("/scenarios").WithTags("Scenarios");
        scenarios.MapGet("/", List).Needs(Permission.ScenarioRead).Produces<Page<ScenarioLine>>();
        scenarios.MapPost("/", Register).Needs(Permission.ScenarioWrite).Produces<ScenarioSaved>(201);
        scenarios.MapGet("/similar", Similar).Needs(Permission.ScenarioRead).Produces<SimilarScenarios>();
        scenarios.MapGet("/{id:long}", Get).Needs(Permission.ScenarioRead).Produces<ScenarioView>();
        scenarios.MapPatch("/{id:long}", Revise).Needs(Permission.ScenarioWrite).Produces<ScenarioView>();
        scenarios.MapPost("/{id:long}/submit", Submit).Needs(Permission.ScenarioWrite).Produces<ScenarioView>();
        scenarios.MapPost("/{id:long}/withdraw", Withdraw).Needs(Permission.ScenarioWrite).Produces<ScenarioView>();
        scenarios.MapPost("/{id:long}/approve", Approve).Needs(Permission.ScenarioReview).Produces<ScenarioView>();
        scenarios.MapPost("/{id:long}/return", Return).Needs(Permission.ScenarioReview).Produces<ScenarioView>();
        scenarios.MapPost("/{id:long}/retire", Retire).Needs(Permission.ScenarioReview).Produces<ScenarioView>();
        scenarios.MapGet("/{id:long}/history", History).Needs(Permission.ScenarioRead).Produces<Page<ScenarioVersionView>>();
        scenarios.MapGet("/by-key/{source}/{key}", GetByKey).Needs(Permission.ScenarioRead).Produces<ScenarioView>();
        scenarios.MapPut("/by-key/{source}/{key}", SaveByKey).Needs(Permission.ScenarioWrite).Produces<ScenarioView>().Produces<ScenarioView>(201);
        scenarios.MapPost("/batch", Batch).Needs(Permission.ScenarioWrite).Produces<BatchAnswer>(207);
    }

    /// <summary>Scenarios of your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListScenarios query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Registers a scenario as a draft.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Register(ScenarioBody body, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RegisterScenario(body), ct)).Or(saved =>
        {
            response.Headers.ETag = Versions.Tag(saved.Version);
            return TypedResults.Created($"/api/v1/scenarios/{saved.Id}", saved);
        });

    /// <summary>Scenarios whose names are much like one that is being typed, the likest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Similar([AsParameters] FindSimilarScenarios query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>One scenario.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetScenario(id), ct)).Or(s => response.Versioned(s, s.Version));

    /// <summary>Changes a scenario (JSON Merge Patch, If-Match): a new draft version.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new ReviseScenario(id, request.IfMatch(), body), ct), response, mediator, ct);

    /// <summary>Submits a scenario for review.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Submit(long id, ScenarioStepBody? body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new SubmitScenario(id, body?.Version ?? request.IfMatch()), ct), response, mediator, ct);

    /// <summary>Takes a submitted scenario back.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Withdraw(long id, ScenarioStepBody? body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new WithdrawScenario(id, body?.Version ?? request.IfMatch()), ct), response, mediator, ct);

    /// <summary>Accepts a submitted scenario.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Approve(long id, ScenarioStepBody? body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new ApproveScenario(id, body?.Version ?? request.IfMatch()), ct), response, mediator, ct);

    /// <summary>Returns a submitted scenario with a reason.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Return(long id, ReturnScenarioBody? body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new ReturnScenario(id, body?.Reason, body?.Version ?? request.IfMatch()), ct), response, mediator, ct);

    /// <summary>Retires an approved scenario.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Retire(long id, RetireScenarioBody? body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        await Shown(await mediator.Send(new RetireScenario(id, body?.RetiredOn, body?.Reason, body?.Version ?? request.IfMatch()), ct), response, mediator, ct);

    /// <summary>Every version of a scenario, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> History(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetScenarioHistory(id, limit, after), ct)).OrOk();

    /// <summary>The scenario with this external key.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> GetByKey(string source, string key, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetScenarioByKey(Key(source, key)), ct)).Or(s => response.Versioned(s, s.Version));

    /// <summary>Creates or updates the scenario with this external key; the same again changes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> SaveByKey(string source, string key, ScenarioBody body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var command = new SaveScenarioByKey(Key(source, key), request.IfMatch(), body);
        var outcome = await mediator.Send(command, ct);
        // Two first sendings of one key at once: the loser was undone, and now finds what the winner made.
        if (outcome.Why?.Code == ScenarioRefusal.KeyRaceCode) outcome = await mediator.Send(command, ct);
        return await Shown(outcome, response, mediator, ct);
    }

    /// <summary>Creates or updates up to 1,000 scenarios; an answer per item, in order. <c>validateOnly=true</c> finds the same and writes nothing.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Batch(ScenarioBatch body, bool? validateOnly, IMediator mediator, CancellationToken ct) =>
        (await (validateOnly == true ? mediator.Send(new CheckScenarios(body.Items), ct) : mediator.Send(new SaveScenarios(body.Items), ct)))
            .Or(items => TypedResults.Json(new BatchAnswer([.. items.Select(i => Item(i, validateOnly == true))]), statusCode: 207));

    private static BatchAnswerItem Item(ItemSaved item, bool dryRun)
    {
        if (item.Why is { } why) return new(item.Index, Problems.Status(why.Kind), null, null, null, null, null, Problems.Of(why));
        var saved = item.Saved!;
        var isNew = saved.Outcome == ScenarioSaved.Created;
        // Of a dry run the id and code of a new one were undone with it.
        return new(item.Index, isNew ? 201 : 200, saved.Outcome, isNew && dryRun ? null : saved.Id, isNew && dryRun ? null : saved.Code, saved.Version, saved.State, null);
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> Shown(Result<ScenarioSaved> outcome, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        if (!outcome.Ok) return outcome.OrOk();
        var view = await mediator.Send(new GetScenario(outcome.Value.Id), ct);
        if (!view.Ok || outcome.Value.Outcome != ScenarioSaved.Created) return view.Or(s => response.Versioned(s, s.Version));
        response.Headers.ETag = Versions.Tag(view.Value.Version);
        return TypedResults.Created($"/api/v1/scenarios/{view.Value.Id}", view.Value);
    }

    // A slash in a key arrives as %2F: the server decodes everything else.
    private static ExternalKey Key(string source, string key) => new(source, key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
}

/// <param name="Version">The version it is based on; may be given as If-Match instead.</param>
public sealed record ScenarioStepBody(int? Version = null);

/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Version">The version that was reviewed; may be given as If-Match instead.</param>
public sealed record ReturnScenarioBody(string? Reason = null, int? Version = null);

/// <param name="RetiredOn">Not after today, not before the present stage began.</param>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Version">The version that is retired; may be given as If-Match instead.</param>
public sealed record RetireScenarioBody(DateOnly? RetiredOn = null, string? Reason = null, int? Version = null);

/// <param name="Items">1 to 1,000 scenarios, each as in POST /scenarios.</param>
public sealed record ScenarioBatch(IReadOnlyList<JsonElement> Items);

/// <param name="Items">One per item of the request, in its order.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchAnswerItem> Items);

/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Status">201 created, 200 updated or unchanged, else the status of <paramref name="Problem"/>.</param>
/// <param name="Outcome">created, updated or unchanged.</param>
public sealed record BatchAnswerItem(int Index, int Status, string? Outcome, long? Id, string? Code, int? Version, string? State, Problem? Problem);
