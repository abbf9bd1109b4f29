using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Tests.Support;

internal static class PlatformPeople
{
    /// <summary>A platform administrator, new with each call; nobody of a tenant can make one.</summary>
    public static async Task<Person> PlatformAdmin(this Programme programme)
    {
        var name = $"p{Guid.NewGuid():N}";
        await using (var scope = programme.Hub.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().Become(programme.TenantId, programme.AdminUserId, "platform", "platform", programme.Root,
                new HashSet<string> { Role.PlatformAdmin }, Role.PermissionsOf([Role.PlatformAdmin]));
            Assert.True((await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddUser(name, "平台", Person.Password, programme.Root, [Role.PlatformAdmin]))).Ok);
        }
        return await Person.SignIn(programme.Hub, name);
    }
}
