using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

/// <summary>The field's words for evidence.</summary>
internal static class Proven
{
    public static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj\n"u8.ToArray();

    /// <summary>A filing of 甲集团 with an approved cost saving of 100 yuan, self-reported.</summary>
    public static async Task<long> ApprovedFiling(this Programme p)
    {
        var id = await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 100 });
        await p.ApprovesFilings(id);
        return id;
    }

    /// <summary>Records evidence and gives its id.</summary>
    public static async Task<long> Proves(this Person person, long filing, string grade = "financeConfirmed", string measures = "COST_SAVE", byte[]? content = null, string proves = "结算单复核") =>
        (await person.Uploads(filing, Form(content ?? Pdf, measures: measures, grade: grade, proves: proves), 201))["id"]!.GetValue<long>();

    public static async Task<JsonNode> Uploads(this Person person, long filing, HttpContent form, int status) =>
        await Answer.Of(await person.Http.PostAsync($"/api/v1/filings/{filing}/evidence", form), status);

    public static MultipartFormDataContent Form(byte[]? content, string? fileName = "复核 🤖.pdf", string measures = "COST_SAVE", string grade = "financeConfirmed",
        string proves = "结算单复核", string confirmedOn = "2026-11-10", string name = "财务负责人", string office = "甲一公司财务部")
    {
        var form = new MultipartFormDataContent
        {
            { Text(measures), "measures" }, { Text(grade), "grade" }, { Text(proves), "proves" },
            { Text(name), "confirmedByName" }, { Text(office), "confirmedByOffice" }, { Text(confirmedOn), "confirmedOn" }
        };
        if (content is not null) form.Add(File(content), "file", fileName!);
        return form;
    }

    public static StringContent Text(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));

    public static ByteArrayContent File(byte[] content) => new(content) { Headers = { ContentType = new("application/octet-stream") } };

    /// <summary>An archive with entries of these names.</summary>
    public static byte[] Zip(params string[] names)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names) zip.CreateEntry(name);
        return stream.ToArray();
    }

    public static Task<JsonNode> Grades(this Person person, long filing, string grade, long? evidence, int status = 200, string measure = "COST_SAVE", string? reason = null, int? ifMatch = null) =>
        person.Sends(HttpMethod.Post, $"/api/v1/filings/{filing}/grades", new { reason, figures = new[] { new { measure, grade, evidence } } }, status, ifMatch);

    /// <summary>The tenant's approved saving of August 2026, by rung; rungs without an amount are left out.</summary>
    public static async Task<(decimal? Total, Dictionary<string, decimal> Rungs, JsonNode Cell)> Ladder(this Programme p, string measure = "COST_SAVE", string book = "approved")
    {
        var total = (await (await p.Regulator()).Gets($"/api/v1/rollups?measure={measure}&by=sector&from=2026-08&book={book}"))["total"]!;
        return (total["value"]?.GetValue<decimal>(), total["grades"]!.AsObject().Where(g => g.Value!.GetValue<decimal>() != 0).ToDictionary(g => g.Key, g => g.Value!.GetValue<decimal>()), total);
    }
}
