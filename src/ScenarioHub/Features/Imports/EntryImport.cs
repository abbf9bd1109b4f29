using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>Something found in a file, with where it is and in both languages, for it is read by others than it was made for.</summary>
/// <param name="RowNo">0 for the file as a whole.</param>
/// <param name="IsRefusal">Its entry is not taken.</param>
internal sealed record FoundInFile(int SheetNo, string Sheet, int RowNo, string? Cell, string? ExternalKey, string Pointer, string Code, string? RuleId, string Severity, bool IsRefusal, Words Message, Words? Right = null)
{
    public static readonly string[] Columns =
    [
        "import_id", "sheet_no", "row_no", "finding_no", "chunk_no", "sheet", "cell", "external_key", "pointer", "code", "rule_id", "severity", "is_refusal", "message_zh", "message_en", "right_zh", "right_en"
    ];

    public object?[] Row(long importId, int findingNo, int chunkNo) =>
    [
        importId, SheetNo, RowNo, findingNo, chunkNo, Cut(Sheet, 100), Cell, Cut(ExternalKey, 200), Cut(Pointer, 400), Code, RuleId, Severity, IsRefusal, Cut(Message.Zh, 2000), Cut(Message.En, 2000), Cut(Right?.Zh, 1000), Cut(Right?.En, 1000)
    ];

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..(most - 1)] + "…";
}

/// <summary>Where the fields of rows stand in their sheet.</summary>
/// <param name="Columns">By field number, from 0; -1 where the sheet has no such column, null for JSON.</param>
/// <param name="Pointers">By field number: JSON pointer into the row.</param>
internal sealed record RowLayout(int SheetNo, string Sheet, int[]? Columns, string[] Pointers)
{
    /// <summary>Such as C7; null of JSON, and where the field has no column.</summary>
    public string? Cell(int field, int row) => Columns is { } columns && field >= 0 && columns[field] is >= 0 and var column ? CellName(column, row) : null;

    public string Pointer(int field) => field < 0 ? "" : Pointers[field];

    public static string CellName(int column, int row)
    {
        var letters = "";
        for (var left = column; left >= 0; left = left / 26 - 1) letters = (char)('A' + left % 26) + letters;
        return letters + row.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What the entries of one chunk came to.</summary>
internal sealed class ChunkOutcome
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Refused { get; set; }
    public int Submitted { get; set; }
    public List<FoundInFile> Found { get; } = [];

    /// <summary>One more thing that is the same whenever the same comes of the same entries.</summary>
    public void Says(string what) => _hash.AppendData(Encoding.UTF8.GetBytes(what + "\n"));

    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());
}

/// <summary>Two gave the same external key at once: all of the transaction is undone and run again.</summary>
internal sealed class KeyRaceException() : Exception("An external key was given to another scenario in this very moment.");

/// <summary>One kind of entry: how rows become entries, and how entries are written. Everything is read and found for a whole chunk at once.</summary>
internal abstract class EntryImport
{
    private readonly List<RowLayout> _layouts = [];

    protected RowLayout LayoutOf(SpooledRow row) => _layouts[row.Layout];
    protected RowLayout LayoutOf(int layout) => _layouts[layout];

    protected int Layout(RowLayout layout)
    {
        _layouts.Add(layout);
        return _layouts.Count - 1;
    }

    /// <summary>What the reader says of sheets and columns; what would lose data makes the file unusable.</summary>
    protected void SayNotices(SourceFile file, SourceTable table, ImportSubject subject, bool isJson, IReadOnlyDictionary<TableSheet, int> sheetNumbers, List<FoundInFile> found)
    {
        foreach (var notice in table.Notices)
        {
            var blocks = BlocksFor(table, notice, subject);
            Unusable |= blocks;
            if (notice.Blocks && !blocks) continue;   // of a sheet that is not read here
            found.Add(new(sheetNumbers.FirstOrDefault(s => s.Key.Name == notice.Sheet).Value, notice.Sheet, notice.Row, !isJson && notice is { Row: > 0, Column: { } column } ? RowLayout.CellName(column, notice.Row) : null,
                null, isJson && notice.Column is { } property ? file.Pointers[property] : "", notice.Code, null, blocks ? Rules.Severity.Blocker : Rules.Severity.Warning, blocks, notice.Message));
        }
        if (Unusable || RowsRead > 0) return;
        Unusable = true;
        found.Add(new(0, "", 0, null, null, "", FileProblem.Empty, null, Rules.Severity.Blocker, true, new("文件中没有可导入的数据行。", "The file holds no row to import.")));
    }

    protected static bool BlocksFor(SourceTable table, TableNotice notice, ImportSubject subject) =>
        notice.Blocks && (notice.Sheet.Length == 0 || !table.Sheets.Any(s => s.Name == notice.Sheet && s.Subject != subject));

    /// <summary>In both languages, what is worded in that of whoever asks.</summary>
    protected static Words InBoth(Func<string> word)
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
            var zh = word();
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
            return new(zh, word());
        }
        finally { CultureInfo.CurrentUICulture = culture; }
    }

    protected static async Task<T> InEnglish<T>(Func<Task<T>> run)
    {
        // Holds for this call and what it calls: a change of culture does not leave an async method.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
        return await run();
    }

    /// <summary>Rows with something in them, read so far.</summary>
    public int RowsRead { get; protected set; }

    /// <summary>Rows that are refused and belong to no entry.</summary>
    public int RowsRefused { get; protected set; }

    /// <summary>The file cannot be understood as a whole, or not to its end: no part of it may be taken.</summary>
    public bool Unusable { get; protected internal set; }

    /// <summary>Reads the file to its end into the spool; what no entry can be made of is found.</summary>
    /// <param name="hand">Given now and then what was found since; answers false to stop.</param>
    /// <returns>False when it was stopped.</returns>
    public abstract Task<bool> Read(SourceFile file, RowSpool spool, Func<List<FoundInFile>, Task<bool>> hand, CancellationToken ct);

    /// <summary>Saves entries, by the very code a command would; in a transaction of the caller's.</summary>
    /// <param name="isTrial">The caller undoes it: what changes no finding, such as posting, may be left out.</param>
    public abstract Task<ChunkOutcome> Write(IReadOnlyList<List<SpooledRow>> entries, bool isTrial, CancellationToken ct);

    /// <summary>What stands now of all that these entries touch, as one hash for scenarios and filings and one for locks.</summary>
    public abstract Task<(string Entries, string Locks)> Touched(IReadOnlyList<List<SpooledRow>> entries, CancellationToken ct);
}
