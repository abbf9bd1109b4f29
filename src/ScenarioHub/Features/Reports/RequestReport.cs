using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Reports;

/// <summary>Asks for a report; it is made in the background. Refused with <c>organization-not-found</c>.</summary>
/// <param name="Template">sector-monthly (行业板块月报).</param>
/// <param name="Period">The month, 2026-10; its flows are added up from January.</param>
/// <param name="Format">xlsx or docx.</param>
/// <param name="Organization">Whose subtree; the caller's own when left out.</param>
public sealed record RequestReport(string Template, string Period, string Format, long? Organization = null) : ICommand<ReportRequested>;

public sealed record ReportRequested(long Id, long TenantId);

internal sealed class RequestReportValidator : AbstractValidator<RequestReport>
{
    public RequestReportValidator()
    {
        RuleFor(x => x.Template).Equal(ReportTemplate.SectorMonthly).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"目前的模板只有 {ReportTemplate.SectorMonthly}(行业板块月报)。", $"The template there is: {ReportTemplate.SectorMonthly}.").ToString());
        RuleFor(x => x.Format).Must(f => ReportTemplate.Formats.Contains(f)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words("格式须为 xlsx 或 docx。", "The format is xlsx or docx.").ToString());
        RuleFor(x => x.Period).Must(p => Month.TryParse(p, out _)).WithErrorCode("bad-period")
            .WithMessage(_ => new Words("报告期须为月份,如 2026-10。", "The period is a month such as 2026-10.").ToString());
    }
}

internal sealed class RequestReportHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RequestReport, Result<ReportRequested>>
{
    public async Task<Result<ReportRequested>> Handle(RequestReport request, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (Month.Parse(request.Period) > Month.Of(clock.Today())) return ReportRefusal.PeriodNotBegun(request.Period);
        var reportId = await db.NextId(ct);
        var inserted = await db.Run(ReportSql.Insert, new
        {
            ReportId = reportId,
            request.Template,
            request.Format,
            request.Period,
            OrganizationId = request.Organization ?? caller.OrganizationId,
            caller.UserId,
            Now = now
        }, ct);
        if (inserted == 0) return Refusal.NotFound("organization", new("单位", "organization")).At("/organization");
        db.Record(new Change("report", "requested", reportId, request.Organization ?? caller.OrganizationId, null, request.Period) { Fields = [Change.Field("template", null, request.Template), Change.Field("format", null, request.Format)] });
        return new ReportRequested(reportId, caller.TenantId);
    }
}
