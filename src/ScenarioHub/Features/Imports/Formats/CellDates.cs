using System.Globalization;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Imports.Formats;

internal static partial class CellText
{
    /// <summary>A day: 2026-08-01, 2026/8/1, 2026.8.1, 20260801, 2026年8月1日, with a time behind, a date of a workbook, or the number Excel keeps for it in a workbook.</summary>
    public static Understood<DateOnly> Date(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        switch (cell.Kind)
        {
            case CellKind.Date: return Iso(cell.Text);
            case CellKind.Bool or CellKind.List: return NotADate(cell.Text);
            case CellKind.Number: return DateOfNumber(cell);
        }
        var text = Clean(cell.Text);
        if (text is ['\'', _, ..]) text = text[1..];
        if (text.Length == 0) return default;
        if (Placeholders.Contains(text)) return Placeholder(text);
        return Day(text);
    }

    /// <summary>A month: 2026-08, 2026/8, 2026.08, 202608, 2026年8月, or a date on its first or last day.</summary>
    public static Understood<Month> Month(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        switch (cell.Kind)
        {
            case CellKind.Date: return MonthOf(Iso(cell.Text), cell.Text);
            case CellKind.Bool or CellKind.List: return NotAMonth(cell.Text);
            case CellKind.Number:
                if (cell.Text.Length == 6 && !cell.Text.AsSpan().ContainsAnyExceptInRange('0', '9')) return MonthOf(cell.Text[..4], cell.Text[4..], cell.Text);
                // 2026.1 may be January, or October whose zero the number lost.
                if (cell.Text.Contains('.', StringComparison.Ordinal)) return Wrong(CellProblemCode.DateUnclear, $"{Shown(cell.Text)} 是数字，不能确定是哪个月（2026.1 可能是 1 月或 10 月）；请写作 2026-08。", $"{Shown(cell.Text)} is a number, so the month is not sure (2026.1 may be January or October); write 2026-08.");
                return MonthOf(DateOfNumber(cell), cell.Text);
        }
        var text = Clean(cell.Text);
        if (text is ['\'', _, ..]) text = text[1..];
        if (text.Length == 0) return default;
        if (Placeholders.Contains(text)) return Placeholder(text);
        var parts = Parts(text.EndsWith('份') ? text[..^1] : text);
        if (parts is [{ Length: 4 } year, { Length: 1 or 2 } month])
        {
            if (text.Contains('.', StringComparison.Ordinal) && month == "1" && cell.Source is CellSource.Csv or CellSource.CsvSemicolon)
                return Wrong(CellProblemCode.DateUnclear, $"“{text}”可能是 1 月，也可能是丢了末尾 0 的 10 月；请写作 {year}-01 或 {year}-10。", $"'{text}' may be January, or October that lost its zero; write {year}-01 or {year}-10.");
            return MonthOf(year, month, text);
        }
        if (parts is [{ Length: 6 } run]) return MonthOf(run[..4], run[4..], text);
        if (parts is [{ Length: 2 } first, { Length: 4 } last]) return MonthOf(last, first, text);
        if (parts is [{ Length: 1 or 2 }] or [{ Length: 1 or 2 }, { Length: 1 or 2 }] || text.Contains('Q', StringComparison.OrdinalIgnoreCase) || text.Contains('季', StringComparison.Ordinal) || parts is [{ Length: 4 }])
            return NotAMonth(text);
        var day = Day(text);
        return day.Problem is { Code: CellProblemCode.NotADate } ? NotAMonth(text) : MonthOf(day, text);
    }

    private static Understood<Month> MonthOf(Understood<DateOnly> day, string found)
    {
        if (!day.Ok) return day.Problem is { } problem ? problem : default(Understood<Month>);
        var date = day.Value;
        if (date.Day != 1 && date.Day != DateTime.DaysInMonth(date.Year, date.Month))
            return Wrong(CellProblemCode.DateUnclear, $"报告期是一个月，此处却是 {date:yyyy-MM-dd}；请写作 {date:yyyy-MM}。", $"A period is a month, but this is {date:yyyy-MM-dd}; write {date:yyyy-MM}.");
        return MonthOf(date.Year.ToString("0000", CultureInfo.InvariantCulture), date.Month.ToString(CultureInfo.InvariantCulture), found);
    }

    private static Understood<Month> MonthOf(string year, string month, string found) =>
        Catalog.Month.TryParse($"{year}-{month.PadLeft(2, '0')}", out var value)
            ? value
            : Wrong(CellProblemCode.DateImpossible, $"“{Shown(found)}”不是 {Catalog.Month.FirstYear} 至 {Catalog.Month.LastYear} 年间的月份；请写作 2026-08。", $"'{Shown(found)}' is no month of {Catalog.Month.FirstYear} to {Catalog.Month.LastYear}; write 2026-08.");

