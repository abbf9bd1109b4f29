using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Files one scenario's figures for a month. They replace those of the draft; after a return or an approval they open a new version, and after an approval
/// that is a correction with a reason, as is all that is saved in a locked month. The same again changes nothing. Refused with <c>scenario-not-found</c>, <c>scenario-not-approved</c>,
/// <c>scenario-state-secret</c>, <c>period-before-go-live</c>, <c>period-after-retirement</c>, <c>filing-under-review</c>, <c>stale-version</c>.
/// </summary>
/// <param name="Period">A month such as <c>2026-08</c>, not after the present one.</param>
/// <param name="Revision">The revision the change is based on, 0 for none; null does not ask.</param>
public sealed record FileFigures(long ScenarioId, string Period, int? Revision, FilingContent Body) : ICommand<FilingSaved>;

internal sealed class FileFiguresHandler(Db db, Caller caller, TimeProvider clock, ReferenceCatalog catalog) : IRequestHandler<FileFigures, Result<FilingSaved>>
{
    public async Task<Result<FilingSaved>> Handle(FileFigures request, CancellationToken ct)
    {
        var item = new FilingItem(ScenarioRef.Of(request.ScenarioId), request.Period, request.Body.Figures, request.Body.Reason);
        return (await new SavingFilings(db, caller, clock, catalog).Run([new(item, "", "?period", request.Revision)], write: true, ct))[0];
    }
}
