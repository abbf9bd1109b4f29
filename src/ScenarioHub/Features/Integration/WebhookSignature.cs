using System.Security.Cryptography;
using System.Text;

namespace ScenarioHub.Features.Integration;

/// <summary>Secrets and signatures as Standard Webhooks 1.0.0 has them (standard-webhooks/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256, identifier <c>v1</c>.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <returns>The value of <c>webhook-signature</c>: one signature for each secret, the newest first, with a space between.</returns>
    public static string Of(IEnumerable<string> secrets, string messageId, long timestampSeconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{messageId}.{timestampSeconds}.")), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed))));
    }
}
