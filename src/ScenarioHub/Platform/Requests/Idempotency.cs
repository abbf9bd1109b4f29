using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Requests;

/// <summary>The Idempotency-Key of this request, if it has one, and whether its answer is an earlier one given again.</summary>
public sealed class IdempotencyKey
{
    public const int MaxLength = 128;

    public string? Value { get; set; }
    public bool Replayed { get; internal set; }

    internal static readonly Refusal Reused = new(RefusalKind.Unprocessable, "idempotency-key-reused", new(
        "该 Idempotency-Key 已用于内容不同的请求;新的请求请换一个新的键。", "This Idempotency-Key was used for a request with other content; give a new request a new key."));

    internal static readonly Refusal Malformed = new(RefusalKind.Invalid, "bad-idempotency-key", new(
        $"Idempotency-Key 须为 1 至 {MaxLength} 个字符。", $"An Idempotency-Key has 1 to {MaxLength} characters."));
}

/// <summary>
/// Inside the command's transaction: the outcome is kept with what it brought about, so after a crash either both are there or neither.
/// The same key with the same message gives that outcome again, and the route makes the same answer of it; a refusal is not kept, for it changed nothing.
/// </summary>
internal sealed class Idempotency<TRequest, TResponse>(IdempotencyKey key, Db db, Caller caller, TimeProvider clock) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommandMarker where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (key.Value is not { } value) return await next();
        key.Value = null;   // what the route sends beyond its first command is not what the key was given for
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Message = typeof(TRequest).Name, request }, Json.Options)));
        try
        {
            if (await Kept(value, hash, ct) is (true, var kept)) return kept;
            var outcome = await next();
            if (outcome.Why is not null)
            {
                // The same request may have come in twice at once, and ours be refused for what the other one brought about.
                await db.Rollback();
                return await Kept(value, hash, ct) is (true, var theirs) ? theirs : outcome;
            }
            await db.Run(PlatformSql.KeepOutcome, new { caller.UserId, Key = value, RequestSha256 = hash, Outcome = JsonSerializer.Serialize(outcome, Json.Options), Now = clock.GetUtcNow().UtcDateTime }, ct);
            return outcome;
        }
        // A command that lost a race is run again, with its key; if the race was that the same request came in twice at once, it then finds what the other one kept.
        catch { key.Value = value; throw; }
    }

    private async Task<(bool Found, TResponse Outcome)> Kept(string value, string hash, CancellationToken ct)
    {
        if (await db.Find<Row>(PlatformSql.FindOutcome, new { caller.UserId, Key = value }, ct) is not { } row) return (false, default!);
        if (row.RequestSha256 != hash) return (true, TResponse.Refused(IdempotencyKey.Reused));
        key.Replayed = true;
        return (true, JsonSerializer.Deserialize<TResponse>(row.Outcome, Json.Options)!);
    }

    private sealed record Row
    {
        public required string RequestSha256 { get; init; }
        public required string Outcome { get; init; }
    }
}

/// <summary>Forgets what no retry can still ask for.</summary>
public sealed class IdempotencyJobs(IServiceScopeFactory scopes, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task Forget(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(PlatformSql.ForgetOutcomes, new { Before = clock.GetUtcNow().UtcDateTime - Kept }, ct);
    }
}
