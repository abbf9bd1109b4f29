using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Walks the field dictionary over a content: lengths, ranges, code lists, and what must be there. Limits are in the dictionary and nowhere else;
/// here are only the rules between fields. Always: what a row cannot exist without, and the form of all that is given. The rule set
/// <see cref="Submission"/> adds what is wanted under a condition, so nothing half typed is lost before that.
/// </summary>
internal sealed class ScenarioContentValidator : AbstractValidator<ScenarioContent>
{
    public const string Submission = "submission";

    public ScenarioContentValidator(ReferenceCatalog catalog, TimeProvider clock)
    {
        RuleFor(x => x).Custom((content, context) => new ScenarioCheck(catalog, clock.Today(), content, context.AddFailure).Form());
        RuleSet(Submission, () => RuleFor(x => x).Custom((content, context) => new ScenarioCheck(catalog, clock.Today(), content, context.AddFailure).Completeness()));
    }
}

/// <summary>One content against the dictionary; every finding names the field, what was found and what would be right.</summary>
internal sealed partial class ScenarioCheck(ReferenceCatalog catalog, DateOnly today, ScenarioContent content, Action<ValidationFailure> report)
{
    private static readonly DateOnly Earliest = new(Month.FirstYear, 1, 1), Latest = new(Month.LastYear, 12, 31);
    private static readonly string[] CapexParts = ["costHardwareCny", "costSoftwareCny", "costDataCny", "costIntegrationCny", "costTrainingCny", "costLabourCny"];
    private static readonly string[] OpexParts = ["opexComputeCny", "opexMaintenanceCny", "opexModelCny"];
    // All that may be known here of a state secret: that it is there, whose it is, and in which line it counts.
    private static readonly string[] Placeholder =
        ["code", "name", "kind", "organization", "region", "industryDivision", "keyAction", "stage", "stageSince", "openScope", "stateSecret"];

    private IEnumerable<Field> Fields => catalog.Fields.Where(f => ScenarioContent.Values.ContainsKey(f.Json));

    public void Form()
    {
        foreach (var field in Fields)
        {
            var value = content[field.Json];
            if (IsGiven(value)) Given(field, value!);
            else if (field.Required == Requirement.Always) Missing(field);
        }
        Identity();
        Sums();
        Dates();
        if (content.SubItem is { } item && content.KeyAction is { } action && catalog.FindItem("subItem", item) is not null && !item.StartsWith(action + "_", StringComparison.Ordinal))
            Say("subItem", ScenarioFinding.SubItemElsewhere, new($"子项“{item}”不属于所选重点行动“{action}”。", $"The sub-item {item} does not belong to the key action {action}."));
        if (content.Stage == Stage.Retired)
            Say("stage", ScenarioFinding.StageRetired, new("阶段不能直接填“停用”,请由审核人办理停用。", "The stage cannot be set to retired; the reviewer retires a scenario."));
        if (content.StateSecret == true) Secret();
        ScenarioMeasures.Read(catalog, content.Measures, Say);
    }

    public void Completeness()
    {
        foreach (var field in Fields)
            if (field.RequiredWhen is { } condition && !IsGiven(content[field.Json]) && condition.Holds(content.Text)) Missing(field);
        for (var i = 0; i < (content.Measures?.Count ?? 0); i++)
        {
            var measure = content.Measures![i];
            if ((measure.Baseline ?? measure.BaselineNumerator) is not null && string.IsNullOrWhiteSpace(measure.BaselinePeriod)) Missing(catalog.FindFieldByJson("baselinePeriod")!, $"measures[{i}].baselinePeriod");
            if ((measure.Target ?? measure.TargetNumerator) is not null && measure.TargetOn is null) Missing(catalog.FindFieldByJson("targetOn")!, $"measures[{i}].targetOn");
        }
    }

    private static bool IsGiven(object? value) => value switch
    {
        null => false,
        string text => !string.IsNullOrWhiteSpace(text),
        IReadOnlyList<string> list => list.Count > 0,
        _ => true
    };

    private void Given(Field field, object value)
    {
        switch (value)
        {
            case string text when field.CodeList is not null: Code(field, field.Json, text); break;
            case string text: Length(field, field.Json, text); break;
            case int number: Range(field, number); break;
            case decimal number: Range(field, number); break;
            case IReadOnlyList<string> list: Entries(field, list); break;
            case DateOnly day when day < Earliest || day > Latest:
                Say(field.Json, ScenarioFinding.DateOutOfRange, new(
                    $"“{field.NameZh}”为 {day:yyyy-MM-dd},须在 {Earliest:yyyy-MM-dd} 与 {Latest:yyyy-MM-dd} 之间。", $"{field.NameEn} is {day:yyyy-MM-dd}; it must lie between {Earliest:yyyy-MM-dd} and {Latest:yyyy-MM-dd}."));
                break;
        }
    }

