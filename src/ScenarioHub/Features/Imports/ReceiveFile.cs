using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>
/// Keeps a file part by part, each few parts a transaction of their own: 200 MB in one would hold up every other writer. No import names it yet; one that never comes to be is swept up.
/// Not an <see cref="ICommand{T}"/>, for it is many.
/// </summary>
/// <param name="Content">From its beginning; read once.</param>
internal sealed record ReceiveFile(string Name, Stream Content, long SizeBytes, string Sha256) : IRequest<Result<long>>;

internal sealed class ReceiveFileHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<ReceiveFile, Result<long>>
{
    private const int PartBytes = 1 << 20, PartsAtOnce = 4;

    public async Task<Result<long>> Handle(ReceiveFile request, CancellationToken ct)
    {
        var fileId = await db.NextId(ct);
        await db.Begin(ct);
        await db.Append("import_file", ["file_id", "name", "size_bytes", "sha256", "received_by", "received_at"],
            [[fileId, request.Name, request.SizeBytes, request.Sha256, caller.UserId, clock.GetUtcNow().UtcDateTime]], ct);
        var (partNo, parts) = (0, new List<object?[]>());
        while (true)
        {
            var part = new byte[PartBytes];
            var read = await request.Content.ReadAtLeastAsync(part, PartBytes, throwOnEndOfStream: false, ct);
            if (read > 0) parts.Add([fileId, ++partNo, read == PartBytes ? part : part[..read]]);
            if (read == PartBytes && parts.Count < PartsAtOnce) continue;
            if (!db.InTransaction) await db.Begin(ct);
            await db.Append("import_file_part", ["file_id", "part_no", "content"], parts, ct);
            await db.Commit(ct);
            parts.Clear();
            if (read < PartBytes) return fileId;
        }
    }
}

/// <summary>A kept file, read part by part.</summary>
internal static class KeptFile
{
    public static async Task CopyTo(Db db, long fileId, Stream to, CancellationToken ct)
    {
        foreach (var partNo in await db.List<int>(ImportSql.PartsOf, new { FileId = fileId }, ct))
            await to.WriteAsync(await db.One<byte[]>(ImportSql.Part, new { FileId = fileId, PartNo = partNo }, ct), ct);
    }
}
