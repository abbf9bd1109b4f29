using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Reports;

/// <summary>Stops a report that is not finished. Refused with <c>report-not-found</c>, <c>report-not-cancellable</c>.</summary>
public sealed record CancelReport(long ReportId) : ICommand<Done>;

internal sealed class CancelReportHandler(Db db, TimeProvider clock) : IRequestHandler<CancelReport, Result<Done>>
{
    public async Task<Result<Done>> Handle(CancelReport request, CancellationToken ct)
    {
        if (await db.Find<ReportView>(ReportSql.Find, new { request.ReportId }, ct) is not { } report) return ReportRefusal.NotFound;
        if (await db.Run(ReportSql.Cancel, new { request.ReportId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return ReportRefusal.NotCancellable;
        db.Record(new Change("report", "cancelled", request.ReportId, report.OrganizationId, null, report.Period));
        return new Done();
    }
}
