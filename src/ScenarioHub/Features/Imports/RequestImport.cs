using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>What an import is asked to do; all of it stands in the query string.</summary>
/// <param name="Kind">scenarios or figures.</param>
/// <param name="ValidateOnly">Finds what is wrong, writes nothing, and gives a receipt.</param>
/// <param name="Submit">Of figures: submits the filings for review at once; left out, they stay drafts.</param>
/// <param name="OnProblem">refuseAll (when left out): one entry that cannot be taken, and nothing of the file is. skipRows: the rest is taken.</param>
/// <param name="Source">The sending system, such as <c>erp</c>: whose column mapping holds, and whose external keys the file's keys are.</param>
/// <param name="Receipt">Of a dry run of the same file: the import does what that one found, or says what has changed.</param>
internal sealed record ImportSettings(string? Kind, bool? ValidateOnly, bool? Submit, string? OnProblem, string? Source, string? Receipt);

/// <summary>Says what is wrong with the settings before a file is taken in; answers nothing else. Refused with <c>unknown-receipt</c>.</summary>
internal sealed record CheckImportSettings(ImportSettings Settings) : IQuery<Done>;

/// <summary>
/// Puts an import on record; it is worked off in the background. Refused with <c>unknown-receipt</c>, <c>premise-changed</c> (the file or a setting is not that of the receipt).
/// </summary>
/// <param name="FileId">Of a file received before. Not part of what an Idempotency-Key stands for: the same file sent again has another id and the same <paramref name="Sha256"/>.</param>
internal sealed record RequestImport(ImportSettings Settings, string FileName, long SizeBytes, string Sha256, [property: JsonIgnore] long FileId) : ICommand<ImportRequested>;

internal sealed record ImportRequested(long Id, long TenantId);

internal sealed class CheckImportSettingsValidator : AbstractValidator<CheckImportSettings>
{
    public CheckImportSettingsValidator()
    {
        RuleFor(x => x.Settings.Kind).Must(k => ImportKind.All.Contains(k)).OverridePropertyName("Kind").WithErrorCode("unknown-code")
            .WithMessage(_ => new Words("请用 kind 指明文件内容:scenarios(场景)或 figures(填报数据)。", "Say with kind what the file holds: scenarios or figures.").ToString());
        RuleFor(x => x.Settings.OnProblem).Must(p => p is null || OnProblem.All.Contains(p)).OverridePropertyName("OnProblem").WithErrorCode("unknown-code")
            .WithMessage(_ => new Words("onProblem 须为 refuseAll 或 skipRows。", "onProblem is refuseAll or skipRows.").ToString());
        RuleFor(x => x.Settings.Source).Must(s => s is null || ImportSource.Spelling(s)).OverridePropertyName("Source").WithErrorCode("external-key-spelling").WithMessage(_ => ImportSource.Right.ToString());
        RuleFor(x => x.Settings.Submit).Must((x, s) => s is not true || x.Settings.Kind != ImportKind.Scenarios).OverridePropertyName("Submit").WithErrorCode("submit-figures-only")
            .WithMessage(_ => new Words("submit 只用于填报数据(kind=figures)。", "submit is for figures alone (kind=figures).").ToString());
        RuleFor(x => x.Settings.Receipt).Must((x, r) => r is null || x.Settings.ValidateOnly is not true).OverridePropertyName("Receipt").WithErrorCode("receipt-or-dry-run")
            .WithMessage(_ => new Words("receipt 用于提交,不能与 validateOnly=true 同时使用。", "A receipt is for committing; it does not go with validateOnly=true.").ToString());
    }
}

/// <summary>How a sending system is spelt: as the source of an external key.</summary>
internal static partial class ImportSource
{
    public static readonly Words Right = new("来源系统须为 1 至 32 个字母、数字或 . _ -。", "A source is 1 to 32 letters, digits, dots, underscores or hyphens.");

    public static bool Spelling(string source) => Allowed().IsMatch(source);

    [System.Text.RegularExpressions.GeneratedRegex(@"^[A-Za-z0-9._-]{1,32}\z")] private static partial System.Text.RegularExpressions.Regex Allowed();
}

internal sealed class RequestImportHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<CheckImportSettings, Result<Done>>, IRequestHandler<RequestImport, Result<ImportRequested>>
{
    public async Task<Result<Done>> Handle(CheckImportSettings request, CancellationToken ct) =>
        request.Settings.Receipt is { } receipt && await Checked(receipt, ct) is null ? ImportRefusal.UnknownReceipt : new Done();

    public async Task<Result<ImportRequested>> Handle(RequestImport request, CancellationToken ct)
    {
        var settings = request.Settings;
        var mapping = settings.Source is null ? null : await db.Find<MappingRow>(ImportSql.FindMapping, new { settings.Source }, ct);
        ImportRow? held = null;
        if (settings.Receipt is { } receipt)
        {
            held = await Checked(receipt, ct);
            if (held is null) return ImportRefusal.UnknownReceipt;
            (string Name, bool Same)[] premises =
            [
                (Premise.File, held.Sha256 == request.Sha256), (Premise.Kind, held.Kind == settings.Kind), (Premise.Source, held.Source == settings.Source),
                (Premise.OnProblem, held.OnProblem == (settings.OnProblem ?? OnProblem.RefuseAll)), (Premise.Submit, held.Submits == (settings.Submit ?? false)), (Premise.Mapping, held.MappingVersion == mapping?.Version)
            ];
            if (premises.Where(p => !p.Same).Select(p => p.Name).ToArray() is { Length: > 0 } changed) return ImportRefusal.PremiseChanged(changed);
        }
        var importId = await db.NextId(ct);
        await db.Run(ImportSql.Insert, new
        {
            ImportId = importId,
            caller.OrganizationId,
            settings.Kind,
            request.FileId,
            settings.Source,
            Mapping = mapping?.Content,
            MappingVersion = mapping?.Version,
            OnProblem = settings.OnProblem ?? OnProblem.RefuseAll,
            Submits = settings.Submit ?? false,
            ValidateOnly = settings.ValidateOnly ?? false,
            Stage = settings.ValidateOnly is true || held is not null || settings.OnProblem is not OnProblem.SkipRows ? ImportStage.Checking : ImportStage.Committing,
            held?.Premises,
            held?.Receipt,
            held?.CheckedAt,
            ByReceipt = held is not null,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        if (held is not null)
        {
            await db.Run(ImportSql.CopyChunks, new { ImportId = importId, CheckedId = held.Id }, ct);
            await db.Run(ImportSql.CopyFindings, new { ImportId = importId, CheckedId = held.Id }, ct);
        }
        db.Record(new Change("import", "requested", importId, caller.OrganizationId));
        return new ImportRequested(importId, caller.TenantId);
    }

    private async Task<ImportRow?> Checked(string receipt, CancellationToken ct) =>
        await db.Find<long?>(ImportSql.ByReceipt, new { Receipt = receipt, Take = 1 }, ct) is { } id ? await db.Find<ImportRow>(ImportSql.Find, new { ImportId = id }, ct) : null;
}
