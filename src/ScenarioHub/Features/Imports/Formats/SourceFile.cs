using System.Buffers;
using System.IO.Compression;
using System.Text;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>What the caller knows better than the file, and how far a file may go.</summary>
/// <param name="Encoding">Of CSV: <c>utf-8</c>, <c>utf-16le</c>, <c>utf-16be</c>, <c>gb18030</c> or <c>windows-1252</c>; null to find out.</param>
/// <param name="Delimiter">Of CSV; null to find out.</param>
/// <param name="MaxExpandedBytes">Most bytes a compressed file may unfold to; beyond it is taken for a zip bomb.</param>
internal sealed record SourceOptions(string? Encoding = null, char? Delimiter = null, long MaxExpandedBytes = SourceOptions.DefaultMaxExpandedBytes)
{
    public const long DefaultMaxExpandedBytes = 4L << 30;
    public static readonly SourceOptions Default = new();
}

/// <summary>
/// A file somebody sent, as rows. Recognised by what is in it, not by its name; what cannot be read is refused by name. Rows stream: memory does not grow with
/// the file (but for the shared texts of a workbook, and those are packed). Reading may be begun again any number of times.
/// </summary>
internal sealed class SourceFile : IDisposable
{
    private readonly Stream _content;
    private readonly bool _ownsContent;
    private readonly SourceOptions _options;
    private readonly XlsxSource? _workbook;
    private readonly TextEncoding? _encoding;
    private readonly List<string> _pointers = [];

    private SourceFile(Stream content, bool ownsContent, bool gzipped, SourceFormat format, SourceOptions options, TextScan? scan, XlsxSource? workbook, char? delimiter)
    {
        (_content, _ownsContent, Gzipped, Format, _options, _workbook) = (content, ownsContent, gzipped, format, options, workbook);
        (_encoding, Delimiter, LineBreaks) = (scan?.Encoding, delimiter, scan?.LineBreaks);
    }

    public SourceFormat Format { get; }

    public bool Gzipped { get; }

    /// <summary>Of CSV: what it is read as; null for all else.</summary>
    public string? Encoding => Format == SourceFormat.Csv ? _encoding?.Name : null;

    /// <summary>The encoding was not stated, not marked and not provable: the letters look like it. To be shown to the person.</summary>
    public bool EncodingIsGuess => Format == SourceFormat.Csv && _encoding is { Guessed: true };

    public char? Delimiter { get; }

    /// <summary>Of text files: line breaks in it, so about how many rows; null for workbooks.</summary>
    public long? LineBreaks { get; }

    /// <summary>All sheets of a workbook in their order; one without a name for all else.</summary>
    public IReadOnlyList<SourceSheet> Sheets => _workbook?.Sheets ?? [new("", false)];

    /// <summary>Of JSON: the pointer of each column (<c>/period</c>, <c>/figures/0/measure</c>), in the order they came up; grows while rows are read.</summary>
    public IReadOnlyList<string> Pointers => _pointers;

    /// <summary>Recognises a file and looks through all of a text file once (encoding, the whole of its gzip); a workbook's sheets are read only with its rows.</summary>
    /// <param name="content">Seekable, such as a file; stays open and belongs to the caller. Read without async: not a request's body.</param>
    /// <param name="fileName">For messages and as a hint; may be null.</param>
    public static Result<SourceFile> Open(Stream content, string? fileName, string? contentType = null, SourceOptions? options = null)
    {
        if (!content.CanSeek) throw new ArgumentException("Only what can be read again from its start can be imported: keep the upload in a file first.", nameof(content));
        options ??= SourceOptions.Default;
        Stream? unfolded = null;
        try
        {
            content.Position = 0;
            var head = Head(content);
            if (head.Length == 0) return Refuse(FileProblem.Empty, new("文件是空的。", "The file is empty."));
            var gzipped = head is [0x1F, 0x8B, ..];
            if (gzipped)
            {
                content.Position = 0;
                using (var gzip = Unzip(content, options)) head = Head(gzip);
                if (head.Length == 0) return Refuse(FileProblem.Empty, new("压缩包里的文件是空的。", "The file inside the gzip is empty."));
            }
            if (Recognise.Unreadable(head, content, gzipped) is { } no) return no;
            if (Recognise.IsZip(head))
            {
                if (gzipped) unfolded = Unfold(content, options);
                var book = XlsxSource.Open(unfolded ?? content, options);
                return new SourceFile(unfolded ?? content, unfolded is not null, gzipped, SourceFormat.Xlsx, options, null, book, null);
            }
            return OpenText(content, gzipped, head, fileName, contentType, options);
        }
        catch (UnreadableException e)
        {
            unfolded?.Dispose();
            return Refuse(e.Code, e.Words);
        }
    }

