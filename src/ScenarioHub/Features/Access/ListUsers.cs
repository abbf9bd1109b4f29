using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>People of the caller's subtree, by id.</summary>
public sealed record ListUsers(int? Limit, string? After) : IQuery<Page<UserLine>>;

/// <param name="Roles">Sorted role codes.</param>
public sealed record UserLine(long Id, string UserName, string DisplayName, long OrganizationId, string OrganizationName, IReadOnlyList<string> Roles, bool IsDisabled, DateTime? LastSignedInAt);

internal sealed class ListUsersValidator : AbstractValidator<ListUsers>
{
    public ListUsersValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListUsersHandler(Db db) : IRequestHandler<ListUsers, Result<Page<UserLine>>>
{
    public async Task<Result<Page<UserLine>>> Handle(ListUsers request, CancellationToken ct)
    {
        if (!Cursor.TryRead<UserLine, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<Row>(AccessSql.List, new { After = after, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => new UserLine(r.UserId, r.UserName, r.DisplayName, r.OrganizationId, r.OrganizationName,
            [.. r.Roles.Split(',').Order(StringComparer.Ordinal)], r.IsDisabled, r.LastSignedInAt)).ToList(), limit, u => u.Id);
    }

    private sealed record Row
    {
        public long UserId { get; init; }
        public required string UserName { get; init; }
        public required string DisplayName { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public required string Roles { get; init; }
        public bool IsDisabled { get; init; }
        public DateTime? LastSignedInAt { get; init; }
    }
}
