using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>The body of every refusal: RFC 9457 with our members.</summary>
/// <param name="Type">Always <c>urn:scenariohub:problem:{code}</c>.</param>
/// <param name="Title">The code again, for readers that show only titles.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what to do next, in the language of <c>Accept-Language</c>.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="TraceId">Names this request in the traces and the log.</param>
/// <param name="Errors">All that is wrong with the entries, at once; empty when the refusal is about the whole.</param>
/// <param name="CurrentVersion">The version that stands, when yours was stale.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string? TraceId, IReadOnlyList<FieldProblem> Errors, int? CurrentVersion = null);

/// <summary>Outcomes to HTTP, in one place.</summary>
internal static partial class Problems
{
    public const string MediaType = "application/problem+json";
    public const int MaxBodyBytes = 8 << 20;

    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.NotFound => 404,
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.Conflict => 409,
        RefusalKind.Stale => 412,
        RefusalKind.PreconditionMissing => 428,
        RefusalKind.Unprocessable => 422,
        RefusalKind.TooLarge => 413,
        RefusalKind.Gone => 410,
        _ => throw new ArgumentOutOfRangeException(nameof(kind))
    };

    public static Problem Of(Refusal why, int? status = null) => Of(status ?? Status(why.Kind), why.Code, why.Detail.ToString(), why.Errors, why.Current);

    public static Problem Of(int status, string code, string detail, IReadOnlyList<FieldProblem>? errors = null, int? current = null) =>
        new($"urn:scenariohub:problem:{code}", code, status, detail, code, Activity.Current?.TraceId.ToString(), errors ?? [], current);

    public static JsonHttpResult<Problem> Result(Problem problem) => TypedResults.Json(problem, contentType: MediaType, statusCode: problem.Status);

    /// <summary>The value through <paramref name="ok"/>, or the refusal as a problem.</summary>
    public static Microsoft.AspNetCore.Http.IResult Or<T>(this Result<T> result, Func<T, Microsoft.AspNetCore.Http.IResult> ok) =>
        result.Why is { } why ? Result(Of(why)) : ok(result.Value);

    public static Microsoft.AspNetCore.Http.IResult OrOk<T>(this Result<T> result) => result.Or(value => TypedResults.Ok(value));

    public static Task Write(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.Response.WriteAsJsonAsync(problem, http.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions, MediaType, http.RequestAborted);
    }

    /// <summary>The one place where exceptions end: a bad request said in the API's words, anything else logged and answered with its trace id.</summary>
    public static async Task Handle(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return;
        if (error is BadHttpRequestException bad) { await Write(http, BadRequest(bad)); return; }
        await Write(http, Of(500, "internal-error", new Words(
            "系统内部错误,未保存任何更改。请稍后重试;如仍失败,请把 traceId 提供给管理员。",
            "Something failed inside; nothing was saved. Try again later, and if it fails again give the traceId to your administrator.").ToString()));
    }

    private static Problem BadRequest(BadHttpRequestException bad)
    {
        if (OfStatus(bad.StatusCode) is { } known) return known;
        if (bad.InnerException is JsonException json) return Of(JsonRefusal.Of(json));
        if (Parameter().Match(bad.Message) is not { Success: true } match)
            return Of(400, "bad-request", new Words("请求格式不正确:缺少请求体或其编码有误。", "The request is malformed: its body is missing or wrongly encoded.").ToString());
        var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups[2].Value);
        var right = match.Groups[1].Value.Contains("bool", StringComparison.Ordinal) ? new Words(" true 或 false", "true or false") : new Words("一个整数", "one whole number");
        return Of(Refusal.Field("bad-parameter", "?" + name, new($"参数 {name} 的值无法识别,须为{right.Zh}。", $"The value of parameter {name} cannot be read; it must be {right.En}.")));
    }

    /// <summary>What a status means that the framework answers by itself; null for one it leaves to us.</summary>
    public static Problem? OfStatus(int status) => status switch
    {
        404 => Of(404, "no-such-route", new Words("没有这个接口地址。", "There is no such route.").ToString()),
        405 => Of(405, "method-not-allowed", new Words("该地址不支持此方法。", "The route does not take this method.").ToString()),
        413 => Of(413, "body-too-large", new Words($"请求体超过 {MaxBodyBytes >> 20} MB,请分批发送。", $"The body is larger than {MaxBodyBytes >> 20} MB; send it in parts.").ToString()),
        415 => Of(415, "not-json", new Words("请求体须为 UTF-8 编码的 JSON(Content-Type: application/json)。", "The body must be JSON in UTF-8 (Content-Type: application/json).").ToString()),
        _ => null
    };

    [GeneratedRegex("parameter \"(\\S+) (\\w+)\"")] private static partial Regex Parameter();
}
