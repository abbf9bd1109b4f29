using MediatR;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>Judges drafts in the transaction that submits them: what is found is kept, also of those it refuses; approving accepts the explanations.</summary>
internal sealed class JudgeSubmissions(Findings findings, Db db, Caller caller, TimeProvider clock) : INotificationHandler<SubmittingFilings>, INotificationHandler<FilingsChanged>
{
    public async Task Handle(SubmittingFilings submitting, CancellationToken ct)
    {
        var ids = submitting.FilingIds.Where(id => !submitting.Refused.ContainsKey(id)).ToArray();
        if (ids.Length == 0) return;
        var (rules, judgements) = await findings.Judge(ids, ct);
        await findings.Keep(rules, judgements, caller.UserId, clock.GetUtcNow().UtcDateTime, ct);
        foreach (var judgement in judgements)
            if (judgement.Refused() is { } why) submitting.Refused[judgement.FilingId] = why;
    }

    public Task Handle(FilingsChanged changed, CancellationToken ct) => changed.Cause is not (FilingCause.Approved or FilingCause.Corrected) ? Task.CompletedTask
        : db.Run(RuleSql.AcceptOfApproved, new { FilingIds = SqlList.Of(changed.FilingIds), caller.UserId, Now = clock.GetUtcNow().UtcDateTime }, ct);
}
