using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>What was found in a file, in its order. Refused with <c>import-not-found</c>.</summary>
/// <param name="Severity">Only of this severity.</param>
public sealed record ListImportFindings(long ImportId, string? Severity, bool? Count, int? Limit, string? After) : IQuery<Page<ImportFindingLine>>;

/// <param name="Sheet">Of a workbook; empty of other files.</param>
/// <param name="Cell">Such as C7; null where the finding is about the row or the file as a whole.</param>
/// <param name="Row">1-based, the headings included; 0 for the file as a whole.</param>
/// <param name="ExternalKey">The sender's own name of the entry.</param>
/// <param name="Pointer">JSON pointer into the row, such as /value; empty for all of it.</param>
/// <param name="Code">Stable; that of the answer the entry alone would be given.</param>
/// <param name="RuleId">The rule of GET /api/v1/catalog/rules that found it; null when none of them did.</param>
/// <param name="Severity">blocker (not taken), error (kept as a draft until it is explained), warning or info.</param>
/// <param name="Refused">The entry was not taken, or would not be.</param>
/// <param name="Right">What would be right, where that is not part of the message.</param>
public sealed record ImportFindingLine(string Sheet, string? Cell, int Row, string? ExternalKey, string Pointer, string Code, string? RuleId, string Severity, bool Refused, string Message, string? Right);

internal sealed class ListImportFindingsValidator : AbstractValidator<ListImportFindings>
{
    public ListImportFindingsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.Severity).Must(s => s is null || Rules.Severity.All.Contains(s)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"severity 须为 {string.Join("、", Rules.Severity.All)} 之一。", $"severity is one of {string.Join(", ", Rules.Severity.All)}.").ToString());
    }
}

internal sealed record ImportFindingRow
{
    public int SheetNo { get; init; }
    public int RowNo { get; init; }
    public int FindingNo { get; init; }
    public required string Sheet { get; init; }
    public string? Cell { get; init; }
    public string? ExternalKey { get; init; }
    public required string Pointer { get; init; }
    public required string Code { get; init; }
    public string? RuleId { get; init; }
    public required string Severity { get; init; }
    public bool IsRefusal { get; init; }
    public required string MessageZh { get; init; }
    public required string MessageEn { get; init; }
    public string? RightZh { get; init; }
    public string? RightEn { get; init; }

    public ImportFindingLine Line() => new(Sheet, Cell, RowNo, ExternalKey, Pointer, Code, RuleId, Severity, IsRefusal, Language.Pick(MessageZh, MessageEn), Language.IsEnglish ? RightEn : RightZh);
}

internal sealed class ListImportFindingsHandler(Db db) : IRequestHandler<ListImportFindings, Result<Page<ImportFindingLine>>>
{
    public async Task<Result<Page<ImportFindingLine>>> Handle(ListImportFindings request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ImportFindingLine, Place>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is null) return ImportRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<ImportFindingRow>(ImportSql.Findings, new
        {
            request.ImportId,
            request.Severity,
            AfterSheet = after?.Sheet ?? -1,
            AfterRow = after?.Row ?? 0,
            AfterFinding = after?.Finding ?? 0,
            Take = limit + 1
        }, ct);
        long? count = request.Count is true ? await db.One<long>(ImportSql.CountFindings, new { request.ImportId, request.Severity }, ct) : null;
        var page = Cursor.Page(rows.Select(r => (Line: r.Line(), Place: new Place(r.SheetNo, r.RowNo, r.FindingNo))).ToList(), limit, r => r.Place, count);
        return new Page<ImportFindingLine>([.. page.Items.Select(i => i.Line)], page.Next, page.Count);
    }

    private sealed record Place(int Sheet, int Row, int Finding);
}
