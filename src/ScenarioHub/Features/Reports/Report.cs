using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Reports;

/// <summary>The templates there are.</summary>
internal static class ReportTemplate
{
    /// <summary>行业板块月报.</summary>
    public const string SectorMonthly = "sector-monthly";
    public const string SectorMonthlyVersion = "1";
    public static readonly string[] Formats = ["xlsx", "docx"];

    /// <summary>The first of the months a sector monthly shows up to its own: January, or of the trend (laid out by month) the twelfth back.</summary>
    public static Month FirstShown(Month month, string by) =>
        by != Dimension.Month ? new(month.Year, 1) : month.AddMonths(-11) is var yearAgo && yearAgo < Month.First ? Month.First : yearAgo;
}

/// <summary>States of a run; codes are those of <c>ck_report_run_state</c>.</summary>
internal static class ReportState
{
    public const string Queued = "queued", Running = "running", Done = "done", Failed = "failed", Cancelled = "cancelled";
}

/// <summary>Refusals of Reports; the codes are part of the API.</summary>
internal static class ReportRefusal
{
    public static Refusal NotFound => Refusal.NotFound("report", new("报告", "report"));

    public static readonly Refusal NotFinished = new(RefusalKind.Conflict, "report-not-finished",
        new("报告尚未生成完毕,请按 Location 查询进度后再下载。", "The report is not finished; follow its progress and download it then."));

    public static readonly Refusal NotCancellable = new(RefusalKind.Conflict, "report-not-cancellable",
        new("报告已经生成完毕或已终止,不能再取消。", "The report is finished or has ended; it can no longer be cancelled."));

    public static Refusal FromMissing => Refusal.Field("not-empty", "?from", new("请用 from 指明较早的报告。", "Name the earlier report with from."));

    public static Refusal OtherTemplate => Refusal.Field("report-template-differs", "?from", new(
        "两份报告的模板不同,不能比较;from 须为同一模板的报告。", "The two reports are of different templates and cannot be compared; from must be one of the same template."));

    public static Refusal OtherOrganization => Refusal.Field("report-organization-differs", "?from", new(
        "两份报告的汇总单位不同,不能比较;from 须为同一单位的报告。", "The two reports are of different organizations and cannot be compared; from must be one of the same organization."));

    public static Refusal Crossed => Refusal.Field("reports-crossed", "?from", new(
        "from 所取的结账晚于本报告;请把较早的报告作为 from。", "The closing of from is later than that of this report; give the earlier report as from."));

    /// <summary>Why a run ended without a file, as <c>report_run.failure</c> keeps it: what broke is in the log, and is not for whoever asked for the report.</summary>
    public const string Broke = "report-failed", RequesterGone = "report-requester-gone";

    public static Words WhyFailed(string failure) => failure == RequesterGone
        ? new("申请人的账号已停用,报告未生成;请由在用账号重新申请。", "The sign-in of whoever asked is closed, so the report was not made; ask for it again from one that is open.")
        : new("报告生成失败,系统会自动重试;如最终仍失败,请重新申请,并联系管理员查看日志。", "The report could not be made; it is tried again by itself. If it fails in the end, ask for it again and have your administrator look into the log.");

    public static Refusal PeriodNotBegun(string period) => Refusal.Field("period-not-begun", "/period", new(
        $"{period} 尚未开始,没有可汇总的数据。", $"{period} has not begun; there is nothing to add up."));
}
