using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;

namespace ScenarioHub.EndToEnd;

public class ReportJourneyTests(StartedHub hub)
{
    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    public async Task A_report_is_made_in_the_background_and_its_file_is_what_its_hash_says(string format)
    {
        var regulator = await hub.SignIn("sasac.regulator");
        var done = await Finished(regulator, (await regulator.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-10", format }))["id"]!.GetValue<long>());
        Assert.Equal("done", done["state"]!.GetValue<string>());
        var file = await regulator.GetByteArrayAsync(new Uri($"/api/v1/reports/{done["id"]}/file", UriKind.Relative));
        Assert.Equal(done["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(done["sizeBytes"]!.GetValue<long>(), file.Length);
        using var stream = new MemoryStream(file);
        using OpenXmlPackage package = format == "docx" ? WordprocessingDocument.Open(stream, false) : SpreadsheetDocument.Open(stream, false);
        Assert.Contains(package.GetAllParts(), part => part.ContentType == "image/png");

        foreach (var stranger in new[] { "xiamen.regulator", "sasac.filer" })
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await hub.SignIn(stranger)).GetAsync(new Uri($"/api/v1/reports/{done["id"]}/file", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Killed_in_the_middle_a_report_is_finished_after_the_restart_once()
    {
        var regulator = await hub.SignIn("sasac.regulator");
        var before = (await regulator.Gets("/api/v1/reports?limit=500"))["items"]!.AsArray().Count;
        var id = (await regulator.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-09", format = "docx" }))["id"]!.GetValue<long>();
        string state;
        do state = (await regulator.Gets($"/api/v1/reports/{id}"))["state"]!.GetValue<string>(); while (state == "queued");
        await hub.Kill();
        Assert.Equal("running", state);   // otherwise it was done before it could be killed, and nothing is shown here
        await hub.Start();
        var again = await hub.SignIn("sasac.regulator");
        var done = await Finished(again, id);
        Assert.Equal(("done", 2), (done["state"]!.GetValue<string>(), done["attempts"]!.GetValue<int>()));
        Assert.Equal(before + 1, (await again.Gets("/api/v1/reports?limit=500"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill()
    {
        var admin = await hub.SignIn("sasac.admin");
        var root = (await admin.Gets("/api/v1/session"))["organization"]!["id"]!.GetValue<long>();
        var id = (await admin.Posts("/api/v1/organizations", new { parentId = root, kind = "directory", name = "断电前登记的目录" }))["id"]!.GetValue<long>();
        await hub.Kill();
        await hub.Start();
        Assert.Equal("断电前登记的目录", (await (await hub.SignIn("sasac.admin")).Gets($"/api/v1/organizations/{id}"))["name"]!.GetValue<string>());
        var (code, output, error) = await hub.Verb("verify");
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public async Task Asked_to_stop_it_stops_gracefully()
    {
        Assert.Equal(0, await hub.Stop());
        await hub.Start();
    }

    private static async Task<JsonNode> Finished(HttpClient person, long id)
    {
        for (var i = 0; i < 600; i++)
        {
            var run = await person.Gets($"/api/v1/reports/{id}");
            if (run["state"]!.GetValue<string>() is not ("queued" or "running")) return run;
            await Task.Delay(100);
        }
        throw new TimeoutException("The report was not finished in a minute.");
    }
}
