using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Filings of the caller's subtree, the latest month first, and within a month the latest filing.</summary>
/// <param name="State">draft, submitted, approved or returned.</param>
/// <param name="Period">One month; or <paramref name="From"/> and <paramref name="To"/>, either of them.</param>
/// <param name="Organization">Only of this organization and all below it.</param>
/// <param name="Scenario">Only of this scenario.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListFilings(string? State, string? Period, string? From, string? To, long? Organization, long? Scenario, int? Limit, string? After) : IQuery<Page<FilingLine>>;

/// <summary>A filing in a list.</summary>
public sealed record FilingLine
{
    public long Id { get; init; }
    public long ScenarioId { get; init; }
    public required string ScenarioCode { get; init; }
    public required string ScenarioName { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public required string Period { get; init; }
    public required string State { get; init; }
    public int Version { get; init; }
    /// <summary>The version in the approved book; null before the first approval.</summary>
    public int? ApprovedVersion { get; init; }
    public DateTime UpdatedAt { get; init; }
}

/// <summary>Which filings, for a list or a decision.</summary>
internal static class FilingChoice
{
    public static void Rules<T>(AbstractValidator<T> on, Func<T, (string? State, string? Period, string? From, string? To)> of)
    {
        on.RuleFor(x => x).Custom((x, context) =>
        {
            var (state, period, from, to) = of(x);
            if (state is not null && !FilingState.All.Contains(state)) Add("state", FigureProblem.UnknownCode, new($"没有状态“{state}”;须为 {string.Join("、", FilingState.All)} 之一。", $"There is no state “{state}”; one of {string.Join(", ", FilingState.All)}."));
            foreach (var (name, text) in new[] { ("period", period), ("from", from), ("to", to) })
                if (text is not null && !Month.TryParse(text, out _)) Add(name, "period-not-a-month", new(FilingRefusal.PeriodNotAMonth("", text).Message, FilingRefusal.PeriodNotAMonth("", text).Message));
            if (period is not null && (from ?? to) is not null) Add("period", "period-or-range", new("period 与 from、to 只能用其一。", "Give either period, or from and to."));
            if (from is not null && to is not null && string.CompareOrdinal(from, to) > 0) Add("from", "range-backwards", new("from 不能晚于 to。", "from must not be after to."));

            void Add(string name, string code, Words words) => context.AddFailure(new FluentValidation.Results.ValidationFailure($"{context.PropertyPath}.{name}", words.ToString()) { ErrorCode = code });
        });
    }

    public static (string From, string To) Range(string? period, string? from, string? to) => (period ?? from ?? "2015-01", period ?? to ?? "2099-12");
}

internal sealed class ListFilingsValidator : AbstractValidator<ListFilings>
{
    public ListFilingsValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        FilingChoice.Rules(this, x => (x.State, x.Period, x.From, x.To));
    }
}

internal sealed class ListFilingsHandler(Db db, Caller caller) : IRequestHandler<ListFilings, Result<Page<FilingLine>>>
{
    private readonly record struct Last(string? Period, long Id);

    public async Task<Result<Page<FilingLine>>> Handle(ListFilings request, CancellationToken ct)
    {
        if (!Cursor.TryRead<FilingLine, Last>(request.After, out var after) || (request.After is not null && !Month.TryParse(after.Period, out _))) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var (from, to) = FilingChoice.Range(request.Period, request.From, request.To);
        // Going on after a row means: of its month only earlier filings, and no later month.
        var goesOn = after.Period is not null && string.CompareOrdinal(after.Period, to) <= 0;
        var sql = request.Scenario is not null ? FilingSql.ListOfScenario : request.State is not null ? FilingSql.ListInState : FilingSql.List;
        var rows = await db.List<FilingLine>(sql, new
        {
            request.State,
            ScenarioId = request.Scenario,
            OrganizationId = request.Organization ?? caller.OrganizationId,
            From = from,
            To = goesOn ? after.Period : to,
            BeforeId = goesOn ? after.Id : long.MaxValue,
            Take = limit + 1
        }, ct);
        return Cursor.Page(rows, limit, f => new Last(f.Period, f.Id));
    }
}
