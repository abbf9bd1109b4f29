using System.Globalization;
using System.Net;

namespace ScenarioHub.Platform.Tenancy;

/// <summary>Where calls may come from: an address, or a block of them in CIDR notation.</summary>
internal static class AddressBlock
{
    /// <returns>The block, an address alone being a block of one; null when it is neither, or has bits set beyond its length (10.0.0.1/8 is one or the other).</returns>
    public static IPNetwork? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || address.ScopeIdIsSet()) return null;
        // 10 and 010.0.0.1 are addresses to the parser, but not those that were meant.
        if (!string.Equals(address.ToString(), slash < 0 ? text : text[..slash], StringComparison.OrdinalIgnoreCase) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits)) return null;
        return IPNetwork.TryParse($"{address}/{length}", out var block) && block.BaseAddress.Equals(address) ? block : null;
    }

    /// <summary>An IPv4 address that came over an IPv6 socket is an IPv4 address.</summary>
    public static bool Holds(this IPNetwork block, IPAddress address) => block.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool ScopeIdIsSet(this IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && address.ScopeId != 0;
}
