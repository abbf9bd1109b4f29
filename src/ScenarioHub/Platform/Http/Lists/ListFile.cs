using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tables;

namespace ScenarioHub.Platform.Http.Lists;

/// <summary>A whole list as a file, page after page, as it is read.</summary>
/// <param name="first">The page whose reading showed that there is no refusal.</param>
/// <param name="nextPage">Reads the page after a cursor.</param>
internal sealed class ListFile(string format, bool byteOrderMark, IReadOnlyList<ListColumn> columns, IPage first, Func<string, Task<IPage>> nextPage) : Microsoft.AspNetCore.Http.IResult
{
    public static readonly IReadOnlyDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        ["csv"] = "text/csv",
        ["ndjson"] = "application/x-ndjson",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    };

    private const int FlushAt = 64 << 10;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaTypes[format] + (format == "csv" ? "; charset=utf-8; header=present" : "");
        var name = httpContext.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } ? route.Split('/', StringSplitOptions.RemoveEmptyEntries).Last(part => part[0] != '{') : "list";
        var today = httpContext.RequestServices.GetRequiredService<TimeProvider>().Today();
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}-{today:yyyy-MM-dd}.{format}" }.ToString();
        try
        {
            if (format == "csv") await WriteCsv(response.BodyWriter, ct);
            else if (format == "ndjson") await WriteNdjson(response.BodyWriter, ct);
            else await WriteXlsx(response.BodyWriter.AsStream(leaveOpen: true), name, ct);
            await response.BodyWriter.FlushAsync(ct);
        }
        catch (Exception e) when (response.HasStarted && !ct.IsCancellationRequested)
        {
            // The status is out. A body that merely stopped would look whole to its reader: the connection breaks instead.
            httpContext.RequestServices.GetRequiredService<ILogger<ListFile>>().LogError(e, "The export of {List} broke off.", name);
            httpContext.Abort();
        }
    }

    private async IAsyncEnumerable<object> Rows()
    {
        for (var page = first; ; page = await nextPage(page.Next))
        {
            foreach (var row in page.Rows) yield return row;
            if (page.Next is null) yield break;
        }
    }

    private async Task WriteCsv(PipeWriter to, CancellationToken ct)
    {
        if (byteOrderMark) to.Write(Encoding.UTF8.Preamble);
        for (var i = 0; i < columns.Count; i++) CsvCell(to, i, columns[i].Name);
        to.Write("\r\n"u8);
        await foreach (var row in Rows())
        {
            for (var i = 0; i < columns.Count; i++) CsvCell(to, i, columns[i].Get(row));
            to.Write("\r\n"u8);
            if (to.UnflushedBytes > FlushAt) await to.FlushAsync(ct);
        }
    }

    private static void CsvCell(PipeWriter to, int at, object? value)
    {
        if (at > 0) to.Write(","u8);
        switch (value)
        {
            case null: return;
            case long or int or decimal: Number(to, value); return;
        }
        var text = ListColumns.Text(value);
        var harmless = HarmlessCell.Of(text);
        if (harmless.AsSpan().ContainsAny(Quoted)) harmless = $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Encoding.UTF8.GetBytes(harmless, to);
    }

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t ");

    private static void Number(PipeWriter to, object value)
    {
        var room = to.GetSpan(40);
        ((IUtf8SpanFormattable)value).TryFormat(room, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    private async Task WriteNdjson(PipeWriter to, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(to, new() { Encoder = Json.Options.Encoder });
        var members = columns.Select(c => c.Member).Distinct().ToArray();
        await foreach (var row in Rows())
        {
            json.Reset();
            json.WriteStartObject();
            foreach (var member in members)
            {
                json.WritePropertyName(member.Name);
                JsonSerializer.Serialize(json, member.Get!(row), member.PropertyType, Json.Options);
            }
            json.WriteEndObject();
            json.Flush();
            to.Write("\n"u8);
            if (to.UnflushedBytes > FlushAt) await to.FlushAsync(ct);
        }
    }

    private async Task WriteXlsx(Stream to, string name, CancellationToken ct)
    {
        await using var book = await XlsxBook.Begin(to, name, columns.Select(c => (c.Label, Kind(c))).ToList(), ct);
        await foreach (var row in Rows())
        {
            for (var i = 0; i < columns.Count; i++) book.Cell(columns[i].Get(row));
            await book.EndRow(ct);
        }
        await book.End(ct);
    }

    private static XlsxKind Kind(ListColumn column) =>
        column.IsMoney ? XlsxKind.Money : column.Type == typeof(DateOnly) ? XlsxKind.Day : column.Type == typeof(DateTime) ? XlsxKind.Instant : XlsxKind.Other;
}
