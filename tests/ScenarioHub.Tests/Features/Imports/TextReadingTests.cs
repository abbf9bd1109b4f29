using System.IO.Compression;
using System.Text;
using CsCheck;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Platform.Tables;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>
/// CSV, JSON and NDJSON, plain and packed, in the encodings people send. Broken once by hand: gzip read without the member put
/// behind it (half a file was taken for a whole one), a quote that never closes read to the end.
/// </summary>
public class TextReadingTests
{
    private static readonly ReferenceCatalog Catalog = ReferenceCatalog.Load();
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private const string Chinese = "场景编号,报告期,计算口径说明\nS-1,2026-08,质检一次合格率提升，人工复核减少\nS-2,2026-08,设备运维工单自动派发\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8-bom", false)]
    [InlineData("utf-16le", false)]
    [InlineData("utf-16be", false)]
    [InlineData("gb18030", true)]
    public void Chinese_comes_out_the_same_in_every_encoding(string encoding, bool guess)
    {
        byte[] bytes = encoding switch
        {
            "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Chinese)],
            "utf-16le" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Chinese)],
            "utf-16be" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Chinese)],
            "gb18030" => Gb18030.GetBytes(Chinese),
            _ => Encoding.UTF8.GetBytes(Chinese)
        };
        using var file = Open(bytes);
        Assert.Equal((encoding.Replace("-bom", "", StringComparison.Ordinal), guess), (file.Encoding, file.EncodingIsGuess));
        Assert.Equal(["S-2", "2026-08", "设备运维工单自动派发"], file.Rows(default).Last().Cells.Select(c => c.Text));
    }

    [Theory]
    // Bytes as editors of these code pages write them.
    [InlineData("D6CABCEC2C3132330D0AC9E8B1B82C34350D0A", "gb18030", "质检")]
    [InlineData("82359134 2C CAC7 0A B0A1 2C B7F1 0A CED2 2C B7F1 0A", "gb18030", "㐃")]
    [InlineData("536F6369E974E92067E96EE972616C652C63617277F82C4DFC6C6C65720A", "windows-1252", "Société générale")]
    [InlineData("C3A97374C3A92C610A", "utf-8", "été")]
    public void Real_bytes_are_told_apart(string hex, string encoding, string begins)
    {
        using var file = Open(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(encoding, file.Encoding);
        if (begins != "㐃" && begins != "été") Assert.StartsWith(begins, file.Rows(default).First().Cells[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoding_that_cannot_be_told_is_refused_and_the_caller_may_say_it()
    {
        // 朢 in GB18030 is é and d in windows-1252; one such letter proves nothing.
        byte[] bytes = [.. "a,b\nx"u8, 0x96, .. "d,y\n"u8];
        Assert.Equal(FileProblem.EncodingUnclear, SourceFile.Open(new MemoryStream(bytes), "a.csv").Why?.Code);
        using var said = SourceFile.Open(new MemoryStream(bytes), "a.csv", null, new SourceOptions(Encoding: "GBK")).Value;
        Assert.Equal("gb18030", said.Encoding);
        Assert.Equal(FileProblem.EncodingUnclear, SourceFile.Open(new MemoryStream(bytes), "a.csv", null, new SourceOptions(Encoding: "klingon")).Why?.Code);
    }

    [Fact]
    public void A_long_file_that_is_not_UTF8_only_at_its_end_is_still_told()
    {
        var ascii = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"S-{i},2026-08\n"));
        using var file = Open([.. "code,period\n"u8, .. Encoding.ASCII.GetBytes(ascii), .. Gb18030.GetBytes("质检场景,二零二六\n设备,运维\n")]);
        Assert.Equal("gb18030", file.Encoding);
        Assert.Equal("设备", file.Rows(default).Last().Cells[0].Text);
    }

    [Fact]
    public void One_broken_letter_in_UTF8_is_the_problem_of_its_row_alone()
    {
        var good = string.Concat(Enumerable.Range(0, 30).Select(i => $"S-{i},质检一次合格率提升\n"));
        using var file = Open([.. Encoding.UTF8.GetBytes("编号,说明\n" + good), .. "S-x,"u8, 0xE8, 0xB4, .. ",\n"u8, .. Encoding.UTF8.GetBytes("S-y,好\n")]);
        var rows = file.Rows(default).ToList();
        Assert.Equal("utf-8", file.Encoding);
        Assert.Equal([FileProblem.LostCharacter], rows.Where(r => r.Problem is not null).Select(r => r.Problem!.Code));
        Assert.Null(rows[^1].Problem);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1,5;2\n", ';')]
    [InlineData("a\tb\n1,5\t2;3\n", '\t')]
    [InlineData("sep=|\na|b\n1,2|3\n", '|')]
    [InlineData("标题，一，二\na;b;c\n1;2;3\n", ';')]
    [InlineData("a\n1\n", ',')]
    public void The_delimiter_is_found(string text, char delimiter)
    {
        using var file = Open(Encoding.UTF8.GetBytes(text));
        Assert.Equal(delimiter, file.Delimiter);
    }

    [Fact]
    public void Quotes_hold_line_breaks_delimiters_and_quotes_and_rows_count_as_in_a_sheet()
    {
        using var file = Open(Encoding.UTF8.GetBytes("a,b\r\n\"x\ny\r\nz\",\"1,\"\"2\"\"\"\r\n\r\n,5\" pipe\r\"\",last"));
        var rows = file.Rows(default).ToList();
        Assert.Equal([1, 2, 4, 5], rows.Select(r => r.Row));
        Assert.Equal("x\ny\r\nz|1,\"2\"", string.Join('|', rows[1].Cells.Select(c => c.Text)));
        Assert.Equal((1, "5\" pipe"), (rows[2].Cells[0].Column, rows[2].Cells[0].Text));
        Assert.Equal((1, 2), (rows[3].Cells[0].Column, rows[3].Width));
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3,4\n", FileProblem.QuoteOpen, 2, true)]
    [InlineData("a,b\n\"1\"x,2\n3,4\n", FileProblem.QuoteBroken, 2, false)]
    [InlineData("scenario,period\nS-1\0,2026-08\nS-2,2026-08\n", FileProblem.NulCharacter, 2, false)]
    [InlineData("a,b\n1,\uFFFD\n3,4\n", FileProblem.LostCharacter, 2, false)]
    public void A_row_that_cannot_be_trusted_says_so(string text, string code, int row, bool ends)
    {
        using var file = Open(Encoding.UTF8.GetBytes(text));
        var rows = file.Rows(default).ToList();
        var broken = Assert.Single(rows, r => r.Problem is not null);
        Assert.Equal((code, row, ends), (broken.Problem!.Code, broken.Row, broken.Problem.EndsFile));
        Assert.Equal(ends, rows[^1] == broken);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Half_a_gzip_is_refused_whatever_is_in_it(double share)
    {
        foreach (var text in (string[])[string.Concat(Enumerable.Repeat(Chinese, 2_000)), string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"scenario\":\"S-{i}\"}}\n"))])
        {
            var whole = Gzip(Encoding.UTF8.GetBytes(text));
            Assert.True(SourceFile.Open(new MemoryStream(whole), "a.gz").Ok);
            Assert.Equal(FileProblem.GzipBroken, SourceFile.Open(new MemoryStream(whole[..(int)(whole.Length * share)]), "a.gz").Why?.Code);
            Assert.Equal(FileProblem.GzipBroken, SourceFile.Open(new MemoryStream(whole[..^1]), "a.gz").Why?.Code);
        }
    }

    [Fact]
    public void A_gzip_of_several_members_is_one_file()
    {
        using var file = Open([.. Gzip("a,b\n"u8.ToArray()), .. Gzip("1,2\n"u8.ToArray())]);
        Assert.Equal(2, file.Rows(default).Count());
    }

    [Fact]
    public void A_gzip_bomb_is_stopped() =>
        Assert.Equal(FileProblem.TooExpanded, SourceFile.Open(new MemoryStream(Gzip(new byte[3 << 20])), "a.csv.gz", null, new SourceOptions(MaxExpandedBytes: 1 << 20)).Why?.Code);

    [Theory]
    [InlineData("", FileProblem.Empty)]
    [InlineData(" \r\n\t", FileProblem.Empty)]
    [InlineData("%PDF-1.7", FileProblem.Pdf)]
    [InlineData("<html><table><tr><td>1</td></tr></table></html>", FileProblem.Html)]
    [InlineData("<?xml version=\"1.0\"?><Workbook/>", FileProblem.Html)]
    [InlineData("{\\rtf1}", FileProblem.Word)]
    public void Other_files_are_refused_by_name(string text, string code) => Assert.Equal(code, SourceFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv").Why?.Code);

    [Theory]
    [InlineData("", FileProblem.OldXls)]
    [InlineData("EncryptedPackage", FileProblem.Encrypted)]
    public void Old_and_locked_workbooks_are_told_apart(string stream, string code)
    {
        byte[] bytes = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[200_000], .. Encoding.Unicode.GetBytes(stream), .. new byte[100]];
        Assert.Equal(code, SourceFile.Open(new MemoryStream(bytes), "x.xlsx").Why?.Code);
    }

    [Fact]
    public void A_binary_file_and_a_packed_archive_are_refused()
    {
        var noise = new byte[5_000];
        new Random(1).NextBytes(noise);
        Assert.NotNull(SourceFile.Open(new MemoryStream(noise), "x.csv").Why);
        Assert.Equal(FileProblem.Archive, SourceFile.Open(new MemoryStream([.. "Rar!"u8, .. noise]), "x").Why?.Code);
        Assert.Equal(FileProblem.Archive, SourceFile.Open(new MemoryStream(Gzip(Gzip("a,b"u8.ToArray()))), "x").Why?.Code);
    }

    [Theory]
    [InlineData("[{\"scenario\":\"S-1\",\"period\":null},{\"scenario\":\"S-2\",\"value\":1e5}]", "Json")]
    [InlineData("{\"items\":[{\"scenario\":\"S-1\",\"period\":null},{\"scenario\":\"S-2\",\"value\":1e5}]}", "Json")]
    [InlineData("{\n \"source\": \"ERP\",\n \"items\": [\n{\"scenario\":\"S-1\",\"period\":null},\n{\"scenario\":\"S-2\",\"value\":1e5}]\n}", "Json")]
    [InlineData("{\"scenario\":\"S-1\",\"period\":null}\n{\"scenario\":\"S-2\",\"value\":1e5}\n", "Ndjson")]
    [InlineData("\uFEFF{\"scenario\":\"S-1\",\"period\":null}\r\n\r\n{\"scenario\":\"S-2\",\"value\":1e5}", "Ndjson")]
    public void Objects_come_as_rows_with_their_pointers(string json, string format)
    {
        using var file = Open(Encoding.UTF8.GetBytes(json));
        Assert.Equal(format, file.Format.ToString());
        var rows = file.Rows(default).ToList();
        Assert.Equal(["/scenario", "/period", "/value"], file.Pointers);
        Assert.Equal(["Text:S-1", "Empty:"], rows[0].Cells.Select(c => $"{c.Kind}:{c.Text}"));
        Assert.Equal(["Text:S-2", "Number:1e5"], rows[1].Cells.Select(c => $"{c.Kind}:{c.Text}"));
        Assert.StartsWith("{\"scenario\":\"S-2\"", Encoding.UTF8.GetString(rows[1].Json.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{a}\n{\"a\":2}\n", FileProblem.JsonBroken, false)]
    [InlineData("{\"a\":1}\n{\"a\":1,\"a\":2}\n{\"a\":2}\n", FileProblem.JsonDuplicate, false)]
    [InlineData("{\"a\":1}\n[1]\n{\"a\":2}\n", FileProblem.JsonNotAnObject, false)]
    [InlineData("{\"a\":1}\n{\"a\":1} {\"a\":2}\n{\"a\":2}\n", FileProblem.JsonBroken, false)]
    [InlineData("{\"a\":1}\n{\"a\":\"\\ud83d\"}\n{\"a\":2}\n", FileProblem.LostCharacter, false)]
    [InlineData("{\"a\":1}\n{\"a\":\"\\u0000\"}\n{\"a\":2}\n", FileProblem.NulCharacter, false)]
    [InlineData("[{\"a\":1},{\"a\":", FileProblem.JsonBroken, true)]
    [InlineData("[{\"a\":1},{\"a\":1},", FileProblem.JsonBroken, true)]
    [InlineData("[{\"a\":1},{\"a\":1}]x", FileProblem.JsonBroken, true)]
    [InlineData("[{\"a\":1},{\"a\":1}", FileProblem.JsonBroken, true)]
    public void Broken_JSON_is_the_problem_of_its_line_or_ends_the_file(string json, string code, bool ends)
    {
        using var file = Open(Encoding.UTF8.GetBytes(json));
        var broken = Assert.Single(file.Rows(default), r => r.Problem is not null);
        Assert.Equal((code, ends), (broken.Problem!.Code, broken.Problem.EndsFile));
    }

    [Fact]
    public void JSON_nested_too_deep_is_named() =>
        Assert.Equal(FileProblem.JsonTooDeep, Open(Encoding.UTF8.GetBytes("{\"a\":1}\n{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 41) + "\n")).Rows(default).Last().Problem?.Code);

    [Fact]
    public void JSON_in_another_encoding_is_refused() =>
        Assert.Equal(FileProblem.JsonEncoding, SourceFile.Open(new MemoryStream(Gb18030.GetBytes("{\"a\":\"质检一次合格率\"}\n")), "a.json").Why?.Code);

    [Fact]
    public void Figures_of_a_filing_are_known_under_their_place()
    {
        using var file = Open(Encoding.UTF8.GetBytes("{\"scenario\":\"S-1\",\"period\":\"2026-08\",\"figures\":[{\"measure\":\"COST_SAVE\",\"value\":12.5},{\"measure\":\"HOURS_SAVED\",\"value\":3}]}\n"));
        var row = new SourceTable(file, ImportColumns.OfAll(Catalog)).Rows(default).Single();
        Assert.Equal(["scenario:", "period:", "measure:0", "value:0", "measure:1", "value:1"], row.Known().Select(k => $"{k.Match.Column.Key}:{k.Match.Item}"));
    }

    [Fact]
    public void A_harmless_cell_comes_back_as_it_was_and_is_no_formula()
    {
        foreach (var text in (string[])["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'=1", "''=1", "=", "-", "＝1"])
        {
            Assert.StartsWith("'", HarmlessCell.Of(text), StringComparison.Ordinal);
            Assert.Equal(text, HarmlessCell.Original(HarmlessCell.Of(text)));
        }
        foreach (var number in (string[])["-5", "-1234.56", "+7", "12", "", "abc", "'abc", "2026-08"]) Assert.Equal(number, HarmlessCell.Of(number));
        Gen.String[Gen.Char["'=+-@\t1.a"], 0, 6].Sample(text => HarmlessCell.Original(HarmlessCell.Of(text)) == text);
    }

    private static readonly string[] Awkward = ["𠮷野家", "🤖", "䶮", "_x000D_", "a\r\nb", "1E+05", "'=1", "-5", "'-5", "\u00A0x", "{\"a\":1}", "[1]"];

    private static readonly Gen<string> Text = Gen.Select(Gen.String[Gen.Char["ab1 ,;\"|'=-+\n质检_x0041_"], 1, 8], Gen.Int[0, 3 * Awkward.Length]).Select((s, i) => i < Awkward.Length ? Awkward[i] : s);

    [Fact]
    public void A_table_written_in_any_format_is_read_back_equal() => Text.Array[3].Array[1, 8].Sample(table =>
    {
        var wanted = table.Select(r => r.Select(c => CellText.IsBlank(c) ? "" : c).ToArray()).Where(r => r.Any(c => c.Length > 0)).ToArray();
        foreach (var (name, bytes) in Written(table))
        {
            using var file = Open(bytes);
            var read = file.Rows(default).Skip(name.StartsWith("json", StringComparison.Ordinal) || name == "ndjson" ? 0 : 1).Select(r =>
            {
                Assert.Null(r.Problem);
                var cells = new[] { "", "", "" };
                foreach (var cell in r.Cells) cells[cell.Column] = CellText.IsBlank(cell.Text) ? "" : cell.Text;
                return cells;
            }).Where(r => r.Any(c => c.Length > 0)).ToArray();
            Assert.Equal(wanted.Length, read.Length);
            for (var i = 0; i < wanted.Length; i++) Assert.True(wanted[i].AsSpan().SequenceEqual(read[i]), $"{name}: {string.Join('|', wanted[i])} / {string.Join('|', read[i])}");
        }
        return true;
    }, iter: 100);

    private static IEnumerable<(string Format, byte[] Bytes)> Written(string[][] table)
    {
        foreach (var delimiter in (char[])[',', ';', '\t'])
            foreach (var line in (string[])["\n", "\r\n"])
            {
                var csv = string.Concat(new[] { new[] { "列甲", "列乙", "列丙" } }.Concat(table).Select(r => string.Join(delimiter, r.Select(c => $"\"{HarmlessCell.Of(c).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + line));
                yield return ("csv utf-8", Encoding.UTF8.GetBytes(csv));
                yield return ("csv utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(csv)]);
                yield return ("csv gz", Gzip(Encoding.UTF8.GetBytes(csv)));
            }
        string Object(string[] r) => System.Text.Json.JsonSerializer.Serialize(new { a = r[0], b = r[1], c = r[2] });
        yield return ("json", Encoding.UTF8.GetBytes("[" + string.Join(",\n", table.Select(Object)) + "]"));
        yield return ("ndjson", Encoding.UTF8.GetBytes(string.Join('\n', table.Select(Object)) + "\n"));
        static string Escaped(string text) => System.Security.SecurityElement.Escape(System.Text.RegularExpressions.Regex.Replace(text, "_(?=x[0-9A-Fa-f]{4}_)", "_x005F_")).Replace("\r", "&#xD;", StringComparison.Ordinal);
        string Rows(Func<string, string> cell) => string.Concat(new[] { new[] { "列甲", "列乙", "列丙" } }.Concat(table).Select(r => $"<row>{string.Concat(r.Select(cell))}</row>"));
        yield return ("xlsx inline", Workbooks.One(Rows(c => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escaped(c)}</t></is></c>")));
        var shared = new List<string>();
        yield return ("xlsx shared", Workbooks.One(Rows(c => { shared.Add($"<t xml:space=\"preserve\">{Escaped(c)}</t>"); return $"<c t=\"s\"><v>{shared.Count - 1}</v></c>"; }), [.. shared]));
    }

    [Fact]
    public void Noise_never_ends_in_an_exception() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        foreach (var start in (byte[][])[[], [.. "{\""u8], [.. "[{"u8], [0x1F, 0x8B], [.. "PK\x03\x04"u8], [.. "a,b\n\""u8], [0xFF, 0xFE]])
        {
            var opened = SourceFile.Open(new MemoryStream([.. start, .. bytes]), "x");
            if (!opened.Ok) continue;
            using var file = opened.Value;
            foreach (var row in new SourceTable(file, ImportColumns.OfAll(Catalog)).Rows(default))
                foreach (var cell in row.Cells) _ = (CellText.Text(cell), CellText.Code(cell), CellText.Number(cell), CellText.Date(cell), CellText.Month(cell), CellText.Bool(cell), CellText.List(cell), CellText.Figure(cell), CellText.CreditCode(cell));
        }
        return true;
    }, iter: 600);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static SourceFile Open(byte[] bytes)
    {
        var opened = SourceFile.Open(new MemoryStream(bytes), "x");
        Assert.True(opened.Ok, $"{opened.Why?.Code}: {opened.Why?.Detail.En}");
        return opened.Value;
    }
}