    private void Code(Field field, string at, string code)
    {
        var (known, right) = field.CodeList switch
        {
            "organization" => (true, default),
            "region" => (catalog.FindRegion(code) is not null, new Words("GB/T 2260 的六位代码,如 110000", "six digits of GB/T 2260, such as 110000")),
            "industry" => (catalog.FindDivision(code) is not null, new Words("GB/T 4754-2017 的大类代码,两位数字,如 44", "a division of GB/T 4754-2017, two digits, such as 44")),
            "keyAction" => (catalog.FindKeyAction(code) is not null, new Words(string.Join("、", catalog.KeyActions.Select(a => a.Code)), string.Join(", ", catalog.KeyActions.Select(a => a.Code)))),
            var list => (catalog.FindItem(list!, code) is not null, new Words(string.Join("、", catalog.List(list!).Select(i => i.Code)), string.Join(", ", catalog.List(list!).Select(i => i.Code))))
        };
        if (!known) Say(at, ScenarioFinding.UnknownCode, new($"“{field.NameZh}”不能为“{code}”,可用:{right.Zh}。", $"{field.NameEn} cannot be “{code}”; use {right.En}."));
    }

    private void Length(Field field, string at, string text)
    {
        if (text.Length > field.MaxLength)
            Say(at, ScenarioFinding.TooLong, new($"“{field.NameZh}”最多 {field.MaxLength} 个字符,现有 {text.Length} 个。", $"{field.NameEn} may have at most {field.MaxLength} characters and has {text.Length}."));
        if (text.Length < field.MinLength)
            Say(at, ScenarioFinding.TooShort, new($"“{field.NameZh}”至少 {field.MinLength} 个字符,现有 {text.Length} 个。", $"{field.NameEn} needs at least {field.MinLength} characters and has {text.Length}."));
    }

    private void Range(Field field, decimal number)
    {
        var unit = field.Unit is { } u ? new Words(u.NameZh, " " + u.NameEn) : default;
        if (number < field.Min)
            Say(field.Json, ScenarioFinding.TooSmall, new($"“{field.NameZh}”为 {number:0.####},不得小于 {field.Min:0.####}{unit.Zh}。", $"{field.NameEn} is {number:0.####}; it must be at least {field.Min:0.####}{unit.En}."));
        else if (number > field.Max)
            Say(field.Json, ScenarioFinding.TooLarge, new($"“{field.NameZh}”为 {number:0.####},不得大于 {field.Max:0.####}{unit.Zh}。", $"{field.NameEn} is {number:0.####}; it must be at most {field.Max:0.####}{unit.En}."));
        else if (field.Type == FieldType.Money && !Units.TryToFen(number, out _, out var error))
            Say(field.Json, error.Code, new($"“{field.NameZh}”:{error.Zh}", $"{field.NameEn}: {error.En}"));
    }

