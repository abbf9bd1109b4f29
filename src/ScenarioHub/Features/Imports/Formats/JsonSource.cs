using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>
/// Objects of an array (or of the <c>items</c> of an object, as a batch has them), or one to a line. Each property is a cell under its pointer; a nested object's under
/// <c>/outer/inner</c>, an array of objects' under <c>/figures/0/measure</c>; an array of plain values is one cell.
/// </summary>
internal static class JsonSource
{
    private const int MaxRowBytes = 4 << 20;
    private const int MaxDepth = 16;
    private const int MaxPointers = 16_384;

    /// <summary>Whether the first line is a value of its own: then the file is one to a line, else one document.</summary>
    public static bool FirstLineIsWhole(Stream stream)
    {
        var lines = new Utf8Lines(stream);
        while (lines.Read())
        {
            if (lines.TooLong) return false;
            if (lines.IsBlank) continue;
            var reader = new Utf8JsonReader(lines.Line);
            try
            {
                // A batch on one line is a document all the same.
                while (reader.Read())
                    if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("items"u8)) return false;
                return true;
            }
            // Broken, but closed as a line of its own would be: then it is one line that is wrong, not the file.
            catch (JsonException) { return lines.Line[^1] == (byte)'}'; }
        }
        return true;
    }

    public static IEnumerable<SourceRow> Lines(Stream stream, List<string> pointers, CancellationToken ct)
    {
        var lines = new Utf8Lines(stream);
        var flat = new Flat(pointers);
        for (var row = 1; lines.Read(); row++)
        {
            ct.ThrowIfCancellationRequested();
            if (lines.IsBlank) continue;
            yield return lines.TooLong ? new("", row, 0, [], TooLong(endsFile: false)) : flat.Row(row, lines.Line);
        }
    }

    public static IEnumerable<SourceRow> Items(Stream stream, List<string> pointers, CancellationToken ct)
    {
        var items = new JsonItems(stream);
        var flat = new Flat(pointers);
        for (var row = 1; items.Read(); row++)
        {
            ct.ThrowIfCancellationRequested();
            yield return flat.Row(row, items.Item);
        }
    }

    private static SourceProblem TooLong(bool endsFile) => new(FileProblem.RowTooLong, new($"一条记录超过 {MaxRowBytes >> 20} MB。", $"One entry is larger than {MaxRowBytes >> 20} MB."), endsFile);

    private static SourceProblem Broken(JsonException e, bool endsFile) => new(FileProblem.JsonBroken, new(
        $"不是正确的 JSON（第 {e.BytePositionInLine + 1} 字节处）；请检查逗号、引号和括号。", $"Not valid JSON (at byte {e.BytePositionInLine + 1}): {e.Message.Split(" LineNumber")[0]}"), endsFile);

    /// <summary>Objects to cells; the pointers it meets become columns.</summary>
    private sealed class Flat(List<string> pointers)
    {
        private readonly Dictionary<string, int> _columns = pointers.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i, StringComparer.Ordinal);

        public SourceRow Row(int row, ReadOnlySpan<byte> json)
        {
            var cells = new List<SourceCell>();
            var copy = json.ToArray();
            var problem = Read(copy, cells);
            var ordered = true;
            for (var i = 1; i < cells.Count && ordered; i++) ordered = cells[i - 1].Column < cells[i].Column;
            if (!ordered) cells.Sort((a, b) => a.Column.CompareTo(b.Column));
            for (var i = 1; i < cells.Count; i++)
                if (cells[i].Column == cells[i - 1].Column)
                    problem ??= new(FileProblem.JsonDuplicate, new($"属性 {pointers[cells[i].Column]} 出现两次，无法判断以哪个为准。", $"{pointers[cells[i].Column]} is there twice; it cannot be told which counts."), Column: cells[i].Column);
            return new("", row, pointers.Count, cells, problem, copy);
        }

        private SourceProblem? Read(byte[] json, List<SourceCell> cells)
        {
            if (!Utf8.IsValid(json)) return new(FileProblem.LostCharacter, new("记录里有不是 UTF-8 的字节；请以 UTF-8 重新导出。", "The entry holds bytes that are no UTF-8; export it again as UTF-8."));
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            try
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject) return new(FileProblem.JsonNotAnObject, new("每条记录须是一个 JSON 对象 {…}。", "Each entry is a JSON object {…}."));
                var problem = Members(ref reader, "", cells);
                if (reader.Read()) return new(FileProblem.JsonBroken, new("一行只能有一个 JSON 对象。", "A line holds one JSON object."));
                return problem;
            }
            catch (JsonException e)
            {
                return reader.CurrentDepth >= MaxDepth
                    ? new(FileProblem.JsonTooDeep, new($"JSON 嵌套超过 {MaxDepth} 层。", $"JSON nested more than {MaxDepth} deep."))
                    : Broken(e, endsFile: false);
            }
            // A lone surrogate such as "\ud83d": legal in the grammar, no text.
            catch (InvalidOperationException) { return new(FileProblem.LostCharacter, new("记录里有不成对的代理字符（如 \\ud83d）；请以 UTF-8 重新导出。", "The entry holds half a surrogate pair (such as \\ud83d); export it again as UTF-8.")); }
        }

        private SourceProblem? Members(ref Utf8JsonReader reader, string under, List<SourceCell> cells)
        {
            SourceProblem? problem = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                var pointer = under + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                reader.Read();
                problem = Value(ref reader, pointer, cells) ?? problem;
            }
            return problem;
        }

        private SourceProblem? Value(ref Utf8JsonReader reader, string pointer, List<SourceCell> cells)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: return Members(ref reader, pointer, cells);
                case JsonTokenType.StartArray: return Array(ref reader, pointer, cells);
            }
            if (Column(pointer) is not { } column) return new(FileProblem.TooManyColumns, new($"不同的属性超过 {MaxPointers} 个。", $"More than {MaxPointers} different properties."), EndsFile: true);
            var (kind, text) = reader.TokenType switch
            {
                JsonTokenType.Number => (CellKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
                JsonTokenType.True => (CellKind.Bool, "true"),
                JsonTokenType.False => (CellKind.Bool, "false"),
                JsonTokenType.Null => (CellKind.Empty, ""),
                _ => (CellKind.Text, reader.GetString()!)
            };
            cells.Add(new(column, text, kind, CellSource.Json));
            return text.Contains('\0', StringComparison.Ordinal) ? new(FileProblem.NulCharacter, new("文字里有空字符（NUL）。", "The text holds a NUL character."), Column: column) : null;
        }

        private SourceProblem? Array(ref Utf8JsonReader reader, string pointer, List<SourceCell> cells)
        {
            // A copy reads ahead: of plain values the array is one cell, else each entry has a pointer of its own.
            var ahead = reader;
            var plain = true;
            var start = (int)reader.TokenStartIndex;
            while (ahead.Read() && ahead.TokenType != JsonTokenType.EndArray)
            {
                if (ahead.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) continue;
                plain = false;
                ahead.Skip();
            }
            if (plain)
            {
                if (Column(pointer) is not { } column) return new(FileProblem.TooManyColumns, new($"不同的属性超过 {MaxPointers} 个。", $"More than {MaxPointers} different properties."), EndsFile: true);
                var texts = new List<string>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    texts.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
                cells.Add(new(column, JsonSerializer.Serialize(texts), CellKind.List, CellSource.Json));
                return null;
            }
            SourceProblem? problem = null;
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++) problem = Value(ref reader, $"{pointer}/{i}", cells) ?? problem;
            return problem;
        }

        private int? Column(string pointer)
        {
            if (_columns.TryGetValue(pointer, out var column)) return column;
            if (pointers.Count >= MaxPointers) return null;
            _columns[pointer] = pointers.Count;
            pointers.Add(pointer);
            return pointers.Count - 1;
        }
    }

    /// <summary>Lines of bytes without their ends; memory is one line.</summary>
    private sealed class Utf8Lines(Stream stream)
    {
        private byte[] _buffer = new byte[1 << 16];
        private int _start, _end, _lineStart, _lineLength;
        private bool _began, _over;

        public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

        public bool IsBlank => !TooLong && !Line.ContainsAnyExcept(" \t"u8);

        public bool TooLong { get; private set; }

        public bool Read()
        {
            TooLong = false;
            var searched = 0;
            while (true)
            {
                var rest = _buffer.AsSpan(_start, _end - _start);
                var at = rest[searched..].IndexOf((byte)'\n');
                if (at >= 0) return Take(searched + at, 1);
                if (_over) return rest.Length > 0 && Take(rest.Length, 0);
                searched = rest.Length;
                if (searched > MaxRowBytes)
                {
                    // The line goes on, unread, to its end.
                    TooLong = true;
                    _start = _end;
                    searched = 0;
                }
                Fill();
            }
        }

        private bool Take(int length, int end)
        {
            (_lineStart, _lineLength) = (_start, length);
            _start += length + end;
            if (_lineLength > 0 && _buffer[_lineStart + _lineLength - 1] == '\r') _lineLength--;
            if (!_began && Line is [0xEF, 0xBB, 0xBF, ..]) (_lineStart, _lineLength) = (_lineStart + 3, _lineLength - 3);
            _began = true;
            return true;
        }

        private void Fill()
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length) System.Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = stream.Read(_buffer.AsSpan(_end));
            _over = read == 0;
            _end += read;
        }
    }

    /// <summary>The values of the array a document is, or of its <c>items</c>; a document that is one object without items is one value. Memory is one value.</summary>
    private sealed class JsonItems(Stream stream)
    {
        private byte[] _buffer = new byte[1 << 16];
        private int _start, _end, _itemStart, _itemLength;
        private bool _over, _inArray, _done;
        private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth + 2 });

        public ReadOnlySpan<byte> Item => _buffer.AsSpan(_itemStart, _itemLength);

        public bool Read()
        {
            if (_done) return false;
            try
            {
                if (!_inArray && !Enter()) return !_done || (_done && _itemLength > 0);
                while (true)
                {
                    var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _over, _state);
                    if (reader.Read())
                    {
                        if (reader.TokenType == JsonTokenType.EndArray)
                        {
                            Rest(ref reader);
                            return false;
                        }
                        var from = (int)reader.TokenStartIndex;
                        if (reader.TrySkip())
                        {
                            (_itemStart, _itemLength) = (_start + from, (int)reader.BytesConsumed - from);
                            _start += (int)reader.BytesConsumed;
                            _state = reader.CurrentState;
                            return true;
                        }
                    }
                    More();
                }
            }
            catch (JsonException e) { throw new UnreadableException(FileProblem.JsonBroken, Broken(e, true).Message, e); }
        }

        /// <summary>Goes to the array.</summary>
        private bool Enter()
        {
            Skip(3, [0xEF, 0xBB, 0xBF]);
            while (true)
            {
                var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _over, _state);
                var first = reader.Read();
                if (first && reader.TokenType == JsonTokenType.StartArray) return Entered(ref reader);
                if (first && reader.TokenType != JsonTokenType.StartObject)
                    throw new UnreadableException(FileProblem.JsonNotAnObject, new("JSON 文件须是对象的数组 [{…},…]，或含有 items 数组的对象。", "A JSON file is an array of objects [{…},…], or an object with items."));
                var complete = first;
                while (complete && (complete = reader.Read()) && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var items = reader.ValueTextEquals("items"u8);
                    if (!(complete = reader.Read())) break;
                    if (items && reader.TokenType == JsonTokenType.StartArray) return Entered(ref reader);
                    if (!(complete = reader.TrySkip())) break;
                }
                if (complete && _over)
                {
                    // One object without items is the one entry; what follows it must be blank, or the reader throws.
                    reader.Read();
                    (_itemStart, _itemLength, _done) = (_start, (int)reader.BytesConsumed, true);
                    return false;
                }
                More();
            }
        }

        private bool Entered(ref Utf8JsonReader reader)
        {
            _start += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return _inArray = true;
        }

        /// <summary>What follows the array must be JSON to the end, or the file was cut short or glued together.</summary>
        private void Rest(ref Utf8JsonReader reader)
        {
            _done = true;
            while (true)
            {
                while (reader.Read()) { }
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                if (_over) return;
                More();
                reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _over, _state);
            }
        }

        private void Skip(int length, ReadOnlySpan<byte> mark)
        {
            while (_end - _start < length && !_over) More();
            if (_buffer.AsSpan(_start, _end - _start).StartsWith(mark)) _start += length;
        }

        private void More()
        {
            if (_over) throw new UnreadableException(FileProblem.JsonBroken, new("JSON 文件不完整，可能只传了一半。", "The JSON ends too early; perhaps only half of it arrived."));
            if (_end - _start > MaxRowBytes) throw new UnreadableException(FileProblem.RowTooLong, TooLong(true).Message);
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length) System.Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = stream.Read(_buffer.AsSpan(_end));
            _over = read == 0;
            _end += read;
        }
    }
}
