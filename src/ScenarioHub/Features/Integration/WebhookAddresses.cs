using System.Net;
using System.Net.Sockets;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>Asks the outside world for the addresses of a name; the one part of sending that tests replace.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken ct);

/// <summary>
/// Where the product may send anything at all. An address is judged when it is given, as far as it can be, and again on the very IP address a connection is made to:
/// what a name resolves to may change in between.
/// </summary>
internal sealed class WebhookAddresses(HubSettings settings)
{
    public const int MaxLength = 2000;

    // IANA IPv4 Special-Purpose Address Registry (RFC 6890), all that is not globally reachable, and multicast (RFC 5771).
    private static readonly IPNetwork[] NotPublic4 = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"
    }.Select(IPNetwork.Parse)];

    // IPv6 is public only in 2000::/3 (RFC 4291), and not everywhere there: protocol assignments with Teredo, 6to4 (judged by what is in it), documentation.
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3"), Embeds6To4 = IPNetwork.Parse("2002::/16"), EmbedsNat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork[] NotPublic6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse)];

    // Ports above 1023 that no browser fetches from either (WHATWG Fetch, "port blocking").
    private static readonly int[] BadPorts = [1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

    /// <returns>Why nothing may be sent to the address; null when it may, as far as can be said before its name is resolved.</returns>
    public (string Code, Words Why)? WhyNot(string? url)
    {
        if (url is not { Length: > 0 and <= MaxLength } || url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsoluteUri.Length > MaxLength)
            return ("webhook-url-malformed", new($"须为完整的网址,至多 {MaxLength} 个字符。", $"Must be a complete address of at most {MaxLength} characters."));
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && settings.WebhooksAllowHttp))
            return ("webhook-url-not-https", new("须以 https:// 开头。", "Must begin with https://."));
        if (uri.UserInfo.Length > 0 || url.Contains('@', StringComparison.Ordinal) && url.Split('/', '?', '#')[2].Contains('@', StringComparison.Ordinal))
            return ("webhook-url-credentials", new("网址中不能带用户名或密码。", "The address must not hold a user name or password."));
        if (url.Contains('#', StringComparison.Ordinal)) return ("webhook-url-fragment", new("网址中不能带 # 片段。", "The address must not hold a fragment (#)."));
        if (uri.Port is not (443 or 80) && (uri.Port < 1024 || BadPorts.Contains(uri.Port)))
            return ("webhook-url-port", new($"不能使用端口 {uri.Port};请用 443、80 或 1024 以上的端口。", $"Port {uri.Port} cannot be used; take 443, 80 or one above 1023."));
        if (NotAName(uri)) return ("webhook-address-not-allowed", NotAllowed);
        return null;
    }

    public static readonly Words NotAllowed = new(
        "该地址属于内网、本机或保留网段,不能发送;如确需发送,请运维人员在 Hub:Webhooks:AllowPrivate 中放行。",
        "The address is private, of this machine or reserved, and nothing is sent there; if it must be, the operator allows it in Hub:Webhooks:AllowPrivate.");

    private bool NotAName(Uri uri)
    {
        if (IPAddress.TryParse(uri.IdnHost, out var literal)) return !Allows(literal);
        var name = uri.IdnHost.TrimEnd('.');
        // RFC 6761: these names mean this machine, whatever a resolver says.
        return (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) && !Allows(IPAddress.Loopback) && !Allows(IPAddress.IPv6Loopback);
    }

    /// <summary>Whether a connection may be made to this very address.</summary>
    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return settings.WebhooksAllowPrivate.Any(network => Contains(network, address)) || IsPublic(address);
    }

    private bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return !NotPublic4.Any(network => Contains(network, address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        var bytes = address.GetAddressBytes();
        if (Contains(EmbedsNat64, address)) return Allows(new IPAddress(bytes.AsSpan(12, 4)));
        if (Contains(Embeds6To4, address)) return Allows(new IPAddress(bytes.AsSpan(2, 4)));
        return Contains(Public6, address) && !NotPublic6.Any(network => Contains(network, address));
    }

    // Bit by bit, for the framework's own IPNetwork.Contains finds ::ffff:10.0.0.5 in 2000::/3 (.NET 10.0).
    private static bool Contains(IPNetwork network, IPAddress address)
    {
        var (bytes, prefix) = (address.GetAddressBytes(), network.BaseAddress.GetAddressBytes());
        if (bytes.Length != prefix.Length) return false;
        var (whole, rest) = (network.PrefixLength / 8, network.PrefixLength % 8);
        return bytes.AsSpan(0, whole).SequenceEqual(prefix.AsSpan(0, whole)) && (rest == 0 || (bytes[whole] ^ prefix[whole]) >> (8 - rest) == 0);
    }
}
