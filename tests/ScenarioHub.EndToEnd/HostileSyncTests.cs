using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ScenarioHub.EndToEnd;

/// <summary>
/// One night of an ERP, told twice: in one programme by a client that sends each thing once and is always answered, in another by one to which everything happens that happens to clients.
/// Both end with the same books.
/// </summary>
public class HostileSyncTests(StartedHub hub)
{
    private static readonly string[] Months = ["2026-08", "2026-09"];

    [Fact]
    public async Task Whatever_goes_wrong_on_the_way_the_books_are_those_of_a_client_that_sent_each_thing_once()
    {
        var polite = await Programme.Open(hub, "polite");
        await Night(polite, new Polite(polite));
        var hostile = await Programme.Open(hub, "hostile");
        var reader = new Reader(hostile);
        await Night(hostile, new Hostile(hostile, reader));
        await reader.Catch();

        // The books: every layout of both, the same cells, and behind each cell the same entries.
        var (expected, found) = (await Books(polite), await Books(hostile));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
        Assert.Contains(expected, line => line.Contains("corrected", StringComparison.Ordinal));

        // The register and what was filed: version by version.
        Assert.Equal(await Filings(polite), await Filings(hostile));

        // The feed: read by cursor through a restart it is what a reader sees who reads all of it now; no number twice, no version twice; and it tells what the other tells.
        var told = await new Reader(hostile).Catch();
        Assert.Equal(told.Select(c => c.No), reader.Seen.Select(c => c.No));
        Assert.Equal(told.Select(c => c.No).Distinct().Order(), told.Select(c => c.No));
        Assert.Equal(told.Select(c => c.What).Distinct().Count(), told.Count);
        Assert.Equal(Order((await new Reader(polite).Catch()).Select(c => c.Named)), Order(told.Select(c => c.Named)));

        Assert.Empty((await hostile.Admin.Gets("/api/v1/audit/verify"))["faults"]!.AsArray());
        var (code, output, error) = await hub.Verb("verify");
        Assert.True(code == 0, output + error);
    }

    // ---- the night: what is to be sent, and what people do in between

    private static async Task Night(Programme p, Client client)
    {
        string[] keys = [.. Enumerable.Range(1, 12).Select(i => $"S-{i:00}")];
        await client.Delivers([
            .. keys[..6].Select((k, i) => new Sending(HttpMethod.Put, $"/api/v1/scenarios/by-key/erp/{k}", p.Scenario(k, i), null)),
            .. keys[6..].Chunk(3).Select((part, n) => new Sending(HttpMethod.Post, "/api/v1/scenarios/batch", new JsonObject { ["items"] = Array(part.Select((k, i) => (JsonNode)p.Scenario(k, 6 + n * 3 + i, named: true))) }, $"scenarios-{n}"))]);

        var ids = new Dictionary<string, long>();
        foreach (var key in keys) ids[key] = (await client.Reads($"/api/v1/scenarios/by-key/erp/{key}"))["id"]!.GetValue<long>();
        await client.Delivers([.. keys.Select(k => new Sending(HttpMethod.Post, $"/api/v1/scenarios/{ids[k]}/submit", new JsonObject { ["version"] = 1 }, $"submit-{k}"))]);
        foreach (var id in ids.Values)
            await p.Regulator.Posts($"/api/v1/scenarios/{id}/approve", new { version = (await p.Regulator.Gets($"/api/v1/scenarios/{id}"))["version"]!.GetValue<int>() });

        await client.Delivers([.. Months.SelectMany((month, m) => keys.Chunk(4).Select((part, n) => Figures(month, part, 1_000m * (m + 1), $"{month}-figures-{n}")))]);
        await client.Delivers([Figures("2026-09", keys[..3], 2_500m, "2026-09-amended")]);
        await client.SendsLateDuplicates();
        await client.SendsFile(string.Concat(keys.Select((k, i) => string.Create(CultureInfo.InvariantCulture, $$"""{"scenario":"{{k}}","period":"2026-10","measure":"COST_SAVE","value":{{3_000 + i}}.25}""") + "\n")));
        await Decide(p, client, "night");

        // The regulator closes August; one figure of it was wrong.
        var collection = (await p.Regulator.Posts("/api/v1/collections", new { name = "八月填报", firstPeriod = "2026-08", lastPeriod = "2026-08", opensOn = Beijing(-20), dueOn = Beijing(-1) }))["id"]!.GetValue<long>();
        await p.Regulator.Posts($"/api/v1/collections/{collection}/open", new { });
        await Locks(p, collection);
        await client.MeetsALockedMonth(Figures("2026-08", ["S-02"], 7_777m, "2026-08-late"));
        await client.Delivers([Figures("2026-08", ["S-02"], 7_777m, "2026-08-corrected", "关账后发现漏计")]);
        await client.SendsLateDuplicates();
        await Decide(p, client, "correction");
    }

