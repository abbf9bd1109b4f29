using System.Globalization;
using SkiaSharp;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>
/// The report's picture: saving beside running cost by sector, as a PNG of twice the printed density, drawn from the
/// embedded font alone so that every machine draws the same.
/// </summary>
internal static class SectorChart
{
    /// <summary>Pixels a drawing unit.</summary>
    public const int Density = 2;

    private const int WidthUnits = 800;
    private const int MostSectors = 30;
    private const float RowHeight = 33;
    private const float HeadHeight = 92;
    private const float FootHeight = 74;
    private const float PlotLeft = 158;
    private const float PlotRight = 684;
    private const float BarHeight = 11;

    // Okabe-Ito blue and orange: told apart under every colour blindness, and dark against light on a grey print.
    private static readonly SKColor SavingColor = new(0x00, 0x72, 0xB2);
    private static readonly SKColor CostColor = new(0xE6, 0x9F, 0x00);
    private static readonly SKColor Ink = new(0x1A, 0x1A, 0x1A);
    private static readonly SKColor Quiet = new(0x59, 0x59, 0x59);
    private static readonly SKColor Rule = new(0xDD, 0xDD, 0xDD);
    private static readonly SKColor Alarm = new(0xB0, 0x00, 0x20);

    private static readonly Lazy<SKTypeface> Typeface = new(LoadTypeface);

    /// <summary>Size of the PNG in pixels; it grows with the number of sectors.</summary>
    public static (int Width, int Height) PixelSize(SectorMonthly report) =>
        (WidthUnits * Density, (int)(HeadHeight + (Math.Max(1, Drawn(report).Count) * RowHeight) + FootHeight) * Density);

    /// <summary>What the picture shows, for readers who cannot see it.</summary>
    public static string Description(SectorMonthly report) =>
        $"{SectorMonthlyWords.Period(report)}各行业板块降本额与运行成本条形图，数据同行业板块汇总表";

