using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Integration;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.House;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Integration;

/// <summary>What is sent, to whom, in which order, and what becomes of what is not taken. The receiver is a server of its own and reckons signatures by itself.</summary>
public class WebhookTests(WebhookHub hub) : IClassFixture<WebhookHub>
{
    private static readonly TimeSpan[] Schedule = [.. new[] { 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400 }.Select(s => TimeSpan.FromSeconds(s))];

    /// <summary>Broken once by hand: the timestamp left out of what is signed.</summary>
    [Fact]
    public async Task A_change_reaches_the_receiver_signed_as_the_convention_says()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, secret) = await p.Hooks(receiver.Url);
        var scenario = await p.Registers();
        await p.Sends();

        var got = Assert.Single(receiver.Got);
        Assert.Equal(1, got.SignaturesBy(secret));
        Assert.Equal(hub.Clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse(got.Timestamp, CultureInfo.InvariantCulture));
        Assert.Equal("application/json; charset=utf-8", got.ContentType);
        Assert.DoesNotContain('.', got.Id);
        Assert.Equal("scenario.registered", got.Json["type"]!.GetValue<string>());
        Assert.Equal(hub.Clock.GetUtcNow(), got.Json["timestamp"]!.GetValue<DateTimeOffset>());
        Assert.Equal(("scenario", "registered", scenario), (got.Data["kind"]!.GetValue<string>(), got.Data["action"]!.GetValue<string>(), got.Data["id"]!.GetValue<long>()));
        var read = await (await p.AdminNow()).Gets(got.Data["link"]!.GetValue<string>());
        Assert.Equal(read["code"]!.GetValue<string>(), got.Data["code"]!.GetValue<string>());
        Assert.Equal(read["version"]!.GetValue<int>(), got.Data["version"]!.GetValue<int>());

        var logged = Assert.Single(await p.Log(id));
        Assert.Equal((true, 200, 1, got.Id), (logged!["delivered"]!.GetValue<bool>(), logged["status"]!.GetValue<int>(), logged["attempt"]!.GetValue<int>(), logged["messageId"]!.GetValue<string>()));
        var view = await p.Webhook(id);
        Assert.Equal((0, 0), (view["behind"]!.GetValue<int>(), view["waiting"]!.GetValue<int>()));
        Assert.NotNull(view["lastSuccessAt"]);
        Assert.DoesNotContain("whsec_", view.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filing_carries_its_month_and_the_code_of_its_scenario()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var scenario = await p.ApprovedScenario();
        await p.Hooks(receiver.Url, kinds: ["filing"], actions: ["submitted", "approved"]);
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5 }));
        await p.Sends();
        Assert.Equal(["filing.submitted", "filing.approved"], receiver.Got.Select(g => g.Json["type"]!.GetValue<string>()));
        var data = receiver.Got.Last().Data;
        Assert.Equal("2026-08", data["period"]!.GetValue<string>());
        Assert.Equal((await (await p.Regulator()).Gets($"/api/v1/scenarios/{scenario}"))["code"]!.GetValue<string>(), data["code"]!.GetValue<string>());
        await (await p.Regulator()).Gets(data["link"]!.GetValue<string>());
    }

    /// <summary>Broken once by hand: the subtree left out of the feed a webhook reads.</summary>
    [Fact]
    public async Task Nobody_hears_of_what_is_anothers()
    {
        await using var receiver = await Receiver.Start();
        var (p, other) = (await hub.Programme(), await hub.Programme());
        await p.Hooks(receiver.Url, p.GroupA);
        await p.Registers(p.SubsidiaryB);
        await other.Registers(other.SubsidiaryA);
        await p.Sends();
        await other.Sends();
        Assert.Empty(receiver.Got);
        await p.Registers(p.SubsidiaryA);
        await p.Sends();
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task What_a_narrow_webhook_passes_by_is_counted_as_sent()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        // Some thousand changes of another group, as a large import leaves them.
        var view = await p.Webhook(id);
        var head = view["sentUpTo"]!.GetValue<long>() + view["behind"]!.GetValue<long>();
        foreach (var part in Enumerable.Range(1, 4500).Chunk(900))
            await p.Tamper("INSERT INTO change (tenant_id, change_no, occurred_at, kind, action, entity_id, organization_id, version, period, actor_user_id, audit_no, row_check) VALUES "
                + string.Join(',', part.Select(i => $"(@t, {head + i}, '2026-11-16T08:00:00.000Z', 'scenario', 'registered', 1, @b, 1, NULL, 1, 1, 1)")), new { b = p.GroupB });
        await p.Tamper("UPDATE change_head SET last_change_no = last_change_no + 4500 WHERE tenant_id = @t", new { });
        await p.Registers();
        await p.Sends();
        Assert.Single(receiver.Got);
        Assert.Equal(0, (await p.Webhook(id))["behind"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_enterprises_administrator_hooks_his_own_subtree_and_no_more()
    {
        var p = await hub.Programme();
        var admin = await p.SignedInAs("enterpriseAdmin", p.GroupA);
        Assert.Equal("organization-not-found", (await admin.Posts("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", organization = p.GroupB }, 404)).Code());
        var id = await admin.Adds("/api/v1/webhooks", new { url = "https://erp.example.com/hooks" });
        Assert.Equal(p.GroupA, (await admin.Gets($"/api/v1/webhooks/{id}"))["organizationId"]!.GetValue<long>());
        var auditor = await p.SignedInAs("auditor", p.Root);
        Assert.Single((await auditor.Gets("/api/v1/webhooks"))["items"]!.AsArray());
        Assert.Equal("permission-missing", (await auditor.Posts($"/api/v1/webhooks/{id}/test", null, 403)).Code());
        await (await p.SignedInAs("enterpriseAdmin", p.GroupB)).Gets($"/api/v1/webhooks/{id}", 404);
        Assert.Equal("organization-not-found", (await admin.Patches($"/api/v1/webhooks/{id}", new { organization = p.Root }, 1, 404)).Code());
    }

    /// <summary>Broken once by hand: a new id for each attempt.</summary>
    [Fact]
    public async Task What_fails_is_tried_again_with_the_same_id_and_those_after_it_wait()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, secret) = await p.Hooks(receiver.Url);
        receiver.AnswersStatus(503, "维护中");
        await p.Registers();
        await p.Sends();
        await p.Registers();
        await p.Sends();
        var first = Assert.Single(receiver.Got);
        var failed = Assert.Single(await p.Log(id))!;
        Assert.Equal((503, "status", "维护中"), (failed["status"]!.GetValue<int>(), failed["error"]!.GetValue<string>(), failed["answer"]!.GetValue<string>()));
        var wait = failed["nextAttemptAt"]!.GetValue<DateTimeOffset>() - hub.Clock.GetUtcNow();
        Assert.InRange(wait, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        var view = await p.Webhook(id);
        Assert.Equal(1, view["waiting"]!.GetValue<int>());
        Assert.NotNull(view["failingSince"]);

        hub.Clock.Step(TimeSpan.FromSeconds(4));
        Assert.Equal(0, await p.Sends());
        receiver.AnswersStatus(204);
        hub.Clock.Step(TimeSpan.FromSeconds(3));
        await p.Sends();
        Assert.Equal(3, receiver.Got.Count);
        var (second, third) = (receiver.Got.ElementAt(1), receiver.Got.ElementAt(2));
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.NotEqual(first.Timestamp, second.Timestamp);
        Assert.Equal(1, second.SignaturesBy(secret));
        Assert.True(third.Change > second.Change);
        Assert.Equal([true, true, false], (await p.Log(id)).Select(a => a!["delivered"]!.GetValue<bool>()));
        Assert.Equal([2, 1], (await p.Log(id, $"&change={first.Change}")).Select(a => a!["attempt"]!.GetValue<int>()));
        Assert.Single(await p.Log(id, "&failed=true"));
        view = await p.Webhook(id);
        Assert.Equal(0, view["waiting"]!.GetValue<int>());
        Assert.Null(view["failingSince"]);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_more_time_gets_it()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.Answers = (_, http) => { http.Response.StatusCode = 429; http.Response.Headers.RetryAfter = "3600"; return Task.CompletedTask; };
        await p.Registers();
        await p.Sends();
        Assert.InRange((await p.Log(id))[0]!["nextAttemptAt"]!.GetValue<DateTimeOffset>() - hub.Clock.GetUtcNow(), TimeSpan.FromHours(1), TimeSpan.FromHours(1.2));
    }

    /// <summary>Broken once by hand: a change that is never set aside.</summary>
    [Fact]
    public async Task A_change_the_receiver_cannot_take_holds_the_others_for_four_attempts_and_fails_after_ten()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        var bad = await p.Registers();
        var good = await p.Registers();
        receiver.Answers = (got, http) => { http.Response.StatusCode = got.Data["id"]!.GetValue<long>() == bad ? 422 : 200; return Task.CompletedTask; };
        var attempts = new List<DateTimeOffset>();
        for (var i = 0; i < 10; i++)
        {
            await p.Sends();
            attempts.Add(hub.Clock.GetUtcNow());
            Assert.Equal(i + 1, receiver.Got.Count(g => g.Data["id"]!.GetValue<long>() == bad));
            Assert.Equal(i < 3 ? 0 : 1, receiver.Got.Count(g => g.Data["id"]!.GetValue<long>() == good));
            if (i < 9) hub.Clock.Step(Schedule[i] * 1.21);
        }
        Assert.True(attempts[^1] - attempts[0] > TimeSpan.FromHours(75));
        var view = await p.Webhook(id);
        Assert.True(view["on"]!.GetValue<bool>());
        Assert.Equal((0, 1), (view["waiting"]!.GetValue<int>(), view["failed"]!.GetValue<int>()));
        hub.Clock.Step(TimeSpan.FromDays(2));
        Assert.Equal(0, await p.Sends());

        receiver.AnswersStatus(200);
        var admin = await p.AdminNow();
        Assert.Equal(0, (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { failedSince = hub.Clock.GetUtcNow() }, 202))["changes"]!.GetValue<int>());
        Assert.Equal(1, (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { failedSince = attempts[0] }, 202))["changes"]!.GetValue<int>());
        await p.Sends();
        Assert.Equal(bad, receiver.Got.Last().Data["id"]!.GetValue<long>());
        Assert.Equal(0, (await p.Webhook(id))["failed"]!.GetValue<int>());
    }

    [Fact]
    public async Task After_an_outage_of_days_the_webhook_is_off_says_why_and_switched_on_loses_nothing()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.AnswersStatus(500);
        var registered = new List<long>();
        for (var i = 0; i < 6; i++) registered.Add(await p.Registers());
        for (var hours = 0; hours < 24 * 5 && (await p.Webhook(id))["on"]!.GetValue<bool>(); hours++)
        {
            await p.Sends();
            hub.Clock.Step(TimeSpan.FromHours(1));
        }
        var view = await p.Webhook(id);
        Assert.False(view["on"]!.GetValue<bool>());
        Assert.Equal("failing", view["off"]!["reason"]!.GetValue<string>());
        Assert.Contains("三天", view["off"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(view["off"]!["at"]!.GetValue<DateTimeOffset>() - view["failingSince"]!.GetValue<DateTimeOffset>(), TimeSpan.FromHours(75), TimeSpan.FromHours(100));
        Assert.InRange(receiver.Got.Count, 10, 80);   // a receiver that is down is not run over
        registered.Add(await p.Registers());
        Assert.Equal(0, await p.Sends());

        receiver.Got.Clear();
        receiver.AnswersStatus(200);
        view = await (await p.AdminNow()).Patches($"/api/v1/webhooks/{id}", new { on = true }, view["version"]!.GetValue<int>());
        Assert.Null(view["off"]);
        await p.Sends();
        Assert.Equal(registered, receiver.Got.Select(g => g.Data["id"]!.GetValue<long>()));
    }

    [Fact]
    public async Task What_was_set_aside_while_nothing_got_through_is_sent_as_soon_as_something_does()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.AnswersStatus(500);
        for (var i = 0; i < 3; i++) await p.Registers();
        await p.Sends();
        foreach (var wait in Schedule[..3]) { hub.Clock.Step(wait * 1.21); await p.Sends(); }
        Assert.Equal(2, (await p.Webhook(id))["waiting"]!.GetValue<int>());   // the first is aside, the second holds the third
        receiver.AnswersStatus(200);
        hub.Clock.Step(TimeSpan.FromMinutes(37));
        receiver.Got.Clear();
        await p.Sends();
        Assert.Equal(3, receiver.Got.Select(g => g.Change).Distinct().Count());
    }

    [Fact]
    public async Task The_answer_410_switches_off_at_once_and_switched_on_again_it_begins_with_what_was_refused()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.AnswersStatus(410);
        var scenario = await p.Registers();
        await p.Registers();
        await p.Sends();
        Assert.Single(receiver.Got);
        var view = await p.Webhook(id);
        Assert.Equal("gone", view["off"]!["reason"]!.GetValue<string>());
        hub.Clock.Step(TimeSpan.FromDays(1));
        Assert.Equal(0, await p.Sends());
        receiver.AnswersStatus(200);
        var admin = await p.AdminNow();
        Assert.Equal("stale-version", (await admin.Patches($"/api/v1/webhooks/{id}", new { on = true }, 1, 412)).Code());
        await admin.Patches($"/api/v1/webhooks/{id}", new { on = true }, view["version"]!.GetValue<int>());
        await p.Sends();
        Assert.Equal(3, receiver.Got.Count);
        Assert.Equal(scenario, receiver.Got.ElementAt(1).Data["id"]!.GetValue<long>());
    }

    /// <summary>Broken once by hand: only the newest secret signing.</summary>
    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_24_hours()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, old) = await p.Hooks(receiver.Url);
        var rotated = await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/secrets", null, 201);
        var young = rotated["secret"]!.GetValue<string>();
        Assert.NotEqual(old, young);
        await p.Registers();
        await p.Sends();
        var got = receiver.Got.Last();
        Assert.Equal((1, 1, 2), (got.SignaturesBy(old), got.SignaturesBy(young), got.Signature.Split(' ').Length));
        Assert.Equal([2, 1], (await p.Webhook(id))["secrets"]!.AsArray().Select(s => s!["no"]!.GetValue<int>()));

        hub.Clock.Step(TimeSpan.FromHours(24));
        await p.Registers();
        await p.Sends();
        got = receiver.Got.Last();
        Assert.Equal((0, 1), (got.SignaturesBy(old), got.SignaturesBy(young)));

        var latest = (await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/secrets", new { endOthers = true }, 201))["secret"]!.GetValue<string>();
        await p.Registers();
        await p.Sends();
        got = receiver.Got.Last();
        Assert.Equal((0, 1, 1), (got.SignaturesBy(young), got.SignaturesBy(latest), got.Signature.Split(' ').Length));
        for (var i = 0; i < 4; i++) await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/secrets", null, 201);
        Assert.Equal("too-many-secrets", (await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/secrets", null, 409)).Code());
    }

    [Fact]
    public async Task A_replay_sends_the_same_messages_again()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        for (var i = 0; i < 4; i++) await p.Registers();
        await p.Sends();
        var sent = receiver.Got.ToArray();
        Assert.Equal(4, sent.Length);
        var admin = await p.AdminNow();

        await admin.Posts($"/api/v1/webhooks/{id}/replay", new { from = sent[1].Change }, 202);
        await p.Sends();
        Assert.Equal(sent[1..].Select(s => (s.Id, s.Body)), receiver.Got.Skip(4).Select(s => (s.Id, s.Body)));

        await admin.Posts($"/api/v1/webhooks/{id}/replay", new { change = sent[2].Change }, 202);
        await p.Sends();
        Assert.Equal(sent[2].Id, receiver.Got.Last().Id);
        Assert.Equal(8, receiver.Got.Count);

        Assert.Equal("replay-one-of", (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { }, 400)).ErrorAt("/"));
        Assert.Equal("replay-one-of", (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { from = 1, change = 1 }, 400)).ErrorAt("/"));
        Assert.Equal("replay-from-ahead", (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { from = 1_000_000 }, 400)).ErrorAt("/from"));
        await p.Registers(p.SubsidiaryB);   // a change, but none of this webhook's
        await p.Sends();
        Assert.Equal("change-not-found", (await admin.Posts($"/api/v1/webhooks/{id}/replay", new { change = sent[3].Change + 1 }, 404)).Code());
    }

    [Fact]
    public async Task What_is_changed_while_something_is_under_way_holds_from_the_next_attempt_on()
    {
        await using var first = await Receiver.Start();
        await using var second = await Receiver.Start();
        var p = await hub.Programme();
        var (id, secret) = await p.Hooks(first.Url);
        first.Answers = async (_, _) => await (await p.AdminNow()).Patches($"/api/v1/webhooks/{id}", new { url = second.Url }, 1);
        await p.Registers();
        await p.Registers();
        await p.Sends();
        Assert.Single(first.Got);
        // At least once: that the first was taken could not be written down for the webhook as it was, so it comes again, under its id.
        Assert.Equal(2, second.Got.Count);
        Assert.Equal(first.Got.Single().Id, second.Got.First().Id);
        Assert.All(second.Got, got => Assert.Equal(1, got.SignaturesBy(secret)));
        Assert.Equal(3, (await p.Log(id)).Count);
    }

    /// <summary>Broken once by hand: a claim without its lease.</summary>
    [Fact]
    public async Task A_receiver_that_hangs_holds_up_no_other_webhook_and_is_not_sent_to_twice_at_once()
    {
        await using var slow = await Receiver.Start();
        await using var quick = await Receiver.Start();
        var p = await hub.Programme();
        var (hung, _) = await p.Hooks(slow.Url);
        await p.Hooks(quick.Url);
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        slow.Answers = async (_, _) => { arrived.TrySetResult(); await goOn.Task; };
        await p.Registers();
        var jobs = hub.Services.GetRequiredService<WebhookJobs>();
        var turn = jobs.Deliver(new() { TenantId = p.TenantId, WebhookId = hung }, default);
        await arrived.Task;
        await p.Sends();
        Assert.Single(quick.Got);
        await jobs.Deliver(new() { TenantId = p.TenantId, WebhookId = hung }, default);   // another node, at the same time
        Assert.Single(slow.Got);
        goOn.SetResult();
        await turn;
        Assert.Equal(0, await p.Sends());
        Assert.Single(slow.Got);
    }

    [Fact]
    public async Task What_a_dead_worker_was_sending_is_sent_again_when_its_lease_is_over()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        await p.Registers();
        await p.Tamper("UPDATE webhook SET lease_owner = 'dead', lease_until = @until WHERE tenant_id = @t AND webhook_id = @id", new { id, until = hub.Clock.GetUtcNow().UtcDateTime.AddSeconds(60) });
        Assert.Equal(0, await p.Sends());
        hub.Clock.Step(TimeSpan.FromSeconds(61));
        await p.Sends();
        Assert.Single(receiver.Got);
        await p.Tamper("UPDATE webhook SET lease_owner = 'dead', lease_until = @until WHERE tenant_id = @t AND webhook_id = @id", new { id, until = hub.Clock.GetUtcNow().UtcDateTime.AddSeconds(60) });
        await p.Registers();
        await hub.Services.GetRequiredService<WebhookJobs>().DropLeases(default);   // what the embedded start does
        await p.Sends();
        Assert.Equal(2, receiver.Got.Count);
    }

    [Fact]
    public async Task A_test_tells_at_once_what_the_receiver_answers_also_of_a_webhook_that_is_off()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var admin = await p.AdminNow();
        var added = await admin.Posts("/api/v1/webhooks", new { url = receiver.Url, on = false }, 201);
        var id = added["id"]!.GetValue<long>();
        receiver.AnswersStatus(410, "away");
        var answer = await admin.Posts($"/api/v1/webhooks/{id}/test", null);
        Assert.Equal((410, "away", "status", false), (answer["status"]!.GetValue<int>(), answer["answer"]!.GetValue<string>(), answer["error"]!.GetValue<string>(), answer["delivered"]!.GetValue<bool>()));
        var got = receiver.Got.Single();
        Assert.Equal("webhook.test", got.Json["type"]!.GetValue<string>());
        Assert.Equal(1, got.SignaturesBy(added["secret"]!.GetValue<string>()));
        Assert.Null(Assert.Single(await p.Log(id))!["change"]);
        Assert.Equal("byPerson", (await p.Webhook(id))["off"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.Answers = (_, http) => { http.Response.Redirect(receiver.Url + "/elsewhere"); return Task.CompletedTask; };
        var answer = await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/test", null);
        Assert.Equal((302, "redirect"), (answer["status"]!.GetValue<int>(), answer["error"]!.GetValue<string>()));
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task An_answer_is_read_only_as_far_as_it_is_shown()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        receiver.Answers = async (_, http) =>
        {
            try { while (true) await http.Response.WriteAsync(new string('x', 65536) + "\0", http.RequestAborted); }
            catch (Exception e) when (e is OperationCanceledException or IOException) { /* nobody reads on */ }
        };
        var answer = await (await p.AdminNow()).Posts($"/api/v1/webhooks/{id}/test", null);
        Assert.True(answer["delivered"]!.GetValue<bool>());
        Assert.Equal(WebhookClient.MostExcerpt, answer["answer"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task A_secret_lies_open_nowhere_and_comes_again_with_its_idempotency_key_alone()
    {
        var p = await hub.Programme();
        var admin = await p.AdminNow();
        admin.Http.DefaultRequestHeaders.Add("Idempotency-Key", "hook-1");
        var body = new { url = "https://erp.example.com/hooks" };
        var (first, again) = (await admin.Posts("/api/v1/webhooks", body, 201), await admin.Posts("/api/v1/webhooks", body, 201));
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        await using var connection = await hub.Services.GetRequiredService<Database>().Open(default);
        foreach (var column in new[] { "SELECT outcome FROM idempotency_key", "SELECT sealed FROM webhook_secret", "SELECT details FROM audit_entry WHERE details IS NOT NULL" })
            foreach (var kept in Dapper.SqlMapper.Query<string>(connection, column))
                Assert.DoesNotContain("whsec_", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_whose_secret_cannot_be_read_is_off_and_says_so_until_it_is_rotated()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        await p.Tamper("UPDATE webhook_secret SET sealed = 'lost' WHERE tenant_id = @t AND webhook_id = @id", new { id });
        await p.Registers();
        await p.Sends();
        var view = await p.Webhook(id);
        Assert.Equal("secretUnreadable", view["off"]!["reason"]!.GetValue<string>());
        var admin = await p.AdminNow();
        Assert.Equal("webhook-secret-unreadable", (await admin.Posts($"/api/v1/webhooks/{id}/test", null, 409)).Code());
        await admin.Posts($"/api/v1/webhooks/{id}/secrets", null, 201);
        await admin.Patches($"/api/v1/webhooks/{id}", new { on = true }, view["version"]!.GetValue<int>());
        await p.Sends();
        Assert.Single(receiver.Got);
    }

    [Fact]
    public async Task A_removed_webhook_sends_nothing_and_is_forgotten_and_of_the_others_what_is_a_month_old()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var ((gone, _), (kept, _)) = (await p.Hooks(receiver.Url), await p.Hooks(receiver.Url));
        await p.Registers();
        await p.Sends();
        var admin = await p.AdminNow();
        Assert.Equal("if-match-missing", (await admin.Sends(HttpMethod.Delete, $"/api/v1/webhooks/{gone}", null, 428)).Code());
        Assert.Equal("stale-version", (await admin.Sends(HttpMethod.Delete, $"/api/v1/webhooks/{gone}", null, 412, ifMatch: 7)).Code());
        await admin.Sends(HttpMethod.Delete, $"/api/v1/webhooks/{gone}", null, 204, ifMatch: 1);
        await admin.Gets($"/api/v1/webhooks/{gone}", 404);
        receiver.Got.Clear();
        await p.Registers();
        await p.Sends();
        Assert.Single(receiver.Got);

        var jobs = hub.Services.GetRequiredService<WebhookJobs>();
        await jobs.Forget(default);
        Assert.Equal(2, (await p.Log(kept)).Count);
        await using (var connection = await hub.Services.GetRequiredService<Database>().Open(default))
            Assert.Equal(0, Dapper.SqlMapper.QuerySingle<int>(connection, "SELECT COUNT(*) FROM webhook WHERE webhook_id = @gone", new { gone }));
        hub.Clock.Step(TimeSpan.FromDays(31));
        await p.Registers();
        await p.Sends();
        await jobs.Forget(default);
        Assert.Single(await p.Log(kept));
    }

    [Fact]
    public async Task A_filter_names_kinds_there_are_and_a_patch_keeps_what_it_does_not_name()
    {
        var p = await hub.Programme();
        var admin = await p.AdminNow();
        var refused = await admin.Posts("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", kinds = new[] { "scenarios" }, actions = new[] { "Approved!" }, description = new string('长', 201) }, 400);
        Assert.Equal("unknown-code", refused.ErrorAt("/kinds/0"));
        Assert.Equal("unknown-code", refused.ErrorAt("/actions/0"));
        Assert.Equal("maximum-length", refused.ErrorAt("/description"));
        Assert.Equal("bad-filter", (await admin.Posts("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", kinds = Array.Empty<string>() }, 400)).ErrorAt("/kinds"));
        var id = await admin.Adds("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", kinds = new[] { "scenario", "filing" } });
        Assert.Equal("if-match-missing", (await admin.Patches($"/api/v1/webhooks/{id}", new { description = "总账" }, null, 428)).Code());
        var view = await admin.Patches($"/api/v1/webhooks/{id}", new { description = "总账", organization = p.GroupB }, 1);
        Assert.Equal((2, p.GroupB, 2), (view["version"]!.GetValue<int>(), view["organizationId"]!.GetValue<long>(), view["kinds"]!.AsArray().Count));
        Assert.Equal(2, (await admin.Patches($"/api/v1/webhooks/{id}", new { description = "总账" }, 2))["version"]!.GetValue<int>());
        Assert.Equal("unknown-field", (await admin.Patches($"/api/v1/webhooks/{id}", new { enabled = false }, 2, 400)).ErrorAt("/enabled"));
        for (var i = 0; i < 20; i++) await admin.Adds("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", organization = p.SubsidiaryA });
        Assert.Equal("too-many-webhooks", (await admin.Posts("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", organization = p.SubsidiaryA }, 409)).Code());
    }

    /// <summary>A webhook asks nobody when it sends, so whoever makes one must be allowed to read all it may tell.</summary>
    [Fact]
    public void Whoever_may_make_a_webhook_may_read_every_kind_of_change()
    {
        var makers = Role.All.Where(role => Role.PermissionsOf([role]).Contains(Permission.WebhookManage)).ToArray();
        Assert.NotEmpty(makers);
        Walls.Stands("webhook.manage comes with the right to read each kind.", from role in makers
                                                                               from kind in ChangeKind.All
                                                                               where !Role.PermissionsOf([role]).Contains(kind.Permission)
                                                                               select $"{role} may not read {kind.Code}");
    }

    [Fact]
    public async Task Where_the_feed_was_cut_a_webhook_says_so_and_does_not_skip_in_silence()
    {
        await using var receiver = await Receiver.Start();
        var p = await hub.Programme();
        var (id, _) = await p.Hooks(receiver.Url);
        await p.Registers();
        await p.Registers();
        var at = (await p.Webhook(id))["sentUpTo"]!.GetValue<long>();
        await p.Tamper("DELETE FROM change WHERE tenant_id = @t AND change_no <= @no", new { no = at + 2 });
        await p.Sends();
        Assert.Empty(receiver.Got);
        var view = await p.Webhook(id);
        Assert.Equal("cut", view["off"]!["reason"]!.GetValue<string>());
        await (await p.AdminNow()).Patches($"/api/v1/webhooks/{id}", new { on = true }, view["version"]!.GetValue<int>());
        var scenario = await p.Registers();
        await p.Sends();
        Assert.Equal(scenario, receiver.Got.Single().Data["id"]!.GetValue<long>());
    }

    /// <summary>The example that libraries of the convention are tested with (standard-webhooks/standard-webhooks).</summary>
    [Fact]
    public void The_signature_is_that_of_the_conventions_libraries() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));
}
