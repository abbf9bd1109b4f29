using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>Kept for a source: what one of its headers means here.</summary>
/// <param name="Header">As the file writes it; compared without blanks, case and marks.</param>
/// <param name="Key">Key of an <see cref="ImportColumn"/>; null when the column is not to be read.</param>
/// <param name="Unit">Code or name of the unit its numbers are in, when the header does not say.</param>
internal sealed record ColumnMapping(string Header, string? Key, string? Unit = null);

/// <summary>A column of a sheet.</summary>
/// <param name="Index">From 0, as <see cref="SourceCell.Column"/>.</param>
/// <param name="Match">Null when it is not read: unknown, or not wanted.</param>
internal sealed record TableColumn(int Index, string Header, ColumnMatch? Match);

/// <summary>A sheet with its header.</summary>
/// <param name="HeaderRow">From 1; 0 for JSON, whose properties are named in each row.</param>
/// <param name="Columns">By place; null where there is no header. Of JSON it grows.</param>
/// <param name="Subject">What its rows are: that whose columns its header names most of.</param>
internal sealed record TableSheet(string Name, ImportSubject Subject, int HeaderRow, IReadOnlyList<TableColumn?> Columns)
{
    /// <summary>Headers up to the last that has a name.</summary>
    public int Width { get; init; }
}

/// <summary>Something about a file as a table, said once and not for every row.</summary>
/// <param name="Blocks">Data would be lost or misread if the file were taken in all the same.</param>
/// <param name="Row">0: of the whole sheet or file.</param>
internal sealed record TableNotice(string Sheet, int Row, int? Column, string Code, Words Message, bool Blocks);

/// <summary>A row below its header.</summary>
/// <param name="Problem">Why it is not to be taken in; also of its shape (too short, too long).</param>
internal sealed record TableRow(TableSheet Sheet, int Row, IReadOnlyList<SourceCell> Cells, SourceProblem? Problem, ReadOnlyMemory<byte> Json)
{
    /// <summary>The cells that are read, with what they are.</summary>
    public IEnumerable<(ColumnMatch Match, SourceCell Cell)> Known()
    {
        for (var i = 0; i < Cells.Count; i++)
            if (Cells[i].Column < Sheet.Columns.Count && Sheet.Columns[Cells[i].Column]?.Match is { } match) yield return (match, Cells[i]);
    }
}

/// <summary>
/// A file as a table: finds the header of each sheet (a title may stand above it, group names over it), knows the columns, leaves out what repeats the header,
/// and says what it could not place. Nothing is left out in silence: <see cref="Notices"/> names every column and sheet that is not read.
/// </summary>
/// <param name="subjects">What rows may be; each sheet is of one of them. A template holds both: <see cref="ImportColumns.OfAll"/>.</param>
internal sealed class SourceTable(SourceFile file, IReadOnlyList<ImportColumns> subjects, IReadOnlyList<ColumnMapping>? mapping = null)
{
    /// <summary>The header stands in one of the first rows that hold anything.</summary>
    private const int HeaderWithin = 30;

    private readonly Dictionary<string, ColumnMapping> _mapping = (mapping ?? []).GroupBy(m => ImportColumns.Normal(m.Header)).ToDictionary(g => g.Key, g => g.Last());
    private readonly List<TableSheet> _sheets = [];
    private readonly List<TableNotice> _notices = [];
    private readonly HashSet<(string, int)> _unnamed = [];

    /// <summary>Sheets whose header was found; complete after all rows are read.</summary>
    public IReadOnlyList<TableSheet> Sheets => _sheets;

    /// <summary>Complete after all rows are read.</summary>
    public IReadOnlyList<TableNotice> Notices => _notices;

    public IEnumerable<TableRow> Rows(CancellationToken ct)
    {
        _sheets.Clear();
        _notices.Clear();
        _unnamed.Clear();
        foreach (var hidden in file.Sheets.Where(s => s.Hidden))
            Say(hidden.Name, 0, null, FileProblem.SheetHidden, new($"工作表“{hidden.Name}”是隐藏的，没有读取。", $"The sheet '{hidden.Name}' is hidden and was not read."), blocks: false);
        return file.Format is SourceFormat.Json or SourceFormat.Ndjson ? JsonRows(ct) : SheetRows(ct);
    }

    private IEnumerable<TableRow> JsonRows(CancellationToken ct)
    {
        var known = new List<TableColumn?>();
        var (columns, sheet) = (default(ImportColumns), default(TableSheet));
        foreach (var row in file.Rows(ct))
        {
            if (sheet is null && row.Cells.Count > 0)
            {
                columns = subjects.MaxBy(c => file.Pointers.Count(p => Knows(c, p)))!;
                _sheets.Add(sheet = new("", columns.Subject, 0, known));
            }
            while (known.Count < file.Pointers.Count && columns is not null) known.Add(Column(columns, "", row.Row, known.Count, file.Pointers[known.Count], known));
            yield return new(sheet ?? new("", subjects[0].Subject, 0, []), row.Row, row.Cells, row.Problem, row.Json);
        }
        if (sheet is not null) Complete(columns!, sheet);
        else Say("", 0, null, FileProblem.HeaderMissing, new("文件里没有可读的记录。", "There is no entry in the file that can be read."), blocks: true);
    }

