using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http.Lists;

/// <summary>
/// What every list can do beyond giving its page: <c>fields=</c> chooses members, <c>format=csv|xlsx|ndjson</c> gives the whole list as a file.
/// A list is any route of the API that answers <see cref="Page{T}"/>; it need not know of this. The file is made of the list's own pages, one after the other,
/// so it holds what the list shows, under the same filters and the same rights, in memory that does not grow.
/// </summary>
internal static class ListRoutes
{
    /// <summary>Query parameters that every list knows, with what they mean.</summary>
    public static readonly IReadOnlyDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["fields"] = "Only these members of each row, by name, separated by commas.",
        ["format"] = "csv, xlsx or ndjson: the whole list from `after` on as a file, streamed; it takes no `limit`. A connection that ends before the file does means the file is not whole.",
        ["bom"] = "With format=csv: true to begin with a byte order mark, by which spreadsheet programs know UTF-8."
    };

    /// <returns>The rows' type when the route answers pages of a list, else null.</returns>
    public static Type? RowsOf(EndpointMetadataCollection metadata) => metadata.OfType<IProducesResponseTypeMetadata>()
        .Select(p => p.Type).FirstOrDefault(t => t is { IsGenericType: true } && t.GetGenericTypeDefinition() == typeof(Page<>))?.GenericTypeArguments[0];

    public static RouteGroupBuilder WithLists(this RouteGroupBuilder api) => api.AddEndpointFilterFactory((factory, next) =>
        Place.Of(factory.MethodInfo) is not { } place ? next : async context =>
            RowsOf(context.HttpContext.GetEndpoint()!.Metadata) is { } rows ? await Answer(context, next, place, rows) : await next(context));

    private static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Place place, Type rowType)
    {
        var query = context.HttpContext.Request.Query;
        if (!(query.ContainsKey("format") || query.ContainsKey("fields") || query.ContainsKey("bom"))) return await next(context);

        var all = ListColumns.Of(rowType);
        var found = new List<FieldProblem>();
        var chosen = Chosen(query["fields"].ToString(), all, found);
        var format = query["format"].ToString();
        if (query.ContainsKey("format"))
        {
            if (format is not ("csv" or "xlsx" or "ndjson")) found.Add(new("bad-format", "?format", new Words($"format 不能为“{format}”,可用:csv, xlsx, ndjson。", $"The format cannot be “{format}”; use csv, xlsx or ndjson.").ToString()));
            if (query.ContainsKey("limit")) found.Add(new("limit-with-format", "?limit", new Words("导出给出整个列表,不能同时使用 limit。", "A file holds the whole list; limit cannot be used along with format.").ToString()));
        }
        if (query.ContainsKey("bom") && (format != "csv" || query["bom"].ToString() is not ("true" or "false")))
            found.Add(new("bad-bom", "?bom", new Words("bom 只能与 format=csv 同用,取值 true 或 false。", "bom goes with format=csv only and is true or false.").ToString()));
        if (found.Count > 0) return Problems.Result(Problems.Of(Refusal.Invalid(found)));

        if (format.Length > 0) place.SetLimit(context.Arguments, Cursor.MaxLimit);
        var first = await next(context);
        if (first is not IValueHttpResult { Value: IPage page }) return first; // a refusal
        if (format.Length == 0) return new ChosenFields(page, chosen);
        return new ListFile(format, query["bom"] == "true", chosen, page, async after =>
        {
            place.SetAfter(context.Arguments, after);
            return await next(context) is IValueHttpResult { Value: IPage more } ? more : throw new InvalidOperationException("A list that gave its first page refused a later one.");
        });
    }

    private static IReadOnlyList<ListColumn> Chosen(string fields, IReadOnlyList<ListColumn> all, List<FieldProblem> found)
    {
        if (fields.Length == 0) return all;
        var chosen = new List<ListColumn>();
        foreach (var name in fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            // A member that holds members stands for all of them.
            var these = all.Where(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || c.Name.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase)).ToList();
            if (these.Count == 0)
                found.Add(new("unknown-field", "?fields", new Words($"没有名为“{name}”的字段;可用的有 {string.Join("、", all.Select(c => c.Name))}。", $"There is no field “{name}”; known are {string.Join(", ", all.Select(c => c.Name))}.").ToString()));
            chosen.AddRange(these);
        }
        return chosen;
    }

    /// <summary>Where among a handler's arguments the page's place stands: parameters <c>limit</c> and <c>after</c>, or properties of its query record.</summary>
    private sealed record Place(int LimitAt, int AfterAt, Func<object, int?, object>? WithLimit, Func<object, string?, object>? WithAfter)
    {
        public static Place? Of(MethodInfo handler)
        {
            var parameters = handler.GetParameters();
            int At(string name) => Array.FindIndex(parameters, p => p.Name == name);
            if (At("limit") is var limit and >= 0 && At("after") is var after and >= 0) return new(limit, after, null, null);
            var record = Array.FindIndex(parameters, p => p.GetCustomAttribute<AsParametersAttribute>() is not null && p.ParameterType.GetProperty("Limit") is not null && p.ParameterType.GetProperty("After") is not null);
            return record < 0 ? null : new(record, record, With<int?>(parameters[record].ParameterType, "Limit"), With<string?>(parameters[record].ParameterType, "After"));
        }

        public void SetLimit(IList<object?> arguments, int limit) => arguments[LimitAt] = WithLimit is null ? limit : WithLimit(arguments[LimitAt]!, limit);
        public void SetAfter(IList<object?> arguments, string? after) => arguments[AfterAt] = WithAfter is null ? after : WithAfter(arguments[AfterAt]!, after);

        // What the compiler makes of `query with { Limit = limit }`.
        private static Func<object, T, object> With<T>(Type type, string property)
        {
            var (from, value, copy) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(T)), Expression.Variable(type));
            Expression original = Expression.Convert(from, type);
            if (type.GetMethod("<Clone>$") is { } clone) original = Expression.Convert(Expression.Call(original, clone), type);
            return Expression.Lambda<Func<object, T, object>>(Expression.Block([copy], Expression.Assign(copy, original),
                Expression.Assign(Expression.Property(copy, property), value), Expression.Convert(copy, typeof(object))), from, value).Compile();
        }
    }

    /// <summary>A page with some of its members.</summary>
    private sealed class ChosenFields(IPage page, IReadOnlyList<ListColumn> columns) : Microsoft.AspNetCore.Http.IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, new() { Encoder = Json.Options.Encoder }))
            {
                json.WriteStartObject();
                json.WriteStartArray("items");
                foreach (var row in page.Rows)
                {
                    json.WriteStartObject();
                    foreach (var column in columns.DistinctBy(c => c.Member))
                    {
                        json.WritePropertyName(column.Member.Name);
                        JsonSerializer.Serialize(json, column.Member.Get!(row), column.Member.PropertyType, Json.Options);
                    }
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteString("next", page.Next);
                if (page.Count is { } count) json.WriteNumber("count", count); else json.WriteNull("count");
                json.WriteEndObject();
            }
            await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }
}
