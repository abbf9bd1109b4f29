using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ScenarioHub.Platform.Changes;

/// <summary>A row of <c>change</c>.</summary>
internal sealed record ChangeRow
{
    public long ChangeNo { get; init; }
    public DateTime OccurredAt { get; init; }
    public required string Kind { get; init; }
    public required string Action { get; init; }
    public long EntityId { get; init; }
    public long OrganizationId { get; init; }
    public int? Version { get; init; }
    public string? Period { get; init; }
    public long ActorUserId { get; init; }
    public long AuditNo { get; init; }
    public long RowCheck { get; init; }
}

/// <summary>A row of <c>audit_entry</c>.</summary>
internal sealed record AuditRow
{
    public long AuditNo { get; init; }
    public DateTime OccurredAt { get; init; }
    public required string Act { get; init; }
    public required string Outcome { get; init; }
    public string? Refusal { get; init; }
    public required string Kind { get; init; }
    public long SubjectId { get; init; }
    public long OrganizationId { get; init; }
    public long ActorUserId { get; init; }
    public required string ActorName { get; init; }
    public long? OnBehalfOf { get; init; }
    public string? Address { get; init; }
    public string? UserAgent { get; init; }
    public string? TraceId { get; init; }
    public long? FirstChangeNo { get; init; }
    public int ChangeCount { get; init; }
    public string? ChangesSha256 { get; init; }
    public string? Details { get; init; }
    public required string PreviousSha256 { get; init; }
    public required string Sha256 { get; init; }
}

/// <summary>
/// The hash chain over a tenant's audit: SHA-256 over the hash before and the canonical form of the row. The canonical form is a JSON array of its columns in a fixed order, ASCII, without blanks;
/// instants as UTC to the millisecond. Changing it would break every chain there is: a new form needs a new first element.
/// </summary>
internal static class AuditChain
{
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    public static string Hash(long tenantId, AuditRow row)
    {
        using var canonical = new MemoryStream();
        using (var json = new Utf8JsonWriter(canonical))
        {
            json.WriteStartArray();
            json.WriteStringValue("audit-1");
            json.WriteStringValue(row.PreviousSha256);
            json.WriteNumberValue(tenantId);
            json.WriteNumberValue(row.AuditNo);
            json.WriteStringValue(Instant(row.OccurredAt));
            json.WriteStringValue(row.Act);
            json.WriteStringValue(row.Outcome);
            json.WriteStringValue(row.Refusal);
            json.WriteStringValue(row.Kind);
            json.WriteNumberValue(row.SubjectId);
            json.WriteNumberValue(row.OrganizationId);
            json.WriteNumberValue(row.ActorUserId);
            json.WriteStringValue(row.ActorName);
            Number(json, row.OnBehalfOf);
            json.WriteStringValue(row.Address);
            json.WriteStringValue(row.UserAgent);
            json.WriteStringValue(row.TraceId);
            Number(json, row.FirstChangeNo);
            json.WriteNumberValue(row.ChangeCount);
            json.WriteStringValue(row.ChangesSha256);
            json.WriteStringValue(row.Details);
            json.WriteEndArray();
        }
        return Convert.ToHexStringLower(SHA256.HashData(canonical.GetBuffer().AsSpan(0, (int)canonical.Length)));
    }

    /// <summary>Over the hashes of one entry's change rows, in order.</summary>
    public sealed class OfChanges : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly MemoryStream _canonical = new();

        /// <returns>The row's check.</returns>
        public long Add(ChangeRow row)
        {
            _canonical.SetLength(0);
            using (var json = new Utf8JsonWriter(_canonical))
            {
                json.WriteStartArray();
                json.WriteNumberValue(row.ChangeNo);
                json.WriteStringValue(Instant(row.OccurredAt));
                json.WriteStringValue(row.Kind);
                json.WriteStringValue(row.Action);
                json.WriteNumberValue(row.EntityId);
                json.WriteNumberValue(row.OrganizationId);
                Number(json, row.Version);
                json.WriteStringValue(row.Period);
                json.WriteNumberValue(row.ActorUserId);
                json.WriteNumberValue(row.AuditNo);
                json.WriteEndArray();
            }
            Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(_canonical.GetBuffer().AsSpan(0, (int)_canonical.Length), own);
            _hash.AppendData(own);
            return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(own);
        }

        /// <summary>And begins anew.</summary>
        public string Take() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public void Dispose() { _hash.Dispose(); _canonical.Dispose(); }
    }

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter json, long? value)
    {
        if (value is { } number) json.WriteNumberValue(number);
        else json.WriteNullValue();
    }
}
