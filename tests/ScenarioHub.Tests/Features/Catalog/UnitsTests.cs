using CsCheck;
using ScenarioHub.Features.Catalog;
using Lists = ScenarioHub.Features.Catalog.ReferenceCatalog;

namespace ScenarioHub.Tests.Features.Catalog;

public sealed class UnitsTests
{
    private static readonly Lists Loaded = Lists.Load();
    private static readonly Measure[] WithOneValue = [.. Loaded.Measures.Where(m => m.Kind is not MeasureKind.Ratio)];

    [Theory]
    [InlineData("COST_SAVE", "12.34", null, 1234)]
    [InlineData("COST_SAVE", "12.34", "CNY", 1234)]
    [InlineData("COST_SAVE", "-0.01", "CNY", -1)]
    [InlineData("COST_SAVE", "1.000000", "CNY10K", 1_000_000)]
    [InlineData("COST_SAVE", "0.000001", "CNY10K", 1)]
    [InlineData("COST_SAVE", "3.2", "亿元", 32_000_000_000)]
    [InlineData("COST_SAVE", "92233720368547758.07", "CNY", long.MaxValue)]
    [InlineData("COMPUTE_EF", "1.5", "EFLOPS", 1_500_000)]
    [InlineData("COMPUTE_EF", "1500", "PFLOPS", 1_500_000)]
    [InlineData("COMPUTE_EF", "0.001", "PFLOPS", 1)]
    [InlineData("DATA_TB", "0.5", "PB", 500_000_000)]
    [InlineData("HOURS_SAVED", "2", "PERSON_YEAR", 4_000_000_000)]
    [InlineData("FTE_SAVED", "1", null, 1_000_000)]
    [InlineData("FTE_SAVED", "500", "HOUR", 250_000)]
    [InlineData("ENERGY_SAVE", "1.2", "KWH10K", 12_000_000_000)]
    public void A_value_becomes_a_whole_quantity(string measure, string value, string? unit, long quantity)
    {
        var of = Loaded.Measure(measure);
        Assert.True(Units.TryToLedger(of, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), unit, out var fromDecimal, out var error), error?.En);
        Assert.Equal(quantity, fromDecimal);
        Assert.True(Units.TryToLedger(of.Units, value, unit, out var fromText, out error), error?.En);
        Assert.Equal(quantity, fromText);
    }

    [Theory]
    [InlineData("COST_SAVE", "0.001", null, UnitError.TooPrecise)]
    [InlineData("COST_SAVE", "0.0000001", "CNY10K", UnitError.TooPrecise)]
    [InlineData("COMPUTE_EF", "0.0001", "PFLOPS", UnitError.TooPrecise)]
    [InlineData("HOURS_SAVED", "0.0000001", null, UnitError.TooPrecise)]
    [InlineData("COST_SAVE", "92233720368547758.08", null, UnitError.TooLarge)]
    [InlineData("COST_SAVE", "-92233720368547758.08", null, UnitError.TooLarge)]
    [InlineData("COST_SAVE", "79228162514264337593543950335", "CNY100M", UnitError.TooLarge)]
    [InlineData("COST_SAVE", "1", "EUR", UnitError.UnknownUnit)]
    [InlineData("COST_SAVE", "1", "cny", UnitError.UnknownUnit)]
    [InlineData("DATASETS", "1", "PERSON", UnitError.UnknownUnit)]
    [InlineData("ENERGY_SAVE", "1", "TCE", UnitError.UnknownUnit)]
    public void What_cannot_be_kept_exactly_is_an_error_and_never_a_rounding(string measure, string value, string? unit, string code)
    {
        var of = Loaded.Measure(measure);
        Assert.False(Units.TryToLedger(of, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), unit, out var quantity, out var error));
        Assert.Equal((code, 0L), (error.Code, quantity));
        Assert.False(Units.TryToLedger(of.Units, value, unit, out _, out error));
        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("1e30", UnitError.TooLarge)]
    [InlineData("1E+30", UnitError.TooLarge)]
    [InlineData("1e999999999999", UnitError.TooLarge)]
    [InlineData("1e-999999999999", UnitError.TooPrecise)]
    [InlineData("1.000000000000000000000000000000000001", UnitError.TooPrecise)]   // 1 in a decimal, whose 29th digit is rounded away
    [InlineData("99999999999999999999999999999999999999", UnitError.TooLarge)]
    [InlineData("", UnitError.NotANumber)]
    [InlineData(null, UnitError.NotANumber)]
    [InlineData("-", UnitError.NotANumber)]
    [InlineData(".5", UnitError.NotANumber)]
    [InlineData("5.", UnitError.NotANumber)]
    [InlineData("1.2.3", UnitError.NotANumber)]
    [InlineData("1,000", UnitError.NotANumber)]
    [InlineData(" 1", UnitError.NotANumber)]
    [InlineData("1e", UnitError.NotANumber)]
    [InlineData("NaN", UnitError.NotANumber)]
    [InlineData("１２", UnitError.NotANumber)]
    public void A_text_no_decimal_could_hold_is_an_error_too(string? text, string code)
    {
        Assert.False(Units.TryToLedger(Loaded.UnitsOf("CNY"), text, null, out var quantity, out var error));
        Assert.Equal((code, 0L), (error.Code, quantity));
    }

    [Theory]
    [InlineData("1.2e6", 120_000_000)]
    [InlineData("120e-2", 120)]
    [InlineData("+7", 700)]
    [InlineData("-0", 0)]
    [InlineData("0e9999", 0)]
    [InlineData("1.5000000000000000000000000000000000000000", 150)]
    public void A_number_may_be_written_as_JSON_writes_it(string text, long fen)
    {
        Assert.True(Units.TryToLedger(Loaded.UnitsOf("CNY"), text, null, out var quantity, out var error), error?.En);
        Assert.Equal(fen, quantity);
    }

    [Fact]
    public void Every_quantity_comes_back_as_it_was()
    {
        Assert.NotEmpty(WithOneValue);
        Gen.Select(Gen.OneOf(WithOneValue), Gen.Long[-long.MaxValue, long.MaxValue]).Sample((measure, quantity) =>
            Units.TryToLedger(measure, Units.FromLedger(measure, quantity), null, out var again, out _) && again == quantity);
    }

    [Fact]
    public void Every_quantity_comes_back_from_every_unit_it_may_be_shown_in()
    {
        var pairs = WithOneValue.SelectMany(m => m.Units.All.Select(u => (Measure: m, Unit: u))).ToArray();
        Assert.Contains(pairs, p => p.Measure.Unit != p.Unit);
        Gen.Select(Gen.OneOf(pairs), Gen.Long[-long.MaxValue, long.MaxValue]).Sample((pair, quantity) =>
            Units.TryToLedger(pair.Measure, Units.FromLedger(pair.Measure.Unit, quantity, pair.Unit), pair.Unit.Code, out var again, out _) && again == quantity);
    }

    [Fact]
    public void The_parts_of_an_amount_add_up_to_the_amount()
    {
        var saving = Loaded.Measure("COST_SAVE");
        Gen.Select(Gen.Long[-10_000_000_000, 10_000_000_000], Gen.Long[-10_000_000_000, 10_000_000_000], Gen.OneOf("CNY", "CNY10K", "CNY100M")).Sample((a, b, unit) =>
        {
            var (left, right) = (a / 100m, b / 100m);
            return Units.TryToLedger(saving, left, unit, out var l, out _) && Units.TryToLedger(saving, right, unit, out var r, out _)
                && Units.TryToLedger(saving, left + right, unit, out var sum, out _) && sum == l + r;
        });
    }

    [Fact]
    public void No_decimal_makes_it_throw()
    {
        Gen.Select(Gen.OneOf(WithOneValue), Gen.Decimal).Sample((measure, value) =>
            Units.TryToLedger(measure, value, null, out var quantity, out var error) ? Units.FromLedger(measure, quantity) == value : error is not null);
    }

    [Fact]
    public void Twice_as_fast_is_a_gain_of_one_hundred_percent()
    {
        var gain = Loaded.Measure("EFF_UP");
        Assert.True(Units.TryToLedger(gain.Numerator!, 50m, null, out var numerator, out _));
        Assert.True(Units.TryToLedger(gain.Denominator!, 50m, null, out var denominator, out _));
        Assert.Equal(100m, Units.Ratio(gain, numerator, denominator));
        Assert.Null(Units.Ratio(gain, numerator, 0));
    }

    [Fact]
    public void Derived_values_have_the_unit_of_their_measure()
    {
        Assert.Equal(1m, Units.OfTerms(Loaded.Measure("FTE_SAVED"), 2000_000_000));
        Assert.Equal(12.34m, Units.OfTerms(Loaded.Measure("NET_BENEFIT"), 1234));
        Assert.Equal(25m, Units.Ratio(Loaded.Measure("ROI"), 25_00, 100_00));
        Assert.Equal(2.5m, Units.Ratio(Loaded.Measure("PAYBACK"), 250_00, 100_00));
        Assert.Null(Units.Ratio(Loaded.Measure("PAYBACK"), 250_00, -1));
    }

    [Fact]
    public void Hours_of_labour_are_not_hours_of_a_machine()
    {
        Assert.NotNull(Loaded.Measure("HOURS_SAVED").Units.Find("PERSON_YEAR"));
        Assert.Null(Loaded.Measure("DOWNTIME").Units.Find("PERSON_YEAR"));
    }

    [Fact]
    public void A_hundred_sensible_figures_never_overflow_a_total()
    {
        var yuan = Loaded.UnitsOf("CNY").Own;
        Assert.True(Units.IsSensibleFigure(yuan, Units.LargestMoneyFigureFen));
        Assert.False(Units.IsSensibleFigure(yuan, Units.LargestMoneyFigureFen + 1));
        Assert.False(Units.IsSensibleFigure(yuan, long.MinValue));
        Assert.True(Units.LargestMoneyFigureFen * 100 > 0 && Units.LargestOtherFigureMillionths * 100 > 0);
    }

    [Fact]
    public void Yuan_and_fen_need_no_measure()
    {
        Assert.True(Units.TryToFen(0.07m, out var fen, out _));
        Assert.Equal(7, fen);
        Assert.Equal(0.07m, Units.FromFen(fen));
        Assert.False(Units.TryToFen(0.005m, out _, out var error));
        Assert.Equal("小数位过多：以元填报最多 2 位小数。", error.Zh);
        Assert.False(Units.TryToLedger(Loaded.UnitsOf("CNY"), 0.0000005m, "万元", out _, out error));
        Assert.Equal("小数位过多：以万元填报最多 6 位小数。", error.Zh);
    }
}
