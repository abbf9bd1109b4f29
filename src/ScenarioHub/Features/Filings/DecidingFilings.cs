using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Which filings a decision is about: exactly one of the three.</summary>
/// <param name="Ids">1 to 10,000 ids, each once.</param>
/// <param name="Expected">As ids, with the version that was looked at: another one by now is refused per item with <c>stale-version</c>.</param>
/// <param name="Filter">All that match, at most 10,000.</param>
public sealed record FilingSelection(IReadOnlyList<long>? Ids = null, IReadOnlyList<FilingAtVersion>? Expected = null, FilingFilter? Filter = null);

/// <summary>A filing as it was looked at.</summary>
public sealed record FilingAtVersion(long Id, int Version);

/// <summary>Filings of a month, or of the months from … to.</summary>
/// <param name="Period">One month; required unless <paramref name="From"/> and <paramref name="To"/> are given, so that an empty filter decides nothing.</param>
/// <param name="Organization">Only of this organization and all below it.</param>
/// <param name="State">The state the decision starts from when absent.</param>
public sealed record FilingFilter(string? Period = null, string? From = null, string? To = null, long? Organization = null, string? State = null, long? Scenario = null);

/// <summary>What became of each filing.</summary>
/// <param name="Done">How many changed their state.</param>
/// <param name="Refused">How many did not.</param>
/// <param name="Items">In the order of the ids; of a filter by id.</param>
public sealed record FilingsDecided(int Done, int Refused, IReadOnlyList<FilingDecision> Items);

/// <param name="Outcome"><c>submitted</c>, <c>approved</c>, <c>returned</c>, or the code of a refusal: <c>filing-not-found</c>, <c>filing-not-draft</c>, <c>filing-not-submitted</c>, <c>period-locked</c>, <c>stale-version</c>,
/// <c>finding-blocks</c> (a figure must be changed), <c>finding-needs-explanation</c> (or explained) when submitting.</param>
/// <param name="Message">In the language of the request.</param>
/// <param name="State">The state the filing is in now; null when there is no such filing.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Errors">What stood in the way, figure by figure; null when nothing did.</param>
public sealed record FilingDecision(long Id, string Outcome, string Message, string? State, int? Version, IReadOnlyList<FieldProblem>? Errors = null);

internal sealed class FilingSelectionValidator : AbstractValidator<FilingSelection>
{
    public FilingSelectionValidator()
    {
        RuleFor(x => x).Must(x => new object?[] { x.Ids, x.Expected, x.Filter }.Count(part => part is not null) == 1).WithName("Ids").OverridePropertyName("Ids").WithErrorCode("selection-missing")
            .WithMessage(_ => new Words("请给出 ids、expected、filter 三者之一。", "Give exactly one of ids, expected and filter.").ToString());
        RuleFor(x => x.Ids!).Must(Sized).When(x => x.Ids is not null).WithErrorCode("selection-size").WithMessage(Size);
        RuleFor(x => x.Ids!).Must(ids => ids.Distinct().Count() == ids.Count).When(x => x.Ids is not null).WithErrorCode("duplicate-id").WithMessage(Twice);
        RuleForEach(x => x.Expected!).NotNull().When(x => x.Expected is not null).WithErrorCode("required");
        RuleFor(x => x.Expected!).Must(Sized).When(x => x.Expected is not null).WithErrorCode("selection-size").WithMessage(Size);
        RuleFor(x => x.Expected!).Must(e => e.Where(x => x is not null).DistinctBy(x => x.Id).Count() == e.Count(x => x is not null)).When(x => x.Expected is not null).WithErrorCode("duplicate-id").WithMessage(Twice);
        RuleFor(x => x.Filter!).SetValidator(new FilterValidator()).When(x => x.Filter is not null);
    }

    private static bool Sized<T>(IReadOnlyList<T> list) => list.Count is > 0 and <= FilingRule.MaxDecided;
    private static string Size(FilingSelection _) => new Words($"须有 1 至 {FilingRule.MaxDecided} 条。", $"Between 1 and {FilingRule.MaxDecided} filings.").ToString();
    private static string Twice(FilingSelection _) => new Words("同一填报出现了不止一次。", "A filing stands in the list more than once.").ToString();

