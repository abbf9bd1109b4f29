using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Tenants;

/// <summary>All tenants of the deployment; for platform administrators, who see no figures.</summary>
public sealed record ListTenants : IQuery<IReadOnlyList<TenantLine>>;

public sealed record TenantLine
{
    public long Id { get; init; }
    public required string Code { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    /// <summary>True when all figures of the tenant are 演示数据.</summary>
    public bool IsDemo { get; init; }
    public DateTime CreatedAt { get; init; }
}

internal sealed class ListTenantsHandler(Db db) : IRequestHandler<ListTenants, Result<IReadOnlyList<TenantLine>>>
{
    public async Task<Result<IReadOnlyList<TenantLine>>> Handle(ListTenants request, CancellationToken ct) =>
        Result<IReadOnlyList<TenantLine>>.Of(await db.List<TenantLine>(TenantSql.List, null, ct));
}
