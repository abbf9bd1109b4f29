using System.Globalization;

namespace ScenarioHub.Platform.Requests;

/// <summary>What kind of no; the HTTP status follows from it.</summary>
public enum RefusalKind { Invalid, NotFound, Forbidden, Conflict, Stale, PreconditionMissing, Unprocessable, TooLarge, Gone, Unauthenticated }

/// <summary>A sentence in the product's two languages.</summary>
public readonly record struct Words(string Zh, string En)
{
    /// <summary>In the language of the request (<see cref="CultureInfo.CurrentUICulture"/>): Chinese unless it is English.</summary>
    public override string ToString() => Language.IsEnglish ? En : Zh;
}

/// <summary>The language of the request: zh-CN first, en-US asked for.</summary>
public static class Language
{
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
    public static string Pick(string zh, string en) => IsEnglish ? en : zh;
}

/// <summary>One thing wrong with one entry of a request.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body, or <c>?name</c> for a query parameter.</param>
/// <param name="Message">What was found and what would be right.</param>
/// <param name="ExternalKey">The sender's own name of the entry, when the entry has one.</param>
/// <param name="RuleId">The rule of GET /api/v1/catalog/rules that found it; null when none of them did.</param>
public sealed record FieldProblem(string Code, string Pointer, string Message, string? ExternalKey = null, string? RuleId = null);

/// <summary>An expected no: part of the API, not an exception.</summary>
/// <param name="Code">Stable, kebab-case; a closed list in each noun's file.</param>
/// <param name="Detail">For a person: what is wrong and what to do next.</param>
/// <param name="Current">The version now standing, when the refusal is about a stale one.</param>
public sealed record Refusal(RefusalKind Kind, string Code, Words Detail, IReadOnlyList<FieldProblem>? Errors = null, int? Current = null)
{
    /// <summary>What the audit calls it when somebody tried what is not his to do; null of all that is no attempt.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Sensitive { get => field ?? (Kind == RefusalKind.Forbidden ? Code : null); init; }

    public static Refusal Invalid(IReadOnlyList<FieldProblem> errors) => new(RefusalKind.Invalid, "invalid",
        new($"请求中有 {errors.Count} 处不符合要求,详见 errors。", errors.Count == 1 ? "One entry of the request breaks a rule; see errors." : $"{errors.Count} entries of the request break a rule; see errors."), errors);

    public static Refusal Field(string code, string pointer, Words message) => Invalid([new(code, pointer, message.ToString())]);

    /// <summary>Also the answer for what exists but is another tenant's or outside the caller's subtree: it does not say which.</summary>
    public static Refusal NotFound(string noun, Words name) => new(RefusalKind.NotFound, $"{noun}-not-found",
        new($"没有找到该{name.Zh},或不在您的权限范围内。", $"No such {name.En}, or it is outside what you may see."));

    public static Refusal Stale(int current) => new(RefusalKind.Stale, "stale-version",
        new($"内容已被他人修改,当前版本为 {current}。请重新读取后再保存。", $"It was changed meanwhile and is now at version {current}. Read it again, then save."), Current: current);

    /// <summary>The same, saying which entry of the request it is about.</summary>
    public Refusal At(string pointer, string? externalKey = null) => this with { Errors = [new(Code, pointer, Detail.ToString(), externalKey)] };

    public static readonly Refusal VersionMissing = new(RefusalKind.PreconditionMissing, "if-match-missing",
        new("请在 If-Match 请求头中写明所依据的版本(读取时返回的 ETag)。", "State the version you changed in If-Match (the ETag you were given when reading)."));
}
