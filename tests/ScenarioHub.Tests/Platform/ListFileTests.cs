using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Http.Lists;
using ScenarioHub.Tests.House;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Platform;

public class ListFileTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_file_holds_what_the_pages_of_the_list_hold_in_every_format()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var hostile = new[] { "=1+1", "+86", "-1", "@SUM(A1)", "a,\"b\"\r\nc", "𠮷䶮🤖 < & >", " blanks " };
        foreach (var name in hostile) await filer.Adds(Path, p.Scenario(name: name.Trim() + "应用"));
        var items = (await filer.Gets($"{Path}?limit=500"))["items"]!.AsArray();

        var ndjson = await filer.Http.GetByteArrayAsync($"{Path}?format=ndjson");
        Assert.Equal(items.Select(i => i!.ToJsonString()), Encoding.UTF8.GetString(ndjson).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.ToJsonString()));

        var csv = await filer.Http.GetByteArrayAsync($"{Path}?format=csv&bom=true");
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), csv[..3]);
        Assert.NotEqual(0xEF, (await filer.Http.GetByteArrayAsync($"{Path}?format=csv"))[0]);
        using (var rows = CsvReader.FromText(Encoding.UTF8.GetString(csv[3..])))
        {
            var read = 0;
            foreach (var row in rows)
            {
                var item = items[read++]!;
                foreach (var (member, value) in item.AsObject())
                {
                    var text = value?.ToString() ?? "";
                    if (member == "name" && "=+-@".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
                    Assert.Equal(text, row[member].ToString());
                }
            }
            Assert.Equal(items.Count, read);
        }

        using var book = SpreadsheetDocument.Open(new MemoryStream(await filer.Http.GetByteArrayAsync($"{Path}?format=xlsx")), false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(e => e.Description));
        var table = book.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().ToList();
        Assert.Equal(items.Count + 1, table.Count);
        Assert.Equal("编码", Cells(table[0])["B"].InnerText);
        foreach (var (row, item) in table.Skip(1).Zip(items))
        {
            var cells = Cells(row);
            Assert.Equal(item!["name"]!.GetValue<string>(), cells["C"].InnerText);
            Assert.True(cells["C"].DataType! == CellValues.InlineString && cells["C"].CellFormula is null);
            // An id has more digits than a spreadsheet keeps of a number, or fits; either way it is whole.
            Assert.Equal(item["id"]!.ToString(), cells["A"].InnerText);
        }

        static Dictionary<string, Cell> Cells(Row row) => row.Elements<Cell>().ToDictionary(c => new string([.. c.CellReference!.Value!.TakeWhile(char.IsLetter)]));
    }

    [Fact]
    public async Task A_file_goes_on_past_the_longest_page_and_keeps_the_filter_and_the_subtree()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        // More than a page holds, so that the file is made of several.
        for (var batch = 0; batch < 2; batch++)
            await filer.Posts($"{Path}/batch", new { items = Enumerable.Range(0, 300).Select(_ => p.Scenario(stage: "pilot")) }, 207);
        await filer.Adds(Path, p.Scenario(p.SubsidiaryB, stage: "idea"));
        Assert.Equal(600, Lines(await filer.Http.GetByteArrayAsync($"{Path}?format=ndjson&stage=pilot")));
        Assert.Equal(601, Lines(await filer.Http.GetByteArrayAsync($"{Path}?format=ndjson")));
        Assert.Equal(600, Lines(await (await p.FilerA()).Http.GetByteArrayAsync($"{Path}?format=ndjson")));
        Assert.Equal(602, Lines(await filer.Http.GetByteArrayAsync($"{Path}?format=csv")));
        Assert.Equal(0, Lines(await (await (await hub.Programme()).Regulator()).Http.GetByteArrayAsync($"{Path}?format=ndjson")));

        static int Lines(byte[] file) => file.Count(b => b == '\n');
    }

    [Fact]
    public async Task Fields_choose_members_in_a_page_and_in_a_file()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var id = await filer.Adds(Path, p.Scenario());
        Assert.Equal($$"""{"items":[{"code":"{{(await filer.Gets($"{Path}/{id}"))["code"]}}","id":{{id}}}],"next":null,"count":1}""", (await filer.Gets($"{Path}?fields=code,id&count=true")).ToJsonString());
        Assert.StartsWith("code,id\r\n", Encoding.UTF8.GetString(await filer.Http.GetByteArrayAsync($"{Path}?fields=code,id&format=csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=pdf", "bad-format", "?format")]
    [InlineData("format=csv&limit=5", "limit-with-format", "?limit")]
    [InlineData("bom=true", "bad-bom", "?bom")]
    [InlineData("format=csv&bom=yes", "bad-bom", "?bom")]
    [InlineData("fields=id,nmae", "unknown-field", "?fields")]
    [InlineData("format=csv&after=nonsense!", "bad-cursor", "?after")]
    [InlineData("format=csv&stage=nosuch", "unknown-code", "?stage")]
    public async Task What_cannot_be_exported_is_refused_before_a_byte_is_sent(string query, string code, string pointer) =>
        Assert.Equal(code, (await (await (await hub.Programme()).Regulator()).Gets($"{Path}?{query}", 400)).ErrorAt(pointer));

    [Fact]
    public async Task A_route_that_is_no_list_knows_no_format() =>
        await (await (await hub.Programme()).Regulator()).Gets("/api/v1/catalog/measures?format=csv", 400);

    // Broken once by hand by leaving a name out of list-columns.json.
    [Fact]
    public void Every_column_of_every_list_has_a_label_and_every_label_a_column()
    {
        var lists = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => ListRoutes.RowsOf(e.Metadata)).OfType<Type>().Distinct().ToList();
        Assert.True(lists.Count > 15, $"{lists.Count} lists");
        var parts = lists.SelectMany(ListColumns.Of).SelectMany(c => c.Name.Split('.')).Distinct().ToList();
        Walls.Stands("list-columns.json names every column of every list.", parts.Where(name => !ListColumns.Labels.ContainsKey(name)).ToList());
        Walls.Stands("list-columns.json names no column that no list has.", ListColumns.Labels.Keys.Except(parts).ToList());
    }

    [Fact]
    public async Task A_table_longer_than_a_sheet_goes_on_in_the_next_one()
    {
        using var file = new MemoryStream();
        await using (var book = await XlsxBook.Begin(file, "list", [("n", XlsxKind.Other)], default))
        {
            for (var i = 1; i <= XlsxBook.MaxRows + 5; i++) { book.Cell((long)i); await book.EndRow(default); }
            await book.End(default);
        }
        using var zip = new ZipArchive(file);
        var (first, second) = (Last(zip, 1), Last(zip, 2));
        Assert.Contains($"<v>{XlsxBook.MaxRows - 1}</v></c></row></sheetData><autoFilter ref=\"A1:A{XlsxBook.MaxRows}\"/>", first, StringComparison.Ordinal);
        Assert.Contains($"<v>{XlsxBook.MaxRows + 5}</v></c></row></sheetData><autoFilter ref=\"A1:A7\"/>", second, StringComparison.Ordinal);

        static string Last(ZipArchive zip, int sheet)
        {
            using var reader = new StreamReader(zip.GetEntry($"xl/worksheets/sheet{sheet}.xml")!.Open());
            var all = reader.ReadToEnd();
            return all[^Math.Min(all.Length, 400)..];
        }
    }
}
