using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>One scenario of the caller's subtree: its working copy. Refused with <c>scenario-not-found</c>.</summary>
public sealed record GetScenario(long ScenarioId) : IQuery<ScenarioView>;

/// <summary>The scenario with this external key. Refused with <c>scenario-not-found</c>.</summary>
public sealed record GetScenarioByKey(ExternalKey Key) : IQuery<ScenarioView>;

/// <summary>The working copy of a scenario, and where it stands in the review.</summary>
public sealed record ScenarioView : ScenarioContent
{
    internal ScenarioView(ScenarioContent content) : base(content) { }

    public long Id { get; init; }
    /// <summary>draft, submitted, approved, returned, withdrawn or retired.</summary>
    public required string State { get; init; }
    /// <summary>Counts every event; the ETag.</summary>
    public int Version { get; init; }
    /// <summary>The version whose facts stand in the ledger; null when none was approved yet.</summary>
    public int? ApprovedVersion { get; init; }
    /// <summary>Why it was returned last, until it is submitted again.</summary>
    public string? ReturnReason { get; init; }
    public required string OrganizationName { get; init; }
    /// <summary>Sector (行业板块) of the division.</summary>
    public required string Sector { get; init; }
    public required IReadOnlyList<ExternalKey> ExternalKeys { get; init; }
    /// <summary>Display name of who registered it.</summary>
    public string? CreatedBy { get; init; }
    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
    /// <summary>UTC.</summary>
    public DateTime UpdatedAt { get; init; }
    /// <summary>演示数据 when what it costs and brings is generated for demonstration, else null.</summary>
    public string? DemoData { get; init; }
}

internal sealed class GetScenarioHandler(Db db, Caller caller, ReferenceCatalog catalog) : IRequestHandler<GetScenario, Result<ScenarioView>>, IRequestHandler<GetScenarioByKey, Result<ScenarioView>>
{
    public Task<Result<ScenarioView>> Handle(GetScenario request, CancellationToken ct) => View(request.ScenarioId, ct);

    public async Task<Result<ScenarioView>> Handle(GetScenarioByKey request, CancellationToken ct) =>
        await db.Find<long?>(ScenarioSql.FindIdByKey, request.Key, ct) is { } scenarioId ? await View(scenarioId, ct) : ScenarioRefusal.NotFound;

    private async Task<Result<ScenarioView>> View(long scenarioId, CancellationToken ct)
    {
        if (await db.Find<ScenarioRow>(ScenarioSql.Find, new { ScenarioId = scenarioId }, ct) is not { } row) return ScenarioRefusal.NotFound;
        return new ScenarioView(row.Content())
        {
            Id = row.ScenarioId,
            State = row.State,
            Version = row.Version,
            ApprovedVersion = row.ApprovedVersion,
            ReturnReason = row.ReturnReason,
            OrganizationName = row.OrganizationName!,
            Sector = catalog.SectorOf(row.IndustryDivision).Code,
            ExternalKeys = [.. (await db.List<KeyRow>(ScenarioSql.KeysOf, new { row.ScenarioId }, ct)).Select(k => new ExternalKey(k.Source, k.ExternalKey))],
            CreatedBy = row.CreatedBy,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            DemoData = caller.DemoData
        };
    }
}
