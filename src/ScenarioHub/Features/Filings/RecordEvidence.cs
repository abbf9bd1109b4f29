using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Puts evidence on record for a filing. The same file with the same words again is the same record, also after it was withdrawn.
/// Refused with <c>filing-not-found</c>, <c>file-missing</c>, <c>file-empty</c>, <c>file-type-not-allowed</c>, <c>unknown-measure</c>, <c>measure-not-filed</c>.
/// </summary>
/// <param name="Measures">Codes of filed measures, at least one.</param>
/// <param name="Grade">measured, financeConfirmed, thirdParty or regulatorVerified: the highest grade it supports.</param>
/// <param name="Proves">What it proves: 1 to 500 characters.</param>
/// <param name="ConfirmedByName">1 to 100 characters.</param>
/// <param name="ConfirmedByOffice">1 to 200 characters.</param>
/// <param name="ConfirmedOn">A day such as <c>2026-08-31</c>, not after today.</param>
/// <param name="FileName">Null when no file came.</param>
public sealed record RecordEvidence(
    long FilingId, IReadOnlyList<string> Measures, string? Grade, string? Proves, string? ConfirmedByName, string? ConfirmedByOffice, string? ConfirmedOn,
    string? FileName, [property: JsonIgnore] byte[] Content) : ICommand<EvidenceRecorded>
{
    /// <summary>Of the content, which it stands for where a message is compared with an earlier one.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));
}

/// <param name="IsNew">False when the very same was on record already.</param>
public sealed record EvidenceRecorded(long EvidenceId, bool IsNew);

internal sealed class RecordEvidenceValidator : AbstractValidator<RecordEvidence>
{
    public RecordEvidenceValidator(ReferenceCatalog catalog, TimeProvider clock)
    {
        RuleFor(x => x.FileName).NotNull().OverridePropertyName("File").WithErrorCode(EvidenceRefusal.FileMissing)
            .WithMessage(_ => new Words("请在名为 file 的部分上传证据文件。", "Send the file in a part named file.").ToString());
        When(x => x.FileName is not null, () =>
        {
            RuleFor(x => x.FileName!).NotEmpty().MaximumLength(EvidenceRule.MaxFileName).OverridePropertyName("File");
            RuleFor(x => x.Content).Cascade(CascadeMode.Stop)
                .Must(c => c.Length > 0).WithErrorCode(EvidenceRefusal.FileEmpty).WithMessage(_ => new Words("文件是空的。", "The file is empty.").ToString())
                .Must(c => EvidenceType.Of(c) is not null).WithErrorCode(EvidenceRefusal.FileType).WithMessage(_ => new Words(
                    "只接受 PDF、DOCX、XLSX、PNG、JPG 文件(按内容判断,不看扩展名;含宏的 Office 文件不接受)。",
                    "PDF, DOCX, XLSX, PNG and JPG are taken, judged by content and not by name; Office files with macros are not.").ToString()).OverridePropertyName("File");
        });
        RuleFor(x => x.Measures).NotEmpty().WithErrorCode("required").WithMessage(_ => new Words("请写明该证据证明哪些指标(measures)。", "Say which measures it proves (measures).").ToString());
        RuleForEach(x => x.Measures)
            .Must(m => catalog.FindMeasure(m) is not null).WithErrorCode(FigureProblem.UnknownMeasure)
            .WithMessage((_, m) => new Words($"没有指标“{m}”;指标代码见 GET /api/v1/catalog/measures。", $"There is no measure “{m}”; the codes are at GET /api/v1/catalog/measures.").ToString())
            .Must(m => catalog.FindMeasure(m) is not { Filed: false }).WithErrorCode(FigureProblem.MeasureNotFiled)
            .WithMessage((_, m) => new Words($"“{m}”由系统计算或取自登记表,不填报,也不需要证据。", $"“{m}” is computed or taken from the register; it is never filed and needs no evidence.").ToString());
        RuleFor(x => x.Grade).Must(g => EvidenceRule.Grades.Contains(g)).WithErrorCode(FigureProblem.UnknownCode)
            .WithMessage(x => new Words($"没有“{x.Grade}”;须为 {string.Join("、", EvidenceRule.Grades)} 之一。", $"“{x.Grade}” is not known; one of {string.Join(", ", EvidenceRule.Grades)}.").ToString());
        Text(x => x.Proves, EvidenceRule.MaxText);
        Text(x => x.ConfirmedByName, EvidenceRule.MaxName);
        Text(x => x.ConfirmedByOffice, EvidenceRule.MaxOffice);
        RuleFor(x => x.ConfirmedOn).Cascade(CascadeMode.Stop)
            .Must(d => Day(d) is { Year: >= 2000 }).WithErrorCode("not-a-day").WithMessage(x => new Words($"“{x.ConfirmedOn}”不是日期;须写作 2026-08-31。", $"“{x.ConfirmedOn}” is no day; write 2026-08-31.").ToString())
            .Must(d => Day(d) <= clock.Today()).WithErrorCode("day-not-yet").WithMessage(x => new Words($"{x.ConfirmedOn} 尚未到来。", $"{x.ConfirmedOn} is still to come.").ToString());
    }

