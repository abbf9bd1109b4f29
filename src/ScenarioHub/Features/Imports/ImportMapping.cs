using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>How a source names its columns. Refused with <c>import-mapping-not-found</c>.</summary>
public sealed record GetImportMapping(string Source) : IQuery<ImportMappingView>;

/// <summary>Keeps how a source names its columns. Refused with <c>if-match-missing</c>, <c>stale-version</c>.</summary>
public sealed record SaveImportMapping(string Source, int? Version, ImportMappingBody Body) : ICommand<Done>;

/// <param name="Columns">1 to 400, each heading once.</param>
/// <param name="Constants">What stands in no column and holds for every row.</param>
public sealed record ImportMappingBody(IReadOnlyList<MappedColumn> Columns, IReadOnlyList<MappedConstant>? Constants = null)
{
    internal IReadOnlyList<ColumnMapping> ForReader() => [.. Columns.Select(c => new ColumnMapping(c.Header, c.Field, c.Unit))];
}

/// <summary>One column of theirs.</summary>
/// <param name="Header">Its heading, as it stands in their file.</param>
/// <param name="Field">What it is: scenario, period, value …, a field of the dictionary, or the code of a measure whose figures stand in it (of a ratio <c>AUTO_RATE/numerator</c> and <c>/denominator</c>); absent of a column to pass by.</param>
/// <param name="Unit">The unit its numbers are in, such as 万元; the field's or measure's own when absent.</param>
public sealed record MappedColumn(string Header, string? Field = null, string? Unit = null);

/// <param name="Field">As of a column.</param>
/// <param name="Value">As it would stand in a cell.</param>
public sealed record MappedConstant(string Field, string Value);

/// <param name="Version">Counts every change; the ETag.</param>
public sealed record ImportMappingView(string Source, int Version, ImportMappingBody Mapping, string? UpdatedByName, DateTime UpdatedAt);

internal sealed record MappingRow
{
    public required string Source { get; init; }
    public int Version { get; init; }
    public required string Content { get; init; }
    public string? UpdatedByName { get; init; }
    public DateTime UpdatedAt { get; init; }
}

internal sealed class SaveImportMappingValidator : AbstractValidator<SaveImportMapping>
{
    private const int MaxColumns = 400, MaxText = 200;

    public SaveImportMappingValidator(ReferenceCatalog catalog)
    {
        var (figures, scenarios) = (ImportColumns.Figures(catalog), ImportColumns.Scenarios(catalog));
        ImportColumn? Find(string? field) => field is null ? null : figures.Find(field) ?? scenarios.Find(field);
        RuleFor(x => x.Source).Must(ImportSource.Spelling).WithErrorCode("external-key-spelling").WithMessage(_ => ImportSource.Right.ToString());
        RuleFor(x => x.Body.Columns).Must(c => c is { Count: > 0 and <= MaxColumns }).WithErrorCode("mapping-size")
            .WithMessage(_ => new Words($"须有 1 至 {MaxColumns} 列。", $"A mapping has 1 to {MaxColumns} columns.").ToString());
        RuleForEach(x => x.Body.Columns).NotNull().WithErrorCode("required");
        RuleFor(x => x.Body.Columns).Must(c => c is null || c.Where(x => x is not null).GroupBy(x => x.Header?.Trim()).All(g => g.Count() == 1)).WithErrorCode("header-twice")
            .WithMessage(_ => new Words("同一列名出现了不止一次。", "A heading stands in the mapping more than once.").ToString());
        RuleForEach(x => x.Body.Columns).ChildRules(column =>
        {
            column.RuleFor(c => c.Header).Must(h => !string.IsNullOrWhiteSpace(h) && h.Length <= MaxText).WithErrorCode("required").WithMessage(_ => new Words($"请填写列名(1 至 {MaxText} 字)。", $"Give the heading, 1 to {MaxText} characters.").ToString());
            column.RuleFor(c => c.Field).Must(f => f is null || Find(f) is not null).WithErrorCode("unknown-code").WithMessage(c => new Words($"没有字段或指标“{c.Field}”。", $"There is no field or measure “{c.Field}”.").ToString());
            column.RuleFor(c => c.Unit).Must((c, u) => u is null || Find(c.Field)?.Units is not { } units || units.Find(u) is not null).WithErrorCode("unknown-unit")
                .WithMessage(c => new Words($"“{c.Unit}”不是该列的单位。", $"“{c.Unit}” is no unit of this column.").ToString());
        });
        RuleForEach(x => x.Body.Constants).NotNull().WithErrorCode("required");
        RuleForEach(x => x.Body.Constants).Must(c => c is null || Find(c.Field) is not null).WithErrorCode("unknown-code").WithMessage((_, c) => new Words($"没有字段“{c?.Field}”。", $"There is no field “{c?.Field}”.").ToString());
    }
}

internal sealed class ImportMappingHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<GetImportMapping, Result<ImportMappingView>>, IRequestHandler<SaveImportMapping, Result<Done>>
{
    public async Task<Result<ImportMappingView>> Handle(GetImportMapping request, CancellationToken ct) =>
        await db.Find<MappingRow>(ImportSql.FindMapping, new { request.Source }, ct) is { } row
            ? new ImportMappingView(row.Source, row.Version, JsonSerializer.Deserialize<ImportMappingBody>(row.Content, Json.Options)!, row.UpdatedByName, row.UpdatedAt) : ImportRefusal.MappingNotFound;

    public async Task<Result<Done>> Handle(SaveImportMapping request, CancellationToken ct)
    {
        var args = new { request.Source, request.Version, Content = JsonSerializer.Serialize(request.Body, Json.Options), caller.UserId, Now = clock.GetUtcNow().UtcDateTime };
        if (await db.Find<MappingRow>(ImportSql.FindMapping, args, ct) is not { } known)
        {
            if (request.Version is not (null or 0) || await db.Run(ImportSql.InsertMapping, args, ct) == 0) return Refusal.Stale(0);
            return Saved("added", null, 1);
        }
        if (request.Version is null) return Refusal.VersionMissing;
        return await db.Run(ImportSql.ReviseMapping, args, ct) == 1 ? Saved("revised", JsonSerializer.Deserialize<ImportMappingBody>(known.Content, Json.Options), known.Version + 1) : Refusal.Stale(known.Version);

        // A mapping is named by its organization and source; it has no number of its own.
        Done Saved(string action, ImportMappingBody? before, int version)
        {
            db.Record(new Change("importMapping", action, caller.OrganizationId, caller.OrganizationId, version) { Fields = [Change.Field("source", request.Source, request.Source), .. before is null ? Change.New(request.Body).Select(f => f!.DeepClone()) : Change.Between(before, request.Body).Select(f => f!.DeepClone())] });
            return new Done();
        }
    }
}
