using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Platform.Requests;

/// <summary>What System.Text.Json says of a bad body, in the API's words: which entry, and what would be right.</summary>
internal static partial class JsonRefusal
{
    public static Refusal Of(JsonException json)
    {
        var pointer = JsonPointer.OfPath(json.Path);
        if (Unmapped().Match(json.Message) is { Success: true } unknown) return Refusal.Invalid([UnknownField(JsonPointer.Ending(pointer, unknown.Groups[1].Value), unknown.Groups[1].Value)]);
        if (Twice().Match(json.Message) is { Success: true } twice) return Refusal.Invalid([FieldTwice(JsonPointer.Ending(pointer, twice.Groups[1].Value), twice.Groups[1].Value)]);
        if (Missing().Match(json.Message) is { Success: true } missing)
            return Refusal.Invalid([.. missing.Groups[1].Value.Split(',').Select(name => name.Trim().Trim('\'')).Select(name => RequiredField(JsonPointer.Under(pointer, name), name))]);
        if (json.Message.Contains("doesn't allow", StringComparison.Ordinal)) return Refusal.Invalid([RequiredField(pointer, pointer[(pointer.LastIndexOf('/') + 1)..])]);
        var inner = json.InnerException?.Message ?? "";
        if (ReadableText.MemberOf(json) is { } member) return UnreadableText(JsonPointer.Under(pointer, member));
        if (inner.Contains("UTF-", StringComparison.Ordinal)) return UnreadableText(pointer);
        if (json.InnerException is JsonException || !json.Message.Contains("could not be converted", StringComparison.Ordinal))
            return new Refusal(RefusalKind.Invalid, "malformed-json", new(
                $"JSON 有语法错误(第 {json.LineNumber + 1} 行,第 {json.BytePositionInLine + 1} 字节附近)。", $"The JSON is malformed near line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}."));
        var right = Expected(json.Message, inner);
        return Refusal.Field("wrong-type", pointer, new($"{pointer} 的值类型不对或超出范围,须为{right.Zh}。", $"The value at {pointer} has the wrong type or is out of range; it must be {right.En}."));
    }

    public static FieldProblem UnknownField(string at, string name) => new("unknown-field", at, new Words($"没有名为“{name}”的字段,请检查拼写。", $"There is no field “{name}”; check its spelling.").ToString());

    public static FieldProblem FieldTwice(string at, string name) => new("duplicate-field", at, new Words($"字段“{name}”出现了不止一次,请只保留一个。", $"The field “{name}” is given more than once; give it once.").ToString());

    public static Refusal UnreadableText(string at) => Refusal.Field("unreadable-text", at, new(
        $"{at} 的文本含有控制字符或不是有效的 Unicode(UTF-8);请删去这些字符,换行和制表符可以保留。", $"The text at {at} holds control characters or is not valid Unicode (UTF-8); take them out. Line breaks and tabs may stay."));

    private static FieldProblem RequiredField(string at, string name) => new("required", at, new Words($"缺少必填字段“{name}”。", $"The field “{name}” is required.").ToString());

    // The serializer names what it wanted in one of its two messages, a converter of ours in the first.
    private static Words Expected(string message, string inner) =>
        inner.Contains("DateOnly", StringComparison.Ordinal) ? new("日期,如 \"2026-08-31\"", "a date such as \"2026-08-31\"")
        : inner.Contains("as a string", StringComparison.Ordinal) ? new("带引号的文本", "a text in quotes")
        : inner.Contains("as a boolean", StringComparison.Ordinal) ? new(" true 或 false(不加引号)", "true or false, without quotes")
        : inner.Contains("an Int", StringComparison.Ordinal) || message.Contains("System.Int", StringComparison.Ordinal) ? new("不加引号的整数", "a whole number without quotes")
        : inner.Contains("number", StringComparison.Ordinal) || inner.Contains("Decimal", StringComparison.Ordinal) || message.Contains("a number", StringComparison.Ordinal)
            ? new("不加引号的数值,至多 28 位", "a number without quotes, of at most 28 digits")
        : message.Contains("an organization is", StringComparison.Ordinal) ? new("单位的 id(整数)或统一社会信用代码(文本)", "an organization's id (a whole number) or credit code (a text)")
        : message.Contains("a scenario's id", StringComparison.Ordinal) ? new("场景的 id(整数)或编号(文本)", "a scenario's id (a whole number) or code (a text)")
        : message.Contains("List`1", StringComparison.Ordinal) || message.Contains("[]", StringComparison.Ordinal) ? new("数组 […]", "a list […]")
        : new("对象 {…}", "an object {…}");

