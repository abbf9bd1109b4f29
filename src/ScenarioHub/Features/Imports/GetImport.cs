using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>How far an import is and what it came to. Refused with <c>import-not-found</c>.</summary>
public sealed record GetImport(long ImportId) : IQuery<ImportView>;

/// <summary>Imports of the caller's subtree, newest first.</summary>
public sealed record ListImports(int? Limit, string? After) : IQuery<Page<ImportView>>;

/// <summary>The file as it was sent, written part by part. Refused with <c>import-not-found</c>.</summary>
internal sealed record GetImportFile(long ImportId) : IQuery<ImportFile>;

/// <param name="CopyTo">Writes the content.</param>
internal sealed record ImportFile(string Name, long SizeBytes, string Sha256, Func<Stream, CancellationToken, Task> CopyTo);

/// <summary>An import. Counts are of entries: a scenario, or the filing of a scenario and month, of which a file may hold several rows.</summary>
/// <param name="Kind">scenarios or figures.</param>
/// <param name="OrganizationId">Of whoever sent it.</param>
/// <param name="State">queued, running, checked (a dry run is over; commit it by its receipt), done, refused (see failure), failed or cancelled.</param>
/// <param name="Stage">checking (nothing is written) or committing.</param>
/// <param name="Progress">Percent of the stage, 0 to 100.</param>
/// <param name="ReadRows">How many rows were read so far; <paramref name="TotalRows"/> how many there are, null until the end of the file was reached.</param>
/// <param name="Entries">How many entries these rows are, null until then; <paramref name="DoneEntries"/>: how many of them the present stage has behind it.</param>
/// <param name="Created">Of a dry run, what would be created, and so the others.</param>
/// <param name="Updated">Drafts overwritten, and new versions after a return or an approval.</param>
/// <param name="Unchanged">The same stood there already.</param>
/// <param name="Refused">Not taken, and why is in the findings.</param>
/// <param name="Submitted">Of those taken, how many were submitted; what needs an explanation first stays a draft.</param>
/// <param name="Findings">How many findings there are.</param>
/// <param name="Receipt">Of a dry run: POST /api/v1/imports?receipt=… with the same file, or POST …/commit.</param>
/// <param name="Failure">Why it ended without doing what was asked; null while nothing went wrong.</param>
/// <param name="Attempts">How often a worker began it; more than 1 after a crash.</param>
public sealed record ImportView(
    long Id, string Kind, long OrganizationId, string OrganizationName, string FileName, long SizeBytes, string Sha256, string? Source, int? MappingVersion, string OnProblem, bool Submit, bool ValidateOnly,
    string State, string Stage, int Progress, int ReadRows, int? TotalRows, int? Entries, int DoneEntries, int Created, int Updated, int Unchanged, int Refused, int Submitted, int Findings,
    string? Receipt, DateTime? CheckedAt, ImportEnd? Failure, DateTime RequestedAt, DateTime? StartedAt, DateTime? FinishedAt, int Attempts, ImportLinks Links);

/// <param name="Code">import-has-problems, premise-changed, file-unreadable, import-failed or import-requester-gone.</param>
/// <param name="Premises">Of premise-changed: what changed, by name (file, mapping, ruleSet, catalog, month, entries, locks, history …).</param>
public sealed record ImportEnd(string Code, string Message, IReadOnlyList<ChangedPremise> Premises);

/// <param name="Premise">Its name.</param>
/// <param name="Message">What it is, and where in the file.</param>
public sealed record ChangedPremise(string Premise, string Message);

/// <param name="Annotated">The file as a workbook with the findings in it; null until the import has ended. So <paramref name="Commit"/> and <paramref name="Cancel"/> are null when they would be refused.</param>
public sealed record ImportLinks(string Self, string Findings, string File, string? Annotated, string? Commit, string? Cancel);

internal sealed record ImportRow
{
    public long Id { get; init; }
    public required string Kind { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public required string FileName { get; init; }
    public long SizeBytes { get; init; }
    public required string Sha256 { get; init; }
    public long FileId { get; init; }
    public string? Source { get; init; }
    public int? MappingVersion { get; init; }
    public required string OnProblem { get; init; }
    public bool Submits { get; init; }
    public bool ValidateOnly { get; init; }
    public bool ByReceipt { get; init; }
    public required string State { get; init; }
    public required string Stage { get; init; }
    public string? Premises { get; init; }
    public string? Receipt { get; init; }
    public DateTime? CheckedAt { get; init; }
    public int ReadRows { get; init; }
    public int? TotalRows { get; init; }
    public int? TotalEntries { get; init; }
    public int DoneEntries { get; init; }
    public int Created { get; init; }
    public int Updated { get; init; }
    public int Unchanged { get; init; }
    public int Refused { get; init; }
    public int Submitted { get; init; }
    public int Findings { get; init; }
    public string? Failure { get; init; }
    public string? FailureAbout { get; init; }
    public DateTime RequestedAt { get; init; }
    public DateTime? StartedAt { get; init; }
    public DateTime? FinishedAt { get; init; }
    public int Attempts { get; init; }

    public ImportView View()
    {
        var self = $"/api/v1/imports/{Id}";
        var open = State is ImportState.Queued or ImportState.Running or ImportState.Checked;
        return new(Id, Kind, OrganizationId, OrganizationName, FileName, SizeBytes, Sha256, Source, MappingVersion, OnProblem, Submits, ValidateOnly, State, Stage,
            State is ImportState.Done or ImportState.Checked ? 100 : TotalEntries is > 0 ? (int)Math.Min(99, 100L * DoneEntries / TotalEntries.Value) : 0,
            ReadRows, TotalRows, TotalEntries, DoneEntries, Created, Updated, Unchanged, Refused, Submitted, Findings,
            Receipt, CheckedAt, Failure is null ? null : new(Failure, ImportFailure.Why(Failure).ToString(), Changed()),
            RequestedAt, StartedAt, FinishedAt, Attempts,
            new(self, self + "/findings", self + "/file", State is ImportState.Queued or ImportState.Running ? null : self + "/annotated", State == ImportState.Checked ? self + "/commit" : null, open ? self + "/cancel" : null));
    }

    private ChangedPremise[] Changed() => FailureAbout is null ? []
        : [.. JsonSerializer.Deserialize<PremiseChange[]>(FailureAbout, Json.Options)!.Select(p => new ChangedPremise(p.Premise, Language.Pick(p.Zh, p.En)))];
}

/// <summary>As <c>import_run.failure_about</c> keeps it.</summary>
internal sealed record PremiseChange(string Premise, string Zh, string En);

internal sealed class ListImportsValidator : AbstractValidator<ListImports>
{
    public ListImportsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetImportHandler(Db db) : IRequestHandler<GetImport, Result<ImportView>>, IRequestHandler<ListImports, Result<Page<ImportView>>>, IRequestHandler<GetImportFile, Result<ImportFile>>
{
    public async Task<Result<ImportView>> Handle(GetImport request, CancellationToken ct) =>
        await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is { } found ? found.View() : ImportRefusal.NotFound;

    public async Task<Result<Page<ImportView>>> Handle(ListImports request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ImportView, long>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<ImportRow>(ImportSql.List, new { Before = request.After is null ? long.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => r.View()).ToList(), limit, r => r.Id);
    }

    public async Task<Result<ImportFile>> Handle(GetImportFile request, CancellationToken ct) =>
        await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is { } run
            ? new ImportFile(run.FileName, run.SizeBytes, run.Sha256, (to, token) => KeptFile.CopyTo(db, run.FileId, to, token)) : ImportRefusal.NotFound;
}
