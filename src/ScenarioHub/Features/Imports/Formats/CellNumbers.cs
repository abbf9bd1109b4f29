using System.Globalization;
using System.Text;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>A number as it is to be taken: plain digits (<c>-1234.5</c>) in a unit.</summary>
/// <param name="Unit">What the cell, else the header, says; null for the column's own unit.</param>
internal readonly record struct CellNumber(string Text, MeasureUnit? Unit)
{
    /// <summary>Fen or millionths of <paramref name="units"/>, exact, or why not.</summary>
    public Understood<long> ToLedger(AcceptedUnits units) => Units.TryToLedger(units, Text, Unit?.Code, out var quantity, out var error)
        ? quantity
        : new CellProblem(error.Code, new($"“{CellText.Shown(Text)}”：{error.Zh}", $"'{CellText.Shown(Text)}': {error.En}"));
}

/// <summary>What a cell says of a measure: a number, or the word for the state it is in.</summary>
/// <param name="State">zero, exempt or withheld; null for a number.</param>
internal readonly record struct CellFigure(CellNumber Number, string? State);

internal static partial class CellText
{
    /// <summary>More digits than this were never typed: a workbook keeps binary fractions and shows 15 digits, so 1234.5599999999999 is 1234.56.</summary>
    private const int WorkbookDigits = 15;

