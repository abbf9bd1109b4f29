using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace ScenarioHub.EndToEnd;

public class WebhookJourneyTests(StartedHub hub)
{
    /// <summary>The receiver hangs in the middle; the server is killed while it waits, and while nobody knows whether the change arrived.</summary>
    [Fact]
    public async Task Killed_while_it_sends_the_product_loses_no_change_and_keeps_their_order()
    {
        using var receiver = new HttpListener();
        var port = StartedHub.FreePort();
        receiver.Prefixes.Add($"http://127.0.0.1:{port}/");
        receiver.Start();
        var got = new ConcurrentQueue<(string Id, long Organization)>();
        var (hangs, arrived) = (true, new TaskCompletionSource());
        _ = Task.Run(async () =>
        {
            while (receiver.IsListening)
            {
                var request = await receiver.GetContextAsync();
                var data = (await JsonNode.ParseAsync(request.Request.InputStream))!["data"]!;
                got.Enqueue((request.Request.Headers["webhook-id"]!, data["id"]!.GetValue<long>()));
                if (hangs && got.Count == 3) { arrived.TrySetResult(); continue; }   // taken, and never answered
                request.Response.StatusCode = 204;
                request.Response.Close();
            }
        });

        var admin = await hub.SignIn("sasac.admin");
        var root = (await admin.Gets("/api/v1/session"))["organization"]!["id"]!.GetValue<long>();
        var webhook = await admin.Posts("/api/v1/webhooks", new { url = $"http://127.0.0.1:{port}/hooks", kinds = new[] { "organization" } });
        var added = new List<long>();
        for (var i = 0; i < 8; i++) added.Add((await admin.Posts("/api/v1/organizations", new { parentId = root, kind = "directory", name = $"订阅目录 {i}" }))["id"]!.GetValue<long>());
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await hub.Kill();
        hangs = false;
        await hub.Start();

        for (var i = 0; got.Select(g => g.Organization).Distinct().Count() < added.Count; i++)
        {
            Assert.True(i < 600, $"after a minute {string.Join(", ", got)} of {string.Join(", ", added)}");
            await Task.Delay(100);
        }
        Assert.Equal(added, got.Select(g => g.Organization).Distinct());
        Assert.Equal(9, got.Count);                       // one of them twice, under one id
        Assert.Equal(8, got.Select(g => g.Id).Distinct().Count());
        var view = await (await hub.SignIn("sasac.admin")).Gets($"/api/v1/webhooks/{webhook["id"]}");
        Assert.Equal(0, view["waiting"]!.GetValue<int>());
        receiver.Stop();
    }
}
