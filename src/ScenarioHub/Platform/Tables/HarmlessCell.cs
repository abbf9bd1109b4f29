namespace ScenarioHub.Platform.Tables;

/// <summary>
/// Text a spreadsheet would run as a formula when it opens a CSV. Such text gets an apostrophe in front when it is written and loses it when it is read, so what
/// was sent comes back unchanged. In XLSX a text cell is never a formula and needs none. Source: OWASP, "CSV Injection".
/// </summary>
internal static class HarmlessCell
{
    /// <summary>For a cell of CSV. Numbers stay numbers, negative ones too.</summary>
    public static string Of(string text) => Runs(text) && !IsNumber(text) ? "'" + text : text;

    /// <summary>What <see cref="Of"/> was given.</summary>
    public static string Original(string cell) => cell.Length > 1 && cell[0] == '\'' && Runs(cell.AsSpan(1)) && !IsNumber(cell.AsSpan(1)) ? cell[1..] : cell;

    /// <summary>Whether a spreadsheet would take it for a formula. Apostrophes in front count as what they hide, so that each text has one spelling.</summary>
    public static bool Runs(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('\'');
        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text[0] is '-' or '+') text = text[1..];
        var (digits, points) = (0, 0);
        foreach (var c in text)
            if (char.IsAsciiDigit(c)) digits++;
            else if (c != '.' || ++points > 1) return false;
        return digits > 0;
    }
}
