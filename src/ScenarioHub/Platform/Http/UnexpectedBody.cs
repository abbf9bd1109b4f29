using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>Refuses content sent to a step that takes none: whoever sends <c>{"validateOnly": true}</c> there would find it done. Nothing, or an empty object as some clients always send, is fine.</summary>
internal static class UnexpectedBody
{
    private const int Most = 64;

    public static async Task Check(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.ContentLength is 0 || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<RouteAccess>() is null || TakesBody(endpoint))
        {
            await next(http);
            return;
        }
        var start = new byte[Most];
        var read = await http.Request.Body.ReadAtLeastAsync(start, Most, throwOnEndOfStream: false, http.RequestAborted);
        var text = System.Text.Encoding.UTF8.GetString(start, 0, read);
        if (string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is "" or "{}") await next(http);
        else await Problems.Write(http, Problems.Of(Refusal.Field("body-not-taken", "/",
            new Words("此接口不接收内容,请不带正文再发送;未作任何更改。", "This route takes no content; send it without a body. Nothing was changed."))));
    }

    private static bool TakesBody(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null
        || endpoint.Metadata.GetMetadata<MethodInfo>() is not { } method || method.GetParameters().Any(p => p.ParameterType == typeof(HttpRequest) || p.ParameterType == typeof(HttpContext));
}
