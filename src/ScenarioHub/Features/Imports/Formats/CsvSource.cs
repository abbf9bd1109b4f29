using System.Buffers;
using System.Globalization;
using System.Text;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tables;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>
/// CSV as spreadsheets write it (RFC 4180 with any delimiter and line end). Strict where leniency would move a value into another row or column: text after
/// a closing quote, a quote that never closes. Row numbers are those of the sheet the file opens as.
/// </summary>
internal static class CsvSource
{
    /// <summary>No cell is longer: beyond it a quote was left open and is swallowing the file.</summary>
    private const int MaxFieldLength = 100_000;

    private const int MaxFields = 16_384;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private static readonly SearchValues<char> Suspect = SearchValues.Create('\0', '\uFFFD');

    public static IEnumerable<SourceRow> Rows(Stream stream, TextEncoding encoding, char delimiter, CancellationToken ct)
    {
        using var text = new StreamReader(stream, encoding.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
        var reader = new CsvRecords(text, delimiter);
        var source = delimiter == ';' ? CellSource.CsvSemicolon : CellSource.Csv;
        for (var row = 1; reader.Read(); row++)
        {
            ct.ThrowIfCancellationRequested();
            // Excel's own hint; Excel does not show it as a row.
            if (row == 1 && reader.Count <= 2 && reader.Fields[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            {
                row = 0;
                continue;
            }
            SourceProblem? problem = reader.Broken;
            var cells = new List<SourceCell>(reader.Count);
            for (var i = 0; i < reader.Count; i++)
            {
                var field = reader.Fields[i];
                if (CellText.IsBlank(field)) continue;
                if (field.AsSpan().ContainsAny(Suspect)) problem ??= Lost(field, i);
                cells.Add(new(i, HarmlessCell.Original(field), CellKind.Text, source));
            }
            if (cells.Count > 0 || problem is not null) yield return new("", row, reader.Count, cells, problem);
            if (problem is { EndsFile: true }) yield break;
        }
    }

    /// <summary>The delimiter that cuts the first records most evenly; a comma when none does.</summary>
    public static char FindDelimiter(Stream stream, TextEncoding encoding)
    {
        using var text = new StreamReader(stream, encoding.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
        var sample = new char[1 << 16];
        var length = text.ReadBlock(sample);
        if (length == sample.Length) length = Math.Max(1, Array.LastIndexOf(sample, '\n'));
        var head = new string(sample, 0, length);
        if (head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.Length > 4 && (head.Length == 5 || head[5] is '\r' or '\n')) return head[4];
        var (best, score) = (',', 0);
        foreach (var delimiter in Delimiters)
        {
            var reader = new CsvRecords(new StringReader(head), delimiter);
            var widths = new List<int>();
            while (widths.Count < 50 && reader.Read())
            {
                if (reader.Broken is not null) { widths.Clear(); break; }
                if (reader.Fields.Take(reader.Count).Any(f => !CellText.IsBlank(f))) widths.Add(reader.Count);
            }
            // How many records share the width that most have, times the width: a title of one cell above the table does not count against it.
            var most = widths.Where(w => w > 1).GroupBy(w => w).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).FirstOrDefault();
            if (most is not null && most.Count() * 1000 + most.Key > score) (best, score) = (delimiter, most.Count() * 1000 + most.Key);
        }
        return best;
    }

    private static SourceProblem Lost(string field, int column) => field.Contains('\0', StringComparison.Ordinal)
        ? new(FileProblem.NulCharacter, new("单元格里有空字符（NUL），文件可能在导出时损坏；请重新导出。", "The cell holds a NUL character; the file was probably broken when it was written. Export it again."), Column: column)
        : new(FileProblem.LostCharacter, new("单元格里有无法识别的字符（�），原字已丢失；请以 UTF-8 重新导出，或指明文件的编码。", "The cell holds a character that was lost (�); export the file again as UTF-8, or say its encoding."), Column: column);

    /// <summary>Records one after another; <see cref="Fields"/> is used again by the next.</summary>
    private sealed class CsvRecords(TextReader text, char delimiter)
    {
        private readonly char[] _buffer = new char[1 << 15];
        private readonly StringBuilder _field = new();
        private readonly SearchValues<char> _stops = SearchValues.Create(delimiter, '\r', '\n');
        private int _at, _length;
        private bool _afterReturn;

        public List<string> Fields { get; } = [];

        public int Count => Fields.Count;

        /// <summary>Why the record that was read is not to be trusted.</summary>
        public SourceProblem? Broken { get; private set; }

        public bool Read()
        {
            Fields.Clear();
            Broken = null;
            if (Peek() < 0) return false;
            while (true)
            {
                var ended = Peek() == '"' ? Quoted() : Plain();
                if (ended || Broken is { EndsFile: true }) return true;
                if (Count > MaxFields)
                {
                    Broken = new(FileProblem.TooManyColumns, new($"一行超过 {MaxFields} 个单元格；请检查分隔符。", $"A row of more than {MaxFields} cells; check the delimiter."), EndsFile: true);
                    return true;
                }
            }
        }

        /// <returns>Whether the record ends with the field.</returns>
        private bool Plain()
        {
            _field.Clear();
            while (true)
            {
                if (Peek() < 0) return Done(_field.ToString());
                var rest = _buffer.AsSpan(_at, _length - _at);
                var stop = rest.IndexOfAny(_stops);
                if (stop < 0)
                {
                    _field.Append(rest);
                    _at = _length;
                    if (_field.Length > MaxFieldLength) return TooLong();
                    continue;
                }
                var value = _field.Length == 0 ? rest[..stop].ToString() : _field.Append(rest[..stop]).ToString();
                _at += stop;
                return Done(value);
            }
        }

        private bool Quoted()
        {
            _field.Clear();
            _at++;
            while (true)
            {
                if (Peek() < 0)
                {
                    Broken = new(FileProblem.QuoteOpen, new("从这一行开始的引号直到文件末尾都没有结束；文件可能不完整，或引号未成对。", "A quote opened in this row never closes: the file is cut short, or a quote is missing."), EndsFile: true);
                    Fields.Add(_field.Length > 200 ? _field.ToString(0, 200) : _field.ToString());
                    return true;
                }
                var rest = _buffer.AsSpan(_at, _length - _at);
                var quote = rest.IndexOf('"');
                _field.Append(quote < 0 ? rest : rest[..quote]);
                _at += quote < 0 ? rest.Length : quote + 1;
                if (_field.Length > MaxFieldLength) return TooLong();
                if (quote < 0) continue;
                if (Peek() == '"')
                {
                    _field.Append('"');
                    _at++;
                    continue;
                }
                var next = Peek();
                if (next < 0 || next == delimiter || next is '\r' or '\n') return Done(_field.ToString());
                Broken ??= new(FileProblem.QuoteBroken, new("结束引号之后还有文字，无法判断单元格到哪里为止；引号内的引号须写成两个。", "There is text after a closing quote, so it cannot be told where the cell ends; a quote within quotes is written twice."), Column: Count);
                var tail = _field.ToString();
                var ended = Plain();
                Fields[^1] = tail + Fields[^1];
                return ended;
            }
        }

        private bool TooLong()
        {
            Broken = new(FileProblem.QuoteOpen, new($"这一行有单元格超过 {MaxFieldLength} 字，多半是引号未成对。", $"A cell of this row is longer than {MaxFieldLength} characters; probably a quote was left open."), EndsFile: true);
            Fields.Add(_field.ToString(0, 200));
            return true;
        }

        private bool Done(string value)
        {
            Fields.Add(value);
            var next = Peek();
            if (next >= 0) _at++;
            if (next == '\r') _afterReturn = true;
            return next != delimiter;
        }

        private int Peek()
        {
            if (_at == _length)
            {
                _length = text.Read(_buffer);
                _at = 0;
                if (_length == 0) return -1;
            }
            if (_afterReturn)
            {
                _afterReturn = false;
                if (_buffer[_at] == '\n')
                {
                    _at++;
                    return Peek();
                }
            }
            return _buffer[_at];
        }
    }
}
