using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Access;

public class UserTests(Hub hub)
{
    [Fact]
    public async Task One_sees_the_people_of_ones_subtree_with_their_roles()
    {
        var p = await hub.Programme();
        var (filerA, filerB) = (await p.FilerA(), await p.FilerB());
        var groupAdmin = await p.SignedInAs("enterpriseAdmin", p.GroupA);
        async Task<Dictionary<long, string>> Seen(Person person) => (await person.Gets("/api/v1/users"))["items"]!.AsArray()
            .ToDictionary(u => u!["id"]!.GetValue<long>(), u => string.Join(',', u!["roles"]!.AsArray().Select(r => r!.GetValue<string>())));

        Assert.Equal(new Dictionary<long, string> { [filerA.UserId] = "filer", [groupAdmin.UserId] = "enterpriseAdmin" }, await Seen(groupAdmin));
        var all = await Seen(await p.Admin());
        Assert.Equal("regulatorAdmin", all[p.AdminUserId]);
        Assert.Contains(filerB.UserId, all.Keys);
        Assert.Equal(4, all.Count);
    }
}
