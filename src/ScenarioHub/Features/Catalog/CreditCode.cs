using System.Diagnostics.CodeAnalysis;

namespace ScenarioHub.Features.Catalog;

/// <summary>What is wrong with a unified social credit code.</summary>
public enum CreditCodeFault
{
    /// <summary>Not 18 characters.</summary>
    Length,

    /// <summary>A character outside 0-9 and A-Z without I O S V Z, or a letter in the region code (positions 3 to 8).</summary>
    Character,

    /// <summary>The eighteenth character is not the one the first seventeen give.</summary>
    CheckCharacter
}

/// <summary>统一社会信用代码, GB 32100-2015: 1 registering authority, 1 kind of body, 6 region, 9 body, 1 check character.</summary>
public static class CreditCode
{
    public const int Length = 18;

    // GB 32100-2015, table of characters: the place in this text is the value.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Upper case only, no blanks: whoever reads forms and spreadsheets cleans up first and says so.</summary>
    /// <param name="fault">The first thing wrong; null when the code is right.</param>
    public static bool TryCheck([NotNullWhen(true)] string? code, [NotNullWhen(false)] out CreditCodeFault? fault)
    {
        fault = code is not { Length: Length } ? CreditCodeFault.Length
            : !Spelled(code) ? CreditCodeFault.Character
            : CheckCharacter(code) != code[^1] ? CreditCodeFault.CheckCharacter
            : null;
        return fault is null;
    }

    /// <summary>The whole code of 18 characters for the first 17.</summary>
    /// <exception cref="ArgumentException">Not 17 characters of the alphabet, or a letter in positions 3 to 8.</exception>
    public static string Compute(string firstSeventeen)
    {
        if (firstSeventeen is not { Length: Length - 1 } || !Spelled(firstSeventeen))
            throw new ArgumentException($"'{firstSeventeen}' is not the first 17 characters of a unified social credit code.", nameof(firstSeventeen));
        return firstSeventeen + CheckCharacter(firstSeventeen);
    }

    private static bool Spelled(string code)
    {
        for (var i = 0; i < code.Length; i++)
            if (!Alphabet.Contains(code[i], StringComparison.Ordinal) || (i is >= 2 and <= 7 && !char.IsAsciiDigit(code[i])))
                return false;
        return true;
    }

    // Weights 3^(i-1) mod 31 over the first 17; the check value is 31 less the sum mod 31, where 31 counts as 0.
    private static char CheckCharacter(string code)
    {
        var (sum, weight) = (0, 1);
        for (var i = 0; i < Length - 1; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }
}
