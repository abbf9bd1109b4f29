using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>The codes of a list and everything a person may write for one: the code, its name in either language, or both with a blank between.</summary>
internal sealed class CodeNames
{
    private const int ShownChoices = 12;

    // Empty: the name stands for several codes.
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(string Code, string Zh, string En)> _items;

    public CodeNames(string nameZh, string nameEn, IEnumerable<(string Code, string Zh, string En)> items)
    {
        (NameZh, NameEn, _items) = (nameZh, nameEn, [.. items]);
        // Codes first: 高 may be a name of one and a code of another, and the code is meant.
        foreach (var (code, _, _) in _items) _byName[Normal(code)] = code;
        var codes = _byName.Keys.ToHashSet();
        foreach (var (code, zh, en) in _items)
            foreach (var name in (string[])[zh, en, code + zh, code + en, zh + code, en + code, zh + en, Short(zh)])
            {
                var normal = Normal(name);
                if (codes.Contains(normal) || normal.Length == 0) continue;
                _byName[normal] = _byName.TryGetValue(normal, out var other) && other != code ? "" : code;
            }
    }

    public string NameZh { get; }

    public string NameEn { get; }

    public IReadOnlyList<(string Code, string Zh, string En)> Items => _items;

    public string ChoicesZh => $"可选：{string.Join("、", _items.Take(ShownChoices).Select(i => i.Zh))}{(_items.Count > ShownChoices ? $" 等 {_items.Count} 项" : "")}。";

    public string ChoicesEn => $"choose {string.Join(", ", _items.Take(ShownChoices).Select(i => i.Code))}{(_items.Count > ShownChoices ? $" … ({_items.Count})" : "")}.";

    /// <param name="text">Clean.</param>
    public Understood<string> Find(string text)
    {
        var normal = Normal(text);
        if (_byName.TryGetValue(normal, out var code))
            return code.Length > 0 ? code : new CellProblem(CellProblemCode.AmbiguousCode, new($"“{CellText.Shown(text)}”对应不止一个{NameZh}，请填代码：{string.Join("、", Called(normal).Select(i => i.Code))}。", $"'{CellText.Shown(text)}' is the name of more than one {NameEn}; give the code: {string.Join(", ", Called(normal).Select(i => i.Code))}."));
        // 1 for 01: a spreadsheet made a number of the code.
        if (normal.Length > 0 && normal.All(char.IsAsciiDigit) && _items.FirstOrDefault(i => i.Code.Length > normal.Length && i.Code.TrimStart('0') == normal.TrimStart('0') && i.Code.All(char.IsAsciiDigit)) is { Code: { } padded })
            return new CellProblem(CellProblemCode.ZerosLost, new($"“{CellText.Shown(text)}”像是丢了前导 0 的 {padded}；请把该列设为“文本”格式后重填。", $"'{CellText.Shown(text)}' looks like {padded} without its leading zero; set the column to text and give it again."));
        var near = _items.Select(i => (Item: i, Far: Math.Min(Distance(normal, Normal(i.Zh)), Math.Min(Distance(normal, Normal(i.En)), Distance(normal, Normal(i.Code))))))
            .Where(x => x.Far <= Math.Min(2, normal.Length / 2)).OrderBy(x => x.Far).Select(x => x.Item).FirstOrDefault();
        return new CellProblem(CellProblemCode.UnknownCode, near.Code is null
            ? new($"没有“{CellText.Shown(text)}”这个{NameZh}；{ChoicesZh}", $"'{CellText.Shown(text)}' is no {NameEn}; {ChoicesEn}")
            : new($"没有“{CellText.Shown(text)}”这个{NameZh}；是否为“{near.Zh}”（{near.Code}）？{ChoicesZh}", $"'{CellText.Shown(text)}' is no {NameEn}; did you mean {near.Code} ({near.En})? {ChoicesEn}"));
    }

    private IEnumerable<(string Code, string Zh, string En)> Called(string normal) => _items.Where(i => Normal(i.Zh) == normal || Normal(i.En) == normal || Normal(Short(i.Zh)) == normal);

    /// <summary>需求场景（机会清单） is called 需求场景.</summary>
    private static string Short(string zh) => zh.IndexOf('（', StringComparison.Ordinal) is > 0 and var at ? zh[..at] : zh;

    private static string Normal(string name) => new([.. CellText.Clean(name).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '(' or ')' or '·' or ':' or '"' or '“' or '”')).Select(char.ToUpperInvariant)]);

    /// <summary>Edits between two names, as far as 3.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2 || a.Length > 60) return 3;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (left, diagonal) = (i, row[0]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[b.Length];
    }
}
