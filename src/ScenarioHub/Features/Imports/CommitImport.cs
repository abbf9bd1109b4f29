using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>Writes what a dry run found in order, by its receipt: what was found is found again, or the import ends <c>refused</c> and says what changed. Refused with <c>import-not-found</c>, <c>import-not-checked</c>.</summary>
public sealed record CommitImport(long ImportId) : ICommand<ImportToRun>;

/// <summary>Stops an import; what its committed parts wrote stays. Refused with <c>import-not-found</c>, <c>import-not-cancellable</c>.</summary>
public sealed record CancelImport(long ImportId) : ICommand<Done>;

/// <summary>Queued; a job works it off.</summary>
public sealed record ImportToRun(long Id, long TenantId);

internal sealed class CommitImportHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<CommitImport, Result<ImportToRun>>, IRequestHandler<CancelImport, Result<Done>>
{
    public async Task<Result<ImportToRun>> Handle(CommitImport request, CancellationToken ct)
    {
        if (await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is not { } import) return ImportRefusal.NotFound;
        if (await db.Run(ImportSql.Commit, new { request.ImportId, caller.UserId }, ct) == 0) return ImportRefusal.NotChecked;
        db.Record(new Change("import", "committed", request.ImportId, import.OrganizationId));
        return new ImportToRun(request.ImportId, caller.TenantId);
    }

    public async Task<Result<Done>> Handle(CancelImport request, CancellationToken ct)
    {
        if (await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is not { } import) return ImportRefusal.NotFound;
        if (await db.Run(ImportSql.Cancel, new { request.ImportId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return ImportRefusal.NotCancellable;
        db.Record(new Change("import", "cancelled", request.ImportId, import.OrganizationId));
        return new Done();
    }
}
