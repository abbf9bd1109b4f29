using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ScenarioHub.Platform.Http;

/// <summary>How the API writes and reads JSON; also used for the documents kept in columns.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow; // a misspelt field must not be silently dropped
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ReadableText.Demand } };
        return options;
    }
}

/// <summary>
/// Texts as people can read them: no control characters but tab and line break, and nothing XML cannot carry. What came in so would come out of a report,
/// a search or an ERP's own reader as something else.
/// </summary>
internal static class ReadableText
{
    private const string Member = "is a text that holds characters nobody can read.";

    public static bool Is(string text) => !text.Any(c => (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || c is '\uFFFE' or '\uFFFF');

    /// <summary>Judges an object once it is read. Not a converter of texts: the description would no longer know that they are texts.</summary>
    public static void Demand(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        JsonPropertyInfo[] texts = [.. type.Properties.Where(p => p.Get is not null && typeof(IEnumerable<string>).IsAssignableFrom(p.PropertyType))];
        JsonPropertyInfo[] lines = [.. type.Properties.Where(p => p.Get is not null && p.PropertyType == typeof(string))];
        if (texts.Length + lines.Length == 0) return;
        type.OnDeserialized = read =>
        {
            foreach (var property in lines)
                if (property.Get!(read) is string text && !Is(text)) throw new JsonException($"'{property.Name}' {Member}");
            foreach (var property in texts)
                if (property.Get!(read) is IEnumerable<string> list && list.Any(text => text is not null && !Is(text))) throw new JsonException($"'{property.Name}' {Member}");
        };
    }

    /// <returns>The member that <see cref="Demand"/> found; null when it is another exception.</returns>
    public static string? MemberOf(JsonException found) => found.Message.EndsWith(Member, StringComparison.Ordinal) ? found.Message.Split('\'')[1] : null;
}
