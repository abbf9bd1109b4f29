using System.Text.RegularExpressions;
using FluentValidation;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>Where changes are sent, and which.</summary>
/// <param name="Url">https, at most 2,000 characters, without credentials or fragment; not private, of this machine or reserved unless the operator allows it.</param>
/// <param name="Description">For people; at most 200 characters.</param>
/// <param name="Organization">Changes of this organization and below; the caller's own when left out.</param>
/// <param name="Kinds">Only changes of these kinds; null is all.</param>
/// <param name="Actions">Only these actions, such as <c>approved</c>; null is all.</param>
/// <param name="On">False keeps it without sending; switched on again, it goes on where it stopped.</param>
public sealed record WebhookContent(string Url, string? Description = null, long? Organization = null, IReadOnlyList<string>? Kinds = null, IReadOnlyList<string>? Actions = null, bool On = true);

internal sealed partial class WebhookContentValidator : AbstractValidator<WebhookContent>
{
    public WebhookContentValidator(WebhookAddresses addresses)
    {
        RuleFor(x => x.Url).Custom((url, context) =>
        {
            if (addresses.WhyNot(url) is { } no) context.AddFailure(new FluentValidation.Results.ValidationFailure(context.PropertyPath, no.Why.ToString()) { ErrorCode = no.Code });
        });
        RuleFor(x => x.Description).MaximumLength(WebhookRule.MaxDescription);
        RuleFor(x => x.Kinds!).Must(IsAFilter).When(x => x.Kinds is not null).WithErrorCode("bad-filter").WithMessage(Filter);
        RuleForEach(x => x.Kinds).Must(kind => ChangeKind.Find(kind) is not null).WithErrorCode("unknown-code")
            .WithMessage((_, kind) => new Words($"没有“{kind}”这类变更;可用的有 {string.Join("、", ChangeKind.All.Select(k => k.Code))}。", $"There are no changes of a kind “{kind}”; known are {string.Join(", ", ChangeKind.All.Select(k => k.Code))}.").ToString());
        RuleForEach(x => x.Actions).Must(action => ActionName().IsMatch(action)).WithErrorCode("unknown-code")
            .WithMessage((_, action) => new Words($"“{action}”不是变更的动作;动作形如 approved。", $"“{action}” is no action of a change; one looks like approved.").ToString());
        RuleFor(x => x.Actions!).Must(IsAFilter).When(x => x.Actions is not null).WithErrorCode("bad-filter").WithMessage(Filter);
    }

    private static bool IsAFilter(IReadOnlyList<string> codes) => codes.Count is > 0 and <= WebhookRule.MaxFilter && codes.Distinct(StringComparer.Ordinal).Count() == codes.Count;

    [GeneratedRegex("^[a-z][A-Za-z]{0,31}$")] private static partial Regex ActionName();

    private static string Filter(WebhookContent _) => new Words($"须为 1 至 {WebhookRule.MaxFilter} 个互不相同的代码;不填表示全部。", $"Must be 1 to {WebhookRule.MaxFilter} codes, each once; leave it out for all.").ToString();
}
