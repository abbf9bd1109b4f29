using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Collections;

/// <summary>What a collection calls for. Days are those of Beijing.</summary>
/// <param name="Name">At most 100 characters.</param>
/// <param name="FirstPeriod">The first month it calls for, such as <c>2026-08</c>; not after the present one.</param>
/// <param name="LastPeriod">The last month, at most 24 in all; not after the present one.</param>
/// <param name="Organization">All scenarios of this organization and below; the caller's own when left out.</param>
/// <param name="Sectors">Only scenarios of these sectors; null is all.</param>
/// <param name="Measures">Only these measures, of every scenario; null is what each scenario promised to file.</param>
/// <param name="ExtraMeasures">These beside what each scenario promised; not together with <paramref name="Measures"/>.</param>
/// <param name="OpensOn">The clock opens it on this day.</param>
/// <param name="DueOn">The last day on which filings are in time; not before <paramref name="OpensOn"/>.</param>
/// <param name="LocksOn">From this day on only corrections are filed; after <paramref name="DueOn"/>. Null: locked by hand or never.</param>
/// <param name="RemindDays">So many days before the due day those who owe are reminded, each 0 to 60, at most 10.</param>
/// <param name="Note">Told to the filers, at most 500 characters.</param>
public sealed record CollectionContent(
    string Name, string FirstPeriod, string LastPeriod, DateOnly OpensOn, DateOnly DueOn, DateOnly? LocksOn = null, long? Organization = null,
    IReadOnlyList<string>? Sectors = null, IReadOnlyList<string>? Measures = null, IReadOnlyList<string>? ExtraMeasures = null, IReadOnlyList<int>? RemindDays = null, string? Note = null);

internal sealed class CollectionContentValidator : AbstractValidator<CollectionContent>
{
    public CollectionContentValidator(ReferenceCatalog catalog, TimeProvider clock)
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(CollectionRule.MaxName);
        RuleFor(x => x.Note).MaximumLength(CollectionRule.MaxText);
        RuleFor(x => x.FirstPeriod).Must(IsMonth).WithErrorCode("period-not-a-month").WithMessage(NotAMonth);
        RuleFor(x => x.LastPeriod).Must(IsMonth).WithErrorCode("period-not-a-month").WithMessage(NotAMonth);
        When(x => IsMonth(x.FirstPeriod) && IsMonth(x.LastPeriod), () =>
        {
            RuleFor(x => x.LastPeriod).Must((x, last) => Month.Parse(last) >= Month.Parse(x.FirstPeriod)).WithErrorCode("range-backwards")
                .WithMessage(_ => new Words("末月不能早于首月。", "The last month must not be before the first.").ToString());
            RuleFor(x => x.LastPeriod).Must((x, last) => Month.Parse(last).MonthsSince(Month.Parse(x.FirstPeriod)) < CollectionRule.MaxMonths).WithErrorCode("range-too-long")
                .WithMessage(_ => new Words($"一项任务最多 {CollectionRule.MaxMonths} 个月。", $"A collection calls for at most {CollectionRule.MaxMonths} months.").ToString());
            RuleFor(x => x.LastPeriod).Must(last => Month.Parse(last) <= Month.Of(clock.Today())).WithErrorCode("period-not-begun")
                .WithMessage((_, last) => new Words($"{last} 尚未开始,不能要求填报。", $"{last} has not begun; nothing can be called for yet.").ToString());
        });
        RuleFor(x => x.DueOn).Must((x, due) => due >= x.OpensOn).WithErrorCode("due-before-open")
            .WithMessage(_ => new Words("截止日不能早于开启日。", "The due day must not be before the opening day.").ToString());
        RuleFor(x => x.LocksOn).Must((x, locks) => locks > x.DueOn).When(x => x.LocksOn is not null).WithErrorCode("lock-before-due")
            .WithMessage(_ => new Words("锁定日须晚于截止日。", "The lock day must be after the due day.").ToString());
        // Years of four digits: a day is compared as the text it is kept as.
        RuleFor(x => x.OpensOn).Must(day => day.Year >= Month.FirstYear).WithErrorCode("date-out-of-range").WithMessage(OutOfRange);
        RuleFor(x => x.DueOn).Must(day => day.Year <= Month.LastYear).WithErrorCode("date-out-of-range").WithMessage(OutOfRange);
        RuleFor(x => x.Sectors!).Must(Once).When(x => x.Sectors is not null).WithErrorCode("entry-twice").WithMessage(Twice);
        RuleForEach(x => x.Sectors!).Must(s => catalog.FindSector(s) is not null).When(x => x.Sectors is not null).WithErrorCode("unknown-code")
            .WithMessage((_, s) => new Words($"没有行业板块“{s}”。", $"There is no sector “{s}”.").ToString());
        RuleFor(x => x.ExtraMeasures).Null().When(x => x.Measures is not null).WithErrorCode("measures-or-extra")
            .WithMessage(_ => new Words("measures 与 extraMeasures 只能用其一。", "Give either measures or extraMeasures.").ToString());
        foreach (var list in new System.Linq.Expressions.Expression<Func<CollectionContent, IReadOnlyList<string>?>>[] { x => x.Measures, x => x.ExtraMeasures })
        {
            RuleFor(list).Must(m => m is null || Once(m)).WithErrorCode("entry-twice").WithMessage(Twice);
            RuleFor(list).Must(m => m is null || m.Count <= 40).WithErrorCode("too-many-entries").WithMessage(_ => new Words("最多 40 项指标。", "At most 40 measures.").ToString());
            RuleFor(list).Custom((measures, context) =>
            {
                foreach (var (code, i) in (measures ?? []).Select((m, i) => (m, i)))
                    if (catalog.FindMeasure(code) is not { Filed: true })
                        context.AddFailure(new FluentValidation.Results.ValidationFailure($"{context.PropertyPath}[{i}]", new Words(
                            $"“{code}”不是可填报的指标。", $"“{code}” is no measure that is filed.").ToString())
                        { ErrorCode = "measure-not-filed" });
            });
        }
        RuleFor(x => x.RemindDays!).Must(days => days.Count <= CollectionRule.MaxReminders && days.Distinct().Count() == days.Count && days.All(d => d is >= 0 and <= CollectionRule.MaxDaysBefore))
            .When(x => x.RemindDays is not null).WithErrorCode("remind-days-out-of-range").WithMessage(_ => new Words(
                $"催报日为截止日前 0 至 {CollectionRule.MaxDaysBefore} 天,最多 {CollectionRule.MaxReminders} 个,不重复。",
                $"Reminders go 0 to {CollectionRule.MaxDaysBefore} days before the due day, at most {CollectionRule.MaxReminders}, each once.").ToString());
    }

    private static bool IsMonth(string? text) => Month.TryParse(text, out _);
    private static bool Once(IReadOnlyList<string> codes) => codes.Distinct().Count() == codes.Count;
    private static string Twice(CollectionContent _) => new Words("同一代码出现了不止一次。", "A code stands in the list more than once.").ToString();
    private static string OutOfRange(CollectionContent _) => new Words($"日期须在 {Month.FirstYear} 至 {Month.LastYear} 年之间。", $"Days lie in the years {Month.FirstYear} to {Month.LastYear}.").ToString();
    private static string NotAMonth(CollectionContent _, string? found) => new Words($"“{found}”不是月份;须写作 2026-08。", $"“{found}” is no month; write 2026-08.").ToString();
}
