using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ScenarioHub.Platform.Hosting;

/// <summary>
/// Keeps what must be read again and must not lie open in the database, under the keys of the data folder. The purpose is part of the seal: what was sealed for one row opens for no other.
/// </summary>
public sealed class Sealing(IDataProtectionProvider protection)
{
    public string Seal(string purpose, string text) => protection.CreateProtector(purpose).Protect(text);

    /// <returns>Null when the keys it was sealed with are gone, or it was sealed for something else.</returns>
    public string? Open(string purpose, string sealedText)
    {
        try { return protection.CreateProtector(purpose).Unprotect(sealedText); }
        catch (CryptographicException) { return null; }
    }
}
