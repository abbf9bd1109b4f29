using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ScenarioHub.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class EvidenceTests(Hub hub)
{
    [Fact]
    public async Task Evidence_comes_back_as_it_was_sent_with_its_name_its_hash_and_who_recorded_it()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var id = await filer.Proves(filing, measures: "HOURS_SAVED,COST_SAVE");
        var view = (await filer.Gets($"/api/v1/filings/{filing}/evidence"))["items"]![0]!;
        Assert.Equal(["COST_SAVE", "HOURS_SAVED"], view["measures"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Equal(("financeConfirmed", "结算单复核", "财务负责人", "甲一公司财务部", "2026-11-10"),
            (view.Text("grade"), view.Text("proves"), view.Text("confirmedByName"), view.Text("confirmedByOffice"), view.Text("confirmedOn")));
        Assert.Equal(("复核 🤖.pdf", "application/pdf", Proven.Pdf.Length, filer.UserId, 0),
            (view.Text("fileName"), view.Text("mediaType"), view.Number("sizeBytes"), view["recorded"]!["userId"]!.GetValue<long>(), view.Number("alsoUsedFor")));
        Assert.Equal(view.ToJsonString(), (await filer.Gets($"/api/v1/evidence/{id}")).ToJsonString());

        var response = await filer.Http.GetAsync($"/api/v1/evidence/{id}/file");
        Assert.Equal(Proven.Pdf, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "复核 🤖.pdf"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Proven.Pdf))}\"";
        Assert.Equal((tag, tag), (response.Headers.ETag!.Tag, $"\"{view.Text("sha256")}\""));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/evidence/{id}/file") { Headers = { IfNoneMatch = { new EntityTagHeaderValue(tag) } } };
        Assert.Equal(HttpStatusCode.NotModified, (await filer.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task The_same_evidence_sent_again_is_the_same_record_and_other_words_make_another()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var id = await filer.Proves(filing);
        Assert.Equal(id, (await (await p.FilerOfAll()).Uploads(filing, Proven.Form(Proven.Pdf, proves: " 结算单复核 "), 200))["id"]!.GetValue<long>());
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => filer.Http.PostAsync($"/api/v1/filings/{filing}/evidence", Proven.Form(Proven.Pdf, proves: "又一份"))));
        Assert.Equal(1, all.Count(r => r.StatusCode == HttpStatusCode.Created));
        Assert.Equal(5, all.Count(r => r.StatusCode == HttpStatusCode.OK));
        Assert.Equal(2, (await filer.Gets($"/api/v1/filings/{filing}/evidence"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_same_file_shown_for_other_filings_is_counted_within_what_one_may_see()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.ApprovedFiling(), await p.Files(await p.ApprovedScenario(p.SubsidiaryB), "2026-08", new { measure = "COST_SAVE", value = 5 }));
        var (idA, idB) = (await (await p.FilerA()).Proves(a), await (await p.FilerB()).Proves(b));
        await (await p.FilerB()).Proves(b, proves: "同一文件的另一说明");
        Assert.Equal(0, (await (await p.FilerA()).Gets($"/api/v1/evidence/{idA}")).Number("alsoUsedFor"));
        Assert.Equal(1, (await (await p.Regulator()).Gets($"/api/v1/evidence/{idA}")).Number("alsoUsedFor"));
        Assert.Equal(1, (await (await p.Regulator()).Gets($"/api/v1/filings/{b}/evidence"))["items"]![0]!.Number("alsoUsedFor"));
        Assert.Equal("evidence-not-found", (await (await p.FilerA()).Gets($"/api/v1/evidence/{idB}/file", 404)).Code());
    }

    [Fact]
    public async Task The_evidence_of_a_filing_is_paged()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        long[] ids = [await filer.Proves(filing, proves: "一"), await filer.Proves(filing, proves: "二"), await filer.Proves(filing, proves: "三")];
        var first = await filer.Gets($"/api/v1/filings/{filing}/evidence?limit=2");
        var rest = await filer.Gets($"/api/v1/filings/{filing}/evidence?limit=2&after={first.Text("next")}");
        Assert.Equal(ids, first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(i => i!["id"]!.GetValue<long>()));
        Assert.Null(rest["next"]);
    }

    [Fact]
    public async Task A_file_is_judged_by_its_content_and_not_by_its_name()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var png = new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1 };
        foreach (var (content, name, media) in new[] {
            (Proven.Pdf, "a.exe", "application/pdf"), (png, "b.pdf", "image/png"), (new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "c", "image/jpeg"),
            (Proven.Zip("[Content_Types].xml", "word/document.xml"), "d.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Proven.Zip("[Content_Types].xml", "xl/workbook.xml"), "e.docx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") })
            Assert.Equal(media, (await filer.Uploads(filing, Proven.Form(content, name), 201)).Text("mediaType"));
        foreach (var content in new[] { "<html>%PDF-"u8.ToArray(), "MZ"u8.ToArray(), "PK\u0003\u0004 no archive"u8.ToArray(), Proven.Zip("a.pdf"),
            Proven.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin") })
            Assert.Equal("file-type-not-allowed", (await filer.Uploads(filing, Proven.Form(content, "f.pdf"), 400)).ErrorAt("/file"));
        Assert.Equal("file-empty", (await filer.Uploads(filing, Proven.Form([]), 400)).ErrorAt("/file"));
        Assert.Equal("file-missing", (await filer.Uploads(filing, Proven.Form(null), 400)).ErrorAt("/file"));
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var problem = await filer.Uploads(filing, Proven.Form(Proven.Pdf, measures: "COST_SAVE,ROI,NOPE", grade: "selfReported", proves: "  ", confirmedOn: "2026-11-17", name: new string('甲', 101), office: ""), 400);
        foreach (var (pointer, code) in new[] { ("/measures/1", "measure-not-filed"), ("/measures/2", "unknown-measure"), ("/grade", "unknown-code"), ("/proves", "text-length"),
            ("/confirmedOn", "day-not-yet"), ("/confirmedByName", "text-length"), ("/confirmedByOffice", "text-length") })
            Assert.Equal(code, problem.ErrorAt(pointer));
        Assert.Equal("not-a-day", (await filer.Uploads(filing, Proven.Form(Proven.Pdf, confirmedOn: "10/11/2026"), 400)).ErrorAt("/confirmedOn"));
        Assert.Equal("required", (await filer.Uploads(filing, Proven.Form(Proven.Pdf, measures: " "), 400)).ErrorAt("/measures"));
        foreach (var (name, code) in new[] { ("confirmdOn", "unknown-field"), ("grade", "duplicate-field") })
        {
            var form = Proven.Form(Proven.Pdf);
            form.Add(Proven.Text("x"), name);
            Assert.Equal(code, (await filer.Uploads(filing, form, 400)).ErrorAt("/" + name));
        }
        var two = Proven.Form(Proven.Pdf);
        two.Add(Proven.File(Proven.Pdf), "file", "b.pdf");
        Assert.Equal("duplicate-field", (await filer.Uploads(filing, two, 400)).ErrorAt("/file"));
        var control = Proven.Form(Proven.Pdf, proves: "甲\u0001");
        Assert.Equal("unreadable-text", (await filer.Uploads(filing, control, 400)).ErrorAt("/proves"));
        Assert.Equal("not-multipart", (await filer.Posts($"/api/v1/filings/{filing}/evidence", new { }, 415)).Code());
        using var torn = new ByteArrayContent(Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1"));
        torn.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        Assert.Equal("malformed-form", (await filer.Uploads(filing, torn, 400)).Code());
        Assert.Empty((await filer.Gets($"/api/v1/filings/{filing}/evidence"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_file_of_20_MB_is_taken_and_one_byte_more_is_refused()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var content = new byte[EvidenceRule.MaxFileBytes + 1];
        Proven.Pdf.CopyTo(content, 0);
        Assert.Equal("file-too-large", (await filer.Uploads(filing, Proven.Form(content), 413)).Code());
        Assert.Equal(EvidenceRule.MaxFileBytes, (await filer.Uploads(filing, Proven.Form(content[..^1]), 201)).Number("sizeBytes"));
    }

    [Fact]
    public async Task Without_its_token_an_upload_is_refused_before_it_is_read()
    {
        var p = await hub.Programme();
        var filing = await p.ApprovedFiling();
        var filer = await Person.SignIn(hub, $"{p.Name}.enterpriseadmin-{p.Root}");
        filer.Http.DefaultRequestHeaders.Remove("X-Antiforgery-Token");
        using var torn = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1"u8.ToArray());
        torn.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        Assert.Equal("antiforgery-token-missing", (await filer.Uploads(filing, torn, 400)).Code());
    }

    [Fact]
    public async Task A_key_sent_again_with_another_file_is_refused()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var key = Guid.NewGuid().ToString();
        async Task<HttpResponseMessage> Send(byte[] content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/filings/{filing}/evidence") { Content = Proven.Form(content), Headers = { { "Idempotency-Key", key } } };
            return await filer.Http.SendAsync(request);
        }
        var first = await Answer.Of(await Send(Proven.Pdf), 201);
        Assert.Equal(first["id"]!.GetValue<long>(), (await Answer.Of(await Send(Proven.Pdf), 201))["id"]!.GetValue<long>());
        Assert.Equal("idempotency-key-reused", (await Answer.Of(await Send([.. Proven.Pdf, 1]), 422)).Code());
    }

    [Fact]
    public async Task Withdrawn_evidence_stays_on_record_and_is_withdrawn_once()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var filing = await p.ApprovedFiling();
        var id = await filer.Proves(filing);
        Assert.Equal("withdraw-reason-missing", (await filer.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = " " }, 400)).ErrorAt("/reason"));
        var withdrawn = await filer.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = "原件有误" });
        Assert.Equal((filer.UserId, "原件有误"), (withdrawn["withdrawn"]!["userId"]!.GetValue<long>(), withdrawn.Text("withdrawReason")));
        Assert.Equal("原件有误", (await regulator.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = "再次" })).Text("withdrawReason"));
        Assert.Equal(id, (await filer.Uploads(filing, Proven.Form(Proven.Pdf), 200))["id"]!.GetValue<long>());
        Assert.Equal(HttpStatusCode.OK, (await filer.Http.GetAsync($"/api/v1/evidence/{id}/file")).StatusCode);
        var theirs = await regulator.Proves(filing, proves: "现场核查记录");
        Assert.Equal("evidence-not-yours", (await filer.Posts($"/api/v1/evidence/{theirs}/withdraw", new { reason = "不认可" }, 403)).Code());
        Assert.Equal("evidence-withdrawn", (await filer.Grades(filing, "financeConfirmed", id, 400)).ErrorAt("/figures/0/evidence"));
    }
}