    private static readonly Dictionary<string, string> UnitAliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["人民币"] = "CNY", ["人民币元"] = "CNY", ["元人民币"] = "CNY", ["RMB"] = "CNY", ["人民币万元"] = "CNY10K", ["万元人民币"] = "CNY10K", ["人民币亿元"] = "CNY100M", ["亿元人民币"] = "CNY100M",
        ["度"] = "KWH", ["万度"] = "KWH10K", ["亿度"] = "KWH100M", ["h"] = "HOUR", ["小时数"] = "HOUR", ["工时"] = "HOUR", ["百分比"] = "PERCENT", ["percent"] = "PERCENT", ["%"] = "PERCENT",
    };

    /// <summary>A unit by code, by its name in either language, or as people say it; null when the column has none such.</summary>
    public static MeasureUnit? UnitNamed(AcceptedUnits units, string text)
    {
        text = Clean(text);
        var alias = UnitAliases.GetValueOrDefault(text, text);
        return units.All.FirstOrDefault(u => Same(u.Code, alias) || Same(Clean(u.NameZh), text) || Same(u.NameEn, text));

        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A number in a column of a quantity.</summary>
    /// <param name="units">What the column may be written in; null for a plain number without any unit.</param>
    /// <param name="written">The unit the header names; null when it names none.</param>
    public static Understood<CellNumber> Number(in SourceCell cell, AcceptedUnits? units = null, MeasureUnit? written = null)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        switch (cell.Kind)
        {
            case CellKind.Date: return Wrong(CellProblemCode.IsDate, $"单元格是日期（{cell.Text}），不是数字；请把单元格格式改为数值后重填。", $"The cell is a date ({cell.Text}), no number; change its format and give the number.");
            case CellKind.Bool: return Wrong(CellProblemCode.NotANumber, "单元格是“是/否”，不是数字。", "The cell is a yes or no, no number.");
            case CellKind.List: return Wrong(CellProblemCode.NotAList, "此处只能填一个数字，不是数组。", "One number is wanted here, not an array.");
            case CellKind.Number: return WithFormat(cell, units, written);
        }
        return Written(Clean(cell.Text), units, written, cell.Source == CellSource.CsvSemicolon);
    }

    /// <summary>A figure: a number, or 零报/zero, 免报/exempt, 保密/withheld. 0 is a number; 零报 says that nothing came of it.</summary>
    public static Understood<CellFigure> Figure(in SourceCell cell, AcceptedUnits? units = null, MeasureUnit? written = null)
    {
        if (cell is { IsEmpty: false, Kind: CellKind.Text })
            switch (Clean(cell.Text).ToLowerInvariant())
            {
                case "零报" or "零报送" or "零" or "zero" or "reported zero": return new CellFigure(default, "zero");
                case "免报" or "exempt": return new CellFigure(default, "exempt");
                case "保密" or "withheld": return new CellFigure(default, "withheld");
                case "未报" or "missing" or "未到期" or "not due":
                    return Wrong(CellProblemCode.Placeholder, "“未报”“未到期”由系统得出，不填报；没有数值就把单元格留空。", "Missing and not due follow from what was filed; leave the cell empty when there is no value.");
            }
        var number = Number(cell, units, written);
        return !number.Given ? default : number.Problem is { } problem ? problem : new CellFigure(number.Value, null);
    }

    /// <summary>A number in its column's own unit; of money at most 2 decimals, of all else 6.</summary>
    public static Understood<decimal> Decimal(in SourceCell cell, AcceptedUnits units, MeasureUnit? written = null)
    {
        var number = Number(cell, units, written);
        if (!number.Given) return default;
        if (number.Problem is { } problem) return problem;
        var quantity = number.Value.ToLedger(units);
        return quantity.Problem is { } why ? why : Units.FromLedger(units.Own, quantity.Value);
    }

    /// <summary>A whole number, such as a score or a level.</summary>
    public static Understood<int> Integer(in SourceCell cell, AcceptedUnits? units = null)
    {
        var number = Number(cell, units);
        if (!number.Given) return default;
        if (number.Problem is { } problem) return problem;
        if (!decimal.TryParse(number.Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || decimal.Abs(value) > int.MaxValue)
            return Wrong(CellProblemCode.TooLarge, $"{Shown(number.Value.Text)} 过大；请核对。", $"{Shown(number.Value.Text)} is too large; check it.");
        return value == decimal.Truncate(value) ? (int)value : Wrong(CellProblemCode.NotWhole, $"须为整数，此处为 {Shown(number.Value.Text)}。", $"A whole number is wanted; this is {Shown(number.Value.Text)}.");
    }

    /// <summary>A number of a workbook as Excel shows it: 15 digits.</summary>
    internal static string Rounded(string raw)
    {
        var digits = 0;
        foreach (var c in raw) if (char.IsAsciiDigit(c)) digits++;
        if (digits <= WorkbookDigits && !raw.Contains('E', StringComparison.OrdinalIgnoreCase)) return raw;
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return raw;
        var shown = number.ToString("G15", CultureInfo.InvariantCulture);
        return decimal.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && (plain != 0 || number == 0) ? plain.ToString(CultureInfo.InvariantCulture) : shown;
    }

    private static Understood<CellNumber> WithFormat(in SourceCell cell, AcceptedUnits? units, MeasureUnit? written)
    {
        var text = cell.Source is CellSource.Xlsx or CellSource.Xlsx1904 ? Rounded(cell.Text) : cell.Text;
        if (cell.Format is not { } format) return new CellNumber(text, written);
        var shape = NumberFormat.Of(format);
        if (shape.Scaled)
            return Wrong(CellProblemCode.Scaled, $"单元格的数字格式“{format}”把 {text} 缩小显示，看到的与实际的不是一个数；请改为常规格式。", $"The number format '{format}' shows {text} scaled down, so what is seen is not what is there; use a plain format.");
        if (shape.Percent)
        {
            if (units is not { Own.Code: "PERCENT" }) return NotPercent(text + " (" + format + ")");
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && decimal.Abs(share) < 1_000_000_000m
                ? new CellNumber((share * 100).ToString("0.############################", CultureInfo.InvariantCulture), units.Own)
                : Wrong(CellProblemCode.TooLarge, $"{Shown(text)} 过大；请核对。", $"{Shown(text)} is too large; check it.");
        }
        return shape.Literal.Length == 0 ? new CellNumber(text, written) : InUnit(text, shape.Literal, units, written, text + shape.Literal);
    }

    private static CellProblem NotPercent(string found) => Wrong(CellProblemCode.Percent, $"此列不是百分比，却填了“{Shown(found)}”；请填该列单位的数值。", $"This column is no percentage, but '{Shown(found)}' was given; give the value in the column's unit.");

    /// <summary>A number somebody wrote as text; <paramref name="text"/> is clean.</summary>
    private static Understood<CellNumber> Written(string text, AcceptedUnits? units, MeasureUnit? written, bool commaMayBePoint)
    {
        var found = text;
        if (text.Length == 0) return default;
        if (text[0] == '\'' && text.Length > 1) text = text[1..].TrimStart();
        if (Placeholders.Contains(text) && text != ".") return Placeholder(text);
        foreach (var c in text)
        {
            if (char.IsControl(c)) return Wrong(CellProblemCode.Control, "数字里有换行或控制字符；一个单元格只填一个数。", "There is a line break or control character in the number; one number to a cell.");
            if (c > 0x7F && (char.IsDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber || "〇一二两三四五六七八九十百千零壹贰叁肆伍陆柒捌玖拾佰仟".Contains(c, StringComparison.Ordinal)))
            {
                // 千 and 百 begin units too: 12千元, 3百分点.
                if (char.IsAsciiDigit(text[0]) && c is '千' or '百' or '十') break;
                return Wrong(CellProblemCode.ForeignDigits, $"“{Shown(found)}”不是阿拉伯数字；请写作 1234.56 的样子。", $"'{Shown(found)}' is not in digits 0 to 9; write it like 1234.56.");
            }
        }

        var negative = false;
        if (text is ['(', .., ')'])
        {
            // Accounting: brackets are a minus.
            (negative, text) = (true, text[1..^1].Trim());
            if (text is ['-' or '+' or '(', ..]) return NotANumber(found);
        }
        var signed = text is ['-' or '+', ..];
        if (signed)
        {
            if (text[0] == '-') negative = !negative;
            text = text[1..].TrimStart();
        }
        MeasureUnit? money = null;
        foreach (var mark in (string[])["人民币", "CNY", "RMB", "¥"])
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase) && text.Length > mark.Length && (char.IsAsciiDigit(text[mark.Length]) || " -+.".Contains(text[mark.Length], StringComparison.Ordinal)))
            {
                if (units is not { Own.Family: "money" }) return UnknownUnit(mark, units, found);
                money = units.Own;
                text = text[mark.Length..].TrimStart();
                if (!signed && text is ['-', ..]) (negative, text) = (!negative, text[1..].TrimStart());
                break;
            }
        if (text is ['$' or '€' or '£', ..] || text.StartsWith("US", StringComparison.OrdinalIgnoreCase) || text.StartsWith("HK", StringComparison.OrdinalIgnoreCase))
            return ForeignMoney(found);
        if (text is ['~' or '≈' or '<' or '>' or '≤' or '≥' or '±' or '约', ..] || text.StartsWith('近') || text.StartsWith('超') || text.StartsWith('不'))
            return Wrong(CellProblemCode.About, $"“{Shown(found)}”不是一个确切的数；请填确切数值，口径写在说明里。", $"'{Shown(found)}' is no exact number; give the number, and what it means in the note.");

        // Digits with what may stand between them.
        var i = 0;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is '.' or ',' or '\'' or '\u00A0' or '\u2009' or '\u202F' or '\u066C' || (text[i] == ' ' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))) i++;
        var digits = text[..i].TrimEnd('\u00A0', '\u2009', '\u202F');
        var rest = text[i..].Trim();
        if (digits.Length == 0 || !digits.Any(char.IsAsciiDigit)) return NotANumber(found);
        // Scientific notation in a text is what a spreadsheet showed, so digits may be gone.
        if (rest is ['E' or 'e', ..] && Exponent(rest.AsSpan(1)))
            return Wrong(CellProblemCode.Scientific, $"“{Shown(found)}”是科学计数法，可能已丢失位数；请写出全部数字{Spelled(text)}。", $"'{Shown(found)}' is scientific notation and may have lost digits; write all of them{SpelledEn(text)}.");
        if (Plain(digits, found, commaMayBePoint, out var number) is { } wrong) return wrong;
        if (rest.EndsWith('-') && !signed && !negative && rest.Length == 1)
        {
            // SAP writes the minus behind.
            (negative, rest) = (true, "");
        }
        if (rest.Length > 0 && (char.IsAsciiDigit(rest[0]) || rest[0] is '-' or '~' or '/' or '+' or '*' or '至' or '到' or ':' or '^'))
            return Wrong(CellProblemCode.Several, $"“{Shown(found)}”像是范围、算式或几个数；一个单元格只填一个确切的数。", $"'{Shown(found)}' looks like a range, a sum or several numbers; one exact number to a cell.");
        if (negative && number.Any(c => c is >= '1' and <= '9')) number = "-" + number;
        if (money is not null)
        {
            if (rest.Length > 0) return InUnit(number, rest, units, written, found);
            // ¥12 in a column of 万元: twelve yuan, or twelve times ten thousand?
            return written is { Factor: not 1 } ? Unclear(found, units!) : new CellNumber(number, units!.Own.Family == "money" ? units.All.FirstOrDefault(u => u.Code == "CNY") ?? units.Own : units.Own);
        }
        return rest.Length == 0 ? new CellNumber(number, written) : InUnit(number, rest, units, written, found);
    }

    private static bool Exponent(ReadOnlySpan<char> text)
    {
        if (text is ['+' or '-', ..]) text = text[1..];
        return !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
    }

    private static string Spelled(string text) => Expanded(text) is { } plain ? $"，如 {plain}" : "";

    private static string SpelledEn(string text) => Expanded(text) is { } plain ? $", such as {plain}" : "";

    private static string? Expanded(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && decimal.Abs(value) < 1_000_000_000_000_000m ? value.ToString("0.############################", CultureInfo.InvariantCulture) : null;

    /// <summary>Digits without their grouping; only where every group has three, all by one mark, the point last.</summary>
    private static CellProblem? Plain(string digits, string found, bool commaMayBePoint, out string number)
    {
        number = digits;
        if (digits.Contains(' ', StringComparison.Ordinal))
            return Wrong(CellProblemCode.Grouping, $"“{Shown(found)}”的数字中间有空格，不能确定是一个数；请去掉空格。", $"There are blanks within '{Shown(found)}', so it cannot be told whether it is one number; take them out.");
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (fraction.Any(c => !char.IsAsciiDigit(c)) || (point >= 0 && fraction.Length == 0) || whole.Length == 0)
            return fraction.Contains(',', StringComparison.Ordinal) || fraction.Contains('.', StringComparison.Ordinal)
                ? Wrong(CellProblemCode.Grouping, $"“{Shown(found)}”的千分位和小数点写法不能确定；请写作 1234.56 的样子。", $"Which mark of '{Shown(found)}' is the decimal point cannot be told; write it like 1234.56.")
                : NotANumber(found);
        var marks = whole.Where(c => !char.IsAsciiDigit(c)).Distinct().ToArray();
        if (marks.Length == 0) return null;
        var groups = whole.Split(marks[0]);
        if (marks.Length > 1 || groups[0].Length is 0 or > 3 || groups.Skip(1).Any(g => g.Length != 3) || (groups[0][0] == '0'))
            return Wrong(CellProblemCode.Grouping, $"“{Shown(found)}”的分隔符位置不是千分位，可能是小数点；请写作 1234.56 的样子。", $"The marks in '{Shown(found)}' do not part thousands, so one may be a decimal point; write it like 1234.56.");
        if (commaMayBePoint && marks[0] == ',' && groups.Length == 2 && point < 0)
            return Wrong(CellProblemCode.Grouping, $"“{Shown(found)}”可能是千分位，也可能是小数（文件以分号分隔）；请写作 1234.56 的样子。", $"'{Shown(found)}' may be thousands or decimals (the file is parted by semicolons); write it like 1234.56.");
        number = string.Concat(groups) + (point < 0 ? "" : "." + fraction);
        return null;
    }

    private static Understood<CellNumber> InUnit(string number, string unit, AcceptedUnits? units, MeasureUnit? written, string found)
    {
        unit = unit.Trim();
        if (unit is "%")
            return units is { Own.Code: "PERCENT" } ? new CellNumber(number, units.Own) : NotPercent(found);
        if (unit.Contains("百分点", StringComparison.Ordinal) || unit is "pp" or "pct" or "个点" or "点")
            return Wrong(CellProblemCode.Points, $"“{Shown(found)}”是百分点，百分点不是百分比；请按该列口径填写。", $"'{Shown(found)}' is in percentage points, and those are no percent; give what the column asks for.");
        if (unit is "成" or "折" or "倍" or "‰" or "‱" or "番")
            return Wrong(CellProblemCode.Tenths, $"“{Shown(found)}”请换算为该列的单位后填写（3成写作 30%，提升 2 倍写作 200%）。", $"Convert '{Shown(found)}' into the column's unit (3成 is 30%, up by 2 times is 200%).");
        if (unit is ['+', ..] || unit is "左右" or "以上" or "以下" or "多" or "余" or "上下" || unit.EndsWith("左右", StringComparison.Ordinal) || unit.EndsWith("以上", StringComparison.Ordinal) || unit.EndsWith('余') || unit.EndsWith('多'))
            return Wrong(CellProblemCode.About, $"“{Shown(found)}”不是一个确切的数；请填确切数值，口径写在说明里。", $"'{Shown(found)}' is no exact number; give the number, and what it means in the note.");
        if (unit is "美元" or "港元" or "港币" or "欧元" or "日元" or "USD" or "HKD" or "EUR" or "$" or "万美元" or "亿美元") return ForeignMoney(found);
        if (units is null) return UnknownUnit(unit, null, found);
        // Brackets, as the header writes them: 1200(万元).
        if (unit is ['(', .., ')']) unit = unit[1..^1].Trim();
        if (UnitNamed(units, unit) is { } named) return new CellNumber(number, named);
        if (unit is "万" or "亿")
        {
            // 万 of what? Of the column's unit, as long as that is not counted in 万 itself and has a name for it.
            var plain = written ?? units.Own;
            var factor = unit == "万" ? 10_000 : 100_000_000;
            if (plain.Factor != 1) return Unclear(found, units);
            return units.All.FirstOrDefault(u => u.Factor == factor) is { } large ? new CellNumber(number, large) : Multiplied(number, factor, plain);
        }
        return UnknownUnit(unit, units, found);
    }

    private static CellNumber Multiplied(string number, long factor, MeasureUnit unit) =>
        new((decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && decimal.Abs(value) < 1e18m ? value * factor : decimal.MaxValue).ToString(CultureInfo.InvariantCulture), unit);

    private static CellProblem NotANumber(string found) => Wrong(CellProblemCode.NotANumber, $"“{Shown(found)}”不是数字；请写作 1234.56 的样子。", $"'{Shown(found)}' is no number; write it like 1234.56.");

    private static CellProblem ForeignMoney(string found) => Wrong(CellProblemCode.ForeignMoney, $"“{Shown(found)}”不是人民币；请折算为人民币后填写。", $"'{Shown(found)}' is not in yuan; convert it.");

    private static CellProblem UnknownUnit(string unit, AcceptedUnits? units, string found) => units is null
        ? Wrong(CellProblemCode.UnitUnknown, $"“{Shown(found)}”里有“{Shown(unit)}”；此列只填数字。", $"'{Shown(found)}' holds '{Shown(unit)}'; a plain number is wanted here.")
        : Wrong(CellProblemCode.UnitUnknown, $"“{Shown(found)}”的单位“{Shown(unit)}”不适用；可用：{string.Join("、", units.All.Select(u => u.NameZh))}。", $"The unit '{Shown(unit)}' of '{Shown(found)}' does not fit; use {string.Join(", ", units.All.Select(u => u.NameEn))}.");

    private static CellProblem Unclear(string found, AcceptedUnits units) => Wrong(CellProblemCode.UnitUnclear,
        $"“{Shown(found)}”的单位与表头的单位放在一起有两种读法；请写明单位（{string.Join("、", units.All.Select(u => u.NameZh))}），或只填数字。",
        $"'{Shown(found)}' can be read in two ways beside the unit of the header; name the unit ({string.Join(", ", units.All.Select(u => u.NameEn))}) or give the number alone.");
}

