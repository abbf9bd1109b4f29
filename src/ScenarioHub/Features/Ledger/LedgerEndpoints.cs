using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Ledger;

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        var rollups = api.MapGroup("/rollups").WithTags("Rollups");
        rollups.MapGet("/", Rollup).Needs(Permission.RollupRead).Produces<Rollup>().Produces(304);
        rollups.MapGet("/diff", Diff).Needs(Permission.RollupRead).Produces<RollupDiff>();
        rollups.MapGet("/explain", Explain).Needs(Permission.RollupRead).Produces<Explanation>();
    }

    /// <summary>One measure added up over a subtree and a run of months, laid out by one dimension. With If-None-Match it answers 304 while nothing has changed.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Rollup([AsParameters] GetRollup query, IMediator mediator, HttpContext http, CancellationToken ct) =>
        (await mediator.Send(new GetRollupAnswer(query, [.. http.Request.GetTypedHeaders().IfNoneMatch.Select(tag => tag.Tag.ToString().Trim('"'))]), ct)).Or(answer =>
        {
            // Weak: every node has worked it out for itself, at an instant of its own.
            http.Response.Headers.ETag = $"W/\"{answer.Tag}\"";
            return answer.Json is null ? TypedResults.StatusCode(304) : Whole(answer.Json);
        });

    /// <summary>What became of a roll-up between two moments: added, restated, reclassified, moved, retired, adding up exactly.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Diff([AsParameters] GetDiff query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>The entries behind a cell, page by page, adding up to it exactly.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Explain([AsParameters] ExplainCell query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).Or(page => Whole(JsonSerializer.SerializeToUtf8Bytes(page, Json.Options)));

    // In one piece with its length: a page is some 20 KB, and sent in chunks as it is worded it takes twice as long on the way.
    private static FileContentHttpResult Whole(byte[] json) => TypedResults.Bytes(json, "application/json; charset=utf-8");
}