    private void Text(System.Linq.Expressions.Expression<Func<RecordEvidence, string?>> of, int most) =>
        RuleFor(of).Must(t => !string.IsNullOrWhiteSpace(t) && t.Trim().Length <= most).WithErrorCode("text-length")
            .WithMessage(_ => new Words($"须有 1 至 {most} 字。", $"Between 1 and {most} characters.").ToString());

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

internal sealed class RecordEvidenceHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RecordEvidence, Result<EvidenceRecorded>>
{
    private static readonly string[] Columns =
    [
        "evidence_id", "filing_id", "measures", "grade", "proves", "confirmed_by_name", "confirmed_by_office", "confirmed_on",
        "file_name", "media_type", "size_bytes", "sha256", "fingerprint", "recorded_by", "recorded_at"
    ];

    public async Task<Result<EvidenceRecorded>> Handle(RecordEvidence request, CancellationToken ct)
    {
        if (await db.Find<FilingAsItStands>(FilingSql.One, new { request.FilingId }, ct) is not { } filing) return FilingRefusal.NotFound;
        var measures = string.Join(' ', request.Measures.Distinct().Order(StringComparer.Ordinal));
        var (proves, name, office) = (request.Proves!.Trim(), request.ConfirmedByName!.Trim(), request.ConfirmedByOffice!.Trim());
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new[] { request.Sha256, measures, request.Grade, proves, name, office, request.ConfirmedOn, request.FileName })));
        if (await db.Find<long?>(EvidenceSql.Same, new { request.FilingId, Fingerprint = fingerprint }, ct) is { } same) return new EvidenceRecorded(same, false);
        // Two that send the same at once: the unique key lets one through, the other is run again and finds it.
        var id = await db.NextId(ct);
        await db.Append("evidence", Columns, [[
            id, request.FilingId, measures, request.Grade, proves, name, office, RecordEvidenceValidator.Day(request.ConfirmedOn),
            request.FileName, EvidenceType.Of(request.Content), (long)request.Content.Length, request.Sha256, fingerprint, caller.UserId, clock.GetUtcNow().UtcDateTime]], ct);
        await db.Append("evidence_file", ["evidence_id", "content"], [[id, request.Content]], ct);
        db.Record(new Change("evidence", "recorded", id, filing.OrganizationId, null, filing.Period)
        {
            Fields = [Change.Field("filing", null, request.FilingId), Change.Field("grade", null, request.Grade), Change.Field("measures", null, measures), Change.Field("sha256", null, request.Sha256)]
        });
        return new EvidenceRecorded(id, true);
    }
}
