using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using MediatR;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>Asks Filings, which stands below the register, to let the filings of some scenarios follow them; or with <paramref name="ValidateOnly"/> only to count those.</summary>
/// <param name="SincePeriod">The first month that follows; null for all.</param>
public sealed record RehomeFilings(IReadOnlyCollection<long> ScenarioIds, long From, long To, string? SincePeriod, bool ValidateOnly) : IRequest<Result<Rehomed>>;

/// <summary>
/// Answers <see cref="RehomeScenarios"/>: a merger or split lets scenarios go on at another organization. Where only the months from one on are the other's, scenario_place keeps whose the earlier ones were.
/// Publishes <see cref="ScenarioChanged"/>, 250 at a time, so that what is in memory does not grow with the organization.
/// </summary>
internal sealed class RehomeScenariosHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<RehomeScenarios, Result<Rehomed>>
{
    public const int AtOnce = 250;
    private const int MaxName = 60;
    private static readonly string[] VersionColumns = ["scenario_id", "version", "event", "state", "reason", "changes", "content", "by_user", "at"];

    public async Task<Result<Rehomed>> Handle(RehomeScenarios request, CancellationToken ct)
    {
        var all = await db.One<long>(ScenarioSql.CountOfOrganization, new { OrganizationId = request.From }, ct);
        var total = Rehomed.None;
        var ids = request.ScenarioIds ?? await db.List<long>(ScenarioSql.AllOfOrganization, new { OrganizationId = request.From }, ct);
        foreach (var some in ids.Chunk(AtOnce))
        {
            IReadOnlyList<long> found = request.ScenarioIds is null ? some : await db.List<long>(ScenarioSql.IdsOfOrganization, new { OrganizationId = request.From, ScenarioIds = SqlList.Of(some) }, ct);
            if (found.Count < some.Length) return ScenarioRefusal.NotOfOrganization(some.Except(found));
            var done = await Some(request, some, ct);
            if (!done.Ok) return done;
            total = total.And(done.Value);
        }
        return total with { Left = all - total.Scenarios };
    }

    private async Task<Result<Rehomed>> Some(RehomeScenarios request, long[] scenarios, CancellationToken ct)
    {
        if (!request.ValidateOnly && await Write(request, scenarios, ct) is { } refused) return refused;
        var filings = await mediator.Send(new RehomeFilings(scenarios, request.From, request.To, request.SincePeriod, request.ValidateOnly), ct);
        if (!filings.Ok) return filings;
        if (!request.ValidateOnly) await mediator.Publish(new ScenarioChanged(scenarios, request.Cause), ct);
        return filings.Value with { Scenarios = scenarios.Length };
    }

    private async Task<Refusal?> Write(RehomeScenarios request, long[] scenarios, CancellationToken ct)
    {
        var args = new
        {
            ScenarioIds = SqlList.Of(scenarios),
            request.From,
            request.To,
            Since = request.SincePeriod,
            request.Cause,
            request.Reason,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime,
            Changes = new JsonArray(ScenarioChanges.Change("organization", request.From, request.To)).ToJsonString(StoredJson.Options),
            OldText = $"\"organization\":{request.From},",
            NewText = $"\"organization\":{request.To},"
        };
        if (await Rename(request, args.ScenarioIds, ct) is { } refused) return refused;
        if (request.SincePeriod is null) await db.Run(ScenarioSql.ChangePlaces, args, ct);
        else
        {
            await db.Run(ScenarioSql.InsertFirstPlaces, args, ct);
            await db.Run(ScenarioSql.DropPlacesSince, args, ct);
            await db.Run(ScenarioSql.InsertPlaces, args, ct);
        }
        await db.Run(ScenarioSql.RehomeStanding, args, ct);
        await db.Run(ScenarioSql.AppendRehomed, args, ct);
        await db.Run(ScenarioSql.Rehome, args, ct);
        db.Record((await db.List<VersionRow>(ScenarioSql.VersionsOf, args, ct)).Select(s => new Change("scenario", request.Cause, s.ScenarioId, request.To, s.Version)));
        return null;
    }

    // Two organizations may each have a scenario of one name: the one that comes says where from, or nothing could ever be merged without asking everybody to rename first.
    private async Task<Refusal?> Rename(RehomeScenarios request, string scenarioIds, CancellationToken ct)
    {
        var clashes = await db.List<NameRow>(ScenarioSql.NamesTaken, new { ScenarioIds = scenarioIds, request.To }, ct);
        if (clashes.Count == 0) return null;
        var former = new StringInfo(request.FormerName);
        var suffix = $"(原{former.SubstringByTextElements(0, Math.Min(20, former.LengthInTextElements))})";
        var now = clock.GetUtcNow().UtcDateTime;
        var args = new { ScenarioIds = SqlList.Of(clashes.Select(c => c.ScenarioId)), Keep = MaxName - suffix.Length, Suffix = suffix, Now = now };
        try { await db.Run(ScenarioSql.AddToNames, args, ct); }
        catch (DbException e) when (UniqueIndex.RefusedIt(e)) { return ScenarioRefusal.NameTaken(clashes[0].Name); }
        var named = (await db.List<NameRow>(ScenarioSql.Names, args, ct)).ToDictionary(n => n.ScenarioId);
        if (await db.List<NameRow>(ScenarioSql.NamesTaken, new { args.ScenarioIds, request.To }, ct) is [{ } still, ..]) return ScenarioRefusal.NameTaken(still.Name);
        await db.Append("scenario_version", VersionColumns, [.. clashes.Where(c => c.Content is not null).Select(c =>
        {
            var content = JsonNode.Parse(c.Content!)!;
            content["name"] = named[c.ScenarioId].Name;
            return new object?[]
            {
                c.ScenarioId, named[c.ScenarioId].Version, request.Cause, c.State, request.Reason, new JsonArray(ScenarioChanges.Change("name", c.Name, named[c.ScenarioId].Name)).ToJsonString(StoredJson.Options),
                content.ToJsonString(StoredJson.Options), caller.UserId, now
            };
        })], ct);
        return null;
    }

    private sealed record VersionRow
    {
        public long ScenarioId { get; init; }
        public int Version { get; init; }
    }

    private sealed record NameRow
    {
        public long ScenarioId { get; init; }
        public required string Name { get; init; }
        public int Version { get; init; }
        public required string State { get; init; }
        public string? Content { get; init; }
    }
}