    private IEnumerable<TableRow> SheetRows(CancellationToken ct)
    {
        var (ahead, sheet, name) = (new List<SourceRow>(HeaderWithin), default(TableSheet), default(string));
        foreach (var row in file.Rows(ct))
        {
            if (row.Sheet != name)
            {
                if (name is not null && sheet is null) { foreach (var kept in Begun(name, ahead, out sheet)) yield return kept; }
                (sheet, name) = (null, row.Sheet);
                ahead.Clear();
            }
            if (sheet is not null)
            {
                if (Placed(sheet, row) is { } placed) yield return placed;
                continue;
            }
            ahead.Add(row);
            if (ahead.Count < HeaderWithin && row.Problem is not { EndsFile: true }) continue;
            foreach (var kept in Begun(name!, ahead, out sheet)) yield return kept;
            sheet ??= new(name!, subjects[0].Subject, -1, []);
            ahead.Clear();
        }
        if (name is not null && sheet is null)
            foreach (var kept in Begun(name, ahead, out sheet)) yield return kept;
        if (_sheets.Count == 0)
            Say("", 0, null, FileProblem.HeaderMissing, new($"没有找到表头：前 {HeaderWithin} 行里没有一行含有两个以上已知的列名。请使用模板的表头，或为该来源设置列对应关系。", $"No header was found: none of the first {HeaderWithin} rows holds two known column names. Use the template's header, or map the columns of this source."), blocks: true);
    }

    /// <summary>Chooses the header among the first rows; rows above it are titles.</summary>
    private List<TableRow> Begun(string name, List<SourceRow> ahead, out TableSheet? sheet)
    {
        sheet = null;
        var (best, score, columns) = (-1, 0, subjects[0]);
        for (var i = 0; i < ahead.Count; i++)
        {
            if (ahead[i].Problem is not null) continue;
            foreach (var subject in subjects)
                if (Headers(ahead, i).Count(h => Knows(subject, h.Text)) is var found && found > score) (best, score, columns) = (i, found, subject);
        }
        if (score < 2 && !(score == 1 && ahead[best].Cells.Count == 1))
        {
            var broken = ahead.Where(r => r.Problem is not null).Select(r => new TableRow(new(name, subjects[0].Subject, -1, []), r.Row, r.Cells, r.Problem, default)).ToList();
            if (ahead.Count > 0 && file.Format == SourceFormat.Xlsx)
                Say(name, 0, null, FileProblem.SheetSkipped, new($"工作表“{name}”里没有找到表头，没有读取。", $"No header was found on the sheet '{name}', so it was not read."), blocks: false);
            return broken;
        }
        var header = ahead[best];
        var placed = new List<TableColumn?>();
        foreach (var (column, text) in Headers(ahead, best))
        {
            while (placed.Count < column) placed.Add(null);
            placed.Add(Column(columns, name, header.Row, column, text, placed));
        }
        sheet = new(name, columns.Subject, header.Row, placed) { Width = placed.Count };
        _sheets.Add(sheet);
        Complete(columns, sheet);
        var rows = new List<TableRow>();
        foreach (var row in ahead.Skip(best + 1))
            if (Placed(sheet, row) is { } kept) rows.Add(kept);
        return rows;
    }

    /// <summary>The texts of a header row; where it has none under the group names of a header of two rows, the one above counts, for cells merged downwards.</summary>
    private static IEnumerable<(int Column, string Text)> Headers(List<SourceRow> ahead, int at)
    {
        var own = ahead[at].Cells.ToDictionary(c => c.Column, c => c.Text);
        if (at > 0 && ahead[at - 1].Row == ahead[at].Row - 1 && ahead[at - 1].Cells.Count > 1)
            foreach (var above in ahead[at - 1].Cells)
                own.TryAdd(above.Column, above.Text);
        return own.OrderBy(h => h.Key).Select(h => (h.Key, h.Value));
    }

    private bool Knows(ImportColumns columns, string header) => _mapping.ContainsKey(ImportColumns.Normal(header)) || columns.Match(header, out var problem) is not null || problem is not null;