    private sealed class FilterValidator : AbstractValidator<FilingFilter>
    {
        public FilterValidator()
        {
            RuleFor(x => x.Period).NotEmpty().When(x => x.From is null || x.To is null).WithErrorCode("required")
                .WithMessage(_ => new Words("请给出 period,或同时给出 from 和 to。", "Give period, or both from and to.").ToString());
            FilingChoice.Rules(this, x => (x.State, x.Period, x.From, x.To));
        }
    }
}

/// <summary>Moves filings from one state to the next, as one set: each filing is moved by exactly one of those who try at once.</summary>
internal sealed class DecidingFilings(Db db, IMediator mediator, Caller caller, TimeProvider clock)
{
    /// <param name="from">The state a filing must be in.</param>
    /// <param name="to">The state it comes to.</param>
    /// <param name="reason">Of a return.</param>
    /// <param name="isTrial">The caller undoes it all: nobody need be told, and the answer is the same.</param>
    public async Task<Result<FilingsDecided>> Run(FilingSelection selection, string from, string to, string? reason, CancellationToken ct, bool isTrial = false)
    {
        if (await Ids(selection, from, ct) is not { } ids) return FilingRefusal.TooMany;
        var expected = selection.Expected?.ToDictionary(e => e.Id, e => e.Version);
        var before = await Standing(ids, ct);
        if (from == FilingState.Draft) await MarkLocked(before, ct);
        var ready = ids.Where(id => Refuse(before.GetValueOrDefault(id), from, expected) is null).ToArray();
        var refused = new Dictionary<long, Refusal>();
        if (to == FilingState.Submitted && ready.Length > 0)
        {
            await db.Run(FilingSql.HoldDrafts, new { FilingIds = SqlList.Of(ready) }, ct);
            await mediator.Publish(new SubmittingFilings(ready, refused), ct);
            ready = [.. ready.Where(id => !refused.ContainsKey(id))];
        }
        var moved = await Move(ready.Select(id => before[id]), from, to, reason, ct);

        // Who lost a race is answered from what the winner left.
        var lost = ready.Where(id => !moved.Contains(id)).ToArray();
        var now = lost.Length == 0 ? [] : await Standing(lost, ct);
        var items = ids.Select(id => moved.Contains(id)
            ? new FilingDecision(id, to, Did(to).ToString(), to, before[id].Version)
            : refused.TryGetValue(id, out var why) ? new FilingDecision(id, why.Code, why.Detail.ToString(), before[id].State, before[id].Version, why.Errors)
            : Refused(id, now.GetValueOrDefault(id) ?? before.GetValueOrDefault(id), from, expected)).ToArray();

        if (isTrial) return new FilingsDecided(moved.Count, items.Length - moved.Count, items);
        db.Record(ready.Where(moved.Contains).Select((id, i) => new Change("filing", Cause(to, before[id]), id, before[id].OrganizationId, before[id].Version, before[id].Period)
        {
            // The same of all: once is enough.
            Fields = i > 0 && moved.Count > ChangeLog.MostWithFields ? null : [Change.Field("state", from, to), .. reason is null ? [] : new[] { Change.Field("reason", null, reason) }]
        }));
        foreach (var (cause, group) in ready.Where(moved.Contains).GroupBy(id => Cause(to, before[id])).ToDictionary(g => g.Key, g => g.ToArray()))
            await mediator.Publish(new FilingsChanged(group, cause), ct);
        return new FilingsDecided(moved.Count, items.Length - moved.Count, items);
    }

    private async Task<IReadOnlyList<long>?> Ids(FilingSelection selection, string from, CancellationToken ct)
    {
        if (selection.Filter is not { } filter) return selection.Ids ?? [.. selection.Expected!.Select(e => e.Id)];
        var (first, last) = FilingChoice.Range(filter.Period, filter.From, filter.To);
        var ids = await db.List<long>(FilingSql.IdsByFilter, new
        {
            From = first,
            To = last,
            State = filter.State ?? from,
            ScenarioId = filter.Scenario,
            OrganizationId = filter.Organization ?? caller.OrganizationId,
            Take = FilingRule.MaxDecided + 1
        }, ct);
        return ids.Count > FilingRule.MaxDecided ? null : ids;
    }

