using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScenarioHub.Features.Rules;

/// <summary>Whether what was written explains anything; pure.</summary>
internal static class Explanation
{
    public const int MinContent = 10, MaxLength = 1000;
    private const int MinDistinct = 6;

    /// <summary>So many findings a day may one person explain with one and the same text; beyond, the reviewer is told.</summary>
    public const int SameTextAllowed = 5;

    // Longest first, so that a phrase goes as a whole and leaves no stub behind.
    private static readonly string[] Nothings = [.. new[]
    {
        "核实无误", "核对无误", "核查无误", "检查无误", "确认无误", "审核无误", "复核无误", "数据无误", "填报无误", "情况属实", "数据属实", "情况真实", "数据真实", "真实有效", "真实可靠", "准确无误", "完全正确", "没有问题", "没有错误",
        "没问题", "无问题", "无异常", "无错误", "不存在问题", "未发现问题", "正常波动", "正常变动", "属于正常", "情况正常", "数据正常", "业务正常", "数据准确", "如实填报", "如实上报", "据实填报", "按实填报", "实际情况如此", "实际就是如此", "实际发生数",
        "特此说明", "特此证明", "敬请审核", "请予审核", "请审核", "请通过", "请领导审核", "请领导放心", "望批准", "望通过", "以上", "经核实", "经核查", "经核对", "经确认", "经检查", "经复核", "经审核", "经与业务部门", "业务部门", "财务部门", "我单位", "我公司", "我司", "本单位", "本公司", "本月", "当月", "该月",
        "已核实", "已核对", "已确认", "已核查", "已检查", "已复核", "无误", "属实", "真实", "准确", "正确", "正常", "核实", "核对", "核查", "确认", "检查", "审核", "复核", "数据", "情况", "填报", "数字", "数值", "指标", "内容", "信息", "实际", "一致", "相符", "符合", "说明", "再次", "反复", "认真", "仔细", "多次",
        "核實無誤", "情況屬實", "數據無誤", "確認無誤", "無誤", "屬實", "數據", "情況", "確認", "核實", "正確", "準確", "真實",
        "confirmed", "confirm", "correct", "correctly", "verified", "verify", "checked", "check", "doublechecked", "accurate", "valid", "true", "right", "fine", "okay", "noproblem", "noproblems", "noissue", "noissues", "noerror", "noerrors", "nomistake",
        "problem", "issue", "error", "asreported", "reported", "thefigure", "thefigures", "thedata", "thevalue", "figures", "figure", "values", "value", "number", "numbers", "data", "information", "everything", "hereby", "please", "approve", "nothingwrong", "normal", "normalfluctuation", "situation", "actual", "truly", "really", "indeed", "again",
        "isok", "areok", "allok", "allgood", "good"
    }.OrderByDescending(x => x.Length)];

    // Words that join; alone they carry nothing.
    private static readonly HashSet<string> Joining = ["the", "is", "are", "and", "we", "it", "this", "that", "has", "have", "been", "was", "were", "be", "a", "an", "to", "of", "all", "by", "as", "our", "no", "not", "ok", "yes", "in", "on", "with", "for", "here", "so", "very"];

    private const string JoiningZh = "的了是为在和与及均已经并且也都我们该此请对于无没有误不很再";

    /// <summary>Letters and digits alone, full width made half, capitals made small: how two texts are compared.</summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) bare.Append(Rune.ToLowerInvariant(rune));
        return bare.ToString();
    }

    public static bool SaysNothing(string text)
    {
        var words = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split([' ', '\t', '\n', '\r', ',', '.', ';', ':', '!', '?', '-', '_', '/', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var left = Bare(string.Concat(words.Where(w => !Joining.Contains(w))));
        // A stub left by one removal may close up with its neighbour into another nothing; in the end there is none.
        for (var before = -1; before != left.Length;)
        {
            before = left.Length;
            foreach (var nothing in Nothings) left = left.Replace(nothing, "", StringComparison.Ordinal);
        }
        var runes = left.EnumerateRunes().Where(r => !JoiningZh.Contains(r.ToString(), StringComparison.Ordinal)).ToArray();
        var letters = runes.Where(Rune.IsLetter).ToArray();
        // Digits count as content beside words, not instead of them; and the same few letters over and over are padding.
        return runes.Length < MinContent || letters.Distinct().Count() < MinDistinct;
    }

    /// <summary>Whether it only gives back what the finding says itself, in either language.</summary>
    public static bool Repeats(string text, params string[] finding)
    {
        var bare = Bare(text);
        return finding.Select(Bare).Any(said => said.Contains(bare, StringComparison.Ordinal) || (bare.Contains(said, StringComparison.Ordinal) && bare.Length - said.Length < MinContent));
    }

    /// <summary>Equal for texts that differ in punctuation, width and capitals only.</summary>
    public static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bare(text))));
}
