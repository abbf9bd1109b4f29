using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>
/// Says what is behind a finding; a later text replaces an earlier one until it is accepted. Refused with <c>finding-not-found</c>, <c>explanation-says-nothing</c>,
/// <c>finding-cannot-be-explained</c>, <c>finding-closed</c>.
/// </summary>
/// <param name="Text">At most 1,000 characters, at least 10 of content: “核实无误” and its like are none.</param>
public sealed record ExplainFinding(long FindingId, string Text) : ICommand<Done>;

/// <param name="Text">At most 1,000 characters, at least 10 of content: “核实无误” and its like are none.</param>
public sealed record FindingExplanation(string Text);

internal sealed class ExplainFindingValidator : AbstractValidator<ExplainFinding>
{
    public ExplainFindingValidator() => RuleFor(x => x.Text).MaximumLength(Explanation.MaxLength);
}

internal sealed class ExplainFindingHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<ExplainFinding, Result<Done>>
{
    public async Task<Result<Done>> Handle(ExplainFinding request, CancellationToken ct)
    {
        if (await db.Find<FindingView.Row>(RuleSql.FindFinding, new { request.FindingId }, ct) is not { } finding) return RuleRefusal.FindingNotFound;
        if (finding.Severity == Severity.Blocker) return RuleRefusal.CannotBeExplained;
        var text = request.Text.Trim();
        if (Explanation.SaysNothing(text)) return RuleRefusal.ExplanationSaysNothing;
        var now = clock.GetUtcNow().UtcDateTime;
        var said = new { caller.UserId, ExplanationKey = Explanation.Key(text), SinceAt = clock.Today().ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - ChinaTime.Offset };
        var written = await db.Run(RuleSql.Explain, new
        {
            request.FindingId,
            Explanation = text,
            said.ExplanationKey,
            Doubt = Explanation.Repeats(text, finding.FoundZh, finding.FoundEn, finding.RightZh, finding.RightEn) ? FindingView.RepeatsFinding : null,
            caller.UserId,
            Now = now
        }, ct);
        if (written == 0) return RuleRefusal.Closed;
        if (await db.One<int>(RuleSql.CountSameText, said, ct) > Explanation.SameTextAllowed) await db.Run(RuleSql.DoubtSameText, said, ct);
        db.Record(new Change("finding", "explained", finding.Id, finding.OrganizationId, null, finding.Period) { Fields = [Change.Field("explanation", finding.Explanation, text)] });
        return new Done();
    }
}