    public static byte[] Png(SectorMonthly report)
    {
        var (width, height) = PixelSize(report);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException($"No drawing surface of {width} x {height} pixels.");
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(Density);
        Draw(canvas, report, height / Density);
        canvas.Flush();
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static List<SectorFigures> Drawn(SectorMonthly report) =>
        [.. report.Rows
            .OrderBy(row => row.CostSaveFen is null)
            .ThenByDescending(row => row.CostSaveFen)
            .ThenBy(row => row.OpexFen is null)
            .ThenByDescending(row => row.OpexFen)
            .ThenBy(row => row.SectorCode, StringComparer.Ordinal)
            .Take(MostSectors)];

    private static void Draw(SKCanvas canvas, SectorMonthly report, int height)
    {
        var rows = Drawn(report);
        var plotBottom = HeadHeight + (Math.Max(1, rows.Count) * RowHeight);
        var (low, high, step) = Axis(rows);
        float X(decimal wanYuan) => PlotLeft + (float)((wanYuan - low) / (high - low)) * (PlotRight - PlotLeft);

        if (report.DemoData)
        {
            DrawWatermark(canvas, HeadHeight, plotBottom);
        }

        Text(canvas, $"各行业板块降本额与运行成本（{SectorMonthlyWords.Period(report)}）", WidthUnits / 2f, 32, 20, Ink, SKTextAlign.Center, bold: true);
        Legend(canvas, 54);
        Text(canvas, "单位：万元", WidthUnits - 16, 66, 13, Quiet, SKTextAlign.Right);

        using var line = new SKPaint { Color = Rule, StrokeWidth = 1, IsAntialias = true, Style = SKPaintStyle.Stroke };
        using var zero = new SKPaint { Color = Quiet, StrokeWidth = 1.2f, IsAntialias = true, Style = SKPaintStyle.Stroke };
        for (var tick = low; tick <= high; tick += step)
        {
            canvas.DrawLine(X(tick), HeadHeight - 6, X(tick), plotBottom, tick == 0 ? zero : line);
            Text(canvas, tick.ToString(step < 1 ? "#,##0.##" : "N0", CultureInfo.InvariantCulture), X(tick), plotBottom + 16, 11.5f, Quiet, SKTextAlign.Center);
        }

        using var saving = new SKPaint { Color = SavingColor, IsAntialias = true };
        using var cost = new SKPaint { Color = CostColor, IsAntialias = true };
        for (var i = 0; i < rows.Count; i++)
        {
            var top = HeadHeight + (i * RowHeight);
            Text(canvas, Fitted(DocumentText.Line(rows[i].SectorZh), PlotLeft - 24, 14), PlotLeft - 10, top + 20, 14, Ink, SKTextAlign.Right);
            if (rows[i].CostSaveFen is null && rows[i].OpexFen is null)
            {
                // One mark for the line: two dashes above each other read as an equals sign.
                Text(canvas, SectorMonthlyWords.NoData, X(0) + 5, top + 20, 12, Ink, SKTextAlign.Left);
                continue;
            }
            Bar(canvas, rows[i].CostSaveFen, top + 4, saving, X);
            Bar(canvas, rows[i].OpexFen, top + 5 + BarHeight, cost, X);
        }
        if (rows.Count == 0)
        {
            Text(canvas, SectorMonthlyWords.NoData, WidthUnits / 2f, HeadHeight + 21, 14, Quiet, SKTextAlign.Center);
        }

        var note = "“—”为未报或无数据，不是零；按降本额由高到低排列"
            + (report.Rows.Count > rows.Count ? $"，列前{rows.Count}个板块，其余见表。" : "。");
        Text(canvas, note, 16, height - 28, 12, Quiet, SKTextAlign.Left);
        Text(canvas, Fitted($"数据来源：{DocumentText.Line(report.TenantName)}人工智能应用场景台账，{SectorMonthlyWords.Closing(report)}", WidthUnits - 32 - (report.DemoData ? 90 : 0), 12), 16, height - 10, 12, Quiet, SKTextAlign.Left);
        if (report.DemoData)
        {
            Text(canvas, SectorMonthlyWords.DemoLabel, 16, 66, 15, Alarm, SKTextAlign.Left, bold: true);
            Text(canvas, SectorMonthlyWords.DemoLabel, WidthUnits - 16, height - 10, 15, Alarm, SKTextAlign.Right, bold: true);
        }
    }

    private static void Bar(SKCanvas canvas, long? fen, float top, SKPaint paint, Func<decimal, float> x)
    {
        var origin = x(0);
        var end = fen is { } f ? x(f / 1_000_000m) : origin;
        canvas.DrawRect(new SKRect(Math.Min(origin, end), top, Math.Max(origin, end), top + BarHeight), paint);
        Text(canvas, SectorMonthlyWords.WanYuan(fen), Math.Max(origin, end) + 5, top + BarHeight - 1.2f, 11.5f, Ink, SKTextAlign.Left);
    }

    private static void Legend(SKCanvas canvas, float top)
    {
        using var saving = new SKPaint { Color = SavingColor, IsAntialias = true };
        using var cost = new SKPaint { Color = CostColor, IsAntialias = true };
        canvas.DrawRect(new SKRect(316, top + 1, 332, top + 13), saving);
        Text(canvas, "降本额", 338, top + 12, 13, Ink, SKTextAlign.Left);
        canvas.DrawRect(new SKRect(406, top + 1, 422, top + 13), cost);
        Text(canvas, "运行成本", 428, top + 12, 13, Ink, SKTextAlign.Left);
    }

    private static void DrawWatermark(SKCanvas canvas, float top, float bottom)
    {
        canvas.Save();
        canvas.ClipRect(new SKRect(0, top, WidthUnits, bottom));
        for (var y = top + 90; y < bottom + 120; y += 210)
        {
            foreach (var x in (float[])[230, 570])
            {
                canvas.Save();
                canvas.RotateDegrees(-24, x, y);
                Text(canvas, SectorMonthlyWords.DemoLabel, x, y, 62, new SKColor(0xB0, 0x00, 0x20, 0x18), SKTextAlign.Center, bold: true);
                canvas.Restore();
            }
        }
        canvas.Restore();
    }

    /// <summary>Round limits in 万元 that contain zero and every bar, with four to eight steps of 1, 2 or 5 times a power of ten.</summary>
    private static (decimal Low, decimal High, decimal Step) Axis(List<SectorFigures> rows)
    {
        decimal low = 0, high = 0;
        foreach (var fen in rows.SelectMany(row => (long?[])[row.CostSaveFen, row.OpexFen]))
        {
            if (fen is { } f)
            {
                low = Math.Min(low, f / 1_000_000m);
                high = Math.Max(high, f / 1_000_000m);
            }
        }
        if (low == high)
        {
            return (0, 1, 0.2m);
        }
        var raw = (high - low) / 5;
        var power = 1m;
        while (power * 10 <= raw)
        {
            power *= 10;
        }
        while (power > raw && power > 0.01m)
        {
            power /= 10;
        }
        var step = power * (raw <= power ? 1 : raw <= 2 * power ? 2 : raw <= 5 * power ? 5 : 10);
        return (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    private static string Fitted(string text, float width, float size)
    {
        using var font = Font(size, bold: false);
        if (font.MeasureText(text) <= width)
        {
            return text;
        }
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var keep = elements.Length - 1; keep > 0; keep--)
        {
            var cut = string.Concat(text.AsSpan(0, elements[keep]), "…");
            if (font.MeasureText(cut) <= width)
            {
                return cut;
            }
        }
        return "…";
    }

    private static void Text(SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align, bool bold = false)
    {
        using var font = Font(size, bold);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    private static SKFont Font(float size, bool bold) => new(Typeface.Value, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        Embolden = bold,
    };

    private static SKTypeface LoadTypeface()
    {
        const string name = "fonts/NotoSansSC-Regular-sub.otf";
        using var stream = typeof(SectorChart).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The executable lacks its resource {name}.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is not a font.");
    }
}
