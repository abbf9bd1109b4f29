using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using ScenarioHub.Features.Rules;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>The developer's guide as a page: <c>Docs/guide.*.md</c>, with the rules and the catalogue of refusals behind it. No script, nothing from outside.</summary>
internal static class DocsEndpoints
{
    private const string Because = "an integrator reads how to call before he has an account";
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub).Build();
    private static readonly Lazy<byte[]> Chinese = new(() => Page("zh-CN")), English = new(() => Page("en-US"));

    public static void MapDocs(this WebApplication app)
    {
        app.MapGet("/docs", () => TypedResults.Redirect(Language.IsEnglish ? "/docs/en-US" : "/docs/zh-CN")).ExcludeFromDescription().AllowAnyone(Because);
        app.MapGet("/docs/{language}", (string language) => language switch
        {
            "zh-CN" => TypedResults.Bytes(Chinese.Value, "text/html; charset=utf-8"),
            "en-US" => TypedResults.Bytes(English.Value, "text/html; charset=utf-8"),
            _ => (Microsoft.AspNetCore.Http.IResult)TypedResults.Redirect("/docs")
        }).ExcludeFromDescription().AllowAnyone(Because);
        app.MapGet("/docs/guide.css", () => TypedResults.Bytes(Resource("docs/guide.css"), "text/css; charset=utf-8")).ExcludeFromDescription().AllowAnyone(Because);
    }

    private static byte[] Page(string language)
    {
        var (inEnglish, other, otherName) = language == "en-US" ? (true, "zh-CN", "中文") : (false, "en-US", "English");
        string Pick(string zh, string en) => inEnglish ? en : zh;
        var page = new StringBuilder(Encoding.UTF8.GetString(Resource($"docs/guide.{language}.md")));
        page.AppendLine().AppendLine().AppendLine(Pick("## 规则", "## Rules")).AppendLine();
        page.AppendLine(Pick("| 规则 | 内容 |", "| rule | what it asks |")).AppendLine("|---|---|");
        foreach (var rule in Rule.All) page.AppendLine(CultureInfo.InvariantCulture, $"| `{rule.Id}` {Cell(Pick(rule.Name.Zh, rule.Name.En))} | {Cell(Pick(rule.Right.Zh, rule.Right.En))} |");
        page.AppendLine().AppendLine(Pick("<h2 id=\"errors\">错误码</h2>", "<h2 id=\"errors\">Codes of refusals</h2>")).AppendLine();
        page.AppendLine(Pick("| 代码 | 提示 |", "| code | what it says |")).AppendLine("|---|---|");
        foreach (var (code, words) in Refusals()) page.AppendLine(CultureInfo.InvariantCulture, $"| `{code}` | {Cell(Pick(words.Zh, words.En))} |");
        return Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Pick("ScenarioHub 开发者指南", "ScenarioHub developer's guide")}</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/docs/guide.css"></head>
            <body><header><a href="/">ScenarioHub</a><nav><a href="/reference">{Pick("接口参考", "Reference")}</a><a href="/docs/{other}" lang="{other}">{otherName}</a></nav></header><main>
            {Markdig.Markdown.ToHtml(page.ToString(), Markdown)}
            </main></body></html>
            """);
    }

    /// <summary>Codes the API refuses with, and what they say; … stands for what a refusal fills in.</summary>
    public static IReadOnlyList<(string Code, Words Words)> Refusals() => [.. JsonNode.Parse(Resource("docs/refusals.json"))!.AsObject().Select(p => (p.Key, new Words(p.Value![0]!.GetValue<string>(), p.Value[1]!.GetValue<string>())))];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static byte[] Resource(string name)
    {
        using var stream = typeof(DocsEndpoints).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
