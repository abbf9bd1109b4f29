using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using ScenarioHub.Platform.Hosting;

namespace ScenarioHub.Platform.Tenancy;

/// <summary>
/// What access tokens are signed and encrypted with: 64 random bytes in the data folder, made at first need. They outlive a restart, and nodes that share the folder take each other's tokens.
/// Without the file all tokens are void, and clients ask for new ones. Symmetric, because nobody but this product reads them: checking one costs microseconds.
/// </summary>
internal sealed class TokenKeys(HubSettings settings)
{
    private const int Half = 32;

    private readonly Lazy<(SymmetricSecurityKey Signing, SymmetricSecurityKey Encryption)> _keys = new(() =>
    {
        var bytes = ReadOrMake(Path.Combine(settings.DataFolder, "keys", "access-tokens.key"));
        return (Named(bytes[..Half]), Named(bytes[Half..]));
    });

    public SymmetricSecurityKey Signing => _keys.Value.Signing;
    public SymmetricSecurityKey Encryption => _keys.Value.Encryption;

    private static SymmetricSecurityKey Named(byte[] key) => new(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key))[..16] };

    private static byte[] ReadOrMake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            // Whole or not at all, and the first of two processes wins: both read what stands there in the end.
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(2 * Half));
                file.Flush(flushToDisk: true);
            }
            try { File.Move(draft, path, overwrite: false); }
            catch (IOException) when (File.Exists(path)) { File.Delete(draft); }
        }
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == 2 * Half ? bytes : throw new SettingsException($"{path} does not hold {2 * Half} bytes. Restore it, or take it away: a new one is made and clients ask for new tokens.");
    }
}
