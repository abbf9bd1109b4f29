using System.Diagnostics.CodeAnalysis;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>What a file is, by its content.</summary>
internal enum SourceFormat { Xlsx, Csv, Json, Ndjson }

/// <summary>
/// What stands in a cell. <c>Date</c>: a number of a workbook shown as a date; the text is <c>2026-08-01</c>, with <c>T10:30:00</c> when it has a time.
/// <c>Error</c>: <c>#N/A</c> and its like. <c>Uncalculated</c>: a formula whose result is not in the file. <c>List</c>: an array of JSON, as JSON.
/// <c>Empty</c>: JSON null; other empty cells are not in the row at all.
/// </summary>
internal enum CellKind : byte { Text, Number, Date, Bool, Error, Uncalculated, List, Empty }

/// <summary>Where a cell comes from, as far as that decides what it means: a CSV with semicolons comes from where a comma marks decimals, a workbook has one of two calendars.</summary>
internal enum CellSource : byte { Csv, CsvSemicolon, Json, Xlsx, Xlsx1904 }

/// <summary>One cell as it stands in the file: nothing trimmed, nothing guessed.</summary>
/// <param name="Column">From 0. Of JSON: the place of its pointer in <see cref="SourceFile.Pointers"/>.</param>
/// <param name="Text">A number as the file writes it (<c>1234.5</c>, <c>1E5</c>); a bool as <c>true</c>/<c>false</c>.</param>
/// <param name="Format">Of a workbook: the number format a person sees the number in, when it is not a plain one: <c>0.0%</c>, <c>0.00"万元"</c>.</param>
internal readonly record struct SourceCell(int Column, string Text, CellKind Kind, CellSource Source, string? Format = null)
{
    public bool IsEmpty => Text is null || Kind == CellKind.Empty;
}

/// <summary>One row. Empty rows are left out.</summary>
/// <param name="Sheet">Name of the sheet; empty for CSV and JSON.</param>
/// <param name="Row">From 1, as a spreadsheet counts it: a row of CSV with line breaks in quotes is one. NDJSON: the line. JSON: the place in the array.</param>
/// <param name="Width">Cells the row has, empty ones at its end too: of CSV the fields, of a workbook the last column used.</param>
/// <param name="Cells">By column, each once; only those that hold something.</param>
/// <param name="Problem">Why the row cannot be read as it stands; it is not to be taken in then.</param>
/// <param name="Json">The whole object in UTF-8, of JSON and NDJSON.</param>
internal sealed record SourceRow(string Sheet, int Row, int Width, IReadOnlyList<SourceCell> Cells, SourceProblem? Problem = null, ReadOnlyMemory<byte> Json = default);

/// <summary>Something in a file that cannot be read, with where it is.</summary>
/// <param name="Code">One of <see cref="FileProblem"/>.</param>
/// <param name="EndsFile">Nothing after it could be read: the rest of the file is unknown, so no part of it may be taken in.</param>
/// <param name="Column">From 0; null when it is the whole row.</param>
internal sealed record SourceProblem(string Code, Words Message, bool EndsFile = false, int? Column = null);

/// <summary>A sheet of a workbook.</summary>
/// <param name="Hidden">Not read: what a person does not see was not filed.</param>
internal sealed record SourceSheet(string Name, bool Hidden);

/// <summary>Codes of what is wrong with a file or a row of it; part of the API.</summary>
internal static class FileProblem
{
    public const string Empty = "file-empty";
    public const string Unknown = "file-format-unknown";
    public const string OldXls = "file-old-xls";
    public const string Encrypted = "file-encrypted";
    public const string Binary = "file-xlsb";
    public const string OpenDocument = "file-ods";
    public const string Pdf = "file-pdf";
    public const string Word = "file-word";
    public const string Html = "file-html";
    public const string Archive = "file-archive";
    public const string GzipBroken = "file-gzip-broken";
    public const string TooExpanded = "file-expands-too-far";
    public const string WorkbookBroken = "file-workbook-broken";
    public const string EncodingUnclear = "file-encoding-unclear";
    public const string JsonEncoding = "file-json-not-utf8";
    public const string JsonBroken = "json-broken";
    public const string JsonNotAnObject = "json-not-an-object";
    public const string JsonDuplicate = "json-duplicate-property";
    public const string JsonTooDeep = "json-too-deep";
    public const string RowTooLong = "row-too-long";
    public const string TooManyColumns = "row-too-many-columns";
    public const string QuoteOpen = "csv-quote-open";
    public const string QuoteBroken = "csv-quote-broken";
    public const string NulCharacter = "text-nul";
    public const string LostCharacter = "text-lost-character";
    public const string CellTwice = "row-cell-twice";
    public const string RowShort = "row-short";
    public const string RowLong = "row-long";
    public const string HeaderMissing = "header-missing";
    public const string HeaderUnknown = "header-unknown";
    public const string HeaderTwice = "header-twice";
    public const string HeaderUnit = "header-unit-unknown";
    public const string HeaderAmbiguous = "header-ambiguous";
    public const string ColumnMissing = "column-missing";
    public const string ColumnUnnamed = "column-unnamed";
    public const string HeaderRepeated = "header-repeated";
    public const string SheetSkipped = "sheet-skipped";
    public const string SheetHidden = "sheet-hidden";
}

/// <summary>Stops the reading of a file; never leaves this folder: it becomes the refusal of the file or the last row's problem.</summary>
[SuppressMessage("Design", "CA1032", Justification = "made only here, always with its problem")]
internal sealed class UnreadableException(string code, Words message, Exception? inner = null) : Exception(message.En, inner)
{
    public string Code { get; } = code;
    public Words Words { get; } = message;
    public SourceProblem Problem => new(Code, Words, EndsFile: true);
}
