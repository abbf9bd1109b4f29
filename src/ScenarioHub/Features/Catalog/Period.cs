using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScenarioHub.Features.Catalog;

/// <summary>One calendar month, written <c>2026-08</c>: the period of a filing and the finest grain of the ledger. What people send lies in 2015..2099; <c>default</c> is no month.</summary>
[JsonConverter(typeof(MonthJson))]
public readonly record struct Month : IComparable<Month>
{
    public const int FirstYear = 2015;
    public const int LastYear = 2099;

    // Year times twelve plus month less one, so that default (0) is the year 0 and shows itself.
    private readonly int _index;

    private Month(int index) => _index = index;

    /// <exception cref="ArgumentOutOfRangeException">The year is not in 2015..2099 or the month not in 1..12.</exception>
    public Month(int year, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 12);
        _index = year * 12 + number - 1;
    }

    public static Month First => new(FirstYear, 1);

    public int Year => _index / 12;

    /// <summary>1..12.</summary>
    public int Number => _index % 12 + 1;

    /// <summary>1..4.</summary>
    public int Quarter => _index % 12 / 3 + 1;

    public DateOnly FirstDay => new(Year, Number, 1);

    public DateOnly LastDay => new(Year, Number, DateTime.DaysInMonth(Year, Number));

    /// <summary>The month of a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>May leave 2015..2099, so that a look back over twelve months never fails at the edge: nothing is filed out there.</summary>
    public Month AddMonths(int months) => new(_index + months);

    /// <summary>Months from <paramref name="from"/> to this one; negative when this one is earlier.</summary>
    public int MonthsSince(Month from) => _index - from._index;

    public int CompareTo(Month other) => _index.CompareTo(other._index);

    public static bool operator <(Month left, Month right) => left._index < right._index;
    public static bool operator >(Month left, Month right) => left._index > right._index;
    public static bool operator <=(Month left, Month right) => left._index <= right._index;
    public static bool operator >=(Month left, Month right) => left._index >= right._index;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");

    /// <summary>Exactly <c>yyyy-MM</c> in ASCII digits, 2015-01..2099-12; no blanks, no other spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Month month)
    {
        month = default;
        if (text is not { Length: 7 } || text[4] != '-'
            || !Digits(text.AsSpan(0, 4), out var year) || !Digits(text.AsSpan(5), out var number)
            || year is < FirstYear or > LastYear || number is < 1 or > 12)
            return false;
        month = new(year, number);
        return true;
    }

    /// <exception cref="FormatException">The text is not a month of 2015..2099.</exception>
    public static Month Parse(string text) =>
        TryParse(text, out var month) ? month : throw new FormatException($"'{text}' is not a month such as 2026-08 of the years {FirstYear} to {LastYear}.");

    internal static bool Digits(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>Months from <see cref="First"/> to <see cref="Last"/>, both in it: what <c>2026-08</c>, <c>2026Q3</c> or <c>2026</c> stands for.</summary>
public readonly record struct Period
{
    /// <exception cref="ArgumentException">The last month is before the first.</exception>
    public Period(Month first, Month last)
    {
        if (last < first) throw new ArgumentException($"A period ends no earlier than it begins: {first} is after {last}.", nameof(last));
        (First, Last) = (first, last);
    }

    public Month First { get; }

    public Month Last { get; }

    public int Months => Last.MonthsSince(First) + 1;

    public static Period Of(Month month) => new(month, month);

    /// <summary>What <see cref="Basis.Trailing12"/> adds up: twelve months ending with <paramref name="last"/>.</summary>
    public static Period Trailing12(Month last) => new(last.AddMonths(-11), last);

    /// <summary>What <see cref="Basis.Cumulative"/> adds up: every month there can be a figure for, through <paramref name="last"/>.</summary>
    public static Period Through(Month last) => new(Month.First, last);

    public bool Contains(Month month) => First <= month && month <= Last;

    public IEnumerable<Month> EachMonth()
    {
        for (var month = First; month <= Last; month = month.AddMonths(1)) yield return month;
    }

    /// <summary><c>2026</c>, <c>2026Q3</c> or <c>2026-08</c> where the period is one; else <c>2026-02..2026-05</c>, which is for people and does not parse.</summary>
    public override string ToString() => (Months, First.Number) switch
    {
        (1, _) => First.ToString(),
        (3, 1 or 4 or 7 or 10) => string.Create(CultureInfo.InvariantCulture, $"{First.Year:0000}Q{First.Quarter}"),
        (12, 1) => First.Year.ToString("0000", CultureInfo.InvariantCulture),
        _ => $"{First}..{Last}"
    };

    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (Month.TryParse(text, out var month))
        {
            period = Of(month);
            return true;
        }
        if (text is not { Length: 4 or 6 } || !Month.Digits(text.AsSpan(0, 4), out var year) || year is < Month.FirstYear or > Month.LastYear)
            return false;
        if (text.Length == 4)
        {
            period = new(new(year, 1), new(year, 12));
            return true;
        }
        if (text[4] != 'Q' || text[5] is < '1' or > '4') return false;
        var begins = (text[5] - '1') * 3 + 1;
        period = new(new(year, begins), new(year, begins + 2));
        return true;
    }

    /// <exception cref="FormatException">The text is not a month, quarter or year of 2015..2099.</exception>
    public static Period Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"'{text}' is not a period such as 2026-08, 2026Q3 or 2026 of the years {Month.FirstYear} to {Month.LastYear}.");
}

internal sealed class MonthJson : JsonConverter<Month>
{
    public override Month Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, Month value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override Month ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] Month value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static Month Read(string? text) =>
        Month.TryParse(text, out var month) ? month : throw new JsonException($"A month is a text such as \"2026-08\" of the years {Month.FirstYear} to {Month.LastYear}.");
}
