using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>Why a cell has no value that one could be sure of: what was found, and what would be right.</summary>
/// <param name="Code">One of <see cref="CellProblemCode"/>, or of <see cref="UnitError"/>.</param>
internal sealed record CellProblem(string Code, Words Message);

/// <summary>A cell understood: empty, a value, or a problem. Never a guess.</summary>
/// <param name="Given">False for an empty cell: that is no value and no problem.</param>
internal readonly record struct Understood<T>(bool Given, T Value, CellProblem? Problem)
{
    public bool Ok => Given && Problem is null;
    public static Understood<T> Empty => default;
    public static implicit operator Understood<T>(T value) => new(true, value, null);
    public static implicit operator Understood<T>(CellProblem problem) => new(true, default!, problem);
}

/// <summary>Codes of what a cell was refused for; part of the API.</summary>
internal static class CellProblemCode
{
    public const string Error = "cell-error";
    public const string NotCalculated = "cell-formula-not-calculated";
    public const string Control = "cell-control-character";
    public const string Placeholder = "cell-placeholder";
    public const string NotANumber = "cell-not-a-number";
    public const string Grouping = "cell-number-grouping";
    public const string Scientific = "cell-number-scientific";
    public const string Several = "cell-several-numbers";
    public const string About = "cell-number-not-exact";
    public const string ForeignDigits = "cell-foreign-digits";
    public const string ForeignMoney = "cell-foreign-money";
    public const string UnitUnknown = "cell-unit-unknown";
    public const string UnitUnclear = "cell-unit-unclear";
    public const string Percent = "cell-percent-not-here";
    public const string Points = "cell-percentage-points";
    public const string Tenths = "cell-tenths";
    public const string Scaled = "cell-number-shown-scaled";
    public const string IsDate = "cell-is-a-date";
    public const string NotWhole = "cell-not-whole";
    public const string TooLarge = "cell-too-large";
    public const string NotADate = "cell-not-a-date";
    public const string DateUnclear = "cell-date-unclear";
    public const string DateImpossible = "cell-date-impossible";
    public const string NotAMonth = "cell-not-a-month";
    public const string NotABool = "cell-not-yes-or-no";
    public const string DigitsLost = "cell-digits-lost";
    public const string ZerosLost = "cell-leading-zeros-lost";
    public const string CodeIsNumber = "cell-code-is-a-number";
    public const string CreditCode = "cell-credit-code";
    public const string UnknownCode = "cell-unknown-code";
    public const string AmbiguousCode = "cell-ambiguous-code";
    public const string NotAList = "cell-not-a-list";
}

/// <summary>
/// Understanding what people and systems write into cells. Everything either has one meaning, which is taken, or is refused with what would be right.
/// Invisible characters, blanks of all kinds around a value and full-width forms never change a meaning and are taken off.
/// </summary>
internal static partial class CellText
{
    // Zero width, soft hyphen, direction marks, BOM, variation selectors are not among them: those change what an emoji looks like.
    private static readonly SearchValues<char> Invisible = SearchValues.Create("\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\uFEFF");

    private static readonly SearchValues<char> Mantissa = SearchValues.Create("0123456789.-");