    private static Understood<DateOnly> Day(string text)
    {
        var date = text;
        var time = text.IndexOfAny([' ', 'T', 't']);
        if (time > 0 && text.AsSpan(time + 1).IndexOf(':') > 0)
        {
            // A zone may make it another day than Beijing's.
            var clock = text[(time + 1)..];
            if (clock.EndsWith('Z') || clock.EndsWith('z') || clock.Contains('+', StringComparison.Ordinal) || clock.Contains('-', StringComparison.Ordinal))
                return Wrong(CellProblemCode.DateUnclear, $"“{Shown(text)}”带有时区，日期可能与北京时间不同；请只写日期，如 2026-08-01。", $"'{Shown(text)}' has a time zone, so its day may differ from Beijing's; give the date alone, such as 2026-08-01.");
            if (!TimeOnly.TryParse(clock, CultureInfo.InvariantCulture, out _)) return NotADate(text);
            date = text[..time];
        }
        var parts = Parts(date.Trim());
        switch (parts)
        {
            case [{ Length: 8 } run]: return Made(run[..4], run[4..6], run[6..], text);
            case [{ Length: 4 } year, { Length: 1 or 2 } month, { Length: 1 or 2 } day]: return Made(year, month, day, text);
            case [{ Length: 4 }, { Length: 1 or 2 }] or [{ Length: 6 }]:
                return Wrong(CellProblemCode.DateUnclear, $"“{Shown(text)}”没有写到日；请写作 2026-08-01。", $"'{Shown(text)}' has no day; write 2026-08-01.");
            case [{ Length: 1 or 2 }, { Length: 1 or 2 }, { Length: 4 }]:
                return Wrong(CellProblemCode.DateUnclear, $"“{Shown(text)}”分不清月和日的先后；请写作 2026-08-01。", $"Which is the day and which the month of '{Shown(text)}' cannot be told; write 2026-08-01.");
            case [{ Length: 2 }, { Length: 1 or 2 }, { Length: 1 or 2 }] or [{ Length: 1 or 2 }, { Length: 1 or 2 }, { Length: 2 }]:
                return Wrong(CellProblemCode.DateUnclear, $"“{Shown(text)}”的年份不是四位；请写作 2026-08-01。", $"The year of '{Shown(text)}' has not four digits; write 2026-08-01.");
            case [{ Length: 5 } serial]:
                var number = int.Parse(serial, CultureInfo.InvariantCulture);
                return Wrong(CellProblemCode.DateUnclear,
                    $"“{serial}”像是 Excel 的日期序号（1900 系统为 {FromSerial(number, false):yyyy-MM-dd}，1904 系统为 {FromSerial(number, true):yyyy-MM-dd}），文本里不能确定；请写作 2026-08-01。",
                    $"'{serial}' looks like the number Excel keeps for a date ({FromSerial(number, false):yyyy-MM-dd} in its 1900 system, {FromSerial(number, true):yyyy-MM-dd} in that of 1904); a text does not say which. Write 2026-08-01.");
            default: return NotADate(text);
        }
    }

    private static Understood<DateOnly> Made(string year, string month, string day, string found)
    {
        var (y, m, d) = (int.Parse(year, CultureInfo.InvariantCulture), int.Parse(month, CultureInfo.InvariantCulture), int.Parse(day, CultureInfo.InvariantCulture));
        if (y is < 1949 or > 2099 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m))
            return Wrong(CellProblemCode.DateImpossible, $"没有“{Shown(found)}”这一天；请核对，写作 2026-08-01。", $"There is no day '{Shown(found)}'; check it and write it like 2026-08-01.");
        return new DateOnly(y, m, d);
    }

    /// <summary>The digits between - / . and 年 月 日; null when anything else stands there, or the marks are mixed.</summary>
    private static string[]? Parts(string text)
    {
        if (text.Contains('年', StringComparison.Ordinal))
        {
            if (text.Contains('-', StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal) || text.Contains('.', StringComparison.Ordinal)) return null;
            var day = text.EndsWith('日') || text.EndsWith('号');
            if (day != text[text.IndexOf('年', StringComparison.Ordinal)..].TrimEnd('日', '号').Contains('月', StringComparison.Ordinal) && day) return null;
            text = text.TrimEnd('日', '号').Replace('年', '-').Replace('月', '-').TrimEnd('-').Replace(" ", "", StringComparison.Ordinal);
        }
        var marks = text.Where(c => !char.IsAsciiDigit(c)).Distinct().ToArray();
        if (marks.Length > 1 || (marks.Length == 1 && marks[0] is not ('-' or '/' or '.'))) return null;
        var parts = marks.Length == 0 ? [text] : text.Split(marks[0]);
        return parts.Any(p => p.Length == 0) ? null : parts;
    }

    private static Understood<DateOnly> Iso(string text) =>
        DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : NotADate(text);

    /// <summary>20260801 or the number a workbook keeps for a day; nothing else a number could be is a sensible date.</summary>
    private static Understood<DateOnly> DateOfNumber(in SourceCell cell)
    {
        var text = cell.Text;
        if (text.Length == 8 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')) return Made(text[..4], text[4..6], text[6..], text);
        if (cell.Source is CellSource.Xlsx or CellSource.Xlsx1904 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) && serial is >= 18_000 and < 80_000)
            return FromSerial((int)serial, cell.Source == CellSource.Xlsx1904);
        return NotADate(text);
    }

    /// <summary>Excel's calendars count from 1899-12-30 (after its 29 February 1900, which never was) or from 1904-01-01.</summary>
    internal static DateOnly FromSerial(int serial, bool from1904) => (from1904 ? new DateOnly(1904, 1, 1) : new DateOnly(1899, 12, 30)).AddDays(serial);

    private static CellProblem NotADate(string text) => Wrong(CellProblemCode.NotADate, $"“{Shown(text)}”不是日期；请写作 2026-08-01。", $"'{Shown(text)}' is no date; write it like 2026-08-01.");

    private static CellProblem NotAMonth(string text) => Wrong(CellProblemCode.NotAMonth, $"“{Shown(text)}”不是一个月份；请写作 2026-08（季度、年度由月度汇总，不填报）。", $"'{Shown(text)}' is no month; write it like 2026-08 (quarters and years are added up, never filed).");
}