    private async Task<Dictionary<long, Row>> Standing(IEnumerable<long> ids, CancellationToken ct) =>
        (await db.List<Row>(FilingSql.Standing, new { FilingIds = SqlList.Of(ids) }, ct)).ToDictionary(r => r.FilingId);

    // What was saved before its month was locked is no correction, and only corrections go on.
    private async Task MarkLocked(Dictionary<long, Row> standing, CancellationToken ct)
    {
        var plain = standing.Values.Where(r => r.State == FilingState.Draft && !r.IsCorrection).Select(r => r.FilingId).ToArray();
        if (plain.Length == 0) return;
        foreach (var id in await db.List<long>(FilingSql.LockedFilings, new { FilingIds = SqlList.Of(plain) }, ct)) standing[id] = standing[id] with { IsShut = true };
    }

    private async Task<HashSet<long>> Move(IEnumerable<Row> ready, string from, string to, string? reason, CancellationToken ct)
    {
        var moved = new HashSet<long>();
        // A statement for each version number there is, commonly one: so the version that was judged is the version that moves.
        foreach (var group in ready.GroupBy(r => r.Version))
        {
            var args = new
            {
                FilingIds = SqlList.Of(group.Select(r => r.FilingId)),
                Version = group.Key,
                From = from,
                To = to,
                DecisionId = await db.NextId(ct),
                Now = clock.GetUtcNow().UtcDateTime,
                caller.UserId,
                Reason = reason
            };
            await db.Run(to == FilingState.Approved ? FilingSql.Approve : FilingSql.Move, args, ct);
            moved.UnionWith(await db.List<long>(FilingSql.Decided, args, ct));
        }
        if (moved.Count > 0)
            await db.Run(to == FilingState.Submitted ? FilingSql.MarkSubmitted : FilingSql.MarkDecided,
                new { FilingIds = SqlList.Of(moved), To = to, Now = clock.GetUtcNow().UtcDateTime, caller.UserId, Reason = reason }, ct);
        return moved;
    }

    private static Refusal? Refuse(Row? row, string from, Dictionary<long, int>? expected) =>
        row is null ? FilingRefusal.NotFound
        : expected is not null && expected[row.FilingId] != row.Version ? Refusal.Stale(row.Version)
        : row.IsShut ? FilingRefusal.PeriodLocked
        : row.State == from ? null
        : from == FilingState.Draft ? FilingRefusal.NotDraft(row.State) : FilingRefusal.NotSubmitted(row.State);

    private static FilingDecision Refused(long id, Row? row, string from, Dictionary<long, int>? expected)
    {
        // Found again in the state it should have been in: it went round to a later version meanwhile.
        var why = Refuse(row, from, expected) ?? Refusal.Stale(row!.Version);
        return new(id, why.Code, why.Detail.ToString(), row?.State, row?.Version);
    }

    private static string Cause(string to, Row before) => to switch
    {
        FilingState.Submitted => FilingCause.Submitted,
        FilingState.Returned => FilingCause.Returned,
        _ => before.ApprovedVersion is null && !before.IsCorrection ? FilingCause.Approved : FilingCause.Corrected
    };

    private static Words Did(string to) => to switch
    {
        FilingState.Submitted => new("已提交。", "Submitted."),
        FilingState.Returned => new("已退回。", "Returned."),
        _ => new("已核定。", "Approved.")
    };

    private sealed record Row
    {
        public long FilingId { get; init; }
        public long OrganizationId { get; init; }
        public required string Period { get; init; }
        public required string State { get; init; }
        public int Version { get; init; }
        public int? ApprovedVersion { get; init; }
        public bool IsCorrection { get; init; }
        /// <summary>A draft from before its month was locked; asked only when submitting.</summary>
        public bool IsShut { get; init; }
    }
}
