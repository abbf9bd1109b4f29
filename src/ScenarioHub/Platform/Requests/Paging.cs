using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ScenarioHub.Platform.Requests;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <c>limit</c> rows.</param>
/// <param name="Next">Give it back as <c>after</c> for the following page; null on the last.</param>
/// <param name="Count">How many rows the filter has in all; only when <c>count=true</c> was asked.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Count = null);

/// <summary>Keyset cursors: opaque to callers, the last row's sort key to us.</summary>
public static class Cursor
{
    public const int DefaultLimit = 50, MaxLimit = 500;

    public static string Write<TKey>(TKey key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <returns>False when the text was not made by <see cref="Write"/> for this list.</returns>
    public static bool TryRead<TKey>(string? cursor, out TKey? key)
    {
        key = default;
        if (cursor is null) return true;
        try { key = JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(cursor)); return key is not null; }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException) { return false; }
    }

    public static Refusal Bad => Refusal.Field("bad-cursor", "?after", new("after 须是上一页返回的 next。", "after must be the next of an earlier page."));

    /// <summary>Splits rows read with <c>@Take = limit + 1</c> into a page.</summary>
    public static Page<T> Page<T, TKey>(IReadOnlyList<T> rows, int limit, Func<T, TKey> key, long? count = null) => rows.Count > limit
        ? new([.. rows.Take(limit)], Write(key(rows[limit - 1])), count)
        : new(rows, null, count);
}
