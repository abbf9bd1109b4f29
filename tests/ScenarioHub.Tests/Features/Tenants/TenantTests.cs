using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Tenants;

public class TenantTests(Hub hub)
{
    [Fact]
    public async Task A_tenant_opens_with_an_administrator_who_sees_only_it()
    {
        var platform = await (await hub.Programme()).PlatformAdmin();
        var code = $"n{Guid.NewGuid():N}"[..20];
        object Tenant(string of, string admin) => new { code = of, nameZh = "新监管机构", nameEn = "New regulator", adminUserName = admin, adminPassword = Person.Password };
        var added = await platform.Posts("/api/v1/tenants", Tenant(code, code + ".admin"), 201);
        Assert.Equal("tenant-code-taken", (await platform.Posts("/api/v1/tenants", Tenant(code, code + ".other"), 409)).Code());
        Assert.Equal("user-name-taken", (await platform.Posts("/api/v1/tenants", Tenant(code + "x", code + ".admin"), 409)).Code());

        var listed = Assert.Single((await platform.Gets("/api/v1/tenants")).AsArray(), t => t!["code"]!.GetValue<string>() == code)!;
        Assert.Equal(added["tenantId"]!.GetValue<long>(), listed["id"]!.GetValue<long>());
        var organizations = (await (await Person.SignIn(hub, code + ".admin")).Gets("/api/v1/organizations"))["items"]!.AsArray();
        Assert.Equal("新监管机构", Assert.Single(organizations)!["name"]!.GetValue<string>());
    }
}
