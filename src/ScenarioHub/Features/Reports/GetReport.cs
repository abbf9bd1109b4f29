using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Reports;

/// <summary>How far a report is. Refused with <c>report-not-found</c>.</summary>
public sealed record GetReport(long ReportId) : IQuery<ReportView>;

/// <summary>Reports over organizations of the caller's subtree, newest first.</summary>
public sealed record ListReports(int? Limit, string? After) : IQuery<Page<ReportView>>;

/// <summary>The finished file. Refused with <c>report-not-found</c>, <c>report-not-finished</c>.</summary>
public sealed record GetReportFile(long ReportId) : IQuery<ReportFile>;

/// <summary>A run of a report and, when it is done, what its file is.</summary>
public sealed record ReportView
{
    public long Id { get; init; }
    public required string Template { get; init; }
    public required string Format { get; init; }
    public required string Period { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    /// <summary>queued, running, done, failed or cancelled.</summary>
    public required string State { get; init; }
    /// <summary>Percent, 0 to 100.</summary>
    public int Progress { get; init; }
    /// <summary>结账号: the closing all its figures are read at; null until pinned.</summary>
    public long? Closing { get; init; }
    public long? ThroughEntry { get; init; }
    public DateTime RequestedAt { get; init; }
    public DateTime? StartedAt { get; init; }
    public DateTime? FinishedAt { get; init; }
    /// <summary>How often a worker began it; more than 1 after a crash.</summary>
    public int Attempts { get; init; }
    /// <summary>Why it has not been made, in the language of the request; null while nothing went wrong.</summary>
    public string? Failure { get; init; }
    public string? FileName { get; init; }
    public long? SizeBytes { get; init; }
    /// <summary>Of the file, lower-case hex.</summary>
    public string? Sha256 { get; init; }
}

public sealed record ReportFile(string Name, string Format, string Sha256, byte[] Content);

internal sealed class ListReportsValidator : AbstractValidator<ListReports>
{
    public ListReportsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetReportHandler(Db db) : IRequestHandler<GetReport, Result<ReportView>>, IRequestHandler<ListReports, Result<Page<ReportView>>>, IRequestHandler<GetReportFile, Result<ReportFile>>
{
    public async Task<Result<ReportView>> Handle(GetReport request, CancellationToken ct) =>
        await db.Find<ReportView>(ReportSql.Find, new { request.ReportId }, ct) is { } found ? Worded(found) : ReportRefusal.NotFound;

    public async Task<Result<Page<ReportView>>> Handle(ListReports request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ReportView, long>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<ReportView>(ReportSql.List, new { Before = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(Worded).ToList(), limit, r => r.Id);
    }

    private static ReportView Worded(ReportView run) => run with { Failure = run.Failure is { } failure ? ReportRefusal.WhyFailed(failure).ToString() : null };

    public async Task<Result<ReportFile>> Handle(GetReportFile request, CancellationToken ct)
    {
        if (await db.Find<ReportView>(ReportSql.Find, new { request.ReportId }, ct) is not { } run) return ReportRefusal.NotFound;
        if (run.State != ReportState.Done) return ReportRefusal.NotFinished;
        return new ReportFile(run.FileName!, run.Format, run.Sha256!, await db.One<byte[]>(ReportSql.FindFile, new { request.ReportId }, ct));
    }
}
