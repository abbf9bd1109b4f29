using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using ScenarioHub.Platform.Http.Lists;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>Refuses query parameters a route does not know: a misspelt <c>validateOnly</c> must not post, a misspelt filter must not widen a list.</summary>
internal sealed class QueryParameters(IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<ILookup<string, string>> _known = new(() => descriptions.ApiDescriptionGroups.Items.SelectMany(g => g.Items)
        .SelectMany(d => d.ParameterDescriptions.Where(p => p.Source == BindingSource.Query).Select(p => (Route: Key(d.HttpMethod, d.RelativePath), Name: System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name))))
        .ToLookup(p => p.Route, p => p.Name, StringComparer.OrdinalIgnoreCase));

    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<RouteAccess>() is null || !endpoint.IsApi()) return next(http);
        var known = _known.Value[Key(http.Request.Method, endpoint.RoutePattern.RawText)].Concat(ListRoutes.RowsOf(endpoint.Metadata) is null ? [] : ListRoutes.Parameters.Keys).ToArray();
        FieldProblem[] unknown = [.. http.Request.Query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name => new FieldProblem(
            "unknown-parameter", "?" + name, (known.Length == 0
                ? new Words($"此接口没有查询参数,不能使用“{name}”。", $"This route takes no query parameters; “{name}” is not known.")
                : new Words($"没有名为“{name}”的参数;可用的有 {string.Join("、", known)}。", $"There is no parameter “{name}”; known are {string.Join(", ", known)}.")).ToString()))];
        return unknown.Length == 0 ? next(http) : Problems.Write(http, Problems.Of(Refusal.Invalid(unknown)));
    }

    private static string Key(string? method, string? route) => $"{method} {route?.Trim('/')}";
}
