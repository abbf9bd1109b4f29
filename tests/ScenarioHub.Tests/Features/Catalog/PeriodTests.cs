using System.Text.Json;
using CsCheck;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Tests.Features.Catalog;

public sealed class PeriodTests
{
    private static readonly Gen<Month> Months = Gen.Select(Gen.Int[Month.FirstYear, Month.LastYear], Gen.Int[1, 12]).Select((y, m) => new Month(y, m));

    [Theory]
    [InlineData("2026-08", 2026, 8)]
    [InlineData("2015-01", 2015, 1)]
    [InlineData("2099-12", 2099, 12)]
    public void A_month_is_read_as_it_is_written(string text, int year, int number)
    {
        Assert.True(Month.TryParse(text, out var month));
        Assert.Equal((year, number, text), (month.Year, month.Number, month.ToString()));
    }

    [Theory]
    [InlineData("2026-8")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2014-12")]
    [InlineData("2100-01")]
    [InlineData("2026/08")]
    [InlineData("2026-08 ")]
    [InlineData("2026-+8")]
    [InlineData("２０２６-08")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_spelling_is_no_month(string? text)
    {
        Assert.False(Month.TryParse(text, out var month));
        Assert.Equal(default, month);
    }

    [Theory]
    [InlineData("2026-08", "2026-08", "2026-08")]
    [InlineData("2026Q1", "2026-01", "2026-03")]
    [InlineData("2026Q3", "2026-07", "2026-09")]
    [InlineData("2026Q4", "2026-10", "2026-12")]
    [InlineData("2026", "2026-01", "2026-12")]
    public void A_period_is_its_first_and_last_month(string text, string first, string last)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal((Month.Parse(first), Month.Parse(last)), (period.First, period.Last));
        Assert.Equal(text, period.ToString());
        Assert.Equal(period.Months, period.EachMonth().Count());
    }

    [Theory]
    [InlineData("2026Q0")]
    [InlineData("2026Q5")]
    [InlineData("2026q3")]
    [InlineData("2014")]
    [InlineData("2100Q1")]
    [InlineData("26")]
    [InlineData("2026-08..2026-09")]
    [InlineData(null)]
    public void Any_other_spelling_is_no_period(string? text) => Assert.False(Period.TryParse(text, out _));

    [Fact]
    public void Adding_months_and_counting_them_undo_each_other() =>
        Gen.Select(Months, Gen.Int[-500, 500]).Sample((month, by) =>
            month.AddMonths(by).MonthsSince(month) == by && month.AddMonths(by).AddMonths(-by) == month && by < 0 == month.AddMonths(by) < month);

    [Fact]
    public void Text_sorts_as_months_do() =>
        Gen.Select(Months, Months).Sample((a, b) => Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())) == Math.Sign(a.CompareTo(b)));

    [Fact]
    public void A_look_back_over_twelve_months_works_at_the_edge()
    {
        Assert.Equal(12, Period.Trailing12(Month.First).Months);
        Assert.Equal(Month.Parse("2025-09"), Period.Trailing12(Month.Parse("2026-08")).First);
        Assert.Equal(Month.First, Period.Through(Month.Parse("2026-08")).First);
        Assert.True(Period.Parse("2026Q3").Contains(Month.Parse("2026-09")));
        Assert.False(Period.Parse("2026Q3").Contains(Month.Parse("2026-10")));
    }

    [Fact]
    public void A_period_cannot_end_before_it_begins() => Assert.Throws<ArgumentException>(() => new Period(Month.Parse("2026-08"), Month.Parse("2026-07")));

    [Fact]
    public void A_month_knows_its_days()
    {
        Assert.Equal(new DateOnly(2028, 2, 29), Month.Parse("2028-02").LastDay);
        Assert.Equal(Month.Parse("2028-02"), Month.Of(new DateOnly(2028, 2, 29)));
    }

    [Fact]
    public void In_JSON_it_is_a_text_and_nothing_else()
    {
        Assert.Equal("[\"2026-08\"]", JsonSerializer.Serialize(new[] { Month.Parse("2026-08") }));
        Assert.Equal(Month.Parse("2026-08"), JsonSerializer.Deserialize<Month>("\"2026-08\""));
        Assert.Equal(1, JsonSerializer.Deserialize<Dictionary<Month, int>>("{\"2026-08\":1}")![Month.Parse("2026-08")]);
        foreach (var wrong in new[] { "202608", "\"2026-8\"", "null", "\"\"", "{}" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Month>(wrong));
    }
}
