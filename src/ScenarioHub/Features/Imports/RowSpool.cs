using System.Buffers.Binary;
using System.Text;

namespace ScenarioHub.Features.Imports;

/// <summary>What rows must share to be one entry: a filing's scenario and month, or a row's own number.</summary>
internal readonly record struct EntryKey(long First, long Second);

/// <summary>A row as it was understood: texts by the field numbers of its kind, null where a cell was empty.</summary>
/// <param name="SheetNo">1-based place of its sheet among those of the file.</param>
/// <param name="RowNo">1-based in its sheet.</param>
/// <param name="Layout">Number of the <see cref="RowLayout"/> that says where its fields stand.</param>
/// <param name="Bad">Something in it was not understood and found so already; its entry is not taken.</param>
internal sealed record SpooledRow(int SheetNo, int RowNo, int Layout, bool Bad, string?[] Fields);

/// <summary>
/// The rows of a file on disk, brought together by entry: rows of one entry may stand anywhere in the file. In memory is only where each begins, some 30 bytes a row.
/// A file of this machine and not a table: it can be made again from what was sent, so it need not wait for the one writer, and dies with the process.
/// </summary>
internal sealed class RowSpool : IDisposable
{
    private const int WriteBuffer = 1 << 20, Head = 21;
    private readonly FileStream _file;
    private readonly List<long> _offsets = [];
    private readonly List<int> _next = [], _heads = [], _tails = [];
    private readonly Dictionary<EntryKey, int> _entries = [];
    private byte[] _writing = new byte[WriteBuffer];
    private int _held;
    private long _written;
    private readonly Window _window = new(256 << 10), _glance = new(2 << 10);

    public RowSpool(string folder) => _file = Scratch.File(folder);

    public int Rows => _offsets.Count;
    public int Entries => _heads.Count;

    public void Add(EntryKey key, SpooledRow row)
    {
        var number = _offsets.Count;
        _offsets.Add(_written + _held);
        _next.Add(-1);
        if (_entries.TryGetValue(key, out var entry))
        {
            _next[_tails[entry]] = number;
            _tails[entry] = number;
        }
        else
        {
            _entries.Add(key, _heads.Count);
            _heads.Add(number);
            _tails.Add(number);
        }
        Write(row);
    }

    /// <summary>No more rows come; the keys are not needed to read.</summary>
    public void Complete()
    {
        Flush();
        _entries.Clear();
        _entries.TrimExcess();
        _writing = [];
    }

    /// <summary>The rows of an entry, in the order of the file. Entries are numbered by their first row.</summary>
    public List<SpooledRow> RowsOf(int entry)
    {
        var rows = new List<SpooledRow>(4);
        for (var row = _heads[entry]; row >= 0; row = _next[row]) rows.Add(Read(_offsets[row], row == _heads[entry]));
        return rows;
    }

    public int CountOf(int entry)
    {
        var count = 0;
        for (var row = _heads[entry]; row >= 0; row = _next[row]) count++;
        return count;
    }

    // length | sheet | row | bad | count | layout | per field: length+1 (0: null), bytes
    private void Write(SpooledRow row)
    {
        var size = Head;
        foreach (var field in row.Fields) size += 4 + (field is null ? 0 : Encoding.UTF8.GetByteCount(field));
        if (_held + size > _writing.Length)
        {
            Flush();
            if (size > _writing.Length) _writing = new byte[size];
        }
        var to = _writing.AsSpan(_held, size);
        BinaryPrimitives.WriteInt32LittleEndian(to, size);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], row.SheetNo);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], row.RowNo);
        to[12] = row.Bad ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(to[13..], row.Fields.Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[17..], row.Layout);
        var at = Head;
        foreach (var field in row.Fields)
        {
            var bytes = field is null ? 0 : Encoding.UTF8.GetBytes(field, to[(at + 4)..]);
            BinaryPrimitives.WriteInt32LittleEndian(to[at..], field is null ? 0 : bytes + 1);
            at += 4 + bytes;
        }
        _held += size;
    }

    private void Flush()
    {
        _file.Position = _written;
        _file.Write(_writing, 0, _held);
        _written += _held;
        _held = 0;
        _file.Flush();
    }

    private SpooledRow Read(long offset, bool isFirst)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(Bytes(offset, Head, isFirst));
        var from = Bytes(offset, size, isFirst);
        var fields = new string?[BinaryPrimitives.ReadInt32LittleEndian(from[13..])];
        var at = Head;
        for (var i = 0; i < fields.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(from[at..]);
            at += 4;
            if (length == 0) continue;
            fields[i] = Encoding.UTF8.GetString(from.Slice(at, length - 1));
            at += length - 1;
        }
        return new(BinaryPrimitives.ReadInt32LittleEndian(from[4..]), BinaryPrimitives.ReadInt32LittleEndian(from[8..]), BinaryPrimitives.ReadInt32LittleEndian(from[17..]), from[12] == 1, fields);
    }

    // First rows come in the order of the file, so the next is commonly in what was read already. A later row of an entry may be far off: for that one a little is read, and the window stays.
    private ReadOnlySpan<byte> Bytes(long offset, int count, bool isFirst)
    {
        if (_window.Holds(offset, count)) return _window.At(offset, count);
        var window = isFirst ? _window : _glance;
        if (!window.Holds(offset, count)) window.Move(_file, offset, count, _written);
        return window.At(offset, count);
    }

    private sealed class Window(int size)
    {
        private byte[] _bytes = new byte[size];
        private long _from;
        private int _length;

        public bool Holds(long offset, int count) => offset >= _from && offset + count <= _from + _length;

        public ReadOnlySpan<byte> At(long offset, int count) => _bytes.AsSpan((int)(offset - _from), count);

        public void Move(FileStream file, long offset, int count, long end)
        {
            if (_bytes.Length < count) _bytes = new byte[count];
            _from = offset;
            _length = RandomAccess.Read(file.SafeFileHandle, _bytes.AsSpan(0, (int)Math.Min(_bytes.Length, end - offset)), offset);
            if (_length < count) throw new EndOfStreamException("The spool of an import ends too early.");
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Files for the while of one run: gone when closed, and on Unix also when the process is killed.</summary>
internal static class Scratch
{
    public static FileStream File(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.part"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 64 << 10, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) System.IO.File.Delete(file.Name);
        return file;
    }
}
