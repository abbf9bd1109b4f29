using System.IO.Compression;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>Limits of evidence; lengths are those of the columns.</summary>
internal static class EvidenceRule
{
    public const int MaxFileBytes = 20 << 20, MaxText = 500, MaxName = 100, MaxOffice = 200, MaxFileName = 200;

    /// <summary>What evidence can support: an enterprise's own word needs none.</summary>
    public static readonly string[] Grades = [.. Grade.All.Skip(1)];
}

/// <summary>What kind of file it is, from its content: a name says what its giver likes.</summary>
internal static class EvidenceType
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    /// <returns>The media type; null when it is none of pdf, docx, xlsx, png, jpg, or an Office file that carries macros.</returns>
    public static string? Of(byte[] content) =>
        content.AsSpan().StartsWith("%PDF-"u8) ? "application/pdf"
        : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.AsSpan().StartsWith("PK\u0003\u0004"u8) ? OfficeDocument(content) : null;

    // The list of entries alone is read, nothing is unpacked: however much it claims to hold, it costs what was sent.
    private static string? OfficeDocument(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return !names.Contains("[Content_Types].xml") || names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? null
                : names.Contains("word/document.xml") ? Office + "wordprocessingml.document"
                : names.Contains("xl/workbook.xml") ? Office + "spreadsheetml.sheet" : null;
        }
        catch (InvalidDataException) { return null; }   // begins like an archive and is none
    }
}

/// <summary>What proves a grade, and who says so. Never changed; withdrawn when it no longer holds.</summary>
/// <param name="Measures">The measures of the filing it proves.</param>
/// <param name="Grade">The highest grade it supports.</param>
/// <param name="Proves">What it proves, in the recorder's words.</param>
/// <param name="ConfirmedByName">Who confirmed it, as typed; <paramref name="ConfirmedByOffice"/> is his office or organization.</param>
/// <param name="MediaType">From the file's content.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
/// <param name="Recorded">Who put it on record.</param>
/// <param name="Withdrawn">Null while it holds.</param>
/// <param name="AlsoUsedFor">How many other filings you may see show the very same file.</param>
public sealed record EvidenceView(
    long Id, long FilingId, IReadOnlyList<string> Measures, string Grade, string Proves, string ConfirmedByName, string ConfirmedByOffice, DateOnly ConfirmedOn,
    string FileName, string MediaType, long SizeBytes, string Sha256, Act Recorded, Act? Withdrawn, string? WithdrawReason, int AlsoUsedFor);

/// <summary>A row of <c>evidence</c>.</summary>
internal sealed record EvidenceRow
{
    public long EvidenceId { get; init; }
    public long FilingId { get; init; }
    public required string Measures { get; init; }
    public required string Grade { get; init; }
    public required string Proves { get; init; }
    public required string ConfirmedByName { get; init; }
    public required string ConfirmedByOffice { get; init; }
    public DateOnly ConfirmedOn { get; init; }
    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    public long SizeBytes { get; init; }
    public required string Sha256 { get; init; }
    public long RecordedBy { get; init; }
    public string? RecordedByName { get; init; }
    public DateTime RecordedAt { get; init; }
    public long? WithdrawnBy { get; init; }
    public string? WithdrawnByName { get; init; }
    public DateTime? WithdrawnAt { get; init; }
    public string? WithdrawReason { get; init; }
    public int AlsoUsedFor { get; init; }
    /// <summary>1 when whoever recorded it belongs to the caller's own subtree.</summary>
    public int RecordedWithin { get; init; }

    public bool Covers(string measure) => Measures.Split(' ').Contains(measure);

    public EvidenceView View => new(EvidenceId, FilingId, Measures.Split(' '), Grade, Proves, ConfirmedByName, ConfirmedByOffice, ConfirmedOn, FileName, MediaType, SizeBytes, Sha256,
        new(RecordedBy, RecordedByName, RecordedAt), WithdrawnBy is { } by && WithdrawnAt is { } at ? new(by, WithdrawnByName, at) : null, WithdrawReason, AlsoUsedFor);
}

/// <summary>Refusals about evidence; the codes are part of the API.</summary>
internal static class EvidenceRefusal
{
    public const string Missing = "evidence-missing", DoesNotCover = "evidence-does-not-cover", BelowGrade = "evidence-below-grade", Withdrawn = "evidence-withdrawn";
    public const string FileMissing = "file-missing", FileEmpty = "file-empty", FileType = "file-type-not-allowed";

    public static Refusal NotFound => Refusal.NotFound("evidence", new("证据", "evidence"));

    public static readonly Refusal NotYours = new(RefusalKind.Forbidden, "evidence-not-yours",
        new("该证据由上级单位记录,只能由其撤回。", "This evidence was put on record by those above you, who alone withdraw it."));

    public static readonly Refusal LoweringNotYours = new(RefusalKind.Forbidden, "grade-lowering-not-yours",
        new("降低核实等级由监管机构决定。如证据不再成立,请撤回证据;如数额有误,请订正。", "Lowering a grade is the regulator's to decide. Withdraw the evidence if it no longer holds, or correct the figure if its amount is wrong."));

    public static readonly Refusal BothWays = new(RefusalKind.Conflict, "grades-both-ways",
        new("一次只能提高或只能降低核实等级,请分两次提交。", "One request raises grades or lowers them; send the two apart."));
}