    private static Result<SourceFile> OpenText(Stream content, bool gzipped, byte[] head, string? fileName, string? contentType, SourceOptions options)
    {
        TextScan scan;
        content.Position = 0;
        using (var text = Unpacked(content, gzipped, options)) scan = TextScan.Of(text, head);
        if (scan.IsBlank) return Refuse(FileProblem.Empty, new("文件里没有内容，只有空白。", "There is nothing in the file but blanks."));
        var format = Recognise.Text(head, fileName, contentType);
        if (format is SourceFormat.Json or SourceFormat.Ndjson)
        {
            if (!scan.IsUtf8) return Refuse(FileProblem.JsonEncoding, new("JSON 文件须为 UTF-8 编码（RFC 8259）；请以 UTF-8 另存后再传。", "JSON is UTF-8 (RFC 8259); save the file as UTF-8 and send it again."));
            if (format == SourceFormat.Ndjson)
            {
                content.Position = 0;
                using var text = Unpacked(content, gzipped, options);
                if (!JsonSource.FirstLineIsWhole(text)) format = SourceFormat.Json;
            }
            return new SourceFile(content, false, gzipped, format, options, scan, null, null);
        }
        if (options.Encoding is { } said)
        {
            if (TextEncoding.Named(said) is not { } encoding)
                return Refuse(FileProblem.EncodingUnclear, new($"没有“{said}”这种编码；可用：{string.Join("、", TextEncoding.Names)}。", $"'{said}' is no encoding known here; use {string.Join(", ", TextEncoding.Names)}."));
            scan = scan with { Encoding = encoding };
        }
        if (scan.Encoding is null) return Refuse(FileProblem.EncodingUnclear, scan.WhyUnclear);
        content.Position = 0;
        using (var text = Unpacked(content, gzipped, options))
        {
            var delimiter = options.Delimiter ?? CsvSource.FindDelimiter(text, scan.Encoding);
            return new SourceFile(content, false, gzipped, SourceFormat.Csv, options, scan, null, delimiter);
        }
    }

    /// <summary>From the first row, sheet after sheet, hidden sheets left out. A row whose problem ends the file is the last.</summary>
    public IEnumerable<SourceRow> Rows(CancellationToken ct)
    {
        if (_workbook is not null)
        {
            foreach (var row in Guarded(_workbook.Rows(ct))) yield return row;
            yield break;
        }
        _content.Position = 0;
        // Each reading meets the pointers anew, so that a second one says the same of the same rows.
        _pointers.Clear();
        using var text = Unpacked(_content, Gzipped, _options);
        foreach (var row in Guarded(Format switch
        {
            SourceFormat.Csv => CsvSource.Rows(text, _encoding!, Delimiter!.Value, ct),
            SourceFormat.Ndjson => JsonSource.Lines(text, _pointers, ct),
            _ => JsonSource.Items(text, _pointers, ct)
        })) yield return row;
    }

    /// <summary>What a broken file throws in its middle becomes its last row, so that nobody can take half of it for the whole.</summary>
    private static IEnumerable<SourceRow> Guarded(IEnumerable<SourceRow> rows)
    {
        using var reading = rows.GetEnumerator();
        var (sheet, last) = ("", 0);
        while (true)
        {
            SourceProblem? end = null;
            try
            {
                if (!reading.MoveNext()) yield break;
            }
            catch (UnreadableException e) { end = e.Problem; }
            if (end is not null)
            {
                yield return new(sheet, last + 1, 0, [], end);
                yield break;
            }
            (sheet, last) = (reading.Current.Sheet, reading.Current.Row);
            yield return reading.Current;
            if (reading.Current.Problem is { EndsFile: true }) yield break;
        }
    }

