using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace ScenarioHub.Features.Catalog;

/// <summary>Why a value a person or a machine sent cannot become a ledger quantity.</summary>
/// <param name="Code">One of the constants here; part of the API.</param>
/// <param name="Zh">One sentence that says what to do, in Chinese; <paramref name="En"/> in English.</param>
public sealed record UnitError(string Code, string Zh, string En)
{
    public const string NotANumber = "value-not-a-number";
    public const string UnknownUnit = "value-unit-unknown";
    public const string TooPrecise = "value-too-precise";
    public const string TooLarge = "value-too-large";
}

/// <summary>
/// The one place where figures change their unit. Money becomes whole fen, everything else whole millionths of the measure's own unit, in 64 bits.
/// Exact or refused: nothing is rounded on the way in, and the way back gives the same value.
/// </summary>
public static class Units
{
    /// <summary>The largest sensible amount of one figure, 1 万亿元. A typing error near the limit of 64 bits would make every total above it overflow.</summary>
    public const long LargestMoneyFigureFen = 100_000_000_000_000;

    /// <summary>The largest sensible figure other than money, 10^10 of its own unit.</summary>
    public const long LargestOtherFigureMillionths = 10_000_000_000_000_000;

    /// <summary>Whether one figure has a size the totals can bear: to be asked of what is filed, not of totals or goals.</summary>
    public static bool IsSensibleFigure(MeasureUnit own, long quantity) =>
        Int128.Abs(quantity) <= (own.LedgerScale == 100 ? LargestMoneyFigureFen : LargestOtherFigureMillionths);

    /// <summary>A value of the measure as ledger quantity (fen or millionths).</summary>
    /// <param name="unit">Code or Chinese name of a unit of the measure; null or empty for its own.</param>
    public static bool TryToLedger(Measure measure, decimal value, string? unit, out long quantity, [NotNullWhen(false)] out UnitError? error) =>
        TryToLedger(measure.Units, Exact.Of(value), unit, out quantity, out error);

    /// <summary>As the decimal one, for numerator or denominator of a ratio measure.</summary>
    public static bool TryToLedger(RatioPart part, decimal value, string? unit, out long quantity, [NotNullWhen(false)] out UnitError? error) =>
        TryToLedger(part.Units, Exact.Of(value), unit, out quantity, out error);

    /// <summary>As the decimal one, for anything with units, such as the money of a register field (<c>catalog.UnitsOf("CNY")</c>).</summary>
    public static bool TryToLedger(AcceptedUnits units, decimal value, string? unit, out long quantity, [NotNullWhen(false)] out UnitError? error) =>
        TryToLedger(units, Exact.Of(value), unit, out quantity, out error);

    /// <summary>A number as it was written in JSON, CSV or a cell: <c>-12.5</c>, <c>1.2e6</c>; no thousands separators, no blanks.</summary>
    /// <remarks>Reading into decimal first would round from the 29th digit on and throw at 1e30; this does neither.</remarks>
    public static bool TryToLedger(AcceptedUnits units, string? text, string? unit, out long quantity, [NotNullWhen(false)] out UnitError? error)
    {
        quantity = 0;
        switch (Exact.Read(text, out var value))
        {
            case Reading.NotANumber:
                error = new(UnitError.NotANumber, "请填写数字，如 1234.56，不含千分位和单位。", "Give a number such as 1234.56, without separators or units.");
                return false;
            case Reading.TooLarge:
                error = TooLarge();
                return false;
            case Reading.TooPrecise:
                error = TooPrecise(units, units.Own);
                return false;
            default:
                return TryToLedger(units, value, unit, out quantity, out error);
        }
    }

    /// <summary>The value in the measure's own unit.</summary>
    public static decimal FromLedger(Measure measure, long quantity) => FromLedger(measure.Units.Own, quantity);

    /// <summary>The value in the own unit of a numerator or denominator.</summary>
    public static decimal FromLedger(RatioPart part, long quantity) => FromLedger(part.Units.Own, quantity);

    /// <summary>The value in <paramref name="own"/>, the unit the quantity was kept for.</summary>
    public static decimal FromLedger(MeasureUnit own, long quantity) => (decimal)quantity / own.LedgerScale;

    /// <summary>The value in another unit of the same family, as 万元 or 亿元 for a view.</summary>
    /// <exception cref="ArgumentException">The units are of two families.</exception>
    public static decimal FromLedger(MeasureUnit own, long quantity, MeasureUnit shownIn)
    {
        if (own.Family != shownIn.Family) throw new ArgumentException($"{own.Code} cannot be shown in {shownIn.Code}.", nameof(shownIn));
        return (decimal)quantity * own.Factor / ((decimal)own.LedgerScale * shownIn.Factor);
    }

    /// <summary>Whole fen of an amount in yuan.</summary>
    public static bool TryToFen(decimal yuan, out long fen, [NotNullWhen(false)] out UnitError? error) =>
        TryToLedger(Yuan, Exact.Of(yuan), null, out fen, out error);

    /// <summary>Yuan of whole fen.</summary>
    public static decimal FromFen(long fen) => fen / 100m;