    private TableColumn Column(ImportColumns columns, string sheet, int row, int index, string header, List<TableColumn?> before)
    {
        ColumnMatch? match;
        CellProblem? problem = null;
        if (_mapping.TryGetValue(ImportColumns.Normal(header), out var mapped))
        {
            if (mapped.Key is null) return new(index, header, null);
            var column = columns.Find(mapped.Key);
            var unit = mapped.Unit is { Length: > 0 } said && column?.Units is { } units ? CellText.UnitNamed(units, said) : null;
            match = column is null ? null : new(column, unit);
            if (column is null || (mapped.Unit is { Length: > 0 } && unit is null))
                problem = new(FileProblem.HeaderUnknown, new($"表头“{CellText.Shown(header)}”的对应关系指向不存在的列或单位（{mapped.Key} {mapped.Unit}）；请修改对应关系。", $"The mapping of the header '{CellText.Shown(header)}' names no column or unit there is ({mapped.Key} {mapped.Unit}); correct the mapping."));
        }
        else match = columns.Match(header, out problem);
        if (problem is not null) Say(sheet, row, index, problem.Code, problem.Message, blocks: true);
        else if (match is null)
            Say(sheet, row, index, FileProblem.HeaderUnknown, new($"不认识表头“{CellText.Shown(header)}”，该列没有读取；请改用模板的表头，或在对应关系中指明它是什么、或不读取。", $"The header '{CellText.Shown(header)}' is not known, so its column is not read; use the template's, or map it to a column or to none."), blocks: true);
        else if (before.FirstOrDefault(b => b?.Match is { } m && m.Column == match.Column && m.Item == match.Item) is { } twice)
        {
            Say(sheet, row, index, FileProblem.HeaderTwice, new($"表头“{CellText.Shown(header)}”与“{CellText.Shown(twice.Header)}”是同一列，无法判断以哪个为准。", $"The headers '{CellText.Shown(header)}' and '{CellText.Shown(twice.Header)}' are the same column; it cannot be told which counts."), blocks: true);
            match = null;
        }
        return new(index, header, problem is null && match is not { Column.Kind: ColumnKind.Known } ? match : null);
    }

    private void Complete(ImportColumns columns, TableSheet sheet)
    {
        foreach (var required in columns.Required)
            if (!sheet.Columns.Any(c => c?.Match?.Column == required))
                Say(sheet.Name, sheet.HeaderRow, null, FileProblem.ColumnMissing, new($"缺少“{required.NameZh}”列。", $"The column '{required.NameEn}' is missing."), blocks: true);
    }

    private TableRow? Placed(TableSheet sheet, SourceRow row)
    {
        if (sheet.HeaderRow < 0) return row.Problem is null ? null : new(sheet, row.Row, row.Cells, row.Problem, default);
        var problem = row.Problem;
        if (problem is null && Repeats(sheet, row))
        {
            Say(row.Sheet, row.Row, null, FileProblem.HeaderRepeated, new($"第 {row.Row} 行重复了表头，已跳过。", $"Row {row.Row} repeats the header and was passed over."), blocks: false);
            return null;
        }
        if (file.Format == SourceFormat.Csv && problem is null)
        {
            if (row.Width < sheet.Width)
                problem = new(FileProblem.RowShort, new($"该行只有 {row.Width} 个单元格，表头有 {sheet.Width} 个；可能有未加引号的换行，或文件不完整。", $"The row has {row.Width} cells, the header {sheet.Width}; perhaps a line break without quotes, or the file is cut short."));
            else if (row.Cells.Count > 0 && row.Cells[^1].Column >= sheet.Width)
                problem = new(FileProblem.RowLong, new($"该行有 {row.Cells[^1].Column + 1} 个单元格，表头只有 {sheet.Width} 个；可能有未加引号的分隔符。", $"The row has {row.Cells[^1].Column + 1} cells, the header {sheet.Width}; perhaps a delimiter without quotes."), Column: sheet.Width);
        }
        if (problem is null)
            foreach (var cell in row.Cells)
                if ((cell.Column >= sheet.Columns.Count || sheet.Columns[cell.Column] is null) && _unnamed.Add((sheet.Name, cell.Column)))
                    Say(sheet.Name, row.Row, cell.Column, FileProblem.ColumnUnnamed, new($"第 {row.Row} 行在没有表头的列里有内容“{CellText.Shown(cell.Text)}”，该列没有读取。", $"Row {row.Row} holds '{CellText.Shown(cell.Text)}' in a column without a header, which is not read."), blocks: true);
        return new(sheet, row.Row, row.Cells, problem, row.Json);
    }

    private static bool Repeats(TableSheet sheet, SourceRow row)
    {
        if (row.Cells.Count < 2) return false;
        foreach (var cell in row.Cells)
            if (cell.Column >= sheet.Columns.Count || sheet.Columns[cell.Column] is not { } column || ImportColumns.Normal(column.Header) != ImportColumns.Normal(cell.Text)) return false;
        return true;
    }

    private void Say(string sheet, int row, int? column, string code, Words message, bool blocks) => _notices.Add(new(sheet, row, column, code, message, blocks));
}
