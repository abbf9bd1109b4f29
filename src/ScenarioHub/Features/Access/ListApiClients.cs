using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>Clients of the caller's subtree, by id.</summary>
public sealed record ListApiClients(int? Limit, string? After) : IQuery<Page<ApiClientView>>;

/// <summary>One client. Refused with <c>api-client-not-found</c>.</summary>
public sealed record GetApiClient(long ClientId) : IQuery<ApiClientView>;

internal sealed class ListApiClientsValidator : AbstractValidator<ListApiClients>
{
    public ListApiClientsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListApiClientsHandler(Db db, TimeProvider clock) : IRequestHandler<ListApiClients, Result<Page<ApiClientView>>>, IRequestHandler<GetApiClient, Result<ApiClientView>>
{
    public async Task<Result<Page<ApiClientView>>> Handle(ListApiClients request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ApiClientView, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        return Cursor.Page(await Views(await db.List<ApiClientRow>(ApiClientSql.List, new { After = after, Take = limit + 1 }, ct), ct), limit, c => c.Id);
    }

    public async Task<Result<ApiClientView>> Handle(GetApiClient request, CancellationToken ct) =>
        await db.Find<ApiClientRow>(ApiClientSql.Find, new { request.ClientId }, ct) is { } row ? (await Views([row], ct))[0] : ClientRefusal.NotFound;

    private async Task<IReadOnlyList<ApiClientView>> Views(IReadOnlyList<ApiClientRow> rows, CancellationToken ct)
    {
        var secrets = rows.Count == 0 ? [] : await db.List<ApiClientRow.SecretRow>(ApiClientSql.ListSecrets, new { ClientIds = SqlList.Of(rows.Select(r => r.Id)) }, ct);
        return [.. rows.Select(r => r.View(secrets, clock.Today()))];
    }
}
