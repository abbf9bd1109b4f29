using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>How the bytes of a text file are letters.</summary>
/// <param name="Guessed">Neither marked nor provable: what the letters look like decided.</param>
internal sealed record TextEncoding(string Name, Encoding Encoding, bool Guessed = false)
{
    private static readonly (string Name, Func<Encoding> Of)[] Known =
    [
        ("utf-8", () => new UTF8Encoding(false)),
        ("utf-16le", () => new UnicodeEncoding(bigEndian: false, byteOrderMark: true)),
        ("utf-16be", () => new UnicodeEncoding(bigEndian: true, byteOrderMark: true)),
        ("gb18030", () => Page("GB18030")),
        ("windows-1252", () => Page("windows-1252")),
    ];

    public static IEnumerable<string> Names => Known.Select(k => k.Name);

    /// <summary>By its name here, or as people write it: <c>GBK</c>, <c>gb2312</c>, <c>UTF8</c>, <c>latin1</c>; null when there is none such.</summary>
    public static TextEncoding? Named(string name)
    {
        var said = name.Trim().ToLowerInvariant() switch
        {
            "utf8" or "utf-8-sig" or "utf-8-bom" => "utf-8",
            "gbk" or "gb2312" or "cp936" or "936" or "ansi" => "gb18030",
            "utf-16" or "utf16" or "unicode" => "utf-16le",
            "latin1" or "iso-8859-1" or "cp1252" or "1252" => "windows-1252",
            var other => other
        };
        return Known.FirstOrDefault(k => k.Name == said) is { Name: not null } found ? new(found.Name, found.Of()) : null;
    }

    public static TextEncoding Of(string name, bool guessed = false) => Named(name)! with { Guessed = guessed };

    private static Encoding Page(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"))!;
}

/// <summary>One look through all of a text file: what its letters are, and that all of it is there.</summary>
/// <param name="Encoding">Null when the bytes fit none, or more than one: <paramref name="WhyUnclear"/> says so.</param>
internal sealed record TextScan(TextEncoding? Encoding, Words WhyUnclear, bool IsBlank, long LineBreaks)
{
    public bool IsUtf8 => Encoding is { Name: "utf-8" };

    /// <summary>
    /// Validity first: a mark at the start decides; else all of the file valid as UTF-8 is UTF-8, for text of another encoding nearly never is by chance.
    /// Statistics second: letters of GB18030 come in runs of two bytes and more above 0x7F, those of windows-1252 stand alone between ASCII letters.
    /// </summary>
    /// <param name="head">The first bytes of <paramref name="stream"/>.</param>
    public static TextScan Of(Stream stream, ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]) return Counted(stream, null, new("文件是 UTF-32 编码，请以 UTF-8 另存后再传。", "The file is UTF-32; save it as UTF-8 and send it again."));
        if (head is [0xFF, 0xFE, ..]) return Counted(stream, TextEncoding.Of("utf-16le"), default);
        if (head is [0xFE, 0xFF, ..]) return Counted(stream, TextEncoding.Of("utf-16be"), default);
        var marked = head is [0xEF, 0xBB, 0xBF, ..];

        var tally = new Tally();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            var kept = 0;
            while (true)
            {
                var read = stream.Read(buffer.AsSpan(kept));
                var end = read == 0;
                var chunk = buffer.AsSpan(0, kept + read);
                kept = tally.Take(chunk, end);
                if (end) break;
                chunk[^kept..].CopyTo(buffer);
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
        return tally.Judge(marked);
    }

