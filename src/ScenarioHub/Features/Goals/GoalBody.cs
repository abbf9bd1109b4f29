using System.Text.RegularExpressions;
using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>What a goal says.</summary>
/// <param name="Kind">target, milestone or vision; fixed once the goal stands.</param>
/// <param name="Code">1 to 40 characters, unique in its organization; fixed.</param>
/// <param name="StatementZh">1 to 500 characters.</param>
/// <param name="StatementEn">At most 1,000 characters.</param>
/// <param name="Organization">Whose subtree it is about; the caller's own when left out; fixed.</param>
/// <param name="SourceDocument">At most 300 characters.</param>
/// <param name="IssuedOn">2025, 2025-03 or 2025-03-25: as precise as the source.</param>
/// <param name="SourceSeen">Where the source was read; at most 500 characters.</param>
/// <param name="Evidence">How far the source was checked; at most 200 characters.</param>
/// <param name="Unit">Of target and values; at most 20 characters. Not of a vision.</param>
/// <param name="Comparator">&gt;, &gt;=, &lt;, &lt;= or reach; required with a target.</param>
/// <param name="Target">In <paramref name="Unit"/>; leave it out where the source states no number.</param>
/// <param name="ScopeLevel">national, sector, local or enterprise.</param>
/// <param name="Scope">The scope in the source's words; at most 200 characters.</param>
/// <param name="Formula">How its number comes about; manual when left out. Not of a vision.</param>
/// <param name="ProxyZh">Says what the formula measures instead of the source's own definition; null when it is that definition.</param>
/// <param name="State">active or withdrawn.</param>
public sealed record GoalBody(string Kind, string Code, string StatementZh, string? StatementEn = null, long? Organization = null, string? SourceDocument = null, string? DocNo = null, string? Issuer = null,
    string? IssuedOn = null, string? SourceSeen = null, string? Evidence = null, string? MetricCode = null, string? DefinitionZh = null, string? Unit = null, string? Comparator = null, decimal? Baseline = null,
    string? BaselineOn = null, decimal? Target = null, DateOnly? DueOn = null, string ScopeLevel = GoalScope.National, string? Scope = null, GoalFormula? Formula = null, string? ProxyZh = null, string? ProxyEn = null,
    string State = GoalState.Active)
{
    /// <summary>Columns of <c>goal</c> in the order of <see cref="Values"/>, after those of its identity.</summary>
    internal static readonly string[] Columns =
    [
        "goal_id", "organization_id", "code", "kind", "statement_zh", "statement_en", "source_document", "doc_no", "issuer", "issued_on", "source_seen", "evidence", "metric_code", "definition_zh", "unit",
        "comparator", "baseline_quantity", "baseline_on", "target_quantity", "due_on", "scope_level", "scope_text", "formula", "reads_ledger", "proxy_zh", "proxy_en", "state", "version", "inputs_no",
        "created_by", "created_at", "updated_by", "updated_at"
    ];

    internal GoalFormula? Reckoned => Kind == GoalKind.Vision ? null : Formula ?? GoalFormula.ByHand;

    internal object?[] Values(long goalId, long organizationId, long userId, DateTime now) =>
    [
        goalId, organizationId, Code, Kind, StatementZh, StatementEn, SourceDocument, DocNo, Issuer, IssuedOn, SourceSeen, Evidence, MetricCode, DefinitionZh, Unit,
        Comparator, Millionths.Of(Baseline), BaselineOn, Millionths.Of(Target), DueOn, ScopeLevel, Scope, Reckoned?.ToJson(), Reckoned?.ReadsLedger == true, ProxyZh, ProxyEn, State, 1, 1,
        userId, now, userId, now
    ];
}

