using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScenarioHub.Platform.Requests;

/// <summary>What System.Text.Json says of a bad body, in the API's words: which entry, and what would be right.</summary>
internal static partial class JsonRefusal
{
    public static Refusal Of(JsonException json)
    {
        var pointer = "/" + (json.Path ?? "$").TrimStart('$').TrimStart('.').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/').TrimStart('/');
        if (Unmapped().Match(json.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            var at = pointer.EndsWith("/" + name, StringComparison.Ordinal) ? pointer : pointer.TrimEnd('/') + "/" + name;
            return Refusal.Field("unknown-field", at, new($"没有名为“{name}”的字段,请检查拼写。", $"There is no field “{name}”; check its spelling."));
        }
        if (Missing().Match(json.Message) is { Success: true } missing)
            return Refusal.Invalid([.. missing.Groups[1].Value.Split(',').Select(name => name.Trim().Trim('\'')).Select(name =>
                new FieldProblem("required", pointer.TrimEnd('/') + "/" + name, new Words($"缺少必填字段“{name}”。", $"The field “{name}” is required.").ToString()))]);
        return json.InnerException is JsonException or null && !json.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? new Refusal(RefusalKind.Invalid, "malformed-json", new(
                $"JSON 有语法错误(第 {json.LineNumber + 1} 行,第 {json.BytePositionInLine + 1} 字节附近)。", $"The JSON is malformed near line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}."))
            : Refusal.Field("wrong-type", pointer, new(
                $"{pointer} 的值类型不对或超出范围(数值须为不加引号、至多 28 位的十进制数;日期 2026-08-31;月份 2026-08)。",
                $"The value at {pointer} has the wrong type or is out of range (numbers unquoted with at most 28 digits; dates 2026-08-31; months 2026-08)."));
    }

    [GeneratedRegex("property '([^']+)' could not be mapped")] private static partial Regex Unmapped();
    [GeneratedRegex("missing required properties[^:]*: (.+?)\\.?$")] private static partial Regex Missing();
}

/// <summary>JSON Merge Patch (RFC 7396) onto a typed value.</summary>
internal static class MergePatch
{
    public static Result<T> Apply<T>(T current, JsonElement patch, JsonSerializerOptions json)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return Refusal.Field("wrong-type", "/", new("补丁须为 JSON 对象。", "A patch is a JSON object."));
        var target = JsonSerializer.SerializeToNode(current, json)!.AsObject();
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
}
