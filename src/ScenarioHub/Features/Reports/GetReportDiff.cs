using System.Globalization;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Reports;

/// <summary>
/// What became of the figures of an earlier report by the closing of this one: <see cref="GetDiff"/> between the two closings, over the months the earlier one shows.
/// Refused with <c>report-not-found</c>, <c>report-not-finished</c>, <c>report-template-differs</c>, <c>report-organization-differs</c>, <c>reports-crossed</c>, and as a difference of roll-ups is.
/// </summary>
/// <param name="From">The earlier report.</param>
/// <param name="Measure">Code of the measure.</param>
/// <param name="By">The layout, as of a roll-up. By month these are the twelve months of the trend, else January to the report's month.</param>
public sealed record GetReportDiff(long ReportId, long? From, string? Measure, string? By) : IQuery<ReportDiff>;

/// <param name="Note">Which months are compared, in the caller's language: a later report may show more.</param>
/// <param name="Figures">Its before is what the earlier report shows, its after what the same months are at the closing of this one.</param>
public sealed record ReportDiff(ReportCompared From, ReportCompared To, string Note, RollupDiff Figures);

/// <param name="Closing">The closing its figures are of.</param>
public sealed record ReportCompared(long Id, string Template, string Format, string Period, long Closing, DateTime FinishedAt);

internal sealed class GetReportDiffHandler(Db db, IMediator mediator) : IRequestHandler<GetReportDiff, Result<ReportDiff>>
{
    public async Task<Result<ReportDiff>> Handle(GetReportDiff request, CancellationToken ct)
    {
        if (await db.Find<ReportView>(ReportSql.Find, new { request.ReportId }, ct) is not { } to) return ReportRefusal.NotFound;
        if (to.State != ReportState.Done) return ReportRefusal.NotFinished;
        if (request.From is null) return ReportRefusal.FromMissing;   // not before the report is found: what is another's is not there, however it is asked for
        if (await db.Find<ReportView>(ReportSql.Find, new { ReportId = request.From }, ct) is not { } from) return ReportRefusal.NotFound.At("?from");
        if (from.State != ReportState.Done) return ReportRefusal.NotFinished.At("?from");
        if (from.Template != to.Template) return ReportRefusal.OtherTemplate;
        if (from.OrganizationId != to.OrganizationId) return ReportRefusal.OtherOrganization;
        if (from.Closing > to.Closing) return ReportRefusal.Crossed;

        var first = ReportTemplate.FirstShown(Month.Parse(from.Period), request.By ?? "").ToString();
        var figures = await mediator.Send(new GetDiff(Number(from), Number(to), request.Measure, request.By, first, from.Period, Organization: from.OrganizationId), ct);
        if (!figures.Ok) return figures.Why!;
        return new ReportDiff(Compared(from), Compared(to), Language.Pick(
            $"比较范围为较早报告所列的 {first} 至 {from.Period};此前已公布的数按本报告的结账重新读取,本报告另列的月份不在其内。",
            $"Compared are the months the earlier report shows, {first} to {from.Period}: what was published then, read again at the closing of this report; months only this report shows are not in it."), figures.Value);
    }

    private static string Number(ReportView report) => report.Closing!.Value.ToString(CultureInfo.InvariantCulture);

    private static ReportCompared Compared(ReportView report) => new(report.Id, report.Template, report.Format, report.Period, report.Closing!.Value, report.FinishedAt!.Value);
}