    private void Entries(Field field, IReadOnlyList<string> list)
    {
        if (list.Count > field.Max)
            Say(field.Json, ScenarioFinding.TooManyEntries, new($"“{field.NameZh}”最多 {field.Max:0} 项,现有 {list.Count} 项。", $"{field.NameEn} may have at most {field.Max:0} entries and has {list.Count}."));
        if (list.Count < field.Min)
            Say(field.Json, ScenarioFinding.TooFewEntries, new($"“{field.NameZh}”至少 {field.Min:0} 项,现有 {list.Count} 项。", $"{field.NameEn} needs at least {field.Min:0} entries and has {list.Count}."));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var at = $"{field.Json}[{i}]";
            if (string.IsNullOrWhiteSpace(list[i])) Missing(field, at);
            else if (field.Type == FieldType.Multi)
            {
                Code(field, at, list[i]);
                if (!seen.Add(list[i])) Say(at, ScenarioFinding.EntryTwice, new($"“{field.NameZh}”中“{list[i]}”重复。", $"{field.NameEn} has “{list[i]}” twice."));
            }
            else Length(field, at, list[i]);
        }
    }

    private void Missing(Field field, string? at = null) =>
        Say(at ?? field.Json, ScenarioFinding.Required, new($"请填写“{field.NameZh}”:{field.DescZh}。", $"{field.NameEn} is required: {field.DescEn}."));

    private void Identity()
    {
        foreach (var json in new[] { "name", "code" })
            if (content.Text(json) is { Length: > 0 } text && text != text.Trim())
                Say(json, ScenarioFinding.SurroundingBlanks, new($"“{catalog.FindFieldByJson(json)!.NameZh}”首尾不能有空格。", $"{catalog.FindFieldByJson(json)!.NameEn} must not begin or end with blanks."));
        if (content.Code is { Length: > 0 } code && code == code.Trim() && !CodeSpelling().IsMatch(code))
            Say("code", ScenarioFinding.CodeSpelling, new($"场景编号“{code}”只能由字母、数字和 - _ . / 组成,并以字母或数字开头。", $"The scenario code “{code}” may have letters, digits and - _ . / only, and begins with a letter or digit."));
        if (content.PublishedOn is { Length: > 0 } published && !PublishedSpelling().IsMatch(published))
            Say("publishedOn", ScenarioFinding.PeriodSpelling, new($"公开发布日期“{published}”须写作 2025、2025-07 或 2025-07-18。", $"Published on is “{published}”; write 2025, 2025-07 or 2025-07-18."));
        // It is shown as a link: a javascript: address would run as whoever follows it.
        if (content.SourceUrl is { Length: > 0 } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            Say("sourceUrl", ScenarioFinding.AddressSpelling, new($"公开来源网址“{address}”须以 http:// 或 https:// 开头。", $"The source URL is “{address}”; it must begin with http:// or https://."));
    }

    private void Sums()
    {
        if (SumOf(CapexParts) is { } capex && content.CapexTotalCny is { } total && capex != total)
            Say("capexTotalCny", ScenarioFinding.CapexNotSum, new(
                $"一次性投入合计为 {total:0.##} 元,各分项之和为 {capex:0.##} 元,两者须相等。", $"The total one-off cost is {total:0.##} yuan and its parts add up to {capex:0.##}; they must be equal."));
        if (SumOf(OpexParts) is { } opex && content.OpexYearCny is { } year && year < opex)
            Say("opexYearCny", ScenarioFinding.OpexBelowSum, new(
                $"年度运行成本合计为 {year:0.##} 元,不得小于各分项之和 {opex:0.##} 元。", $"The annual running cost is {year:0.##} yuan; it must not be below its parts, {opex:0.##}."));
    }

    // Of values within the dictionary's range only: a sum of absurd numbers must not overflow before they are refused one by one.
    private decimal? SumOf(string[] parts)
    {
        var given = parts.Select(p => (decimal?)content[p]).OfType<decimal>().ToArray();
        return given.Length > 0 && given.All(g => g is >= 0 and <= 1_000_000_000_000m) ? given.Sum() : null;
    }

    private void Dates()
    {
        if (content.StageSince is { } since && since >= Earliest && since > today)
            Say("stageSince", ScenarioFinding.StageSince, new($"阶段起始日期 {since:yyyy-MM-dd} 晚于今天({today:yyyy-MM-dd});只填已经发生的阶段。", $"Stage since is {since:yyyy-MM-dd}, after today ({today:yyyy-MM-dd}); give a stage that has begun."));
        if (content.GoLiveOn is { } live && Stage.IsLive(content.Stage) && live > today)
            Say("goLiveOn", ScenarioFinding.DateOutOfRange, new($"阶段为试点及以后时,上线日期 {live:yyyy-MM-dd} 不得晚于今天({today:yyyy-MM-dd})。", $"From pilot on the go-live date {live:yyyy-MM-dd} must not be after today ({today:yyyy-MM-dd})."));
    }

    private void Secret()
    {
        foreach (var field in Fields.Where(f => !Placeholder.Contains(f.Json) && IsGiven(content[f.Json])))
            Say(field.Json, ScenarioFinding.StateSecret, new($"涉密场景只能登记占位信息,“{field.NameZh}”不得在本系统填报。", $"Of a state secret only a placeholder is registered; {field.NameEn} must not be given here."));
        if (content.Measures is { Count: > 0 })
            Say("measures", ScenarioFinding.StateSecret, new("涉密场景不得在本系统填报成效指标。", "Of a state secret no measures are given here."));
        if (content.OpenScope is not (null or "closed"))
            Say("openScope", ScenarioFinding.StateSecret, new("涉密场景的开放范围须为“不公开”(closed)。", "The openness of a state secret must be closed."));
    }

    private void Say(string at, string code, Words words) => report(new ValidationFailure(at, words.ToString()) { ErrorCode = code });

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]*\z")] private static partial Regex CodeSpelling();
    [GeneratedRegex(@"^20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\z")] private static partial Regex PublishedSpelling();
}
