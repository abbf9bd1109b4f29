using System.Globalization;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

/// <summary>Organizations of the caller's subtree, by id.</summary>
/// <param name="ParentId">Only those directly under this one.</param>
/// <param name="Q">Part of the name, or a whole credit code.</param>
/// <param name="AsOf">The tree of that day as now known (of its month: a change counts from the month of its day on), with the names of that day; the present one when not given. What may be seen follows the present tree.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListOrganizations(long? ParentId, string? Q, DateOnly? AsOf, int? Limit, string? After) : IQuery<Page<OrganizationView>>;

internal sealed class ListOrganizationsValidator : AbstractValidator<ListOrganizations>
{
    public ListOrganizationsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        RuleFor(x => x.Q).MaximumLength(100);
    }
}

internal sealed class ListOrganizationsHandler(Db db) : IRequestHandler<ListOrganizations, Result<Page<OrganizationView>>>
{
    public async Task<Result<Page<OrganizationView>>> Handle(ListOrganizations request, CancellationToken ct)
    {
        if (!Cursor.TryRead<OrganizationView, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<OrganizationView>(request.AsOf is null ? OrganizationSql.List : TreeSql.ListAsOf, new
        {
            request.ParentId,
            Q = SqlLike.Contains(request.Q),
            Exact = request.Q,
            Day = request.AsOf,
            Month = request.AsOf?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            TreeChange.Still,
            After = after,
            Take = limit + 1
        }, ct);
        return Cursor.Page(rows, limit, o => o.Id);
    }
}
