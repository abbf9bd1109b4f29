using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Reports.Documents;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Reports;

/// <summary>
/// Works one run off: claims it, pins it to a closing, reads its figures as the person who asked, writes the file and hands it in.
/// Safe to run twice and to be killed anywhere: the claim is a lease, the closing once pinned stays, and file and state are written together.
/// Not an <see cref="ICommand{T}"/>: its steps must be seen while it runs.
/// </summary>
public sealed record MakeReport(long TenantId, long ReportId) : IQuery<Done>;

internal sealed class MakeReportHandler(Db db, Caller caller, IMediator mediator, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<MakeReport, Result<Done>>
{
    public const int AttemptsAllowed = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    public async Task<Result<Done>> Handle(MakeReport request, CancellationToken ct)
    {
        if (await db.Find<Run>(ReportSql.FindRun, new { RunTenantId = request.TenantId, request.ReportId }, ct) is not { } run) return ReportRefusal.NotFound;
        if (!await Session.Assume(run.RequestedBy, db, caller, ct)) return await Abandon(run.TenantId, request.ReportId, ct);
        if (await Write(ReportSql.Claim, request.ReportId, ct) == 0) return new Done();              // finished, cancelled, or another worker has it
        try
        {
            if (run.ClosingNo is null)
            {
                var closing = await mediator.CloseBooks(new FoldLedger(WithTree: true), () => Write(ReportSql.Advance, request.ReportId, ct), ct);
                run = run with { ClosingNo = closing.ClosingNo, ThroughEntryNo = closing.ThroughEntryNo };
                await Write(ReportSql.Pin, request.ReportId, ct, closingNo: closing.ClosingNo, throughEntryNo: closing.ThroughEntryNo);
            }
            var report = await Compose(request.ReportId, run, ct);
            using var file = new MemoryStream();
            if (run.Format == "docx") SectorMonthlyDocx.Write(report, file);
            else SectorMonthlyXlsx.Write(report, file);
            await HandIn(request.ReportId, run, report, file.ToArray(), ct);
            return new Done();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await db.Rollback();
            await Write(ReportSql.GiveUp, request.ReportId, CancellationToken.None, failure: ReportRefusal.Broke);
            throw;
        }
    }

    // Whoever asked may no longer see anything. Left queued, the run would be picked up every minute for ever.
    private async Task<Result<Done>> Abandon(long tenantId, long reportId, CancellationToken ct)
    {
        caller.BecomeJob(tenantId);
        if (await Write(ReportSql.Claim, reportId, ct) == 1) await Write(ReportSql.GiveUp, reportId, ct, failure: ReportRefusal.RequesterGone, allowed: 0);
        return new Done();
    }

    private async Task HandIn(long reportId, Run run, SectorMonthly report, byte[] content, CancellationToken ct)
    {
        await db.Begin(nameof(MakeReport), ct, onBehalfOf: run.RequestedBy);
        var finished = await db.Run(ReportSql.Finish, new
        {
            ReportId = reportId,
            Owner = _owner,
            Now = Now,
            SizeBytes = (long)content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            FileName = $"{report.ScopeName}-行业板块月报-{run.Period}.{run.Format}"
        }, ct);
        if (finished == 1)
        {
            await db.Append("report_file", ["report_id", "content"], [[reportId, content]], ct);
            db.Record(new Change("report", "made", reportId, run.OrganizationId, null, run.Period));
        }
        if (finished == 1) await db.Commit(ct);
        else await db.Rollback();   // cancelled, or the lease went to another worker: its file is the one that counts
    }

    private async Task<SectorMonthly> Compose(long reportId, Run run, CancellationToken ct)
    {
        var tenant = await db.One<TenantRow>(ReportSql.TenantOfRun, null, ct);
        var month = Month.Parse(run.Period);
        var january = ReportTemplate.FirstShown(month, Dimension.Sector);
        string[] measures = ["SCN_COUNT", "INVEST_PLAN", "INVEST_SPENT", "OPEX", "COST_SAVE", "REV_GAIN", "NET_BENEFIT", "ROI", "PAYBACK", "HOURS_SAVED"];
        var read = new Dictionary<string, Rollup>();
        foreach (var measure in measures)
        {
            read[measure] = await Read(measure, Dimension.Sector, january, month, run, ct);
            if (await Write(ReportSql.Advance, reportId, ct, progress: 10 + 70 * read.Count / measures.Length) == 0) throw new OperationCanceledException("The run was cancelled or taken over.");
        }
        var begins = ReportTemplate.FirstShown(month, Dimension.Month);
        var pinned = read["COST_SAVE"];
        var (save, opex) = (await Read("COST_SAVE", Dimension.Month, begins, month, run, ct), await Read("OPEX", Dimension.Month, begins, month, run, ct));
        await Write(ReportSql.Advance, reportId, ct, progress: 90);

        SectorFigures Line(string code, string zh, string en, Func<Rollup, RollupCell> cell)
        {
            long? Whole(string measure, decimal scale) => cell(read[measure]).Value is { } value ? (long)(value * scale) : null;
            var coverage = cell(read["NET_BENEFIT"]).Coverage!;
            return new()
            {
                SectorCode = code,
                SectorZh = zh,
                SectorEn = en,
                ScenarioCount = Whole("SCN_COUNT", 1),
                InvestPlannedFen = Whole("INVEST_PLAN", 100),
                InvestSpentFen = Whole("INVEST_SPENT", 100),
                OpexFen = Whole("OPEX", 100),
                CostSaveFen = Whole("COST_SAVE", 100),
                RevGainFen = Whole("REV_GAIN", 100),
                NetBenefitFen = Whole("NET_BENEFIT", 100),
                RoiPercent = cell(read["ROI"]).Value,
                PaybackYears = cell(read["PAYBACK"]).Value,
                HoursSavedMillionths = Whole("HOURS_SAVED", 1_000_000),
                Coverage = new() { Expected = coverage.Expected, Reported = coverage.Reported, Zero = coverage.Zero, Exempt = coverage.Exempt, NotDue = coverage.NotDue, Withheld = coverage.Withheld, Missing = coverage.Missing },
                Grades = cell(read["COST_SAVE"]).Grades?.ToDictionary(g => g.Key, g => (long)(g.Value * 100)) ?? []
            };
        }

        var sectors = catalog.Sectors.Where(s => s.RolledUp).ToDictionary(s => s.Code);
        return new SectorMonthly
        {
            TenantName = tenant.TenantName,
            ScopeName = pinned.Organization.Name,
            Month = run.Period,
            YearToDate = true,
            ClosingNo = run.ClosingNo!.Value,
            ThroughEntryNo = run.ThroughEntryNo!.Value,
            AsOfUtc = pinned.AsOf,
            RecordDate = DateOnly.FromDateTime(pinned.AsOf + ChinaTime.Offset),
            DemoData = tenant.IsDemo,
            Rows = [.. read["SCN_COUNT"].Cells.Select(c => c.Key).Select(key => Line(key, sectors[key].NameZh, sectors[key].NameEn, rollup => rollup.Cells.Single(c => c.Key == key)))],
            Total = Line("", "合计", "Total", rollup => rollup.Total),
            Trend = [.. save.Cells.Zip(opex.Cells, (s, o) => new SectorTrendMonth(s.Key, (long?)(s.Value * 100), (long?)(o.Value * 100)))],
            Highlights = await PublishedCases(run, pinned, sectors, ct),
            MethodNotes =
            [
                $"本报告取自核定账,截至第 {run.ClosingNo} 号结账,含第 {run.ThroughEntryNo} 号及以前的全部分录;各数均为分录余额,可逐笔追溯。",
                "场景数、计划投入为截至报告期末的水平;一次性投入、运行成本、降本额、增收额、净收益、节约工时为本年1月至报告期的合计。",
                "投资回报率=(累计净收益-累计一次性投入)÷累计一次性投入,回收期=累计一次性投入÷近十二个月净收益,均以分子分母分别汇总后相除;分母不为正时不列示。",
                "覆盖情况统计净收益的各构成指标(降本额、增收额、避免损失额和各项运行成本),一项为一个场景一个指标一个月。"
            ],
            Receipt = new(reportId, ReportTemplate.SectorMonthlyVersion)
        };
    }

    private async Task<Rollup> Read(string measure, string by, Month from, Month to, Run run, CancellationToken ct) => (await mediator.Send(new GetRollup(
        measure, by, from.ToString(), to.ToString(), Book.Approved, null, run.OrganizationId, null, run.ClosingNo!.Value.ToString(CultureInfo.InvariantCulture)), ct)).Value;

    // Only what was published is shown by name, as the enterprise's own claim with its source.
    private async Task<IReadOnlyList<PublishedCase>> PublishedCases(Run run, Rollup pinned, Dictionary<string, Sector> sectors, CancellationToken ct)
    {
        var cases = new List<PublishedCase>();
        foreach (var row in await db.List<AcceptedRow>(ReportSql.AcceptedScenarios, new { run.OrganizationId, run.Period, run.ThroughEntryNo, pinned.TreeNo, ClosedAt = pinned.AsOf, Take = 500 }, ct))
        {
            using var document = JsonDocument.Parse(row.Content);
            string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (Text("publishedBenefit") is { Length: > 0 } benefit && (Text("sourceUrl") ?? Text("sourceCited")) is { Length: > 0 } source)
                cases.Add(new(Text("name") ?? "", row.Enterprise, sectors[row.Sector].NameZh, benefit, source, Text("publishedOn") ?? ""));
        }
        return cases;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<int> Write(SqlText statement, long reportId, CancellationToken ct, int progress = 0, long? closingNo = null, long? throughEntryNo = null, string? failure = null, int allowed = AttemptsAllowed)
    {
        await db.Begin(ct);
        var written = await db.Run(statement, new
        {
            ReportId = reportId,
            Owner = _owner,
            Now,
            LeaseUntil = Now + Lease,
            Progress = progress,
            ClosingNo = closingNo,
            ThroughEntryNo = throughEntryNo,
            Failure = failure,
            Allowed = allowed
        }, ct);
        await db.Commit(ct);
        return written;
    }

    private sealed record Run
    {
        public long TenantId { get; init; }
        public long RequestedBy { get; init; }
        public required string Format { get; init; }
        public required string Period { get; init; }
        public long OrganizationId { get; init; }
        public long? ClosingNo { get; init; }
        public long? ThroughEntryNo { get; init; }
    }

    private sealed record TenantRow
    {
        public required string TenantName { get; init; }
        public bool IsDemo { get; init; }
    }

    private sealed record AcceptedRow
    {
        public required string Enterprise { get; init; }
        public required string Sector { get; init; }
        public required string Content { get; init; }
    }
}
