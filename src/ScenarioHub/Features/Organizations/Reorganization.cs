using MediatR;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

/// <summary>What a reorganization changed, or with <c>validateOnly</c> would change.</summary>
/// <param name="ValidateOnly">Nothing was written.</param>
/// <param name="Organizations">Organizations whose place changes, those below the ones that move included.</param>
/// <param name="Scenarios">Scenarios that go on at another organization; of a move: scenarios that come to stand under another parent.</param>
/// <param name="Filings">Filings of the months concerned that are another organization's from now on; of a move: that count under another parent.</param>
/// <param name="FirstPeriod">First month of those filings; null when there are none.</param>
/// <param name="LastPeriod">Last month of those filings.</param>
/// <param name="Created">Of a split: the new organizations in the order of its parts; empty while nothing was written.</param>
public sealed record Reorganized(bool ValidateOnly, long Organizations, long Scenarios, long Filings, string? FirstPeriod, string? LastPeriod, IReadOnlyList<OrganizationAdded> Created);

/// <summary>
/// Asks the register, which stands below this feature, to let scenarios go on at another organization; inside the transaction of the merger or split.
/// Refused with <c>scenario-not-of-organization</c>, <c>scenario-name-taken</c>.
/// </summary>
/// <param name="From">Whose they are.</param>
/// <param name="To">Whose they will be; 0 while it is only asked.</param>
/// <param name="SincePeriod">The first month that is the other's; null for the whole history.</param>
/// <param name="ScenarioIds">Which; null for all.</param>
/// <param name="Cause">merged or split: what the ledger's entries and the scenarios' histories call it.</param>
/// <param name="Reason">For the scenarios' histories, at most 500 characters.</param>
/// <param name="FormerName">What is added to the name of a scenario when the other organization has one of that name.</param>
/// <param name="ValidateOnly">True to count, and write nothing.</param>
public sealed record RehomeScenarios(long From, long To, string? SincePeriod, IReadOnlyCollection<long>? ScenarioIds, string Cause, string? Reason, string FormerName, bool ValidateOnly) : IRequest<Result<Rehomed>>;

/// <summary>Counts what stands below an organization: scenarios, and filings of the month and after.</summary>
public sealed record WeighSubtree(long OrganizationId, string SincePeriod) : IRequest<Result<Rehomed>>;

/// <param name="Scenarios">How many scenarios it was about.</param>
/// <param name="Filings">How many of their filings.</param>
/// <param name="FirstPeriod">Null when there are no filings.</param>
/// <param name="Left">How many scenarios the organization they came from has beside them.</param>
public sealed record Rehomed(long Scenarios, long Filings, string? FirstPeriod, string? LastPeriod, long Left)
{
    public static readonly Rehomed None = new(0, 0, null, null, 0);

    public Rehomed And(Rehomed other) => new(Scenarios + other.Scenarios, Filings + other.Filings,
        new[] { FirstPeriod, other.FirstPeriod }.OfType<string>().Min(StringComparer.Ordinal), new[] { LastPeriod, other.LastPeriod }.OfType<string>().Max(StringComparer.Ordinal), other.Left);
}
