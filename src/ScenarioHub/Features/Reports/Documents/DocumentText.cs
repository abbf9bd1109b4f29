using System.Text;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>Makes any string safe to stand in a document without losing a character that a reader could see.</summary>
internal static class DocumentText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Excel's limit of a cell, UTF-16 units; a longer text makes Excel "repair" the file.</summary>
    public const int CellLength = 32_767;

    /// <summary>Characters XML 1.0 forbids (controls, lone surrogates, U+FFFE, U+FFFF) become U+FFFD; line ends become \n.</summary>
    public static string Safe(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                safe.Append(c).Append(text[++i]);
            }
            else if (c == '\r')
            {
                if (i + 1 == text.Length || text[i + 1] != '\n')
                {
                    safe.Append('\n');
                }
            }
            else
            {
                safe.Append(c is '\t' or '\n' or (>= ' ' and < '\uD800') or (>= '\uE000' and <= '\uFFFD') ? c : Replacement);
            }
        }
        return safe.ToString();
    }

    /// <summary><see cref="Safe"/> on one line: for titles, names and drawn labels.</summary>
    public static string Line(string? text) => Safe(text).Replace('\n', ' ').Replace('\t', ' ').Trim();

    /// <summary><see cref="Safe"/> as a spreadsheet cell wants it.</summary>
    public static string Cell(string? text)
    {
        var safe = Safe(text);
        if (safe.Contains("_x", StringComparison.Ordinal))
        {
            // Excel reads _x0041_ in a cell as the character U+0041; escaping the underscore keeps what was typed.
            var escaped = new StringBuilder(safe.Length + 6);
            for (var i = 0; i < safe.Length; i++)
            {
                escaped.Append(IsEscape(safe, i) ? "_x005F_" : safe[i].ToString());
            }
            safe = escaped.ToString();
        }
        if (safe.Length <= CellLength)
        {
            return safe;
        }
        var length = CellLength - 1;
        return string.Concat(safe.AsSpan(0, char.IsHighSurrogate(safe[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>True when a spreadsheet that re-reads the text (edit, CSV) would take it for a formula.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\n';

    private static bool IsEscape(string text, int at) =>
        at + 6 < text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
        && char.IsAsciiHexDigit(text[at + 2]) && char.IsAsciiHexDigit(text[at + 3])
        && char.IsAsciiHexDigit(text[at + 4]) && char.IsAsciiHexDigit(text[at + 5]);
}
