using ScenarioHub.Features.Reports.Documents;
using SkiaSharp;

namespace ScenarioHub.Tests.Features.Reports.Documents;

public sealed class SectorChartTests
{
    [Fact]
    public void It_is_a_png_of_the_promised_size_at_twice_the_density()
    {
        var report = SampleSectorMonthly.Build();
        var png = SectorChart.Png(report);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png.Take(8));
        using var picture = SKBitmap.Decode(png);
        Assert.Equal(SectorChart.PixelSize(report), (picture.Width, picture.Height));
        Assert.Equal(1600, picture.Width);
    }

    [Fact]
    public void Both_bars_and_the_words_are_drawn()
    {
        using var picture = SKBitmap.Decode(SectorChart.Png(SampleSectorMonthly.Build(demo: false)));
        Assert.True(Count(picture, 0x0072B2) > 10_000);
        Assert.True(Count(picture, 0xE69F00) > 5_000);
        // Ink right of the plot's left edge is figures, left of it are sector names; a font that failed to load draws neither.
        Assert.True(Count(picture, 0x1A1A1A, toX: 300) > 500);
        Assert.Equal(0, Count(picture, 0xB00020));
    }

    [Fact]
    public void Generated_figures_are_marked_in_the_picture()
    {
        using var picture = SKBitmap.Decode(SectorChart.Png(SampleSectorMonthly.Build()));
        Assert.True(Count(picture, 0xB00020) > 200);
    }

    [Fact]
    public void A_sector_that_filed_nothing_has_no_bar()
    {
        var report = SampleSectorMonthly.Build(demo: false);
        using var picture = SKBitmap.Decode(SectorChart.Png(report with { Rows = [.. report.Rows.Where(row => row.SectorCode == SampleSectorMonthly.SilentSector)] }));
        // The legend's two squares of 16 x 12 units are all there is of either colour.
        Assert.Equal(16 * 12 * 4, Count(picture, 0x0072B2));
        Assert.Equal(16 * 12 * 4, Count(picture, 0xE69F00));
    }

    [Theory]
    [InlineData(1L, null)]
    [InlineData(-5_000_000L, 3L)]
    [InlineData(0L, 0L)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void Any_figure_can_be_drawn(long? saving, long? cost)
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Rows = [report.Rows[0] with { CostSaveFen = saving, OpexFen = cost }] };
        Assert.NotEmpty(SectorChart.Png(report));
        Assert.NotEmpty(Opened.Docx(report).Bytes);
    }

    private static int Count(SKBitmap picture, uint rgb, int? toX = null)
    {
        var color = new SKColor(0xFF000000 | rgb);
        var count = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < (toX ?? picture.Width); x++)
            {
                count += picture.GetPixel(x, y) == color ? 1 : 0;
            }
        }
        return count;
    }
}