    /// <summary>A ratio in the measure's own unit from the ledger quantities of its two sums; null where the denominator is 0 or less: there is no ratio then.</summary>
    /// <param name="measure">A ratio measure, or a derived one with <see cref="Measure.RatioNumerator"/>.</param>
    /// <exception cref="ArgumentException">The measure is no ratio.</exception>
    public static decimal? Ratio(Measure measure, long numerator, long denominator)
    {
        var (over, under) = measure switch
        {
            { Numerator: { } n, Denominator: { } d } => (n.Units.Own.LedgerScale, d.Units.Own.LedgerScale),
            { RatioNumerator: not null } => (1L, 1L),   // both sums are of one family, checked when the catalog loads
            _ => throw new ArgumentException($"{measure.Code} is no ratio.", nameof(measure))
        };
        return denominator <= 0 ? null : (decimal)numerator * under * measure.MultiplyBy / ((decimal)denominator * over * measure.DivideBy);
    }

    /// <summary>A derived sum in the measure's own unit, from the ledger quantity its terms add up to: 2000 hours are 1 person-year.</summary>
    /// <exception cref="ArgumentException">The measure is no derived sum.</exception>
    public static decimal OfTerms(Measure measure, long total)
    {
        if (measure.Sum is null) throw new ArgumentException($"{measure.Code} is no derived sum.", nameof(measure));
        return (decimal)total * measure.MultiplyBy / ((decimal)measure.Unit.LedgerScale * measure.DivideBy);
    }

    private static readonly MeasureUnit YuanUnit = new("CNY", "money", "money", "元", "yuan", 1, false);
    private static readonly AcceptedUnits Yuan = new(YuanUnit, [YuanUnit]);

    private static bool TryToLedger(AcceptedUnits units, Exact value, string? unit, out long quantity, [NotNullWhen(false)] out UnitError? error)
    {
        quantity = 0;
        if (units.Find(unit) is not { } from)
        {
            error = new(UnitError.UnknownUnit,
                $"单位“{unit}”不适用于该数值，可用：{string.Join("、", units.All.Select(u => $"{u.NameZh}({u.Code})"))}。",
                $"'{unit}' is no unit of this figure; use {string.Join(", ", units.All.Select(u => u.Code))}.");
            return false;
        }
        var (whole, rest) = BigInteger.DivRem(value.Digits * from.Factor * units.Own.LedgerScale, BigInteger.Pow(10, value.Decimals) * units.Own.Factor);
        // Size first: of 1e27.5 it is the size that is wrong. long.MinValue is refused too, because its reversing entry does not exist.
        if (BigInteger.Abs(whole) > long.MaxValue)
        {
            error = TooLarge();
            return false;
        }
        if (!rest.IsZero)
        {
            error = TooPrecise(units, from);
            return false;
        }
        (quantity, error) = ((long)whole, null);
        return true;
    }

    private static UnitError TooLarge() => new(UnitError.TooLarge, "数值过大，请核对单位和位数。", "The value is too large; check its unit and its digits.");

    private static UnitError TooPrecise(AcceptedUnits units, MeasureUnit from)
    {
        var decimals = Math.Max(0, (int)Math.Floor(Math.Log10((double)units.Own.LedgerScale * from.Factor / units.Own.Factor)));
        return new(UnitError.TooPrecise,
            $"小数位过多：以{from.NameZh}填报最多 {decimals} 位小数。",
            $"Too many decimals: in {from.NameEn} at most {decimals}.");
    }

    private enum Reading { Number, NotANumber, TooLarge, TooPrecise }

    /// <summary>Digits / 10^Decimals, without any limit of size.</summary>
    private readonly record struct Exact(BigInteger Digits, int Decimals)
    {
        private const int LongestText = 100;
        private const int LargestExponent = 60;

        public static Exact Of(decimal value)
        {
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(value, bits);
            // The three words are unsigned bits in signed ints; arithmetic here is checked, so the cast must say it means the bits.
            var (high, middle, low) = unchecked(((uint)bits[2], (uint)bits[1], (uint)bits[0]));
            var digits = ((BigInteger)high << 64) | ((BigInteger)middle << 32) | low;
            return new(bits[3] < 0 ? -digits : digits, (bits[3] >> 16) & 0xFF);
        }

        public static Reading Read(string? text, out Exact value)
        {
            value = default;
            if (string.IsNullOrEmpty(text)) return Reading.NotANumber;
            if (text.Length > LongestText) return Reading.TooLarge;
            var i = 0;
            var negative = text[0] == '-';
            if (negative || text[0] == '+') i++;
            var digits = BigInteger.Zero;
            var (count, decimals, inFraction) = (0, 0, false);
            for (; i < text.Length; i++)
            {
                if (text[i] == '.' && !inFraction && count > 0) { inFraction = true; continue; }
                if (!char.IsAsciiDigit(text[i])) break;
                digits = digits * 10 + (text[i] - '0');
                count++;
                if (inFraction) decimals++;
            }
            if (count == 0 || (inFraction && decimals == 0)) return Reading.NotANumber;
            var exponent = 0;
            if (i < text.Length)
            {
                if (text[i] is not ('e' or 'E')) return Reading.NotANumber;
                var power = text.AsSpan(i + 1);
                var sign = 1;
                if (power is ['+' or '-', ..]) { sign = power[0] == '-' ? -1 : 1; power = power[1..]; }
                if (power.IsEmpty || power.ContainsAnyExceptInRange('0', '9')) return Reading.NotANumber;
                if (!int.TryParse(power, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > LargestExponent)
                    return digits.IsZero ? Reading.Number : sign > 0 ? Reading.TooLarge : Reading.TooPrecise;
                exponent = sign * size;
            }
            if (negative) digits = -digits;
            var places = decimals - exponent;
            value = places >= 0 ? new(digits, places) : new(digits * BigInteger.Pow(10, -places), 0);
            return Reading.Number;
        }
    }
}