    [GeneratedRegex("property '(.+)' could not be mapped")] private static partial Regex Unmapped();
    [GeneratedRegex("Duplicate property '(.+)' encountered")] private static partial Regex Twice();
    [GeneratedRegex("missing required properties[^:]*: (.+?)\\.?$")] private static partial Regex Missing();
}

/// <summary>Pointers into a body (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Under(string pointer, string name) => pointer.TrimEnd('/') + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer of the named member: the path of some findings ends in it, that of others in what holds it.</summary>
    public static string Ending(string pointer, string name) =>
        pointer.EndsWith(Under("", name), StringComparison.OrdinalIgnoreCase) ? pointer : Under(pointer, name);

    /// <summary>From the serializer's own spelling: <c>$.items[2]['a.b']</c>.</summary>
    public static string OfPath(string? path)
    {
        var (pointer, rest) = ("", path?.TrimStart('$') ?? "");
        while (rest.Length > 0)
        {
            var (from, end, closing) = rest.StartsWith("['", StringComparison.Ordinal) ? (2, rest.IndexOf("']", StringComparison.Ordinal), 2)
                : rest[0] == '[' ? (1, rest.IndexOf(']', StringComparison.Ordinal), 1) : (1, rest.AsSpan(1).IndexOfAny('.', '[') + 1, 0);
            if (end < from) (end, closing) = (rest.Length, 0);
            pointer = Under(pointer, rest[from..end]);
            rest = rest[(end + closing)..];
        }
        return pointer.Length == 0 ? "/" : pointer;
    }
}

/// <summary>JSON Merge Patch (RFC 7396) onto a typed value.</summary>
internal static class MergePatch
{
    public static Result<T> Apply<T>(T current, JsonElement patch, JsonSerializerOptions json)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return Refusal.Field("wrong-type", "/", new("补丁须为 JSON 对象。", "A patch is a JSON object."));
        if (Unreadable(patch, "/") is { } at) return JsonRefusal.UnreadableText(at);
        var target = JsonSerializer.SerializeToNode(current, json)!.AsObject();
        var sent = patch.EnumerateObject().Select(p => p.Name).ToArray();
        // Taking away a field there never was would be silent, and its name is misspelt.
        FieldProblem[] wrong = [
            .. sent.Where(name => !target.ContainsKey(name)).Select(name => JsonRefusal.UnknownField(JsonPointer.Under("", name), name)),
            .. sent.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => JsonRefusal.FieldTwice(JsonPointer.Under("", g.Last()), g.Last()))];
        if (wrong.Length > 0) return Refusal.Invalid(wrong);
        Merge(target, JsonObject.Create(patch)!);
        try { return target.Deserialize<T>(json)!; }
        catch (JsonException e) { return JsonRefusal.Of(e); }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject existing) Merge(existing, inner);
            else target[name] = value.DeepClone();
    }

    // An element keeps its bytes as they came; only reading a text shows that it is none.
    private static string? Unreadable(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(p => Text(() => p.Name) is { } name ? Unreadable(p.Value, JsonPointer.Under(at, name)) : at).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((item, i) => Unreadable(item, $"{at.TrimEnd('/')}/{i}")).FirstOrDefault(found => found is not null),
        JsonValueKind.String when Text(value.GetString) is null => at,
        _ => null
    };

    private static string? Text(Func<string?> read)
    {
        try { return read(); }
        catch (InvalidOperationException) { return null; }
    }
}
