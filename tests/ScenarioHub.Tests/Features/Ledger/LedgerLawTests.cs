using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Collections;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

/// <summary>
/// The ledger's laws on random histories, against a model that keeps only what the regulator last accepted.
/// Broken once by hand: a posting left out of Posting.Difference, a fold that skips its last entry, an explain without the book's filter, a difference without what the tree moved;
/// found by themselves: an organization's cell under the trees of the time explained with months that were not its own.
/// </summary>
public class LedgerLawTests(Hub hub)
{
    /// <summary>What a history may do; every step picks its scenario and month by number.</summary>
    private enum Act { File, Submit, Approve, Return, Reclassify, Stage, Retire, Move, Merge, Split, Call, Postpone, Exempt, CallOff, Lock, Fold, Rebuild, Repeat }

    private sealed record Step(Act Act, int Scenario, int Month, int Value)
    {
        public override string ToString() => $"{Act}(s{Scenario}, m{Month}, {Value})";
    }

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((6, Gen.Const(Act.File)), (6, Gen.Const(Act.Submit)), (6, Gen.Const(Act.Approve)), (2, Gen.Const(Act.Return)), (1, Gen.Const(Act.Reclassify)), (1, Gen.Const(Act.Stage)),
            (1, Gen.Const(Act.Retire)), (2, Gen.Const(Act.Move)), (1, Gen.Const(Act.Merge)), (1, Gen.Const(Act.Split)), (3, Gen.Const(Act.Call)), (1, Gen.Const(Act.Postpone)), (1, Gen.Const(Act.Exempt)), (1, Gen.Const(Act.CallOff)), (1, Gen.Const(Act.Lock)), (3, Gen.Const(Act.Fold)), (1, Gen.Const(Act.Rebuild)), (2, Gen.Const(Act.Repeat))),
        Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[-1, 9_999_999], (act, scenario, month, value) => new Step(act, scenario, month, value));

    [Fact]
    public async Task Whatever_happens_balances_are_the_sum_of_entries_rebuilding_changes_nothing_and_every_cell_explains_itself()
    {
        var histories = 0;
        await Check.SampleAsync(Steps.Array[5, 40], async steps =>
        {
            await new History(await hub.Programme()).Live(steps);
            Interlocked.Increment(ref histories);
        }, iter: 12, threads: 1);
        Assert.True(histories >= 12);
    }

    private sealed class History(Programme p)
    {
        private static readonly string[] Months = ["2026-07", "2026-08", "2026-09"], Stages = ["pilot", "scaled", "replicated"], Divisions = ["44", "06", "36"];
        private readonly Dictionary<(long Scenario, string Month), long> _acceptedFen = [];
        private readonly Dictionary<(long Scenario, string Month), long> _draftFen = [];
        private readonly HashSet<long> _retired = [];
        private readonly List<long> _scenarios = [];
        private int _classified, _staged;
        private readonly List<Called> _called = [];
        private readonly List<(long Closing, string Answer)> _closings = [];
        private bool _moved;

        /// <summary>What was asked for of a month, by a collection that stands.</summary>
        private sealed record Called(long Id, string Month)
        {
            public bool Due { get; set; }
            public HashSet<long> Exempt { get; } = [];
        }

        public async Task Live(IReadOnlyList<Step> steps)
        {
            _scenarios.Add(await p.ApprovedScenario(stage: "pilot", stageSince: "2026-01-01"));
            _scenarios.Add(await p.ApprovedScenario(stage: "pilot", stageSince: "2026-01-01"));
            _scenarios.Add(await p.ApprovedScenario(p.SubsidiaryB, division: "36", stage: "pilot", stageSince: "2026-01-01"));
            var last = steps[0];
            await KeptIsWorkedOut();
            foreach (var step in steps)
            {
                await Do(step.Act == Act.Repeat ? last : step);
                await KeptIsWorkedOut();
                if (step.Act != Act.Repeat) last = step;
            }
            await Laws(folded: false);
            await Close();
            await Laws(folded: true);
            Assert.Equal(0, (await p.Hub.Send(p.AdminUserId, new RebuildLedger())).Replaced);
        }

        private async Task Do(Step step)
        {
            var (scenario, month) = (_scenarios[step.Scenario], Months[step.Month]);
            switch (step.Act)
            {
                case Act.File:
                    var figure = step.Value < 0 ? new FigureInput("COST_SAVE", State: "exempt") : step.Value == 0 ? new FigureInput("COST_SAVE", State: "zero") : new FigureInput("COST_SAVE", Value: step.Value / 100m);
                    if ((await Try(new FileFigures(scenario, month, null, new([figure], "订正")))).Ok) _draftFen[(scenario, month)] = Math.Max(0, step.Value);
                    break;
                case Act.Submit: await Decide(month, new SubmitFilings(await Of(scenario, month))); break;
                case Act.Approve:
                    if (await Decide(month, new ApproveFilings(await Of(scenario, month)))) _acceptedFen[(scenario, month)] = _draftFen[(scenario, month)];
                    break;
                case Act.Return: await Decide(month, new ReturnFilings("请核对", await Of(scenario, month))); break;
                case Act.Reclassify: await Revise(scenario, $$"""{"industryDivision":"{{Divisions[++_classified % 3]}}"}"""); break;
                case Act.Stage: await Revise(scenario, $$"""{"stage":"{{Stages[Math.Min(2, ++_staged)]}}","stageSince":"2026-0{{8 + step.Month % 2}}-01"}"""); break;
                case Act.Retire:
                    var now = (await Try(new GetScenario(scenario))).Value;
                    if ((await Try(new RetireScenario(scenario, new DateOnly(2026, 11, 10), "停用", now.Version))).Ok) _retired.Add(scenario);
                    break;
                case Act.Move:
                    if ((await Try(new MoveOrganization(p.GroupB, _moved ? p.Root : p.GroupA, new DateOnly(2026, 8 + step.Month, 15)))).Ok) _moved = !_moved;
                    break;
                case Act.Merge: await Try(new MergeOrganization(p.SubsidiaryB, p.SubsidiaryA, new DateOnly(2026, 8, 10), null, false)); break;
                case Act.Split: await Try(new SplitOrganization(p.SubsidiaryA, new DateOnly(2026, 9, 10), null, [new(OrganizationKind.Directory, $"分出 {step.Value}", Scenarios: [scenario])], false, false)); break;
                case Act.Call:
                    var due = step.Value % 2 == 0;
                    var call = (await Try(new AddCollection(new("月度填报", month, month, new DateOnly(2026, 11, 1), new DateOnly(2026, due ? 11 : 12, 15), Organization: p.Root)))).Value;
                    Assert.True((await Try(new OpenCollection(call.Id))).Ok);
                    await Strikes(call.Id);
                    _called.Add(new(call.Id, month) { Due = due });
                    break;
                case Act.Postpone when Of(step) is { } late:
                    var standing = (await Try(new GetCollection(late.Id))).Value;
                    if ((await Try(new ReviseCollection(late.Id, standing.Version, JsonDocument.Parse("""{"dueOn":"2026-12-20"}""").RootElement))).Ok) late.Due = false;
                    await Strikes(late.Id);
                    break;
                case Act.Exempt when Of(step) is { } let:
                    if ((await Try(new ExemptObligations(let.Id, true, new([scenario], null, "试运行")))).Ok) let.Exempt.Add(scenario);
                    await Strikes(let.Id);
                    break;
                case Act.CallOff when Of(step) is { } off:
                    if ((await Try(new CancelCollection(off.Id, "重复下达"))).Ok) _called.Remove(off);
                    await Strikes(off.Id);
                    break;
                case Act.Lock when Of(step) is { } closed:
                    await Try(new LockCollection(closed.Id));
                    await Strikes(closed.Id);
                    break;
                case Act.Fold: await Close(); break;
                case Act.Rebuild: await p.Hub.Send(p.AdminUserId, new RebuildLedger()); break;
            }
        }

        private Called? Of(Step step) => _called.Count == 0 ? null : _called[Math.Abs(step.Value) % _called.Count];

        private Task Strikes(long collection) => p.Hub.Services.GetRequiredService<CollectionJobs>().AdvanceOne(p.TenantId, collection, default);

        // What of COST_SAVE is not in the approved book, by what the collections that stand ask for.
        private int Absent(string month, Func<List<Called>, bool> state) => _scenarios.Count(s =>
        {
            var asked = _called.Where(c => c.Month == month && !c.Exempt.Contains(s)).ToList();
            return asked.Count > 0 && !_acceptedFen.ContainsKey((s, month)) && state(asked);
        });

        private async Task<FilingSelection> Of(long scenario, string month) =>
            new(Ids: [(await Try(new GetFiling(scenario, month))) is { Ok: true, Value.Id: { } id } ? id : 1]);

        private async Task<bool> Decide(string month, IRequest<Result<FilingsDecided>> decision) => (await Try(decision)) is { Ok: true, Value.Done: 1 } && month.Length > 0;

        private async Task Revise(long scenario, string patch)
        {
            var now = (await Try(new GetScenario(scenario))).Value;
            if (await Try(new ReviseScenario(scenario, now.Version, JsonDocument.Parse(patch).RootElement)) is not { Ok: true } revised) return;
            if (await Try(new SubmitScenario(scenario, revised.Value.Version)) is { Ok: true } submitted) Assert.True((await Try(new ApproveScenario(scenario, submitted.Value.Version))).Ok);
        }

        // One person with both sides' rights: the laws are about figures, and who may do what is tested elsewhere.
        private Task<Result<T>> Try<T>(IRequest<Result<T>> request) => p.Hub.Inside(p.AdminUserId, services => services.GetRequiredService<IMediator>().Send(request));

        // Every step was preceded by a reading that may have been kept: what is given now is what is worked out now, and so it is the second time.
        private async Task KeptIsWorkedOut()
        {
            var regulator = await p.Regulator();
            var now = JsonSerializer.SerializeToNode(await p.Hub.Send(regulator.UserId, new GetRollup("COST_SAVE", "organization", "2026-07", "2026-09", null, null, null, null, null)), ScenarioHub.Platform.Http.Json.Options)!;
            for (var time = 0; time < 2; time++) Assert.Equal(WithoutInstant(now), WithoutInstant(await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09")));

            static string WithoutInstant(JsonNode rollup)
            {
                rollup["asOf"] = null;
                return rollup.ToJsonString();
            }
        }

        private async Task Laws(bool folded)
        {
            var check = await p.Hub.Send(p.AdminUserId, new CheckLedger());
            Assert.True(check.Holds, check.ToString());

            var regulator = await p.Regulator();
            var accepted = _acceptedFen.Values.Sum() / 100m;
            foreach (var by in new[] { "sector", "organization", "month", "stage", "region", "keyAction", "grade" })
            {
                var rollup = await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by={by}&from=2026-07&to=2026-09");
                Assert.Equal(accepted, Value(rollup["total"]!));
                Assert.Equal(accepted, rollup["cells"]!.AsArray().Sum(c => Value(c!)));
                if (folded) foreach (var cell in rollup["cells"]!.AsArray().Append(rollup["total"])) await Explained.AddsUp(regulator, cell!);
            }
            foreach (var month in Months)
                Assert.Equal(_acceptedFen.Where(a => a.Key.Month == month).Sum(a => a.Value) / 100m, Value((await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=stage&from={month}"))["total"]!));
            foreach (var month in Months)
            {
                var coverage = (await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=organization&from={month}"))["total"]!["coverage"]!;
                Assert.Equal((Absent(month, asked => asked.Any(c => c.Due)), Absent(month, asked => !asked.Any(c => c.Due))), (coverage["missing"]!.GetValue<int>(), coverage["notDue"]!.GetValue<int>()));
            }
            foreach (var tree in TreeReading.All)
            {
                var under = await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09&tree={tree}");
                Assert.Equal(accepted, under["cells"]!.AsArray().Sum(c => Value(c!)));
                Assert.Equal(accepted, Value(under["total"]!));
                if (folded) foreach (var cell in under["cells"]!.AsArray()) await Explained.AddsUp(regulator, cell!);
            }
            await Differences(regulator);
            var count = await regulator.Gets("/api/v1/rollups?measure=SCN_COUNT&by=stage&from=2026-11");
            Assert.Equal(3 - _retired.Count, Value(count["total"]!));
            Assert.All(count["cells"]!.AsArray(), c => Assert.True(Value(c!) >= 0));
            Assert.Equal(3_000_000m, Value((await regulator.Gets("/api/v1/rollups?measure=INVEST_PLAN&by=sector&from=2026-11"))["total"]!));
        }

        // From any earlier closing to now: every cell's difference is the sum of its parts, and every closing reads as it did.
        private async Task Differences(Person regulator)
        {
            foreach (var (closing, then) in _closings)
            {
                Assert.Equal(then, await regulator.Http.GetStringAsync(new Uri($"/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09&asOf={closing}", UriKind.Relative)));
                foreach (var by in new[] { "organization", "sector" })
                {
                    var diff = await regulator.Gets($"/api/v1/rollups/diff?measure=COST_SAVE&by={by}&first=2026-07&last=2026-09&from={closing}");
                    foreach (var cell in diff["cells"]!.AsArray().Append(diff["total"]))
                        Assert.Equal((cell!["after"]?.GetValue<decimal>() ?? 0) - (cell["before"]?.GetValue<decimal>() ?? 0), cell["sides"]![0]!["parts"]!.AsArray().Sum(part => part!["change"]!.GetValue<decimal>()));
                }
            }
        }

        private async Task Close()
        {
            if (await p.Fold() is { Folded: > 0, ClosingNo: var closing })
                _closings.Add((closing, await (await p.Regulator()).Http.GetStringAsync(new Uri($"/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09&asOf={closing}", UriKind.Relative))));
        }

        private static decimal Value(JsonNode cell) => cell["value"]?.GetValue<decimal>() ?? 0;
    }
}
