using FluentValidation;
using MediatR;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>What submitting these drafts would find, by the same code; nothing is written. Refused with <c>too-many-filings</c>. No command, for it needs no transaction.</summary>
public sealed record CheckFilings(FilingSelection Body) : IRequest<Result<FilingsChecked>>;

/// <param name="RuleSet">Number of the rule set in force.</param>
/// <param name="Passing">How many would be submitted.</param>
/// <param name="Refused">How many would not.</param>
public sealed record FilingsChecked(int RuleSet, int Passing, int Refused, IReadOnlyList<FilingChecked> Items);

/// <param name="Outcome"><c>submitted</c>, or the refusal a submission would be answered with.</param>
public sealed record FilingChecked(long Id, string Outcome, string Message, string? State, int? Version, IReadOnlyList<CheckedFinding> Findings);

/// <param name="Id">Null of a finding that was not kept yet: that happens when the filing is submitted.</param>
/// <param name="Rule">Id of a rule of GET /api/v1/catalog/rules.</param>
/// <param name="Measure">Whose figure it is about.</param>
/// <param name="State">open, explained, accepted or rejected.</param>
/// <param name="Found">What was found; <paramref name="Right"/>: what would be right.</param>
public sealed record CheckedFinding(long? Id, string Rule, string RuleName, string Severity, string Measure, string State, string Found, string Right, string? Explanation);

internal sealed class CheckFilingsValidator : AbstractValidator<CheckFilings>
{
    public CheckFilingsValidator(IValidator<FilingSelection> selection) => RuleFor(x => x.Body).SetValidator(selection);
}

internal sealed class CheckFilingsHandler(Findings findings, Db db, Caller caller) : IRequestHandler<CheckFilings, Result<FilingsChecked>>
{
    public async Task<Result<FilingsChecked>> Handle(CheckFilings request, CancellationToken ct)
    {
        if (await Ids(request.Body, ct) is not { } ids) return RuleRefusal.TooMany;
        var rows = (await db.List<Row>(RuleSql.Visible, new { FilingIds = SqlList.Of(ids) }, ct)).ToDictionary(r => r.FilingId);
        var expected = request.Body.Expected?.ToDictionary(e => e.Id, e => e.Version);
        var drafts = rows.Values.Where(r => Why(r, expected) is null).Select(r => r.FilingId).ToArray();
        var (rules, judged) = await findings.Judge(drafts, ct);
        var judgements = judged.ToDictionary(j => j.FilingId);
        FilingChecked[] items = [.. ids.Select(id =>
        {
            var row = rows.GetValueOrDefault(id);
            var judgement = judgements.GetValueOrDefault(id);
            return (Why(row, expected) ?? judgement?.Refused()) is { } why
                ? new FilingChecked(id, why.Code, why.Detail.ToString(), row?.State, row?.Version, [.. judgement?.Shown() ?? []])
                : new FilingChecked(id, FilingState.Submitted, new Words("可以提交。", "It can be submitted.").ToString(), row!.State, row.Version, [.. judgement!.Shown()]);
        })];
        var passing = items.Count(i => i.Outcome == FilingState.Submitted);
        return new FilingsChecked(rules.Number, passing, items.Length - passing, items);
    }

    private async Task<IReadOnlyList<long>?> Ids(FilingSelection selection, CancellationToken ct)
    {
        if (selection.Filter is not { } filter) return selection.Ids ?? [.. selection.Expected!.Select(e => e.Id)];
        var (from, to) = FilingChoice.Range(filter.Period, filter.From, filter.To);
        var ids = await db.List<long>(RuleSql.FilingsByFilter, new
        {
            From = from,
            To = to,
            State = filter.State ?? FilingState.Draft,
            ScenarioId = filter.Scenario,
            OrganizationId = filter.Organization ?? caller.OrganizationId,
            Take = FilingRule.MaxDecided + 1
        }, ct);
        return ids.Count > FilingRule.MaxDecided ? null : ids;
    }

    private static Refusal? Why(Row? row, Dictionary<long, int>? expected) =>
        row is null ? FilingRefusal.NotFound
        : expected is not null && expected[row.FilingId] != row.Version ? Refusal.Stale(row.Version)
        : row.State == FilingState.Draft ? null : FilingRefusal.NotDraft(row.State);

    private sealed record Row
    {
        public long FilingId { get; init; }
        public required string State { get; init; }
        public int Version { get; init; }
    }
}
