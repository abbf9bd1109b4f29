using FluentValidation;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Moves approved figures on the savings ladder through a new approved version; their amounts stay. Up on evidence, down by a reviewer with a reason. The same again changes nothing.
/// Publishes <see cref="FilingsChanged"/> with <c>gradeRaised</c> or <c>gradeLowered</c>. Refused with <c>filing-not-found</c>, <c>stale-version</c>, <c>filing-not-approved</c>,
/// <c>filing-under-review</c>, <c>filing-has-draft</c> (raising), <c>grades-both-ways</c>, <c>grade-lowering-not-yours</c>; per figure <c>measure-not-in-filing</c>, <c>grade-beyond-yours</c>,
/// <c>evidence-missing</c>, <c>evidence-does-not-cover</c>, <c>evidence-below-grade</c>, <c>evidence-withdrawn</c>.
/// </summary>
/// <param name="Revision">The revision that was looked at; null does not ask.</param>
public sealed record ChangeGrades(long FilingId, int? Revision, GradesToChange Body) : ICommand<GradesChanged>;

/// <param name="Figures">At least one, each measure once; all up or all down.</param>
/// <param name="Reason">Required to lower, at most 500 characters; what the evidence proves when absent.</param>
public sealed record GradesToChange(IReadOnlyList<GradeChange> Figures, string? Reason = null);

/// <param name="Measure">Code of a measure that the approved version reports, also as zero.</param>
/// <param name="Grade">The grade it is to have: up to financeConfirmed for an enterprise, any for a reviewer.</param>
/// <param name="Evidence">Id of evidence of this filing; required to raise.</param>
public sealed record GradeChange(string Measure, string Grade, long? Evidence = null);

/// <param name="Outcome"><c>raised</c>, <c>lowered</c> or <c>unchanged</c>.</param>
/// <param name="Version">The approved version that stands now.</param>
public sealed record GradesChanged(long FilingId, long ScenarioId, string Period, string Outcome, int Version);

internal sealed class ChangeGradesValidator : AbstractValidator<ChangeGrades>
{
    public ChangeGradesValidator()
    {
        RuleFor(x => x.Body.Figures).NotEmpty().WithErrorCode(FigureProblem.FiguresMissing).WithMessage(_ => new Words("请至少给出一项指标。", "Give at least one figure.").ToString());
        RuleForEach(x => x.Body.Figures).NotNull().WithErrorCode("required");
        RuleFor(x => x.Body.Figures).Must(f => f.Where(g => g is not null).DistinctBy(g => g.Measure).Count() == f.Count(g => g is not null)).WithErrorCode(FigureProblem.MeasureTwice)
            .WithMessage(_ => new Words("同一指标出现了不止一次。", "A measure stands in the list more than once.").ToString());
        RuleFor(x => x.Body.Reason).MaximumLength(FilingRule.MaxText);
    }
}

