using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.Caching.Memory;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>A roll-up as it goes out, from memory where the ledger has not moved since it was worked out. Refused as <see cref="GetRollup"/> is.</summary>
/// <param name="Known">Tags of answers that the asker holds.</param>
public sealed record GetRollupAnswer(GetRollup Query, IReadOnlyCollection<string> Known) : IQuery<RollupAnswer>;

/// <param name="Tag">Names the answer: the same tag is the same figures, on whichever node. Without quotes.</param>
/// <param name="Json">UTF-8; null when the asker holds it already.</param>
public sealed record RollupAnswer(string Tag, byte[]? Json);

/// <summary>
/// Answers of roll-ups as bytes, the last of each question. Which answer is the last is never taken from memory: each question reads the ledger's state
/// (<see cref="LedgerSql.ReadState"/>) and only an answer made at that very state is given again, so neither a posting just committed nor another node's is missed.
/// </summary>
internal sealed class KeptRollups(ReferenceCatalog catalog) : IDisposable
{
    /// <summary>All answers together. A small one counts as <see cref="LeastBytes"/>, so there are never more than 4,096.</summary>
    public const int MostBytes = 32 << 20, LeastBytes = 8 << 10;

    // Another build may word the same figures differently.
    private readonly string _build = $"{typeof(KeptRollups).Module.ModuleVersionId:N}{catalog.Version}";
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = MostBytes, CompactionPercentage = 0.25 });

    /// <summary>Everything an answer depends on besides the ledger: whose it is, what he sees, in which words, and what he asked.</summary>
    internal sealed record Question(long TenantId, long OrganizationId, bool English, bool Demo, GetRollup Query);

    private sealed record Kept(string Tag, byte[] Json);

    public int Count => _answers.Count;

    public string Tag(Question question, LedgerState state)
    {
        // A closing reads the same for ever: only who may see what, and balances put right, can change its answer.
        var closing = question.Query.AsOf is { Length: > 0 } asOf && asOf.All(char.IsAsciiDigit);
        return Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new object?[]
        {
            _build, question, closing ? null : state.LastEntryNo, closing ? null : state.LastClosingNo, closing ? null : state.ThroughEntryNo, state.RepairNo, state.TreeNo, state.HandleKey
        })).AsSpan(0, 16));
    }

    public byte[]? Find(Question question, string tag) => _answers.Get<Kept>(question) is { } kept && kept.Tag == tag ? kept.Json : null;

    public void Keep(Question question, string tag, byte[] json) =>
        _answers.Set(question, new Kept(tag, json), new MemoryCacheEntryOptions { Size = Math.Max(json.Length, LeastBytes), SlidingExpiration = TimeSpan.FromHours(1) });

    public void Clear() => _answers.Clear();

    public void Dispose() => _answers.Dispose();
}

internal sealed class GetRollupAnswerHandler(Db db, Caller caller, KeptRollups kept, IMediator mediator) : IRequestHandler<GetRollupAnswer, Result<RollupAnswer>>
{
    public async Task<Result<RollupAnswer>> Handle(GetRollupAnswer request, CancellationToken ct)
    {
        var question = new KeptRollups.Question(caller.TenantId, caller.OrganizationId, Language.IsEnglish, caller.DemoData is not null, request.Query);
        var tag = kept.Tag(question, await State(ct));
        if (request.Known.Contains(tag)) return new RollupAnswer(tag, null);
        if (kept.Find(question, tag) is { } again) return new RollupAnswer(tag, again);
        var rollup = await mediator.Send(request.Query, ct);
        if (!rollup.Ok) return rollup.Why!;
        var json = JsonSerializer.SerializeToUtf8Bytes(rollup.Value, Json.Options);
        // Something was posted while it was worked out: it is right, but of a later state than its tag says.
        if (kept.Tag(question, await State(ct)) == tag) kept.Keep(question, tag, json);
        return new RollupAnswer(tag, json);
    }

    private Task<LedgerState> State(CancellationToken ct) => db.One<LedgerState>(LedgerSql.ReadState, null, ct);
}
