using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http.Lists;

/// <summary>One column of a list as a table.</summary>
/// <param name="Name">The member's name in the API; of a member's member <c>outer.inner</c>.</param>
/// <param name="Member">The member of the row it comes from.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Get">Its value in a row; null where there is none.</param>
internal sealed record ListColumn(string Name, JsonPropertyInfo Member, Type Type, Func<object, object?> Get)
{
    /// <summary>What people call it, in the language of the request.</summary>
    public string Label => string.Join(" · ", Name.Split('.').Select(part => ListColumns.Labels.TryGetValue(part, out var words) ? words.ToString() : part));

    public bool IsMoney => Name.EndsWith("Cny", StringComparison.Ordinal);
}

internal static class ListColumns
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ListColumn>> Known = new();

    public static IReadOnlyList<ListColumn> Of(Type row) => Known.GetOrAdd(row, static t =>
        [.. Json.Options.GetTypeInfo(t).Properties.Where(p => p.Get is not null).SelectMany(p => Columns(p.Name, p, p, null))]);

    /// <summary>Words for the names of members; a wall holds it complete.</summary>
    public static IReadOnlyDictionary<string, Words> Labels { get; } = ReadLabels();

    private static IEnumerable<ListColumn> Columns(string name, JsonPropertyInfo member, JsonPropertyInfo property, Func<object, object?>? outer)
    {
        var own = property.Get!;
        Func<object, object?> get = outer is null ? own : row => outer(row) is { } held ? own(held) : null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        // Two levels are a table; what lies deeper is given as JSON in its cell.
        return outer is null && Json.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } nested
            ? nested.Properties.Where(p => p.Get is not null).SelectMany(p => Columns($"{name}.{p.Name}", member, p, get))
            : [new(name, member, type, get)];
    }

    private static Dictionary<string, Words> ReadLabels()
    {
        using var stream = typeof(ListColumns).Assembly.GetManifestResourceStream("list-columns.json")!;
        return JsonNode.Parse(stream)!.AsObject().ToDictionary(p => p.Key, p => new Words(p.Value![0]!.GetValue<string>(), p.Value[1]!.GetValue<string>()));
    }

    /// <summary>A value as text: numbers and days as the API spells them, lists of words joined, anything deeper as JSON.</summary>
    public static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", null),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", null),
        decimal or long or int => ((IFormattable)value).ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        IEnumerable<string> words => string.Join("; ", words),
        IEnumerable<int> numbers => string.Join("; ", numbers),
        _ => JsonSerializer.Serialize(value, value.GetType(), Json.Options)
    };
}
