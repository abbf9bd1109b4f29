using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Collections;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Collections;

public class ClockTests(Hub hub)
{
    [Fact]
    public async Task The_clock_opens_reminds_lets_fall_due_and_locks_each_on_its_day_in_Beijing_and_once()
    {
        await using var own = new ListeningHub();   // its clock is moved
        var p = await own.Programme();
        await p.Saves();
        await p.Saves(p.SubsidiaryB);
        var body = Called.Body(opensOn: Called.Tomorrow, dueOn: "2026-11-19");
        body["remindDays"] = new JsonArray(1, 2);
        body["locksOn"] = "2026-11-21";
        var id = await p.Plans(body);
        var jobs = own.Services.GetRequiredService<CollectionJobs>();
        async Task<string> Strike(int hours)
        {
            own.Clock.Step(TimeSpan.FromHours(hours));
            await jobs.Advance(default);
            await jobs.Advance(default);
            return (await own.Send(p.AdminUserId, new GetCollection(id))).State;
        }
        own.Heard();
        Assert.Equal("planned", await Strike(7));    // 16th, 23:00 in Beijing
        Assert.Equal("", own.Heard());
        Assert.Equal("open", await Strike(1));       // 17th, 00:00: opened, and reminded two days before
        Assert.Equal("called 2", own.Heard());
        Assert.Equal("open", await Strike(24));      // 18th: reminded
        Assert.Equal("open", await Strike(47));      // 19th, 23:00
        Assert.Equal("", own.Heard());
        Assert.Equal("due", await Strike(1));        // 20th, 00:00
        Assert.Equal("fellDue 2", own.Heard());
        (await p.Coverage(id, person: await p.RegulatorAgain()))["total"]!.Counts(2, 0, 0, 0, 0, 2, 0);
        Assert.Equal("due", await Strike(23));
        Assert.Equal("locked", await Strike(1));     // 21st

        var again = await p.RegulatorAgain();
        var reminders = (await again.Gets($"/api/v1/collections/{id}/reminders"))["items"]!.AsArray();
        Assert.Equal(["2026-11-18", "2026-11-18", Called.Tomorrow, Called.Tomorrow], reminders.Select(r => r!["remindedOn"]!.GetValue<string>()));
        Assert.All(reminders, r => Assert.Equal((1, 0L, null), (r!["filings"]!.GetValue<int>(), r["byUserId"]!.GetValue<long>(), r["byUserName"]?.GetValue<string>())));
        var steps = (await again.Gets($"/api/v1/collections/{id}/history"))["items"]!.AsArray();
        Assert.Equal(["locked", "fellDue", "reminded", "reminded", "opened", "called"], steps.Select(s => s!["kind"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_clock_that_slept_makes_good_in_order_with_one_reminder()
    {
        var p = await hub.Programme();
        await p.Saves();
        var body = Called.Body(opensOn: "2026-11-01", dueOn: Called.Today);
        body["remindDays"] = new JsonArray(0, 1, 2, 10);
        var id = await p.Plans(body);
        await p.Strikes(id);
        Assert.Equal("open", (await p.Collection(id))["state"]!.GetValue<string>());
        var reminders = (await (await p.FilerA()).Gets($"/api/v1/collections/{id}/reminders"))["items"]!.AsArray();
        Assert.Equal([Called.Today], reminders.Select(r => r!["remindedOn"]!.GetValue<string>()));
        Assert.Empty((await (await p.FilerB()).Gets($"/api/v1/collections/{id}/reminders"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_reminder_by_hand_names_who_owes_and_not_who_filed_and_once_a_day()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.Saves(), await p.Saves(p.SubsidiaryB));
        var id = await p.Calls(Called.Body(last: "2026-09"));
        await p.Files(a, "2026-08", Called.Figure());
        await p.Files(b, "2026-08", Called.Figure());
        await p.Files(b, "2026-09", Called.Figure());
        await p.Steps(id, "remind");
        await p.Steps(id, "remind");
        var regulator = await p.Regulator();
        var reminders = (await regulator.Gets($"/api/v1/collections/{id}/reminders"))["items"]!.AsArray();
        Assert.Equal([(p.SubsidiaryA, 1, regulator.UserId)], reminders.Select(r => (r!["organizationId"]!.GetValue<long>(), r["filings"]!.GetValue<int>(), r["byUserId"]!.GetValue<long>())));
    }

    [Fact]
    public async Task A_due_day_moved_later_makes_what_fell_due_not_due_again_and_says_so()
    {
        await using var own = new ListeningHub();
        var p = await own.Programme();
        await p.Saves();
        var id = await p.Calls(Called.Body(dueOn: "2026-11-10", last: "2026-09"));
        await p.Strikes(id);
        var regulator = await p.Regulator();
        Assert.Equal("called 1, fellDue 1", own.Heard());
        var version = (await p.Collection(id))["version"]!.GetValue<int>();
        // Later, and over all the same.
        Assert.Equal("due", (await regulator.Patches($"/api/v1/collections/{id}", new { dueOn = Called.Yesterday }, version++))["state"]!.GetValue<string>());
        Assert.Equal("", own.Heard());
        Assert.Equal("open", (await regulator.Patches($"/api/v1/collections/{id}", new { dueOn = Called.Today }, version++))["state"]!.GetValue<string>());
        Assert.Equal("called 1", own.Heard());
        (await p.Coverage(id))["total"]!.Counts(2, 0, 0, 0, 2, 0, 0);
        own.Clock.Step(TimeSpan.FromDays(1));
        await p.Strikes(id);
        Assert.Equal("fellDue 1", own.Heard());
        var again = await p.RegulatorAgain();
        await again.Posts($"/api/v1/collections/{id}/exempt", new { organization = p.GroupA, reason = "检修" });
        await again.Posts($"/api/v1/collections/{id}/unexempt", new { organization = p.GroupA, reason = "检修已完成" });
        await again.Posts($"/api/v1/collections/{id}/cancel", new { reason = "重复布置" });
        await p.Strikes(id);
        Assert.Equal("exempted 1, called 1, calledOff 1", own.Heard());
    }

    [Fact]
    public async Task A_scenario_approved_while_a_collection_is_open_owes_at_once_and_one_retired_no_longer()
    {
        await using var own = new ListeningHub();
        var p = await own.Programme();
        var regulator = await p.Regulator();
        var (open, due, elsewhere) = (await p.Calls(Called.Body(p.GroupA, last: "2026-11")), await p.Calls(Called.Body(first: "2026-07", dueOn: Called.Yesterday)), await p.Calls(Called.Body(p.GroupB)));
        await p.Strikes(due);
        own.Heard();
        var scenario = await p.ApprovedScenario(measures: ["COST_SAVE"]);
        Assert.Equal("called 1", own.Heard());
        (await p.Coverage(open))["total"]!.Counts(4, 0, 0, 0, 4, 0, 0);
        (await p.Coverage(due))["total"]!.Counts(1, 0, 0, 0, 0, 1, 0);
        (await p.Coverage(elsewhere))["total"]!.Counts(0, 0, 0, 0, 0, 0, 0);

        // Promising more is owing more; the same again is nothing new.
        await p.Steps(open, "exempt", new { scenarios = new[] { scenario }, reason = "检修" });
        await (await p.FilerA()).Patches($"/api/v1/scenarios/{scenario}", new { measures = new[] { new { measure = "COST_SAVE" }, new { measure = "HOURS_SAVED" } } }, await Version());
        own.Heard();
        await p.Approves(scenario);
        Assert.Equal("called 1", own.Heard());
        Assert.Equal("COST_SAVE HOURS_SAVED", string.Join(' ', (await p.Missing(due))[0]!["measures"]!.AsArray().Select(m => m!.GetValue<string>())));
        (await p.Coverage(open))["total"]!.Counts(0, 0, 0, 0, 0, 0, 8);   // still exempt

        await p.Steps(due, "lock");
        await regulator.Posts($"/api/v1/scenarios/{scenario}/retire", new { retiredOn = "2026-09-30", reason = "停用", version = await Version() });
        Assert.Equal("calledOff 1", own.Heard());
        (await p.Coverage(open))["total"]!.Counts(0, 0, 0, 0, 0, 0, 4);
        (await p.Coverage(due))["total"]!.Counts(2, 0, 0, 0, 0, 2, 0);

        // A locked collection calls nobody new.
        await p.Saves(p.SubsidiaryB);
        (await p.Coverage(due))["total"]!.Counts(2, 0, 0, 0, 0, 2, 0);

        async Task<int> Version() => (await regulator.Gets($"/api/v1/scenarios/{scenario}"))["version"]!.GetValue<int>();
    }
}
