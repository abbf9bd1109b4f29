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

    [Fact]
    public async Task Of_eight_who_give_one_user_name_at_once_one_does_and_the_others_are_told()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (int)(await admin.Http.PostAsync("/api/v1/users", System.Net.Http.Json.JsonContent.Create(
            new { userName = $"{p.Name}.one", displayName = "同名", password = Person.Password, organizationId = p.GroupA, roles = new[] { "filer" } }))).StatusCode));
        Assert.Equal([201, .. Enumerable.Repeat(409, 7)], statuses.Order());
    }
}
