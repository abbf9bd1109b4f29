using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>One piece of evidence, also when it was withdrawn. Refused with <c>evidence-not-found</c>.</summary>
public sealed record GetEvidence(long EvidenceId) : IQuery<EvidenceView>;

/// <summary>The evidence of a filing, in the order it was recorded. Refused with <c>filing-not-found</c>.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListEvidence(long FilingId, int? Limit, string? After) : IQuery<Page<EvidenceView>>;

/// <summary>The file as it was sent. Refused with <c>evidence-not-found</c>.</summary>
public sealed record GetEvidenceFile(long EvidenceId) : IQuery<EvidenceFile>;

public sealed record EvidenceFile(string Name, string MediaType, string Sha256, byte[] Content);

internal sealed class ListEvidenceValidator : AbstractValidator<ListEvidence>
{
    public ListEvidenceValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetEvidenceHandler(Db db) : IRequestHandler<GetEvidence, Result<EvidenceView>>, IRequestHandler<ListEvidence, Result<Page<EvidenceView>>>, IRequestHandler<GetEvidenceFile, Result<EvidenceFile>>
{
    public async Task<Result<EvidenceView>> Handle(GetEvidence request, CancellationToken ct) =>
        await db.Find<EvidenceRow>(EvidenceSql.Find, new { request.EvidenceId }, ct) is { } found ? found.View : EvidenceRefusal.NotFound;

    public async Task<Result<Page<EvidenceView>>> Handle(ListEvidence request, CancellationToken ct)
    {
        if (!Cursor.TryRead<EvidenceView, long>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<FilingAsItStands>(FilingSql.One, new { request.FilingId }, ct) is null) return FilingRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<EvidenceRow>(EvidenceSql.List, new { request.FilingId, AfterId = after, Take = limit + 1 }, ct);
        return Cursor.Page([.. rows.Select(r => r.View)], limit, (EvidenceView v) => v.Id);
    }

    public async Task<Result<EvidenceFile>> Handle(GetEvidenceFile request, CancellationToken ct)
    {
        if (await db.Find<EvidenceRow>(EvidenceSql.Find, new { request.EvidenceId }, ct) is not { } found) return EvidenceRefusal.NotFound;
        return new EvidenceFile(found.FileName, found.MediaType, found.Sha256, await db.One<byte[]>(EvidenceSql.File, new { request.EvidenceId }, ct));
    }
}
