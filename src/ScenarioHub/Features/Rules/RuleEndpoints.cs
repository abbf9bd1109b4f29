using System.Diagnostics;
using System.Text.Json;
using Hangfire;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

internal static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/catalog/rules", Catalog).WithTags("Rules").Needs(Permission.RuleRead).Produces<RuleCatalog>();

        var sets = api.MapGroup("/rule-sets").WithTags("Rules");
        sets.MapGet("/", ListSets).Needs(Permission.RuleRead).Produces<Page<RuleSetLine>>();
        sets.MapPost("/", Draft).Needs(Permission.RuleManage).Produces<RuleSetView>(201);
        sets.MapGet("/{id:long}", GetSet).Needs(Permission.RuleRead).Produces<RuleSetView>();
        sets.MapPatch("/{id:long}", Revise).Needs(Permission.RuleManage).Produces<RuleSetView>();
        sets.MapPost("/{id:long}/publish", Publish).Needs(Permission.RuleManage).Produces<RuleSetView>();
        sets.MapPost("/{id:long}/rehearse", Rehearse).Needs(Permission.RuleManage).Produces<RehearsalView>(202);

        var rehearsals = api.MapGroup("/rehearsals").WithTags("Rules");
        rehearsals.MapGet("/{id:long}", GetOne).Needs(Permission.RuleRead).Produces<RehearsalView>();
        rehearsals.MapPost("/{id:long}/cancel", Cancel).Needs(Permission.RuleManage).Produces<RehearsalView>();

        var findings = api.MapGroup("/findings").WithTags("Findings");
        findings.MapGet("/", List).Needs(Permission.FilingRead).Produces<Page<FindingView>>();
        findings.MapPost("/check", Check).Needs(Permission.FilingRead).Produces<FilingsChecked>();
        findings.MapGet("/{id:long}", Get).Needs(Permission.FilingRead).Produces<FindingView>();
        findings.MapPost("/{id:long}/explain", Explain).Needs(Permission.FindingExplain).Produces<FindingView>();
        findings.MapPost("/{id:long}/accept", Accept).Needs(Permission.FindingDecide).Produces<FindingView>();
        findings.MapPost("/{id:long}/reject", Reject).Needs(Permission.FindingDecide).Produces<FindingView>();
    }

    /// <summary>Every rule as it is in force today: what it asks, why, what would be right, how much it weighs, by which numbers.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Catalog(IMediator mediator, CancellationToken ct) => (await mediator.Send(new GetRuleCatalog(), ct)).OrOk();

    /// <summary>Rule sets, the latest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> ListSets([AsParameters] ListRuleSets query, IMediator mediator, CancellationToken ct) => (await mediator.Send(query, ct)).OrOk();

    /// <summary>A new draft: a copy of the rule set in force, changed.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Draft(RuleSetContent body, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new DraftRuleSet(body), ct);
        if (!outcome.Ok) return outcome.OrOk();
        return (await mediator.Send(new GetRuleSet(outcome.Value), ct)).Or(view =>
        {
            response.Headers.ETag = Versions.Tag(view.Version);
            return TypedResults.Created($"/api/v1/rule-sets/{view.Id}", view);
        });
    }

    /// <summary>One rule set with its rules.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> GetSet(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetRuleSet(id), ct)).Or(view => response.Versioned(view, view.Version));

    /// <summary>Changes a draft (JSON Merge Patch, If-Match).</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ReviseRuleSet(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await GetSet(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Puts a draft in force from a day on, today or later; it never changes again.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Publish(long id, RuleSetPublication body, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new PublishRuleSet(id, body.EffectiveOn), ct);
        return outcome.Ok ? await GetSet(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Runs a rule set against what stands, in the background, and compares it with the one in force; follow Location.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Rehearse(long id, RehearsalPeriods body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        var outcome = await mediator.Send(new RequestRehearsal(id, body.From, body.To), ct);
        if (!outcome.Ok) return outcome.OrOk();
        var requested = outcome.Value;
        // The row is committed: should the next line fail, or this process die before it, the minute's pick-up enqueues it.
        try { jobs.Enqueue<RuleJobs>(job => job.Rehearse(requested.TenantId, requested.Id, CancellationToken.None)); }
        catch (BackgroundJobClientException e) { Activity.Current?.AddException(e); }   // answering 500 would say that nothing was saved
        response.Headers.RetryAfter = "2";
        return (await mediator.Send(new GetRehearsal(requested.Id), ct)).Or(view => TypedResults.Accepted($"/api/v1/rehearsals/{requested.Id}", view));
    }

    /// <summary>How far a rehearsal is, and what the rule set would find.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> GetOne(long id, IMediator mediator, CancellationToken ct) => (await mediator.Send(new GetRehearsal(id), ct)).OrOk();

    /// <summary>Stops a rehearsal that has not ended.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Cancel(long id, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new CancelRehearsal(id), ct);
        return outcome.Ok ? await GetOne(id, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Findings of your subtree, the latest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListFindings query, IMediator mediator, CancellationToken ct) => (await mediator.Send(query, ct)).OrOk();

    /// <summary>What submitting drafts would find, by ids or by filter; nothing is written.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Check(FilingSelection body, IMediator mediator, CancellationToken ct) => (await mediator.Send(new CheckFilings(body), ct)).OrOk();

    /// <summary>One finding.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, IMediator mediator, CancellationToken ct) => (await mediator.Send(new GetFinding(id), ct)).OrOk();

    /// <summary>Says what is behind a finding; “confirmed correct” says nothing and is refused.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Explain(long id, FindingExplanation body, IMediator mediator, CancellationToken ct) => await Shown(await mediator.Send(new ExplainFinding(id, body.Text), ct), id, mediator, ct);

    /// <summary>Accepts an explanation.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Accept(long id, IMediator mediator, CancellationToken ct) => await Shown(await mediator.Send(new AcceptFinding(id), ct), id, mediator, ct);

    /// <summary>Rejects an explanation with a reason: the finding needs another one.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Reject(long id, FindingRejection body, IMediator mediator, CancellationToken ct) => await Shown(await mediator.Send(new RejectFinding(id, body.Reason), ct), id, mediator, ct);

    private static async Task<Microsoft.AspNetCore.Http.IResult> Shown(Result<Done> outcome, long id, IMediator mediator, CancellationToken ct) =>
        outcome.Ok ? (await mediator.Send(new GetFinding(id), ct)).OrOk() : outcome.OrOk();
}