/// <summary>What a number format of a workbook does to what a person sees: percent, thousands cut off, words behind.</summary>
internal readonly record struct NumberFormat(bool Percent, bool Scaled, string Literal)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, NumberFormat> Read = new(StringComparer.Ordinal);

    public static NumberFormat Of(string format) => Read.GetOrAdd(format, static f => Parse(f));

    private static NumberFormat Parse(string format)
    {
        var (percent, lastDigit, scaled, literal) = (false, false, false, new StringBuilder());
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            switch (c)
            {
                case ';': return Made();   // the first section is that of positive numbers
                case '"':
                    var close = format.IndexOf('"', i + 1);
                    if (close < 0) return Made();
                    literal.Append(format, i + 1, close - i - 1);
                    i = close;
                    break;
                case '\\' or '!':
                    // 0!.0,"万" shows ten-thousands: an escaped point before digits is no decimal point.
                    if (i + 1 < format.Length && format[i + 1] is '.' or ',') scaled = true;
                    else if (i + 1 < format.Length) literal.Append(format[i + 1]);
                    i++;
                    break;
                case '_' or '*': i++; break;
                case '[':
                    close = format.IndexOf(']', i);
                    if (close < 0) return Made();
                    // [$US$-409] is a sign of money, [Red] a colour.
                    if (format[i + 1] == '$') literal.Append(format[(i + 2)..close].Split('-')[0]);
                    i = close;
                    break;
                case '%': percent = true; break;
                case ',':
                    // Behind the last digit each comma cuts off three.
                    if (lastDigit && (i + 1 == format.Length || format[i + 1] is not ('0' or '#' or '?'))) scaled = true;
                    break;
                case '0' or '#' or '?': lastDigit = true; break;
                default:
                    if (c is > '\u007F' or '$') literal.Append(c);
                    break;
            }
        }
        return Made();

        NumberFormat Made()
        {
            // The yuan's sign, blanks and brackets say nothing of the size.
            var words = CellText.Clean(literal.ToString()).Trim('¥', ' ', '-', '+', '(', ')');
            return new(percent, scaled, words);
        }
    }
}
