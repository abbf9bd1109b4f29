using System.Text.Json;
using CsCheck;
using Dapper;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Organizations;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Organizations;

/// <summary>
/// The laws of the numbered trees on random histories, against a model that keeps a parent for every organization and month.
/// Broken once by hand: a move that forgets the months before it, one that cuts only its own row, a new organization hung under its parent's present place alone.
/// </summary>
public class TreeLawTests(Hub hub)
{
    private enum Act { Add, Move, Rename, Merge, Split }

    private sealed record Step(Act Act, int Which, int Other, int Month)
    {
        public override string ToString() => $"{Act}({Which}, {Other}, m{Month})";
    }

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((2, Gen.Const(Act.Add)), (6, Gen.Const(Act.Move)), (1, Gen.Const(Act.Rename)), (2, Gen.Const(Act.Merge)), (2, Gen.Const(Act.Split))),
        Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[1, 11], (act, which, other, month) => new Step(act, which, other, month));

    [Fact]
    public async Task In_every_tree_and_month_each_organization_has_one_chain_to_the_root_and_it_is_the_right_one()
    {
        var accepted = new Dictionary<Act, int>();
        await Check.SampleAsync(Steps.Array[10, 40], async steps =>
        {
            var history = new History(await hub.Programme());
            foreach (var step in steps)
                if (await history.Does(step)) accepted[step.Act] = accepted.GetValueOrDefault(step.Act) + 1;
            await history.Laws();
        }, iter: 20, threads: 1);
        Assert.All(Enum.GetValues<Act>(), act => Assert.True(accepted.GetValueOrDefault(act) >= 3, $"{act} was accepted {accepted.GetValueOrDefault(act)} times"));
    }

    private sealed class History
    {
        // Before the first month that anything takes effect in, the eleven months, and long after.
        private static readonly string[] Months = ["0000-00", .. Enumerable.Range(1, 11).Select(m => $"2026-{m:00}"), "9999-98"];

        private readonly Programme _p;
        private readonly Dictionary<long, long?>[] _parents = [.. Months.Select(_ => new Dictionary<long, long?>())];
        private readonly Dictionary<long, Dictionary<long, long?>[]> _trees = [];
        private readonly Dictionary<long, string> _names = [];
        private readonly Dictionary<long, Dictionary<long, string>> _namesThen = [];
        private int _made;

        public History(Programme p)
        {
            _p = p;
            foreach (var (id, parent) in new (long, long?)[] { (p.Root, null), (p.GroupA, p.Root), (p.SubsidiaryA, p.GroupA), (p.GroupB, p.Root), (p.SubsidiaryB, p.GroupB) })
                foreach (var month in _parents) month[id] = parent;
            foreach (var (id, name) in new[] { (p.Root, "测试监管机构"), (p.GroupA, "甲集团"), (p.SubsidiaryA, "甲一公司"), (p.GroupB, "乙集团"), (p.SubsidiaryB, "乙一公司") }) _names[id] = name;
        }

        private long At(int index) => _parents[0].Keys.Order().ElementAt(index % _parents[0].Count);

        public async Task<bool> Does(Step step)
        {
            var (id, other, day) = (At(step.Which), At(step.Other), new DateOnly(2026, step.Month, 10));
            switch (step.Act)
            {
                case Act.Add:
                    var name = $"新公司 {++_made}";
                    if (await Try(new AddOrganization(id, new(OrganizationKind.Subsidiary, name, CreditCode: CreditCodes.Next()))) is not { Ok: true, Value.Id: var added }) return false;
                    foreach (var month in _parents) month[added] = id;
                    _names[added] = name;
                    break;
                case Act.Move:
                    if (!(await Try(new MoveOrganization(id, other, day))).Ok) return false;
                    From(step.Month, month => month[id] = other);
                    break;
                case Act.Merge:
                    if (!(await Try(new MergeOrganization(id, other, day, null, false))).Ok) return false;
                    var children = _parents[^1].Where(c => c.Value == id).Select(c => c.Key).ToArray();
                    From(step.Month, month => { foreach (var moved in children.Append(id)) month[moved] = other; });
                    break;
                case Act.Split:
                    var part = $"分出 {++_made}";
                    var given = _parents[^1].Where(c => c.Value == id).Select(c => c.Key).Order().Take(2).ToArray();
                    if (await Try(new SplitOrganization(id, day, null, [new(OrganizationKind.Subsidiary, part, CreditCode: CreditCodes.Next(), Children: given)], false, false)) is not { Ok: true, Value.Created: [{ Id: var born }] }) return false;
                    foreach (var month in _parents) month[born] = id;
                    From(step.Month, month => { month[born] = _parents[^1][id]; foreach (var moved in given) month[moved] = born; });
                    _names[born] = part;
                    break;
                case Act.Rename:
                    var now = (await Try(new GetOrganization(id))).Value;
                    _names[id] = $"改名 {++_made}";
                    if (!(await Try(new ReviseOrganization(id, now.Version, JsonDocument.Parse($$"""{"name":"{{_names[id]}}"}""").RootElement))).Ok) return false;
                    break;
            }
            var tree = await Number("SELECT MAX(tree_no) FROM organization_tree WHERE tenant_id = @t");
            _trees[tree] = [.. _parents.Select(m => new Dictionary<long, long?>(m))];
            _namesThen[tree] = new(_names);
            return true;
        }

        private void From(int month, Action<Dictionary<long, long?>> change)
        {
            foreach (var changed in _parents[month..]) change(changed);
        }

        public async Task Laws()
        {
            var last = await Number("SELECT MAX(tree_no) FROM organization_tree WHERE tenant_id = @t");
            Assert.Equal(last, await Number("SELECT COUNT(*) FROM organization_tree WHERE tenant_id = @t"));
            var paths = await Rows<Path>("""
                SELECT ancestor_id AS Ancestor, organization_id AS Organization, from_tree AS FromTree, until_tree AS UntilTree,
                       from_period AS FromPeriod, until_period AS UntilPeriod, depth AS Depth
                FROM organization_path WHERE tenant_id = @t
                """);
            Assert.All(paths, p => Assert.True(p.FromTree < p.UntilTree && string.CompareOrdinal(p.FromPeriod, p.UntilPeriod) < 0, p.ToString()));

            for (var tree = 1L; tree <= last; tree++)
                for (var m = 0; m < Months.Length; m++)
                {
                    var there = paths.Where(p => p.FromTree <= tree && tree < p.UntilTree && string.CompareOrdinal(p.FromPeriod, Months[m]) <= 0 && string.CompareOrdinal(Months[m], p.UntilPeriod) < 0)
                        .Select(p => (p.Organization, p.Depth, p.Ancestor)).Order().ToArray();
                    foreach (var chain in there.GroupBy(p => p.Organization))
                    {
                        Assert.Equal(Enumerable.Range(0, chain.Count()), chain.Select(p => p.Depth));
                        Assert.Equal((chain.Key, _p.Root), (chain.First().Ancestor, chain.Last().Ancestor));
                    }
                    if (_trees.TryGetValue(tree, out var model)) Assert.Equal(Chains(model[m]).Order(), there);
                }

            var present = await Rows<Path>("SELECT ancestor_id AS Ancestor, organization_id AS Organization, depth AS Depth FROM organization_ancestor WHERE tenant_id = @t");
            Assert.Equal(present.Select(p => (p.Organization, p.Depth, p.Ancestor)).Order(),
                paths.Where(p => p.UntilTree == long.MaxValue && p.UntilPeriod == "9999-99").Select(p => (p.Organization, p.Depth, p.Ancestor)).Order());

            var names = await Rows<Name>("SELECT organization_id AS Organization, from_tree AS FromTree, until_tree AS UntilTree, name AS Text FROM organization_name WHERE tenant_id = @t");
            foreach (var (tree, then) in _namesThen)
                Assert.Equal(then.Select(n => (n.Key, n.Value)).Order(), names.Where(n => n.FromTree <= tree && tree < n.UntilTree).Select(n => (n.Organization, n.Text)).Order());
        }

        private static IEnumerable<(long Organization, int Depth, long Ancestor)> Chains(Dictionary<long, long?> parents)
        {
            foreach (var organization in parents.Keys)
            {
                var depth = 0;
                for (long? up = organization; up is { } ancestor; up = parents[ancestor])
                {
                    Assert.True(depth < 100, "A circle was accepted.");
                    yield return (organization, depth++, ancestor);
                }
            }
        }

        private Task<Result<T>> Try<T>(IRequest<Result<T>> request) => _p.Hub.Inside(_p.AdminUserId, services => services.GetRequiredService<IMediator>().Send(request));

        private async Task<IReadOnlyList<T>> Rows<T>(string sql)
        {
            await using var connection = await _p.Hub.Services.GetRequiredService<Database>().Open(default);
            return [.. await connection.QueryAsync<T>(sql, new { t = _p.TenantId })];
        }

        private async Task<long> Number(string sql) => (await Rows<long>(sql)).Single();

        private sealed record Path
        {
            public long Ancestor { get; init; }
            public long Organization { get; init; }
            public long FromTree { get; init; }
            public long UntilTree { get; init; }
            public string FromPeriod { get; init; } = "";
            public string UntilPeriod { get; init; } = "";
            public int Depth { get; init; }
        }

        private sealed record Name
        {
            public long Organization { get; init; }
            public long FromTree { get; init; }
            public long UntilTree { get; init; }
            public string Text { get; init; } = "";
        }
    }
}
