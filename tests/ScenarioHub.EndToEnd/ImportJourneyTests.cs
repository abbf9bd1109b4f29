using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ScenarioHub.EndToEnd;

public class ImportJourneyTests(StartedHub hub)
{
    [Fact]
    public async Task Killed_in_the_middle_an_import_goes_on_after_the_restart_and_every_row_is_there_once()
    {
        // Somebody who fills in for all: the file must be more than one transaction.
        var admin = await hub.SignIn("sasac.admin");
        var root = (await admin.Gets("/api/v1/session"))["organization"]!["id"]!.GetValue<long>();
        await admin.Posts("/api/v1/users", new { userName = "sasac.importer", displayName = "批量导入", password = StartedHub.Password, organizationId = root, roles = new[] { "filer" } });
        var filer = await hub.SignIn("sasac.importer");
        var scenarios = (await filer.Gets("/api/v1/scenarios?limit=500&state=approved"))["items"]!.AsArray().Select(s => s!["id"]!.GetValue<long>()).Take(60).ToArray();
        Assert.NotEmpty(scenarios);
        // Months long past: nothing was filed for them, and most scenarios were live by none of them, so what counts here is that each is answered once.
        var file = new StringBuilder();
        var rows = 0;
        for (var year = 2016; year <= 2026; year++)
            for (var month = 1; month <= (year == 2026 ? 9 : 12); month++)
                foreach (var scenario in scenarios)
                    foreach (var (measure, m) in new[] { "COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE", "INVEST_HW" }.Select((x, i) => (x, i)))
                    {
                        rows++;
                        file.Append(CultureInfo.InvariantCulture, $"{{\"scenario\":{scenario},\"period\":\"{year}-{month:00}\",\"measure\":\"{measure}\",\"value\":{1000 + month * 7 + m},\"reason\":\"补报\"}}\n");
                    }
        using var sent = await filer.PostAsync(new Uri("/api/v1/imports?kind=figures&onProblem=skipRows", UriKind.Relative), new StringContent(file.ToString(), Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(202, (int)sent.StatusCode);
        var id = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!["id"]!.GetValue<long>();
        JsonNode run;
        do run = await filer.Gets($"/api/v1/imports/{id}"); while (run["doneEntries"]!.GetValue<int>() == 0 && run["state"]!.GetValue<string>() is "queued" or "running");
        await hub.Kill();
        Assert.Equal("running", run["state"]!.GetValue<string>());   // otherwise it was done before it could be killed, and nothing is shown here
        await hub.Start();
        var again = await hub.SignIn("sasac.importer");
        var done = await Finished(again, id);
        Assert.Equal(("done", 2, rows), (done["state"]!.GetValue<string>(), done["attempts"]!.GetValue<int>(), done["totalRows"]!.GetValue<int>()));
        Assert.Equal(done["entries"]!.GetValue<int>(), new[] { "created", "updated", "unchanged", "refused" }.Sum(c => done[c]!.GetValue<int>()));

        // The same once more changes nothing: each was written, and by then was there.
        using var second = await again.PostAsync(new Uri("/api/v1/imports?kind=figures&onProblem=skipRows", UriKind.Relative), new StringContent(file.ToString(), Encoding.UTF8, "application/x-ndjson"));
        var repeated = await Finished(again, JsonNode.Parse(await second.Content.ReadAsStringAsync())!["id"]!.GetValue<long>());
        Assert.Equal((0, 0, done["refused"]!.GetValue<int>()), (repeated["created"]!.GetValue<int>(), repeated["updated"]!.GetValue<int>(), repeated["refused"]!.GetValue<int>()));
        var (code, output, error) = await hub.Verb("verify");
        Assert.True(code == 0, output + error);
    }

    private static async Task<JsonNode> Finished(HttpClient person, long id)
    {
        for (var i = 0; i < 1_800; i++)
        {
            var run = await person.Gets($"/api/v1/imports/{id}");
            if (run["state"]!.GetValue<string>() is not ("queued" or "running")) return run;
            await Task.Delay(100);
        }
        throw new TimeoutException("The import was not finished in three minutes.");
    }
}
