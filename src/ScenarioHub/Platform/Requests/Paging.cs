using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ScenarioHub.Platform.Requests;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <c>limit</c> rows.</param>
/// <param name="Next">Give it back as <c>after</c> for the following page; null on the last.</param>
/// <param name="Count">How many rows the filter has in all; only when <c>count=true</c> was asked.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Count = null) : IPage
{
    IEnumerable<object> IPage.Rows => Items.Cast<object>();
}

/// <summary>A page whose rows may be of any type: what is said of all lists at once.</summary>
internal interface IPage
{
    IEnumerable<object> Rows { get; }
    string? Next { get; }
    long? Count { get; }
}

/// <summary>Keyset cursors: opaque to callers, the last row's sort key to us.</summary>
public static class Cursor
{
    public const int DefaultLimit = 50, MaxLimit = 500;

    private static string Write<TRow, TKey>(TKey key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Place<TKey>(typeof(TRow).Name, key), Strict));

    /// <summary>A cursor that goes on from a key, for a list that looks through only so much at a time.</summary>
    public static string After<TRow, TKey>(TKey key) => Write<TRow, TKey>(key);

    /// <returns>False when the text was not made by <see cref="Page"/> for this list.</returns>
    public static bool TryRead<TRow, TKey>(string? cursor, out TKey? key)
    {
        key = default;
        if (cursor is null) return true;
        try
        {
            // The cursor of another list would be read as a place in this one, and skip rows.
            if (JsonSerializer.Deserialize<Place<TKey>>(Base64Url.DecodeFromChars(cursor), Strict) is not { } place || place.Of != typeof(TRow).Name) return false;
            key = place.Key;
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException) { return false; }
    }

    public static Refusal Bad => Refusal.Field("bad-cursor", "?after", new("after 须是上一页返回的 next。", "after must be the next of an earlier page."));

    /// <summary>Splits rows read with <c>@Take = limit + 1</c> into a page.</summary>
    public static Page<T> Page<T, TKey>(IReadOnlyList<T> rows, int limit, Func<T, TKey> key, long? count = null) => rows.Count > limit
        ? new([.. rows.Take(limit)], Write<T, TKey>(key(rows[limit - 1])), count)
        : new(rows, null, count);

    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private sealed record Place<TKey>(string Of, TKey Key);
}
