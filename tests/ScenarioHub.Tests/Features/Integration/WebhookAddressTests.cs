using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Integration;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Integration;

/// <summary>
/// Where nothing is ever sent: the product stands inside networks its users must not reach through it.
/// Broken once by hand: the address judged when it is given and not when it is connected to; IPv4-mapped addresses taken for IPv6.
/// </summary>
public class WebhookAddressTests(Hub hub)
{
    [Theory]
    [InlineData("http://erp.example.com/hooks", "webhook-url-not-https")]
    [InlineData("ftp://erp.example.com/hooks", "webhook-url-not-https")]
    [InlineData("file:///etc/passwd", "webhook-url-malformed")]
    [InlineData("erp.example.com/hooks", "webhook-url-malformed")]
    [InlineData("https://", "webhook-url-malformed")]
    [InlineData("https://erp.example.com/a b", "webhook-url-malformed")]
    [InlineData("https://user:secret@erp.example.com/hooks", "webhook-url-credentials")]
    [InlineData("https://@erp.example.com/hooks", "webhook-url-credentials")]
    [InlineData("https://erp.example.com/hooks#part", "webhook-url-fragment")]
    [InlineData("https://erp.example.com:22/", "webhook-url-port")]
    [InlineData("https://erp.example.com:25/", "webhook-url-port")]
    [InlineData("https://erp.example.com:6667/", "webhook-url-port")]
    [InlineData("https://localhost/hooks", "webhook-address-not-allowed")]
    [InlineData("https://LOCALHOST./hooks", "webhook-address-not-allowed")]
    [InlineData("https://hub.localhost/hooks", "webhook-address-not-allowed")]
    [InlineData("https://127.0.0.1/", "webhook-address-not-allowed")]
    [InlineData("https://127.1/", "webhook-address-not-allowed")]
    [InlineData("https://2130706433/", "webhook-address-not-allowed")]
    [InlineData("https://0x7f000001/", "webhook-address-not-allowed")]
    [InlineData("https://0x7f.0.0.1/", "webhook-address-not-allowed")]
    [InlineData("https://0177.0.0.1/", "webhook-address-not-allowed")]
    [InlineData("https://017700000001/", "webhook-address-not-allowed")]
    [InlineData("https://\uFF11\uFF12\uFF17.\uFF10.\uFF10.\uFF11/", "webhook-address-not-allowed")]
    [InlineData("https://127\u30020\u30020\u30021/", "webhook-address-not-allowed")]
    [InlineData("https://10.1.2.3/", "webhook-address-not-allowed")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "webhook-address-not-allowed")]
    [InlineData("https://0.0.0.0/", "webhook-address-not-allowed")]
    [InlineData("https://[::1]/", "webhook-address-not-allowed")]
    [InlineData("https://[::]/", "webhook-address-not-allowed")]
    [InlineData("https://[::ffff:127.0.0.1]/", "webhook-address-not-allowed")]
    [InlineData("https://[::ffff:a00:1]/", "webhook-address-not-allowed")]
    [InlineData("https://[fe80::1]/", "webhook-address-not-allowed")]
    [InlineData("https://[fd00:ec2::254]/", "webhook-address-not-allowed")]
    [InlineData("https://[64:ff9b::7f00:1]/", "webhook-address-not-allowed")]
    [InlineData("https://[2002:7f00:1::]/", "webhook-address-not-allowed")]
    public async Task An_address_that_nothing_may_be_sent_to_is_refused_by_name(string url, string code)
    {
        var admin = await (await Shared()).Admin();
        Assert.Equal(code, (await admin.Posts("/api/v1/webhooks", new { url }, 400)).ErrorAt("/url"));
    }

    [Theory]
    [InlineData("https://erp.example.com/hooks?key=1")]
    [InlineData("https://erp.example.com:8443/")]
    [InlineData("https://用友.example.com/接收")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2400:3200::1]/")]
    public async Task A_public_address_is_taken(string url) => await (await (await hub.Programme()).Admin()).Adds("/api/v1/webhooks", new { url });

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("10.0.0.5")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.5")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::10.0.0.5")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:a00:5::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("100::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_public_is_not_allowed(string address) => Assert.False(hub.Services.GetRequiredService<WebhookAddresses>().Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_to_such_an_address_is_never_connected_to()
    {
        var admin = await (await hub.Programme()).Admin();
        var name = $"n{Guid.NewGuid():N}.example.com";
        var id = await admin.Adds("/api/v1/webhooks", new { url = $"https://{name}/hooks" });
        foreach (var address in new[] { "127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.5", "2002:a00:5::1", "fe80::1", "fd12:3456::1" })
        {
            hub.Names[name] = [IPAddress.Parse(address)];
            var answer = await admin.Posts($"/api/v1/webhooks/{id}/test", null);
            Assert.Equal("addressNotAllowed", answer["error"]!.GetValue<string>());
            Assert.Null(answer["status"]);
            Assert.DoesNotContain(address, answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);   // where a name leads inside is nobody's to learn
        }
        hub.Names.TryRemove(name, out _);
        Assert.Equal("nameNotFound", (await admin.Posts($"/api/v1/webhooks/{id}/test", null))["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_networks_the_operator_names_are_opened()
    {
        await using var receiver = await Receiver.Start();
        using var opened = new WebhookHub();   // 127.0.0.0/8 and no other
        var p = await opened.Programme();
        var admin = await p.Admin();
        foreach (var refused in new[] { "http://10.0.0.5/", "http://[::1]/", "http://169.254.169.254/" })
            Assert.Equal("webhook-address-not-allowed", (await admin.Posts("/api/v1/webhooks", new { url = refused }, 400)).ErrorAt("/url"));

        // A name with an address inside and one that is open: the connection is made to the one that was judged.
        opened.Names["two.example.com"] = [IPAddress.Parse("10.255.255.1"), IPAddress.Parse("::1"), IPAddress.Loopback];
        var id = await admin.Adds("/api/v1/webhooks", new { url = $"http://two.example.com:{receiver.Port}/hooks" });
        Assert.True((await admin.Posts($"/api/v1/webhooks/{id}/test", null))["delivered"]!.GetValue<bool>());

        // Rebound afterwards to an address inside, also where a connection may still be kept open.
        opened.Names["two.example.com"] = [IPAddress.Parse("10.255.255.1")];
        opened.Names["rebound.example.com"] = [IPAddress.Parse("10.255.255.1")];
        var rebound = await admin.Adds("/api/v1/webhooks", new { url = $"http://rebound.example.com:{receiver.Port}/hooks" });
        Assert.Equal("addressNotAllowed", (await admin.Posts($"/api/v1/webhooks/{rebound}/test", null))["error"]!.GetValue<string>());
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task An_answer_is_waited_for_only_so_long()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted);
        var settings = hub.Services.GetRequiredService<HubSettings>() with { WebhooksAllowHttp = true, WebhooksAllowPrivate = [IPNetwork.Parse("127.0.0.0/8")] };
        using var client = new WebhookClient(new WebhookAddresses(settings), (_, _) => Task.FromResult<IPAddress[]>([]), TimeProvider.System);
        Assert.Equal(TimeSpan.FromSeconds(15), client.Patience);
        using var hasty = new WebhookClient(new WebhookAddresses(settings), (_, _) => Task.FromResult<IPAddress[]>([]), TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(300) };
        var answer = await hasty.Send(receiver.Url, [WebhookSignature.NewSecret()], "chg_1_1", "{}"u8.ToArray(), default);
        Assert.Equal(("timedOut", null), (answer.Error, answer.Status));

        receiver.Answers = async (_, http) => { await http.Response.WriteAsync("begins"); await http.Response.Body.FlushAsync(); await Task.Delay(Timeout.Infinite, http.RequestAborted); };
        answer = await hasty.Send(receiver.Url, [WebhookSignature.NewSecret()], "chg_1_2", "{}"u8.ToArray(), default);
        Assert.Equal((true, 200), (answer.IsSuccess, answer.Status));   // the status has decided

        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var deaf = $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        var accept = listener.AcceptTcpClientAsync();
        var sending = hasty.Send(deaf, [WebhookSignature.NewSecret()], "chg_1_3", "{}"u8.ToArray(), default);
        (await accept).Dispose();
        Assert.Contains((await sending).Error, new[] { "tlsFailed", "connectionFailed", "badAnswer" });
        listener.Stop();
        Assert.Equal("connectionFailed", (await hasty.Send(deaf, [WebhookSignature.NewSecret()], "chg_1_4", "{}"u8.ToArray(), default)).Error);
    }

    [Theory]
    [InlineData("10.0.0.0/8,not-a-network", "AllowPrivate")]
    [InlineData("yes", "AllowPrivate")]
    public void A_setting_that_names_no_network_stops_the_start(string value, string named)
    {
        var wrong = Assert.Throws<SettingsException>(() => Settings(("Webhooks:AllowPrivate", value)));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_setting_takes_single_addresses_networks_and_all()
    {
        var some = new WebhookAddresses(Settings(("Webhooks:AllowPrivate", "10.1.0.0/16; 192.168.1.7, fd00::/8")));
        Assert.Equal([true, false, true, false, true, false, true, false],
            new[] { "10.1.2.3", "10.2.0.1", "192.168.1.7", "192.168.1.8", "fd00::1", "fe80::1", "::ffff:10.1.2.3", "64:ff9b::10.2.0.1" }.Select(a => some.Allows(IPAddress.Parse(a))));
        var all = new WebhookAddresses(Settings(("Webhooks:AllowPrivate", "true")));
        Assert.All(new[] { "127.0.0.1", "::1", "169.254.1.1" }, a => Assert.True(all.Allows(IPAddress.Parse(a))));
        Assert.NotNull(all.WhyNot("http://10.0.0.1/"));   // that is the other setting
    }

    private static HubSettings Settings(params (string Key, string Value)[] given) => HubSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationBuilder().AddInMemory(
        [("DataFolder", Path.GetTempPath()), ("Database:Provider", "sqlite"), ("Jobs:Workers", "0"), ("Session:IdleMinutes", "60"), ("Limits:CallerPerMinute", "0"), ("Limits:TenantPerMinute", "0"), ("Limits:AddressPerMinute", "0"), .. given]).Build());

    private static Lazy<Task<Programme>>? _shared;
    private Task<Programme> Shared() => LazyInitializer.EnsureInitialized(ref _shared, () => new Lazy<Task<Programme>>(hub.Programme)).Value;
}

internal static class InMemory
{
    public static Microsoft.Extensions.Configuration.IConfigurationBuilder AddInMemory(this Microsoft.Extensions.Configuration.IConfigurationBuilder builder, IEnumerable<(string Key, string Value)> given) =>
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(builder, given.Select(g => new KeyValuePair<string, string?>("Hub:" + g.Key, g.Value)));
}
