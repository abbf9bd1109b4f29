using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Peers;

/// <summary>Releases of the tenant, newest first; they say when and how much, of no enterprise.</summary>
public sealed record ListPeerReleases(int? Limit, string? After) : IQuery<Page<PeerReleaseView>>;

/// <summary>How far a release is. Refused with <c>peer-release-not-found</c>.</summary>
public sealed record GetPeerRelease(long ReleaseId) : IQuery<PeerReleaseView>;

/// <summary>One working-out of a period's benchmarks.</summary>
public sealed record PeerReleaseView
{
    public long Id { get; init; }
    public required string Period { get; init; }
    /// <summary>queued, running, done or failed.</summary>
    public required string State { get; init; }
    /// <summary>结账号: the closing all its values are read at; null until pinned.</summary>
    public long? Closing { get; init; }
    /// <summary>When that closing was made.</summary>
    public DateTime? AsOf { get; init; }
    public DateTime RequestedAt { get; init; }
    public DateTime? FinishedAt { get; init; }
    /// <summary>Cells (sector and measure) it published; 0 until done.</summary>
    public int Published { get; init; }
    /// <summary>Cells it withheld; what an earlier release published of them stands.</summary>
    public int Withheld { get; init; }
}

internal sealed class ListPeerReleasesValidator : AbstractValidator<ListPeerReleases>
{
    public ListPeerReleasesValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListPeerReleasesHandler(Db db) : IRequestHandler<ListPeerReleases, Result<Page<PeerReleaseView>>>, IRequestHandler<GetPeerRelease, Result<PeerReleaseView>>
{
    public async Task<Result<Page<PeerReleaseView>>> Handle(ListPeerReleases request, CancellationToken ct)
    {
        if (!Cursor.TryRead<PeerReleaseView, long>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<PeerReleaseView>(PeerSql.List, new { Before = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows, limit, r => r.Id);
    }

    public async Task<Result<PeerReleaseView>> Handle(GetPeerRelease request, CancellationToken ct) =>
        await db.Find<PeerReleaseView>(PeerSql.Find, new { request.ReleaseId }, ct) is { } found ? found : Refusal.NotFound("peer-release", new("公布", "release"));
}