    private static async Task Decide(Programme p, Client client, string key)
    {
        var drafts = (await client.Reads("/api/v1/filings?state=draft&limit=500"))["items"]!.AsArray().Select(f => f!["id"]!.GetValue<long>()).Order().ToArray();
        Assert.NotEmpty(drafts);
        await client.Delivers([new(HttpMethod.Post, "/api/v1/filings/submit", new JsonObject { ["ids"] = Array(drafts.Select(id => (JsonNode)id)) }, "submit-" + key)]);
        Assert.Equal(drafts.Length, (await p.Regulator.Posts("/api/v1/filings/approve", new { ids = drafts }))["done"]!.GetValue<int>());
    }

    private static async Task Locks(Programme p, long collection)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await p.Regulator.PostAsJsonAsync($"/api/v1/collections/{collection}/lock", new { });
            if (answer.IsSuccessStatusCode) return;
            Assert.True(i < 900, await answer.Content.ReadAsStringAsync());   // the clock of the collections strikes every minute
            await Task.Delay(100);
        }
    }

    private static Sending Figures(string month, string[] scenarios, decimal from, string key, string? reason = null) => new(HttpMethod.Post, "/api/v1/filings/batch", new JsonObject
    {
        ["items"] = Array(scenarios.Select(s => (JsonNode)new JsonObject
        {
            ["scenario"] = new JsonObject { ["source"] = "erp", ["key"] = s },
            ["period"] = month,
            ["reason"] = reason,
            ["externalKey"] = $"{s}/{month}",
            ["figures"] = new JsonArray(new JsonObject { ["measure"] = "COST_SAVE", ["value"] = from + decimal.Parse(s[2..], CultureInfo.InvariantCulture) }, new JsonObject { ["measure"] = "HOURS_SAVED", ["value"] = 40 })
        }))
    }, key);

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
    private static string Beijing(int days) => DateTime.UtcNow.AddHours(8).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static IEnumerable<string> Order(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    // ---- what is compared: nothing in it is a number or an instant of one programme alone

    private static async Task<List<string>> Books(Programme p)
    {
        var lines = new List<string>();
        foreach (var book in new[] { "approved", "filed" })
            foreach (var measure in new[] { "COST_SAVE", "HOURS_SAVED" })
                foreach (var by in new[] { "sector", "organization", "month", "grade", "region" })
                {
                    var rollup = await p.Regulator.Gets($"/api/v1/rollups?measure={measure}&by={by}&book={book}&from=2026-08&to=2026-10");
                    foreach (var cell in rollup["cells"]!.AsArray().Append(rollup["total"])!)
                    {
                        var at = $"{book} {measure} {by} {cell!["label"]}";
                        lines.Add($"{at} {cell["value"]?.ToJsonString()} {cell["grades"]?.ToJsonString()} {cell["coverage"]?.ToJsonString()} {cell["bound"]?.ToJsonString()}");
                        lines.AddRange(Order(await Entries(p, cell["handle"]!.GetValue<string>(), cell["value"]?.GetValue<decimal>())).Select(e => $"{at}: {e}"));
                    }
                }
        return lines;
    }

    private static async Task<List<string>> Entries(Programme p, string handle, decimal? value)
    {
        var (entries, sum, after) = (new List<string>(), 0m, "");
        do
        {
            var page = await p.Regulator.Gets($"/api/v1/rollups/explain?limit=500&handle={Uri.EscapeDataString(handle)}{after}");
            foreach (var e in page["entries"]!.AsArray())
            {
                sum += e!["quantity"]!.GetValue<decimal>();
                entries.Add(string.Join(' ', new[] { "cause", "measure", "period", "state", "grade", "quantity", "sector", "region", "stage", "organizationName", "scenarioName", "filingVersion" }.Select(n => e[n]?.ToJsonString())) + (e["reverses"] is null ? "" : " reversal"));
            }
            after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : "";
        } while (after != "");
        Assert.Equal(value ?? 0, sum);
        return entries;
    }

    private static async Task<IEnumerable<string>> Filings(Programme p)
    {
        var lines = (await p.Regulator.Gets("/api/v1/filings?limit=500"))["items"]!.AsArray().Select(f => $"{f!["scenarioName"]} {f["period"]} {f["state"]} v{f["version"]} approved v{f["approvedVersion"]}").ToList();
        Assert.Equal(36, lines.Count);
        lines.AddRange((await p.Regulator.Gets("/api/v1/scenarios?limit=500"))["items"]!.AsArray().Select(s => $"{s!["name"]} {s["state"]} v{s["version"]}"));
        return Order(lines);
    }

    /// <summary>Reads the feed as the guide tells: keeps the cursor, nothing else.</summary>
    private sealed class Reader(Programme p)
    {
        private string _cursor = "0";
        public List<(long No, string What, string Named)> Seen { get; } = [];

        public async Task<List<(long No, string What, string Named)>> Catch()
        {
            for (var more = true; more;)
            {
                var page = await p.Erp.Gets($"/api/v1/changes?limit=7&kind=scenario,filing&after={_cursor}");
                foreach (var c in page["items"]!.AsArray())
                    Seen.Add((c!["no"]!.GetValue<long>(), $"{c["kind"]} {c["id"]} {c["action"]} {c["version"]}", $"{c["kind"]} {c["externalKeys"]![0]!["key"]} {c["period"]} {c["action"]} v{c["version"]}"));
                (_cursor, more) = (page["next"]!.GetValue<string>(), page["more"]!.GetValue<bool>());
            }
            return Seen;
        }
    }

    // ---- who sends it

    private sealed record Sending(HttpMethod Method, string Path, JsonObject Body, string? Key)
    {
        public HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(Method, Path) { Content = JsonContent.Create(Body) };
            if (Key is not null) request.Headers.Add("Idempotency-Key", Key);
            return request;
        }
    }

    private abstract class Client(Programme p)
    {
        protected Programme P { get; } = p;
        public Task<JsonNode> Reads(string path) => P.Erp.Gets(path);
        public abstract Task Delivers(IReadOnlyList<Sending> sendings);
        public abstract Task SendsFile(string ndjson);
        public virtual Task SendsLateDuplicates() => Task.CompletedTask;
        public virtual Task MeetsALockedMonth(Sending unexplained) => Task.CompletedTask;

        /// <summary>Sends until it is answered; everything in the answer was taken.</summary>
        protected async Task<(JsonNode Body, bool Replayed)> Sends(Sending sending)
        {
            using var answer = await P.Erp.SendAsync(sending.Request());
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{sending.Path} answered {(int)answer.StatusCode}: {text}");
            var body = JsonNode.Parse(text)!;
            if (sending.Path.EndsWith("/batch", StringComparison.Ordinal)) Assert.All(body["items"]!.AsArray(), item => Assert.True(item!["status"]!.GetValue<int>() < 300, text));
            if (sending.Path.EndsWith("filings/submit", StringComparison.Ordinal)) Assert.Equal(sending.Body["ids"]!.AsArray().Count, body["done"]!.GetValue<int>());
            return (body, answer.Headers.Contains("Idempotency-Replayed"));
        }

        protected async Task<long> Uploads(byte[] file, string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports?kind=figures&source=erp") { Content = new ByteArrayContent(file) };
            request.Content.Headers.ContentType = new("application/octet-stream");
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            using var answer = await P.Erp.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
            return JsonNode.Parse(text)!["id"]!.GetValue<long>();
        }

        protected async Task<string> Ends(long import)
        {
            for (var i = 0; i < 900; i++)
            {
                var run = await Reads($"/api/v1/imports/{import}");
                if (run["state"]!.GetValue<string>() is var state and not ("queued" or "running")) return $"{state} {run["created"]} {run["updated"]} {run["unchanged"]} {run["refused"]} {run["failure"]?["code"]}".Trim();
                await Task.Delay(100);
            }
            throw new TimeoutException("The import was not finished in a minute and a half.");
        }

        protected static byte[] Packed(string text)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
            return packed.ToArray();
        }
    }

    private sealed class Polite(Programme p) : Client(p)
    {
        public override async Task Delivers(IReadOnlyList<Sending> sendings)
        {
            foreach (var sending in sendings) Assert.False((await Sends(sending)).Replayed);
        }

        public override async Task SendsFile(string ndjson) => Assert.Equal("done 12 0 0 0", await Ends(await Uploads(Packed(ndjson), "file")));
    }

    private sealed class Hostile(Programme p, Reader reader) : Client(p)
    {
        private readonly List<(Sending Sending, string Answer)> _sent = [];
        private int _turn, _kills;

        /// <summary>Backwards, and each in the next of four ways.</summary>
        public override async Task Delivers(IReadOnlyList<Sending> sendings)
        {
            foreach (var sending in sendings.Reverse())
            {
                switch (_turn++ % 4)
                {
                    case 0: await TimesOutAfterTheCommit(sending); break;
                    case 1: await SendsThreeAtOnce(sending); break;
                    case 2: await GivesUpSomewhere(sending); break;
                    case 3 when _kills++ is 0 or 2 or 5: await MeetsAKill(sending); break;
                }
                var (body, _) = await Sends(sending);
                if (sending.Key is not null)
                {
                    var (again, replayed) = await Sends(sending);
                    Assert.True(replayed, sending.Path);
                    Assert.Equal(Timeless(body), Timeless(again));
                    _sent.Add((sending, Timeless(body)));
                }
                if (_turn == 14) await RotatesItsSecret(sending);
            }
            await reader.Catch();
        }

        /// <summary>What was sent under a key and got stuck on the way comes in hours later: it is answered as then, and undoes nothing that came after it.</summary>
        public override async Task SendsLateDuplicates()
        {
            foreach (var (sending, answer) in _sent.Where(s => s.Sending.Path.EndsWith("/batch", StringComparison.Ordinal)))
            {
                var (body, replayed) = await Sends(sending);
                Assert.True(replayed, sending.Key);
                Assert.Equal(answer, Timeless(body));
            }
            // So does a form that was opened before: what it is based on no longer stands.
            var scenario = (await Reads("/api/v1/scenarios/by-key/erp/S-01"))["id"]!.GetValue<long>();
            using var old = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/scenarios/{scenario}/filings/2026-09")
            { Content = JsonContent.Create(new { reason = "补报", figures = new[] { new { measure = "COST_SAVE", value = 1 } } }) };
            old.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            using var stale = await P.Erp.SendAsync(old);
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        }

        public override async Task SendsFile(string ndjson)
        {
            var whole = Packed(ndjson);
            Assert.Equal("refused 0 0 0 0 file-unreadable", await Ends(await Uploads(whole[..(whole.Length / 2)], "half")));
            var twice = await Task.WhenAll(Uploads(whole, "file"), Uploads(whole, "file"));
            Assert.Equal(twice[0], twice[1]);
            await Restarts();
            Assert.Equal("done 12 0 0 0", await Ends(twice[0]));
            Assert.Equal(twice[0], await Uploads(whole, "file"));
            Assert.Equal("done 0 0 12 0", await Ends(await Uploads(whole, null)));   // without its key it is another import, of what is there already
            await reader.Catch();
        }

        public override async Task MeetsALockedMonth(Sending unexplained)
        {
            using var answer = await P.Erp.SendAsync(unexplained.Request());
            var item = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["items"]![0]!;
            Assert.Equal((400, "S-02/2026-08"), (item["status"]!.GetValue<int>(), item["externalKey"]!.GetValue<string>()));
            Assert.Equal("/items/0/reason", item["problem"]!["errors"]![0]!["pointer"]!.GetValue<string>());
        }

        private async Task TimesOutAfterTheCommit(Sending sending)
        {
            var before = await Last();
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, P.Hub.Address.Port);
            var body = Encoding.UTF8.GetBytes(sending.Body.ToJsonString());
            var head = $"{sending.Method} {sending.Path} HTTP/1.1\r\nHost: {P.Hub.Address.Authority}\r\nAuthorization: {P.Erp.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{(sending.Key is null ? "" : $"Idempotency-Key: {sending.Key}\r\n")}\r\n";
            await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
            for (var i = 0; await Last() == before; i++)
            {
                Assert.True(i < 300, $"{sending.Path} was not committed within 30 seconds");
                await Task.Delay(100);
            }
            socket.Client.LingerState = new(true, 0);   // reset: not one byte of the answer was read
        }

        private async Task<string> Last() => (await P.Erp.Gets("/api/v1/changes?after=latest"))["next"]!.GetValue<string>();

        private async Task SendsThreeAtOnce(Sending sending)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => { using var answer = await P.Erp.SendAsync(sending.Request()); return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()); }));
            Assert.All(answers, a => Assert.True(a.Item1 is (>= 200 and < 300) or 409, a.ToString()));
        }

        private async Task GivesUpSomewhere(Sending sending)
        {
            foreach (var patience in new[] { 1, 4, 9, 16 })
            {
                using var gaveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(patience));
                try { (await P.Erp.SendAsync(sending.Request(), gaveUp.Token)).Dispose(); }
                catch (OperationCanceledException) { /* nobody knows how far it came */ }
            }
        }

        private async Task MeetsAKill(Sending sending)
        {
            var underWay = P.Erp.SendAsync(sending.Request());
            await Task.Delay(3 * _kills);
            await P.Hub.Kill();
            try { (await underWay).Dispose(); } catch (HttpRequestException) { /* nobody knows how far it came */ }
            await P.Hub.Start();   // the token it has goes on; so do its keys
        }

        private async Task Restarts()
        {
            await P.Hub.Kill();
            await P.Hub.Start();
        }

        private async Task RotatesItsSecret(Sending before)
        {
            var secret = await P.NewSecret();
            await Sends(before);   // with the token of the old one
            await P.Revoke();
            using (var refused = await P.Erp.SendAsync(before.Request())) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            await P.SignsIn(secret);
            if (before.Key is not null) Assert.True((await Sends(before)).Replayed);   // another secret, the same client: its keys are still its own
        }

        private static string Timeless(JsonNode body) => System.Text.RegularExpressions.Regex.Replace(body.ToJsonString(), "\"(traceId|updatedAt|at)\":\"[^\"]*\"", "");
    }

    /// <summary>A regulator's programme with one group, its people, and an ERP that writes for it.</summary>
    private sealed class Programme
    {
        private long _client, _secretId;
        private string _clientId = "";
        private HttpClient _clientAdmin = null!;
        public required StartedHub Hub { get; init; }
        public required HttpClient Admin { get; init; }
        public required HttpClient Erp { get; init; }
        public HttpClient Regulator { get; private set; } = null!;
        private long Subsidiary { get; set; }

        public static async Task<Programme> Open(StartedHub hub, string name)
        {
            await (await hub.SignIn("platform.admin")).Posts("/api/v1/tenants", new { code = name, nameZh = "监管机构", nameEn = "Regulator", adminUserName = name + ".admin", adminPassword = StartedHub.Password });
            var admin = await hub.SignIn(name + ".admin");
            var p = new Programme { Hub = hub, Admin = admin, Erp = new HttpClient { BaseAddress = hub.Address } };
            var root = (await admin.Gets("/api/v1/session"))["organization"]!["id"]!.GetValue<long>();
            var group = (await admin.Posts("/api/v1/organizations", new { parentId = root, kind = "group", name = "集团", creditCode = "91110000900000001P", region = "110000", industryDivision = "44" }))["id"]!.GetValue<long>();
            p.Subsidiary = (await admin.Posts("/api/v1/organizations", new { parentId = group, kind = "subsidiary", name = "一公司", creditCode = "91110000900000002T" }))["id"]!.GetValue<long>();
            foreach (var role in new[] { "regulator", "enterpriseAdmin" })
                await admin.Posts("/api/v1/users", new { userName = $"{name}.{role.ToLowerInvariant()}", displayName = role, password = StartedHub.Password, organizationId = root, roles = new[] { role } });
            p.Regulator = await hub.SignIn(name + ".regulator");
            p._clientAdmin = await hub.SignIn(name + ".enterpriseadmin");
            var client = await p._clientAdmin.Posts("/api/v1/api-clients", new
            {
                name = "ERP",
                organizationId = group,
                scopes = new[] { "organizations.read", "scenarios.read", "scenarios.write", "filings.read", "filings.write", "imports.read", "imports.write", "changes.read" }
            });
            (p._client, p._clientId) = (client["id"]!.GetValue<long>(), client["clientId"]!.GetValue<string>());
            await p.SignsIn(await p.NewSecret());
            return p;
        }

        private long _older;

        public async Task<string> NewSecret()
        {
            var made = await _clientAdmin.Posts($"/api/v1/api-clients/{_client}/secrets", new { });
            (_older, _secretId) = (_secretId, made["id"]!.GetValue<long>());
            return made["secret"]!.GetValue<string>();
        }

        public async Task Revoke() => Assert.Equal(HttpStatusCode.NoContent, (await _clientAdmin.DeleteAsync(new Uri($"/api/v1/api-clients/{_client}/secrets/{_older}", UriKind.Relative))).StatusCode);

        public async Task SignsIn(string secret)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_clientId}:{secret}")));
            using var answer = await Erp.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, body);
            Erp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(body)!["access_token"]!.GetValue<string>());
        }

        public JsonObject Scenario(string key, int number, bool named = false)
        {
            var body = (JsonObject)JsonNode.Parse("""
                {"kind":"application","region":"110000","industryDivision":"44","keyAction":"INDUSTRY","stage":"scaled","stageSince":"2024-11-01","openScope":"registered","stateSecret":false,
                 "contactName":"联系人","contactPhone":"010-12345678","painPoint":"燃烧调整依赖经验,煤耗偏高。","summary":"以时序预测与优化决策给出燃烧调整建议。","businessDomain":"production","replicability":"industry",
                 "techTypes":["timeSeries","optimization"],"modelSource":"purchased","deployMode":"private","hubNode":"none","capexTotalCny":1000000,"opexYearCny":200000,"goLiveOn":"2024-11-01",
                 "critStrategic":3,"critStrategicReason":"保供","critEconomic":4,"critEconomicReason":"节煤","critLivelihood":2,"critLivelihoodReason":"供热","genaiPublic":false,"mlpsLevel":2,
                 "mlpsCertificateNo":"11010112345-00001","dataClass":"general","pii":"none","crossBorder":"none","cii":false,"humanLoop":"full","measures":[{"measure":"COST_SAVE"},{"measure":"HOURS_SAVED"}]}
                """)!;
            body["name"] = $"锅炉燃烧智能优化 {key}";
            body["organization"] = Subsidiary;
            if (number % 3 == 1) (body["region"], body["industryDivision"], body["keyAction"]) = ("310000", "36", "INDUSTRY");
            if (named) body["externalKeys"] = new JsonArray(new JsonObject { ["source"] = "erp", ["key"] = key });
            return body;
        }
    }
}
