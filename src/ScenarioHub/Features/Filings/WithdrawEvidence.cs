using FluentValidation;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Withdraws evidence; it stays on record. Approved figures that rest on it fall to the highest grade that other evidence of the filing supports, else to what the filer said without any,
/// measured at most. Withdrawing again changes nothing. Publishes <see cref="FilingsChanged"/> with <c>gradeLowered</c>.
/// Refused with <c>evidence-not-found</c>, <c>evidence-not-yours</c>, <c>filing-under-review</c> while figures that rest on it are reviewed.
/// </summary>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record WithdrawEvidence(long EvidenceId, string Reason) : ICommand<EvidenceWithdrawn>;

/// <param name="Lowered">Measures whose figures fell back.</param>
public sealed record EvidenceWithdrawn(long EvidenceId, IReadOnlyList<string> Lowered);

internal sealed class WithdrawEvidenceValidator : AbstractValidator<WithdrawEvidence>
{
    public WithdrawEvidenceValidator() => RuleFor(x => x.Reason).NotEmpty().WithErrorCode("withdraw-reason-missing")
        .WithMessage(_ => new Words("请写明撤回原因。", "Say why it is withdrawn.").ToString()).MaximumLength(FilingRule.MaxText);
}

internal sealed class WithdrawEvidenceHandler(Db db, IMediator mediator, Caller caller, TimeProvider clock) : IRequestHandler<WithdrawEvidence, Result<EvidenceWithdrawn>>
{
    public async Task<Result<EvidenceWithdrawn>> Handle(WithdrawEvidence request, CancellationToken ct)
    {
        if (await db.Find<EvidenceRow>(EvidenceSql.Find, new { request.EvidenceId }, ct) is not { } found) return EvidenceRefusal.NotFound;
        if (!caller.May(Permission.FilingReview) && found.RecordedWithin == 0) return EvidenceRefusal.NotYours;
        await db.Run(FilingSql.HoldOne, new { found.FilingId }, ct);
        if (await db.Run(EvidenceSql.Withdraw, new { request.EvidenceId, caller.UserId, Now = clock.GetUtcNow().UtcDateTime, Reason = request.Reason.Trim() }, ct) == 0)
            return new EvidenceWithdrawn(request.EvidenceId, []);

        var filing = await db.One<FilingAsItStands>(FilingSql.One, new { found.FilingId }, ct);
        db.Record(new Change("evidence", "withdrawn", request.EvidenceId, filing.OrganizationId, null, filing.Period) { Fields = [Change.Field("reason", null, request.Reason.Trim())] });
        var which = new { FilingIds = SqlList.Of([filing.FilingId]), filing.FilingId };
        var approved = await db.List<FigureRow>(FilingSql.ApprovedFigures, which, ct);
        string[] resting = [.. approved.Where(g => g.EvidenceId == request.EvidenceId).Select(g => g.Measure)];
        if (resting.Length == 0) return new EvidenceWithdrawn(request.EvidenceId, []);
        if (filing.UnderReview) return FilingRefusal.UnderReview;

        var remaining = (await db.List<EvidenceRow>(EvidenceSql.OfFiling, which, ct)).Where(e => e.WithdrawnAt is null).ToArray();
        var said = new Dictionary<string, string>();
        foreach (var row in await db.List<SaidRow>(FilingSql.SaidWithoutEvidence, which, ct)) said[row.Measure] = row.Grade;
        await new AmendingFilings(db, mediator, caller, clock).Run(filing, Fall, request.Reason.Trim(), FilingCause.GradeLowered, ct);
        return new EvidenceWithdrawn(request.EvidenceId, resting);

        Figure Fall(Figure figure)
        {
            if (figure.EvidenceId != request.EvidenceId) return figure;
            var word = Math.Min(Grade.Rank(said.GetValueOrDefault(figure.Measure, Grade.SelfReported)), Grade.Rank(Grade.Measured));
            var best = remaining.Where(e => e.Covers(figure.Measure)).OrderByDescending(e => Grade.Rank(e.Grade)).ThenBy(e => e.EvidenceId).FirstOrDefault();
            var supported = best is null ? -1 : Math.Min(Grade.Rank(best.Grade), Grade.Rank(figure.Grade));
            return figure with { Grade = Grade.All[Math.Max(Math.Min(word, Grade.Rank(figure.Grade)), supported)], EvidenceId = supported > word ? best!.EvidenceId : null };
        }
    }

    private sealed record SaidRow
    {
        public required string Measure { get; init; }
        public required string Grade { get; init; }
    }
}