    /// <summary>What people write when they have no value: it does not say which of the five kinds of nothing it is.</summary>
    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", "/", "//", "\\", "*", ".", "…", "...", "?", "_", "无", "暂无", "没有", "未知", "不详", "待定", "待补", "未统计", "不适用", "空", "略", "同上",
        "n/a", "na", "n.a.", "null", "nil", "none", "nan", "tbd", "unknown", "#n/a"
    };

    /// <summary>Nothing a person could see.</summary>
    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsWhiteSpace(c) && !Invisible.Contains(c)) return false;
        return true;
    }

    /// <summary>Invisible characters off, all kinds of blanks trimmed, full-width letters, digits and signs as their plain ones, all minus signs as <c>-</c>.</summary>
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Invisible.Contains(c)) continue;
            clean.Append(Plain(c));
        }
        return clean.ToString().Trim();
    }

    private static bool NeedsCleaning(string text)
    {
        if (text.Length == 0) return false;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return true;
        foreach (var c in text)
            if (c > '\u007E' && (Plain(c) != c || Invisible.Contains(c))) return true;
        return false;
    }

    private static char Plain(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => Plain((char)(c - 0xFEE0)),
        '\u3000' => ' ',
        '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\uFE63' or '\uFE58' or '\u207B' => '-',
        '\uFFE5' => '\u00A5',
        '\uFE6A' => '%',
        '\u2019' or '\u2018' => '\'',
        _ => c
    };

    /// <summary>What makes a cell of any kind unfit for every column.</summary>
    private static CellProblem? Unfit(in SourceCell cell)
    {
        if (cell.Kind == CellKind.Error) return new(CellProblemCode.Error, new($"单元格是公式错误 {cell.Text}；请改正公式或填入数值。", $"The cell is a formula error, {cell.Text}; correct the formula or give the value."));
        if (cell.Kind == CellKind.Uncalculated) return new(CellProblemCode.NotCalculated, new("公式没有计算结果；请用 Excel 打开、重算并保存后再传，或粘贴为数值。", "The formula has no result in the file; open it in Excel, recalculate and save, or paste the value."));
        return null;
    }

    private static CellProblem Wrong(string code, string zh, string en) => new(code, new(zh, en));

    /// <summary>What was found, short enough for a sentence.</summary>
    internal static string Shown(string text)
    {
        text = text.Replace('\r', ' ').Replace('\n', ' ');
        if (text.Length <= 40) return text;
        return text[..(char.IsHighSurrogate(text[39]) ? 39 : 40)] + "…";
    }

    /// <summary>Free text: outer blanks and invisible characters off, line ends as <c>\n</c>, everything inside as it was.</summary>
    public static Understood<string> Text(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        if (cell.Kind == CellKind.List) return Wrong(CellProblemCode.NotAList, "此处只能填一段文字，不是数组。", "One text is wanted here, not an array.");
        if (cell.Kind == CellKind.Number) return cell.Source is CellSource.Xlsx or CellSource.Xlsx1904 ? Rounded(cell.Text) : cell.Text;
        var text = cell.Text;
        if (text.Contains('\r', StringComparison.Ordinal)) text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var (start, end) = (0, text.Length);
        while (start < end && Outer(text[start])) start++;
        while (end > start && Outer(text[end - 1])) end--;
        text = text[start..end];
        if (text.Length == 0) return default;
        foreach (var c in text)
            if (c < ' ' && c is not ('\n' or '\t'))
                return Wrong(CellProblemCode.Control, $"文字里有控制字符 U+{(int)c:X4}；请删去后重填。", $"The text holds the control character U+{(int)c:X4}; take it out.");
        return text;

        static bool Outer(char c) => char.IsWhiteSpace(c) || Invisible.Contains(c);
    }

    /// <summary>
    /// An identifier: scenario code, project number, external key. Kept letter by letter; a number is taken only while no digit can have been lost, and a number that
    /// a spreadsheet may have made of <c>1.10</c> or <c>2-1</c> is refused.
    /// </summary>
    public static Understood<string> Code(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        switch (cell.Kind)
        {
            case CellKind.List or CellKind.Bool: return Wrong(CellProblemCode.CodeIsNumber, $"编号须为文字，此处为 {Shown(cell.Text)}。", $"A code is a text; this is {Shown(cell.Text)}.");
            case CellKind.Date: return Wrong(CellProblemCode.IsDate, $"编号被 Excel 变成了日期 {cell.Text}；请把该列设为“文本”格式后重填。", $"A spreadsheet made a date of the code, {cell.Text}; set the column to text and type it again.");
            case CellKind.Number: return NumberAsCode(cell);
        }
        var text = Clean(cell.Text);
        // In a CSV some people keep a spreadsheet from making a number of a code by an apostrophe, or by ="0012".
        if (cell.Source == CellSource.Csv || cell.Source == CellSource.CsvSemicolon)
        {
            if (text is ['=', '"', .., '"']) text = text[2..^1];
            else if (text is ['\'', _, ..]) text = text[1..];
        }
        if (text.Length == 0) return default;
        if (Placeholders.Contains(text)) return Placeholder(text);
        foreach (var c in text)
            if (char.IsControl(c)) return Wrong(CellProblemCode.Control, $"编号里有控制字符或换行 U+{(int)c:X4}；请删去后重填。", $"The code holds a control character or line break, U+{(int)c:X4}; take it out.");
        if (LooksScientific(text)) return Wrong(CellProblemCode.DigitsLost, $"“{text}”是科学计数法，编号的位数已丢失；请把该列设为“文本”格式后重填完整编号。", $"'{text}' is scientific notation: digits of the code are lost. Set the column to text and give the whole code.");
        return text;
    }

    private static Understood<string> NumberAsCode(in SourceCell cell)
    {
        var text = cell.Text;
        var digits = text.AsSpan(text is ['-', ..] ? 1 : 0);
        if (digits.ContainsAnyExceptInRange('0', '9') || digits.Length > 15)
            return Wrong(CellProblemCode.DigitsLost,
                $"编号被存成了数字 {Shown(text)}，超过 15 位或带小数，原来的位数可能已丢失；请把该列设为“文本”格式后重填完整编号。",
                $"The code was kept as the number {Shown(text)}: beyond 15 digits or with decimals its digits may be lost. Set the column to text and give the whole code.");
        // A format of zeros is how people show leading zeros; what they see is what they mean.
        return cell.Format is { } format && format.AsSpan().IndexOfAnyExcept('0') < 0 ? text.PadLeft(format.Length, '0') : text;
    }

    internal static bool LooksScientific(ReadOnlySpan<char> text)
    {
        var e = text.IndexOfAny('E', 'e');
        if (e < 1) return false;
        var mantissa = text[..e];
        var exponent = text[(e + 1)..];
        // 914E17 may be a code; 9.14E+17 is none.
        if (!mantissa.Contains('.') && exponent is not ['+', ..]) return false;
        if (exponent is ['+' or '-', ..]) exponent = exponent[1..];
        return !exponent.IsEmpty && !exponent.ContainsAnyExceptInRange('0', '9') && !mantissa.ContainsAnyExcept(Mantissa) && char.IsAsciiDigit(mantissa[^1]);
    }

    /// <summary>统一社会信用代码: 18 characters with a check character, blanks taken out, in capitals.</summary>
    public static Understood<string> CreditCode(in SourceCell cell)
    {
        if (cell is { IsEmpty: false, Kind: CellKind.Number })
            return Wrong(CellProblemCode.DigitsLost,
                $"统一社会信用代码被存成了数字（{Shown(cell.Text)}），后几位已丢失；请把该列设为“文本”格式后重填 18 位代码。",
                $"The credit code was kept as a number ({Shown(cell.Text)}), so its last digits are lost. Set the column to text and give all 18 characters.");
        var code = Code(cell);
        if (!code.Ok) return code;
        var text = new string([.. code.Value.Where(c => !char.IsWhiteSpace(c) && c != '-')]).ToUpperInvariant();
        if (Catalog.CreditCode.TryCheck(text, out var fault)) return text;
        return fault switch
        {
            CreditCodeFault.Length => Wrong(CellProblemCode.CreditCode, $"统一社会信用代码须为 18 位，“{Shown(text)}”为 {text.Length} 位。", $"A credit code has 18 characters; '{Shown(text)}' has {text.Length}."),
            CreditCodeFault.Character => Wrong(CellProblemCode.CreditCode, $"统一社会信用代码“{Shown(text)}”里有不允许的字符（不用 I、O、S、V、Z；第 3 至 8 位为数字）。", $"'{Shown(text)}' holds a character no credit code has (no I, O, S, V, Z; digits in places 3 to 8)."),
            _ => Wrong(CellProblemCode.CreditCode, $"统一社会信用代码“{Shown(text)}”的校验位不符，请核对是否抄错。", $"The check character of '{Shown(text)}' does not fit; look for a typing error.")
        };
    }

    /// <summary>是/否 and what else means it.</summary>
    public static Understood<bool> Bool(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        var text = Clean(cell.Text);
        if (text.Length == 0) return default;
        return text.ToUpperInvariant() switch
        {
            "是" or "√" or "✓" or "✔" or "☑" or "✅" or "Y" or "YES" or "TRUE" or "T" or "1" or "真" => true,
            "否" or "×" or "✗" or "✘" or "☒" or "✕" or "✖" or "❌" or "N" or "NO" or "FALSE" or "F" or "0" or "假" => false,
            _ => Wrong(CellProblemCode.NotABool, $"“{Shown(text)}”不能确定是“是”还是“否”；请填 是 或 否。", $"'{Shown(text)}' is neither a clear yes nor a clear no; write 是/Y or 否/N.")
        };
    }

    /// <summary>Several texts: an array of JSON, or one to a line.</summary>
    public static Understood<IReadOnlyList<string>> List(in SourceCell cell)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        var texts = cell.Kind == CellKind.List ? JsonSerializer.Deserialize<string[]>(cell.Text)! : cell.Text.Split('\n');
        var list = new List<string>(texts.Length);
        foreach (var part in texts)
        {
            var text = Text(cell with { Text = part, Kind = CellKind.Text });
            if (text.Problem is { } problem) return problem;
            if (text.Given) list.Add(text.Value);
        }
        return list.Count == 0 && cell.Kind != CellKind.List ? default(Understood<IReadOnlyList<string>>) : new(true, list, null);
    }

    /// <summary>One code of a list, by code or by its name in either language, also <c>44 电力、热力生产和供应业</c> as the drop-downs write it.</summary>
    public static Understood<string> One(in SourceCell cell, CodeNames names)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        if (cell.Kind is CellKind.Date or CellKind.Bool) return Wrong(CellProblemCode.UnknownCode, $"{Shown(cell.Text)} 不是{names.NameZh}；{names.ChoicesZh}", $"{Shown(cell.Text)} is no {names.NameEn}; {names.ChoicesEn}");
        if (cell.Kind == CellKind.List)
        {
            var several = JsonSerializer.Deserialize<string[]>(cell.Text)!;
            return several.Length == 1 ? One(cell with { Text = several[0], Kind = CellKind.Text }, names) : Wrong(CellProblemCode.NotAList, $"{names.NameZh}只能选一项。", $"{names.NameEn}: one value only.");
        }
        var text = Clean(cell.Text);
        if (text.Length == 0) return default;
        if (cell.Kind == CellKind.Number)
        {
            var code = NumberAsCode(cell);
            if (!code.Ok) return code;
            text = code.Value;
        }
        return names.Find(text);
    }

    /// <summary>Several codes of a list, between 、，,；; | / or line breaks, or as an array of JSON; each once.</summary>
    public static Understood<IReadOnlyList<string>> Many(in SourceCell cell, CodeNames names)
    {
        if (cell.IsEmpty) return default;
        if (Unfit(cell) is { } unfit) return unfit;
        string[] parts;
        if (cell.Kind == CellKind.List) parts = JsonSerializer.Deserialize<string[]>(cell.Text)!;
        else
        {
            var whole = One(cell, names);
            if (!whole.Given) return default;
            if (whole.Ok) return new(true, [whole.Value], null);
            parts = cell.Text.Split(['、', ',', '，', ';', '；', '|', '/', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        var codes = new List<string>(parts.Length);
        foreach (var part in parts)
        {
            var code = One(cell with { Text = part, Kind = cell.Kind == CellKind.Number ? CellKind.Number : CellKind.Text }, names);
            if (code.Problem is { } problem) return problem;
            if (code.Given && !codes.Contains(code.Value)) codes.Add(code.Value);
        }
        return new(true, codes, null);
    }

    private static CellProblem Placeholder(string text) => Wrong(CellProblemCode.Placeholder,
        $"“{Shown(text)}”没有说明是哪一种情况：没有就把单元格留空，零报请写“零报”，免报写“免报”，保密写“保密”。",
        $"'{Shown(text)}' does not say which case it is: leave the cell empty when there is nothing; write 零报/zero, 免报/exempt or 保密/withheld when that is so.");
}