internal sealed partial class GoalBodyValidator : AbstractValidator<GoalBody>
{
    public GoalBodyValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Kind).Must(k => GoalKind.All.Contains(k)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"kind 须为 {string.Join("、", GoalKind.All)} 之一。", $"kind is one of {string.Join(", ", GoalKind.All)}.").ToString());
        RuleFor(x => x.Code).NotEmpty().MaximumLength(40);
        RuleFor(x => x.StatementZh).NotEmpty().MaximumLength(500);
        RuleFor(x => x.StatementEn).MaximumLength(1000);
        RuleFor(x => x.SourceDocument).MaximumLength(300);
        RuleFor(x => x.DocNo).MaximumLength(100);
        RuleFor(x => x.Issuer).MaximumLength(200);
        RuleFor(x => x.SourceSeen).MaximumLength(500);
        RuleFor(x => x.Evidence).MaximumLength(200);
        RuleFor(x => x.MetricCode).MaximumLength(40);
        RuleFor(x => x.DefinitionZh).MaximumLength(500);
        RuleFor(x => x.Unit).MaximumLength(20);
        RuleFor(x => x.Scope).MaximumLength(200);
        RuleFor(x => x.ProxyZh).MaximumLength(500);
        RuleFor(x => x.ProxyEn).MaximumLength(1000);
        RuleFor(x => x.ProxyZh).NotEmpty().When(x => x.ProxyEn is not null).WithErrorCode("required")
            .WithMessage(_ => new Words("有英文代理口径说明时须有中文说明。", "A proxy is said in Chinese first.").ToString());
        RuleFor(x => x.IssuedOn).Must(IsDayAsPrecise).WithErrorCode("bad-date").WithMessage(_ => BadDay.ToString());
        RuleFor(x => x.BaselineOn).Must(IsDayAsPrecise).WithErrorCode("bad-date").WithMessage(_ => BadDay.ToString());
        RuleFor(x => x.ScopeLevel).Must(s => GoalScope.All.Contains(s)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"scopeLevel 须为 {string.Join("、", GoalScope.All)} 之一。", $"scopeLevel is one of {string.Join(", ", GoalScope.All)}.").ToString());
        RuleFor(x => x.State).Must(s => GoalState.All.Contains(s)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words("state 须为 active 或 withdrawn。", "state is active or withdrawn.").ToString());
        RuleFor(x => x.Comparator).Must(c => c is null || Goals.Comparator.All.Contains(c)).WithErrorCode("unknown-code")
            .WithMessage(_ => new Words($"comparator 须为 {string.Join("、", Goals.Comparator.All)} 之一。", $"comparator is one of {string.Join(", ", Goals.Comparator.All)}.").ToString());
        RuleFor(x => x.Comparator).NotNull().When(x => x.Target is not null).WithErrorCode("required")
            .WithMessage(_ => new Words("有目标值时须给出比较方式 comparator。", "A target has a comparator.").ToString());
        RuleFor(x => x.Target).Must(t => t is null || Millionths.Fits(t.Value)).WithErrorCode("out-of-range").WithMessage(_ => TooLarge.ToString());
        RuleFor(x => x.Baseline).Must(t => t is null || Millionths.Fits(t.Value)).WithErrorCode("out-of-range").WithMessage(_ => TooLarge.ToString());
        When(x => x.Kind == GoalKind.Vision, () =>
        {
            RuleFor(x => x.Target).Null().WithErrorCode("vision-without-number").WithMessage(_ => NoNumber.ToString());
            RuleFor(x => x.Baseline).Null().WithErrorCode("vision-without-number").WithMessage(_ => NoNumber.ToString());
            RuleFor(x => x.Formula).Null().WithErrorCode("vision-without-number").WithMessage(_ => NoNumber.ToString());
        });
        RuleFor(x => x.Formula).Custom((formula, context) =>
        {
            foreach (var problem in formula?.Problems(catalog) ?? [])
                context.AddFailure(new FluentValidation.Results.ValidationFailure(problem.Pointer.TrimStart('/').Replace('/', '.'), problem.Message) { ErrorCode = problem.Code });
        });
    }

    private static readonly Words NoNumber = new("愿景没有数值:不能有目标值、基线或公式。", "A vision has no number: neither target nor baseline nor formula.");
    private static readonly Words TooLarge = new("数值超出可保存的范围(9 万亿)。", "The number is beyond what can be kept (9 trillion).");
    private static readonly Words BadDay = new("日期须为 2025、2025-03、2024-Q3 或 2025-03-25 的形式。", "A date is written 2025, 2025-03, 2024-Q3 or 2025-03-25.");

    private static bool IsDayAsPrecise(string? text) => text is null || AsPrecise().IsMatch(text);

    [GeneratedRegex(@"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?$")] private static partial Regex AsPrecise();
}