    public void Dispose()
    {
        _workbook?.Dispose();
        if (_ownsContent) _content.Dispose();
    }

    internal static Refusal Refuse(string code, Words words) => new(RefusalKind.Unprocessable, code, words);

    private static Stream Unpacked(Stream content, bool gzipped, SourceOptions options) => gzipped ? Unzip(content, options) : new Unowned(content);

    private static BoundedStream Unzip(Stream content, SourceOptions options) =>
        new(new WholeGzip(content), options.MaxExpandedBytes, TooExpanded);

    internal static UnreadableException TooExpanded(long limit) => new(FileProblem.TooExpanded,
        new($"文件解压后超过 {limit >> 20} MB，疑为压缩炸弹，已停止读取。请拆分后再传。", $"The file unfolds to more than {limit >> 20} MB, as a zip bomb would; reading stopped. Split it and send the parts."));

    /// <summary>A workbook inside a gzip: a zip is read from its end, so it has to stand in a file of its own.</summary>
    private static FileStream Unfold(Stream content, SourceOptions options)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            content.Position = 0;
            using var gzip = Unzip(content, options);
            gzip.CopyTo(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static byte[] Head(Stream stream)
    {
        var head = new byte[1 << 16];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Passes reads on and never closes what belongs to the caller.</summary>
    private sealed class Unowned(Stream inner) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer);
    }
}

/// <summary>A stream that is only read, forwards.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public abstract override int Read(Span<byte> buffer);
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Stops at a limit of unfolded bytes, and gives broken compression its name.</summary>
internal sealed class BoundedStream(Stream inner, long limit, Func<long, UnreadableException> beyond) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try { count = inner.Read(buffer); }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw inner is WholeGzip
                ? new UnreadableException(FileProblem.GzipBroken, new("gzip 压缩包不完整或已损坏（可能只传了一半）；请重新上传整个文件。", "The gzip is cut short or broken, perhaps only half arrived; send the whole file again."), e)
                : new UnreadableException(FileProblem.WorkbookBroken, new("工作簿文件已损坏；请用 Excel 或 WPS 打开并另存为 .xlsx 后再传。", "The workbook is broken; open it in Excel or WPS, save it as .xlsx and send it again."), e);
        }
        _read += count;
        return _read > limit ? throw beyond(limit) : count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>
/// A gzip that is there to its end. GZipStream takes one that is cut short for one that ends, so a member of our own is put behind it: only where all before it was
/// whole does it come out again as it is.
/// </summary>
internal sealed class WholeGzip : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. "end of the file as it was sent: "u8];
    private static readonly byte[] Member = Packed(Mark);

    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[Mark.Length];
    private int _heldLength;

    /// <param name="content">Stays open.</param>
    public WholeGzip(Stream content) => _gzip = new(new Followed(content, Member), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        // What is read last may be the mark, so as many bytes as it has always wait.
        while (_heldLength < _held.Length)
        {
            var first = _gzip.Read(_held.AsSpan(_heldLength));
            if (first == 0) return Ended();
            _heldLength += first;
        }
        var read = _gzip.Read(buffer);
        if (read == 0) return Ended();
        Span<byte> all = stackalloc byte[2 * Mark.Length];
        if (read >= _held.Length)
        {
            var last = buffer.Slice(read - _held.Length, _held.Length);
            last.CopyTo(all);
            buffer[..(read - _held.Length)].CopyTo(buffer[_held.Length..]);
            _held.CopyTo(buffer);
            all[.._held.Length].CopyTo(_held);
            return read;
        }
        _held.CopyTo(all);
        buffer[..read].CopyTo(all[_held.Length..]);
        all[..read].CopyTo(buffer);
        all.Slice(read, _held.Length).CopyTo(_held);
        return read;
    }

    private int Ended() => _heldLength == _held.Length && _held.AsSpan().SequenceEqual(Mark) ? 0 : throw new InvalidDataException("The gzip is cut short.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private sealed class Followed(Stream first, byte[] then) : ReadOnlyStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == 0 && first.Read(buffer) is > 0 and var read) return read;
            var count = Math.Min(buffer.Length, then.Length - _at);
            then.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
