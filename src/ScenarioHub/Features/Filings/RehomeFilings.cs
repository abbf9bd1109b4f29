using MediatR;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Lets filings follow their scenarios to another organization, from a month on; earlier ones stay with whom they were filed for. No version and no figure changes, so neither does the revision.
/// What earlier mergers left with another organization than the one that gives its scenarios away stays there too. The ledger hears of it with the scenarios' own event.
/// </summary>
internal sealed class RehomeFilingsHandler(Db db) : IRequestHandler<RehomeFilings, Result<Rehomed>>, IRequestHandler<WeighSubtree, Result<Rehomed>>
{
    public async Task<Result<Rehomed>> Handle(RehomeFilings request, CancellationToken ct)
    {
        var args = new { ScenarioIds = SqlList.Of(request.ScenarioIds), request.From, request.To, Since = request.SincePeriod ?? "0000-00" };
        var weight = await db.One<Weight>(FilingSql.WeighRehomed, args, ct);
        if (!request.ValidateOnly) await db.Run(FilingSql.Rehome, args, ct);
        return weight.Answer;
    }

    public async Task<Result<Rehomed>> Handle(WeighSubtree request, CancellationToken ct) =>
        (await db.One<Weight>(FilingSql.WeighSubtree, new { request.OrganizationId, Since = request.SincePeriod }, ct)).Answer;

    private sealed record Weight
    {
        public long Scenarios { get; init; }
        public long Filings { get; init; }
        public string? FirstPeriod { get; init; }
        public string? LastPeriod { get; init; }

        public Rehomed Answer => new(Scenarios, Filings, FirstPeriod, LastPeriod, 0);
    }
}