internal sealed class ChangeGradesHandler(Db db, IMediator mediator, Caller caller, TimeProvider clock) : IRequestHandler<ChangeGrades, Result<GradesChanged>>
{
    public async Task<Result<GradesChanged>> Handle(ChangeGrades request, CancellationToken ct)
    {
        // Held from here on, so that no evidence is withdrawn between being looked at and being rested on.
        await db.Run(FilingSql.HoldOne, new { request.FilingId }, ct);
        if (await db.Find<FilingAsItStands>(FilingSql.One, new { request.FilingId }, ct) is not { } filing) return FilingRefusal.NotFound;
        if (request.Revision is { } revision && revision != filing.Revision) return Refusal.Stale(filing.Revision);
        if (filing.ApprovedVersion is null) return FilingRefusal.NotApproved;

        var approved = (await db.List<FigureRow>(FilingSql.ApprovedFigures, new { FilingIds = SqlList.Of([filing.FilingId]) }, ct)).ToDictionary(g => g.Measure, g => g.Figure);
        var evidence = (await db.List<EvidenceRow>(EvidenceSql.OfFiling, new { request.FilingId }, ct)).ToDictionary(e => e.EvidenceId);
        var problems = new List<FieldProblem>();
        var changes = new Dictionary<string, GradeChange>();
        for (var i = 0; i < request.Body.Figures.Count; i++)
        {
            var sent = request.Body.Figures[i];
            if (Problem(sent, approved.GetValueOrDefault(sent.Measure), evidence, $"/figures/{i}") is { } problem) problems.Add(problem);
            else changes[sent.Measure] = sent;
        }
        if (problems.Count > 0) return Refusal.Invalid(problems);

        var lowers = changes.Values.Count(c => Grade.Rank(c.Grade) < Grade.Rank(approved[c.Measure].Grade));
        if (lowers == 0 && changes.Values.All(c => approved[c.Measure].Grade == c.Grade && approved[c.Measure].EvidenceId == c.Evidence))
            return new GradesChanged(filing.FilingId, filing.ScenarioId, filing.Period, "unchanged", filing.ApprovedVersion.Value);
        if (lowers > 0 && lowers < changes.Count) return EvidenceRefusal.BothWays;
        if (lowers > 0 && !caller.May(Permission.FilingReview)) return EvidenceRefusal.LoweringNotYours;
        if (filing.UnderReview) return FilingRefusal.UnderReview;
        if (lowers == 0 && filing.InCorrection) return FilingRefusal.HasDraft;
        var reason = string.IsNullOrWhiteSpace(request.Body.Reason) ? null : request.Body.Reason.Trim();
        if (lowers > 0 && reason is null) return Refusal.Field("lowering-reason-missing", "/reason", new("降低核实等级须写明原因(1 至 500 字)。", "Lowering a grade needs a reason (1 to 500 characters)."));
        reason ??= string.Join(";", changes.Values.Select(c => evidence[c.Evidence!.Value].Proves).Distinct());

        var version = await new AmendingFilings(db, mediator, caller, clock).Run(filing, Change, reason.Length > FilingRule.MaxText ? reason[..FilingRule.MaxText] : reason,
            lowers > 0 ? FilingCause.GradeLowered : FilingCause.GradeRaised, ct);
        return new GradesChanged(filing.FilingId, filing.ScenarioId, filing.Period, lowers > 0 ? "lowered" : "raised", version);

        // A correction that is being written is lowered along, or its approval would raise what was lowered.
        Figure Change(Figure figure) =>
            !changes.TryGetValue(figure.Measure, out var to) || (lowers > 0 && Grade.Rank(figure.Grade) <= Grade.Rank(to.Grade)) ? figure
            : figure with { Grade = to.Grade, EvidenceId = to.Evidence ?? figure.EvidenceId };
    }

    private FieldProblem? Problem(GradeChange sent, Figure? figure, Dictionary<long, EvidenceRow> evidence, string at)
    {
        if (figure is not { Claims: true }) return Say("measure-not-in-filing", "/measure", new(
            $"该月核定的填报中没有“{sent.Measure}”的数据。", $"The approved version holds no figure of “{sent.Measure}”."));
        if (!Grade.All.Contains(sent.Grade)) return Say(FigureProblem.UnknownCode, "/grade", new(
            $"没有“{sent.Grade}”;须为 {string.Join("、", Grade.All)} 之一。", $"“{sent.Grade}” is not known; one of {string.Join(", ", Grade.All)}."));
        var lowers = Grade.Rank(sent.Grade) < Grade.Rank(figure.Grade);
        if (!lowers && !caller.May(Permission.FilingReview) && !Grade.Enterprise.Contains(sent.Grade)) return Say(FigureProblem.GradeBeyondYours, "/grade", new(
            $"填报单位最高可提高到 {Grade.FinanceConfirmed}(财务确认);{sent.Grade} 由监管机构认定。", $"An enterprise raises up to {Grade.FinanceConfirmed}; {sent.Grade} is the regulator's to give."));
        if (sent.Evidence is null) return lowers ? null : Missing();
        if (!evidence.TryGetValue(sent.Evidence.Value, out var proof)) return Missing();
        if (proof.WithdrawnAt is not null) return Say(EvidenceRefusal.Withdrawn, "/evidence", new("该证据已撤回,请使用有效的证据。", "This evidence was withdrawn; name one that holds."));
        if (!proof.Covers(sent.Measure)) return Say(EvidenceRefusal.DoesNotCover, "/evidence", new(
            $"该证据证明的是 {proof.Measures.Replace(" ", "、", StringComparison.Ordinal)},不包括 {sent.Measure}。", $"This evidence proves {proof.Measures.Replace(" ", ", ", StringComparison.Ordinal)}, not {sent.Measure}."));
        if (Grade.Rank(proof.Grade) < Grade.Rank(sent.Grade)) return Say(EvidenceRefusal.BelowGrade, "/evidence", new(
            $"该证据最高支持 {proof.Grade},不足以支持 {sent.Grade}。", $"This evidence supports {proof.Grade} at most, not {sent.Grade}."));
        return null;

        FieldProblem Missing() => Say(EvidenceRefusal.Missing, "/evidence", new(
            "提高核实等级须有本填报的证据;请先用 POST /api/v1/filings/{id}/evidence 上传,再填其 id。", "Raising a grade needs evidence of this filing: record it with POST /api/v1/filings/{id}/evidence, then give its id."));
        FieldProblem Say(string code, string where, Words words) => new(code, at + where, words.ToString());
    }
}
