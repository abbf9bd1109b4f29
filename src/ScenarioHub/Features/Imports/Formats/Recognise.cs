using System.Text;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>What a file is by its first bytes, and by name what it is not to be.</summary>
internal static class Recognise
{
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static bool IsZip(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] or [(byte)'P', (byte)'K', 7, 8, ..];

    /// <summary>The refusal of a file that no reader here is for; null when there may be one.</summary>
    public static Refusal? Unreadable(ReadOnlySpan<byte> head, Stream content, bool gzipped)
    {
        if (head.StartsWith(CompoundFile))
            return (gzipped ? Names(head, "EncryptedPackage") : HoldsEncryptedPackage(content))
                ? No(FileProblem.Encrypted, "工作簿设有打开密码，无法读取；请取消密码后另存再传。", "The workbook is protected by a password; take it off, save and send it again.")
                : No(FileProblem.OldXls, "这是旧版 Excel（.xls）文件；请另存为“Excel 工作簿（.xlsx）”后再传。", "This is an old Excel file (.xls); save it as an Excel workbook (.xlsx) and send it again.");
        if (head.StartsWith("%PDF"u8)) return No(FileProblem.Pdf, "这是 PDF 文件，不能导入；请传 XLSX、CSV、JSON 或 NDJSON。", "This is a PDF; send XLSX, CSV, JSON or NDJSON.");
        if (head.StartsWith("{\\rtf"u8)) return No(FileProblem.Word, "这是 RTF 文档，不能导入；请传 XLSX、CSV、JSON 或 NDJSON。", "This is an RTF document; send XLSX, CSV, JSON or NDJSON.");
        if (head is [0x1F, 0x8B, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]
            or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..])
            return No(FileProblem.Archive, gzipped ? "gzip 里还有一层压缩包；请只压缩一次。" : "这是压缩包（rar、7z、xz、zstd、bz2 等）；请解压后再传，或改用 gzip。",
                gzipped ? "There is another archive inside the gzip; compress once." : "This is an archive (rar, 7z, xz, zstd, bz2 …); unpack it, or use gzip.");
        var start = TrimStart(head);
        if (start is [(byte)'<', ..])
            return No(FileProblem.Html, "这是网页或 XML（有的系统把它存成 .xls）；请用 Excel 打开并另存为 .xlsx 后再传。", "This is a web page or XML (some systems call it .xls); open it in Excel, save it as .xlsx and send it again.");
        return null;
    }

    /// <summary>JSON begins like JSON; all other text is CSV. A name that says JSON is believed, so that a broken file is told what is wrong with it.</summary>
    public static SourceFormat Text(ReadOnlySpan<byte> head, string? fileName, string? contentType)
    {
        var start = TrimStart(head);
        var next = start.IsEmpty ? start : TrimStart(start[1..]);
        if (start is [(byte)'{', ..] && (next is [(byte)'"' or (byte)'}', ..] || next.IsEmpty)) return SourceFormat.Ndjson;
        if (start is [(byte)'[', ..] && (next is [(byte)'{' or (byte)']', ..] || next.IsEmpty)) return SourceFormat.Json;
        var name = fileName ?? "";
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        if (name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || Says(contentType, "ndjson")) return SourceFormat.Ndjson;
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || Says(contentType, "json") ? SourceFormat.Json : SourceFormat.Csv;
    }

    private static bool Says(string? contentType, string kind) => contentType?.Contains(kind, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>After a BOM and blanks.</summary>
    private static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        if (text is [0xEF, 0xBB, 0xBF, ..]) text = text[3..];
        return text.TrimStart(" \t\r\n"u8);
    }

    /// <summary>An encrypted workbook is a compound file too; its directory names the stream EncryptedPackage, an .xls names Workbook. The directory may stand anywhere.</summary>
    private static bool HoldsEncryptedPackage(Stream content)
    {
        content.Position = 0;
        var buffer = new byte[1 << 16];
        var kept = 0;
        while (true)
        {
            var read = content.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            if (Names(buffer.AsSpan(0, kept + read), "EncryptedPackage")) return true;
            if (kept + read < buffer.Length) return false;
            kept = 64;
            buffer.AsSpan(buffer.Length - kept).CopyTo(buffer);
        }
    }

    private static bool Names(ReadOnlySpan<byte> bytes, string name) => bytes.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;

    private static Refusal No(string code, string zh, string en) => SourceFile.Refuse(code, new(zh, en));
}
