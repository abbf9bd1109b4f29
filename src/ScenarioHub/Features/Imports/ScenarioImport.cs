using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

internal sealed class ScenarioImport(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock, ImportMappingBody? mapping, string? source) : EntryImport
{
    public override Task<bool> Read(SourceFile file, RowSpool spool, Func<List<FoundInFile>, Task<bool>> hand, CancellationToken ct) => throw new NotSupportedException($"{db}{rules}{catalog}{caller}{clock}{mapping}{source}");
    public override Task<ChunkOutcome> Write(IReadOnlyList<List<SpooledRow>> entries, CancellationToken ct) => throw new NotSupportedException();
    public override Task<(string Entries, string Locks)> Touched(IReadOnlyList<List<SpooledRow>> entries, CancellationToken ct) => throw new NotSupportedException();
}
