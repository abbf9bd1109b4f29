using System.Globalization;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>Limits of webhooks, and when what failed is tried again.</summary>
internal static class WebhookRule
{
    public const int MaxDescription = 200, MaxFilter = 50, MostOfAnOrganization = 20, MostSecrets = 5;

    /// <summary>How long the secret before signs beside a new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>How long the log of attempts, and what failed for good, are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>From a failed attempt to the next, as Standard Webhooks recommends: ten attempts over 75 hours and 35 minutes.</summary>
    public static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)
    ];

    /// <summary>After so many failed attempts a change no longer holds up those after it.</summary>
    public const int AttemptsHolding = 4;
    public static readonly TimeSpan LongestHold = Delays[AttemptsHolding - 2];
    private static readonly TimeSpan MostAsked = TimeSpan.FromHours(24);

    /// <param name="failed">How many attempts at this change have failed, 1 or more.</param>
    /// <param name="failingFor">How long nothing has got through; while a receiver is down, each next change waits as long as the last one did at the end of its holding.</param>
    /// <param name="asked">The receiver's Retry-After: never sooner than it asks, up to a day.</param>
    /// <returns>Null when that was the last attempt. Up to a fifth is added by chance, so that many webhooks of one receiver do not come back in step.</returns>
    public static TimeSpan? DelayAfter(int failed, TimeSpan failingFor, TimeSpan? asked, double chance)
    {
        if (failed > Delays.Length) return null;
        var delay = failed < AttemptsHolding && failingFor >= LongestHold ? LongestHold : Delays[failed - 1];
        if (asked is { } wanted && wanted > delay) delay = wanted < MostAsked ? wanted : MostAsked;
        return delay + delay * 0.2 * chance;
    }
}

/// <summary>States of a webhook; codes are those of <c>ck_webhook_state</c>.</summary>
internal static class WebhookState
{
    public const string On = "on", Off = "off", Removed = "removed";
}

/// <summary>Why a webhook is off; codes are those of <c>ck_webhook_off_reason</c>.</summary>
internal static class WebhookOff
{
    public const string ByPerson = "byPerson", Gone = "gone", Failing = "failing", SecretUnreadable = "secretUnreadable", Cut = "cut";

    public static Words Of(string reason) => reason switch
    {
        ByPerson => new("已由管理员停用。", "An administrator switched it off."),
        Gone => new("接收方答复 410 Gone,表示不再接收。", "The receiver answered 410 Gone: it wants nothing more."),
        Failing => new("连续三天以上发送均未成功。修复接收方后重新启用,即从停下处继续。", "For more than three days nothing got through. Mend the receiver and switch it on again: it goes on where it stopped."),
        SecretUnreadable => new("签名密钥无法解密(数据目录中的密钥文件已丢失)。请换发密钥后重新启用。", "Its secrets cannot be read: the keys of the data folder were lost. Rotate the secret, then switch it on again."),
        Cut => new("待发送的部分变更已不再保留。请先完整读取一次数据,再重新启用;启用后只发送此后的变更。", "Some changes it had still to send are no longer kept. Read everything once, then switch it on again: it goes on with what comes after."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason))
    };
}

/// <summary>What a change waits for that could not be sent; codes are those of <c>ck_webhook_retry_state</c>.</summary>
internal static class RetryState
{
    /// <summary>Those after it wait.</summary>
    public const string Holding = "holding";
    /// <summary>It is tried beside those after it.</summary>
    public const string Aside = "aside";
    /// <summary>All attempts are used up; it can be replayed.</summary>
    public const string Failed = "failed";
}

/// <summary>Why an attempt was none that counts; codes are those of <c>ck_webhook_attempt_error</c>.</summary>
internal static class WebhookError
{
    public const string Status = "status", Redirect = "redirect", TimedOut = "timedOut", NameNotFound = "nameNotFound", ConnectionFailed = "connectionFailed",
        TlsFailed = "tlsFailed", BadAnswer = "badAnswer", AddressNotAllowed = "addressNotAllowed";

    public static Words Of(string error, int? status) => error switch
    {
        Status => new($"接收方答复 {status};只有 2xx 表示已收到。", $"The receiver answered {status}; only 2xx says that it took it."),
        Redirect => new($"接收方答复 {status} 要求转到别处;不跟随跳转,请直接填写最终网址。", $"The receiver answered {status} and pointed elsewhere; redirects are not followed, give the final address."),
        TimedOut => new("接收方在 15 秒内没有答复。", "The receiver did not answer within 15 seconds."),
        NameNotFound => new("找不到该域名。", "The name was not found."),
        ConnectionFailed => new("无法连接接收方。", "The receiver could not be reached."),
        TlsFailed => new("无法建立 TLS 连接,或接收方证书无效。", "No TLS connection could be made, or the receiver's certificate is not valid."),
        BadAnswer => new("接收方的答复不是完整的 HTTP 响应。", "What the receiver answered is no complete HTTP response."),
        AddressNotAllowed => WebhookAddresses.NotAllowed,
        _ => throw new ArgumentOutOfRangeException(nameof(error))
    };
}

/// <summary>Refusals of webhooks; the codes are part of the API.</summary>
internal static class WebhookRefusal
{
    public static Refusal NotFound => Refusal.NotFound("webhook", new("订阅", "webhook"));

    public static Refusal OrganizationNotFound => Refusal.NotFound("organization", new("单位", "organization")).At("/organization");

    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "too-many-webhooks", new(
        $"一个单位最多 {WebhookRule.MostOfAnOrganization} 个订阅,请先删除不用的。", $"An organization has at most {WebhookRule.MostOfAnOrganization} webhooks; remove one that is not needed."));

    public static readonly Refusal TooManySecrets = new(RefusalKind.Conflict, "too-many-secrets", new(
        $"24 小时内换发过于频繁:同时有效的密钥最多 {WebhookRule.MostSecrets} 个。如旧密钥已泄露,请用 endOthers 立即停用。",
        $"Rotated too often within 24 hours: at most {WebhookRule.MostSecrets} secrets sign at a time. If an old one has leaked, end the others at once with endOthers."));

    public static readonly Refusal SecretUnreadable = new(RefusalKind.Conflict, "webhook-secret-unreadable", WebhookOff.Of(WebhookOff.SecretUnreadable));

    public static readonly Refusal ReplayWhat = Refusal.Field("replay-one-of", "/", new(
        "请在 from、change、failedSince 中恰好给出一个。", "Give exactly one of from, change and failedSince."));

    public static Refusal FromAhead(long sentUpTo) => Refusal.Field("replay-from-ahead", "/from", new(
        $"from 须在 1 与 {sentUpTo.ToString(CultureInfo.InvariantCulture)} 之间;之后的变更尚未发送,会自动发送。", $"from must lie between 1 and {sentUpTo.ToString(CultureInfo.InvariantCulture)}; what comes after was not sent yet and will be."));

    public static Refusal ChangeNotFound => Refusal.NotFound("change", new("变更", "change")).At("/change");
}