    private static TextScan Counted(Stream stream, TextEncoding? encoding, Words why)
    {
        var (breaks, blank, first) = (0L, true, true);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            var chunk = buffer.AsSpan(0, read);
            breaks += chunk.Count((byte)'\n');
            blank &= !(first ? chunk[2..] : chunk).ContainsAnyExcept("\0 \t\r\n"u8);
            first = false;
        }
        return new(encoding, why, blank, breaks);
    }

    /// <summary>Counts over the file; sequences over the edge of a chunk are carried into the next.</summary>
    private sealed class Tally
    {
        private long _utf8Good, _utf8Bad;
        private long _pairs, _broken, _brokenAtEnd;
        private long _high, _alone, _between, _undefined;
        private long _nulEven, _nulOdd, _controls, _bytes, _breaks;
        private bool _blank = true;

        /// <returns>Bytes at the end to be given again.</returns>
        public int Take(ReadOnlySpan<byte> chunk, bool end)
        {
            // Cut behind a byte below 0x30, a line break or a comma: no character of the three encodings goes on past one.
            var take = end ? chunk.Length : chunk.LastIndexOfAnyInRange((byte)0, (byte)0x2F) + 1;
            if (take == 0) take = chunk.Length;
            var text = chunk[..take];
            Plain(text);
            if (text.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
            {
                if (_utf8Bad == 0 && Utf8.IsValid(text)) _utf8Good += CountLeads(text);
                else Letters(text);
                Pairs(text, end);
            }
            _bytes += text.Length;
            return chunk.Length - take;
        }

        private void Plain(ReadOnlySpan<byte> text)
        {
            _breaks += text.Count((byte)'\n');
            if (_blank) _blank = !(_bytes == 0 && text is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text).ContainsAnyExcept(" \t\r\n"u8);
            for (var rest = text; rest.IndexOfAnyInRange((byte)0, (byte)8) is >= 0 and var at; rest = rest[(at + 1)..])
            {
                _controls++;
                if (rest[at] != 0) continue;
                if (((_bytes + text.Length - rest.Length + at) & 1) == 0) _nulEven++; else _nulOdd++;
            }
        }

        private static int CountLeads(ReadOnlySpan<byte> text)
        {
            var count = 0;
            foreach (var b in text) if (b >= 0xC0) count++;
            return count;
        }

        private void Letters(ReadOnlySpan<byte> text)
        {
            while (text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var at)
            {
                text = text[at..];
                var status = Rune.DecodeFromUtf8(text, out _, out var used);
                if (status == OperationStatus.Done) _utf8Good++;
                else _utf8Bad++;
                text = text[Math.Max(1, used)..];
            }
        }

        private void Pairs(ReadOnlySpan<byte> text, bool end)
        {
            for (var i = 0; i < text.Length; i++)
            {
                var b = text[i];
                if (b < 0x80) continue;
                _high++;
                if (b is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D) _undefined++;
                var before = i > 0 ? text[i - 1] : (byte)' ';
                var after = i + 1 < text.Length ? text[i + 1] : (byte)' ';
                if (before < 0x80 && after < 0x80)
                {
                    _alone++;
                    if (b >= 0xC0 && (char.IsAsciiLetter((char)before) || char.IsAsciiLetter((char)after))) _between++;
                }
            }
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] < 0x80) continue;
                if (i + 1 == text.Length)
                {
                    _brokenAtEnd += end ? 1 : 0;
                    break;
                }
                var second = text[i + 1];
                if (text[i] is >= 0x81 and <= 0xFE && second is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE)) { _pairs++; i++; }
                else if (text[i] is >= 0x81 and <= 0xFE && second is >= 0x30 and <= 0x39 && i + 3 < text.Length && text[i + 2] is >= 0x81 and <= 0xFE && text[i + 3] is >= 0x30 and <= 0x39) { _pairs++; i += 3; }
                else _broken++;
            }
        }

        public TextScan Judge(bool marked)
        {
            TextScan Is(TextEncoding? encoding, Words why = default) => new(encoding, why, _blank, _breaks);
            if (_bytes > 0 && (_nulEven + _nulOdd) * 10 > _bytes)
                return Is(null, _nulEven * 10 < _nulOdd || _nulOdd * 10 < _nulEven
                    ? new("文件像是没有字节序标记（BOM）的 UTF-16；请以 UTF-8 另存，或在上传时指明编码。", "The file looks like UTF-16 without a byte order mark; save it as UTF-8, or say its encoding.")
                    : Binary);
            if (_controls * 20 > _bytes) return Is(null, Binary);
            if (marked || _utf8Bad == 0) return Is(TextEncoding.Of("utf-8"));
            // A few broken bytes in much good UTF-8: the rows that hold them are named, the rest can be read.
            if (_utf8Good >= 20 * _utf8Bad) return Is(TextEncoding.Of("utf-8"));
            var alone = (double)_alone / _high;
            var chinese = _broken == 0 || _broken * 100 <= _pairs;
            if (chinese && alone < 0.3 && _pairs > 0) return Is(TextEncoding.Of("gb18030", guessed: true));
            if (_undefined == 0 && alone > 0.7 && (_broken > 0 || _between * 2 >= _alone) && (_high >= 3 || _broken + _brokenAtEnd > 0)) return Is(TextEncoding.Of("windows-1252", guessed: true));
            return Is(null, new(
                $"无法确定文件的编码（可能是 {string.Join("、", TextEncoding.Names)} 之一）；请以 UTF-8 另存，或在上传时指明编码。",
                $"The encoding cannot be told (perhaps one of {string.Join(", ", TextEncoding.Names)}); save the file as UTF-8, or say its encoding."));
        }

        private static Words Binary => new("文件不是文本，也不是 XLSX；请传 XLSX、CSV、JSON 或 NDJSON。", "The file is neither text nor XLSX; send XLSX, CSV, JSON or NDJSON.");
    }
}
