using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using ScenarioHub.Platform.Http.Lists;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>The API's description (OpenAPI 3.1) at /openapi/v1.json and a reference page at /reference that loads nothing from outside.</summary>
internal static partial class ApiDescription
{
    private static readonly string[] Open = ["400", "429"], Closed = ["400", "401", "403", "404", "429"];
    private const string Session = "session", Antiforgery = "antiforgery", Client = "client";

    /// <param name="describe">What a dictionary says of a property, by type and name in the API; null where it says nothing.</param>
    /// <param name="scopes">What clients may be given, and what each says.</param>
    /// <param name="scopeOf">The scope a permission is part of; empty when every client has it, null when none may.</param>
    public static IServiceCollection AddApiDescription(this IServiceCollection services, Func<Type, string, FieldDescription?> describe, IReadOnlyDictionary<string, string> scopes, Func<string, string?> scopeOf) => services.AddOpenApi("v1", o =>
    {
        o.AddSchemaTransformer((schema, context, _) =>
        {
            // What is read as it comes has no schema of its own; as the entry of an array it still needs one.
            if (schema.Type?.HasFlag(JsonSchemaType.Array) == true) schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.Object };
            foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
                if (property is OpenApiSchema described && describe(context.JsonTypeInfo.Type, name) is { } field)
                {
                    // A number that is read by a converter of ours has no type of its own.
                    if (field.Min is not null) described.Type ??= JsonSchemaType.Number | JsonSchemaType.Null;
                    (described.Description, described.MaxLength, described.Minimum, described.Maximum) = (field.Text, field.MaxLength, field.Min, field.Max);
                }
            return Task.CompletedTask;
        });
        o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "ScenarioHub",
                Version = "v1",
                Description = "人工智能+ 应用场景:登记、填报、核定、汇总。Register, file, approve and roll up AI scenarios. Money is in yuan, quantities in the measure's own unit; a missing figure is null, never 0.",
                Contact = new() { Name = "ScenarioHub", Url = new Uri("/docs", UriKind.Relative) }
            };
            // Wherever it is read from: a description that named a host would name the wrong one.
            document.Servers = [new OpenApiServer { Url = "/" }];
            (document.Components ??= new()).SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionCookie, Description = "人在浏览器中登录。A person, signed in by POST /api/v1/session." },
                [Antiforgery] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = AntiforgeryHeader, Description = "浏览器的写请求须带登录返回的 antiforgeryToken。Writes with the cookie carry the antiforgeryToken of the sign-in." },
                [Client] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Description = "接口客户端凭访问令牌调用,令牌 30 分钟有效;同时带有 Cookie 时以令牌为准。A machine, by access token, good for 30 minutes. Where a cookie comes along, the token alone counts.",
                    Flows = new() { ClientCredentials = new() { TokenUrl = new Uri(TokenRequests.Path, UriKind.Relative), Scopes = scopes.ToDictionary() } }
                }
            };
            return Task.CompletedTask;
        });
        o.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault(m => m.DeclaringType!.Name.EndsWith("Endpoints", StringComparison.Ordinal)) is { } method)
            {
                operation.OperationId = method.DeclaringType!.Name.Replace("Endpoints", "", StringComparison.Ordinal) + method.Name;
                operation.Summary = Summaries.Value.GetValueOrDefault($"{method.DeclaringType.FullName}.{method.Name}");
            }
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            if (ListRoutes.RowsOf(new(context.Description.ActionDescriptor.EndpointMetadata)) is not null)
            {
                foreach (var (name, text) in ListRoutes.Parameters)
                    (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = text, Schema = new OpenApiSchema { Type = name == "bom" ? JsonSchemaType.Boolean : JsonSchemaType.String, Enum = name == "format" ? ["csv", "xlsx", "ndjson"] : null } });
            }
            var access = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteAccess>().FirstOrDefault();
            operation.Description = string.Join("\n\n", new[] { operation.Description, access?.Permission is { } permission ? $"Permission: `{permission}`." : access?.AnyoneBecause is { } why ? $"Open to all: {why}." : null }.Where(s => !string.IsNullOrEmpty(s)));
            if (access?.Permission is { } needed)
            {
                OpenApiSecuritySchemeReference By(string scheme) => new(scheme, context.Document);
                operation.Security = [context.Description.HttpMethod == "GET" ? new() { [By(Session)] = [] } : new() { [By(Session)] = [], [By(Antiforgery)] = [] }];
                if (scopeOf(needed) is { } scope) operation.Security.Add(new() { [By(Client)] = scope.Length == 0 ? [] : [scope] });
            }
            foreach (var status in access?.Permission is null ? Open : Closed)
                (operation.Responses ??= []).TryAdd(status, new OpenApiResponse
                {
                    Description = "Refused; see code, detail and errors.",
                    Content = new Dictionary<string, OpenApiMediaType> { [Problems.MediaType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) } }
                });
            var example = ApiExamples.For($"{context.Description.HttpMethod} /{Constraint().Replace(context.Description.RelativePath ?? "", "}").TrimEnd('/')}");
            if (example?.Request is { } request && operation.RequestBody?.Content is { } body)
                foreach (var media in body.Values) media.Example = JsonNode.Parse(request);
            if (example?.Response is { } answer && operation.Responses!.FirstOrDefault(r => r.Key.StartsWith('2')).Value?.Content is { } content)
                foreach (var media in content.Where(c => c.Key == "application/json").Select(c => c.Value)) media.Example = JsonNode.Parse(answer);
            return Task.CompletedTask;
        });
        o.AddDocumentTransformer(async (document, context, ct) =>
            document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, ct)));
    });

    public const string SessionCookie = "scenariohub", AntiforgeryHeader = "X-Antiforgery-Token";

    // The framework's own reading of XML comments stops at types that are not public; endpoints are not.
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ScenarioHub.xml")).Descendants("member")
            .Where(m => m.Attribute("name")!.Value.StartsWith("M:", StringComparison.Ordinal) && m.Element("summary") is not null)
            .GroupBy(m => m.Attribute("name")!.Value[2..].Split('(')[0])
            .ToDictionary(g => g.Key, g => Spaces().Replace(string.Concat(g.First().Element("summary")!.DescendantNodes().OfType<XText>().Select(t => t.Value)), " ").Trim()));

    [GeneratedRegex(":[a-z]+}")] private static partial Regex Constraint();
    [GeneratedRegex(@"\s+")] private static partial Regex Spaces();

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnyone("an integrator reads the description before he has an account");
        app.MapScalarApiReference("/reference", o => o.WithTitle("ScenarioHub API").DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools().HideClientButton())
            .AllowAnyone("an integrator reads the description before he has an account");
    }
}

/// <summary>What the field dictionary says of one property: the same row that validation reads.</summary>
internal sealed record FieldDescription(string Text, int? MaxLength, string? Min, string? Max);

/// <summary>Examples of the description, one request and answer a route; a test sends every request to see that it is one.</summary>
internal static class ApiExamples
{
    public sealed record Example(string? Request, string? Response);

    public static Example? For(string route) => All.GetValueOrDefault(route);

    public static IReadOnlyDictionary<string, Example> All { get; } = Read();

    private static Dictionary<string, Example> Read()
    {
        using var stream = typeof(ApiExamples).Assembly.GetManifestResourceStream("api-examples.json")!;
        return JsonNode.Parse(stream)!.AsObject().ToDictionary(p => p.Key, p => new Example(p.Value!["request"]?.ToJsonString(Json.Options), p.Value["response"]?.ToJsonString(Json.Options)));
    }
}
