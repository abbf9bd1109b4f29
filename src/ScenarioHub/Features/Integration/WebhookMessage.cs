using System.Globalization;
using System.Text.Json;
using ScenarioHub.Features.Collections;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Integration;

/// <summary>What is sent: that something changed, not what it says now. Whoever wants to know asks, with his own rights.</summary>
/// <param name="Type"><c>{kind}.{action}</c>, such as <c>scenario.approved</c>.</param>
/// <param name="Timestamp">When it happened; when it is sent stands in <c>webhook-timestamp</c>.</param>
public sealed record WebhookMessage(string Type, DateTime Timestamp, WebhookData Data)
{
    public const string TestType = "webhook.test";

    /// <summary>The same at every attempt and every replay, and of no other change of any tenant; without a full stop, as the convention asks.</summary>
    public static string IdOf(long tenantId, long changeNo) => string.Create(CultureInfo.InvariantCulture, $"chg_{tenantId}_{changeNo}");

    internal byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
}

/// <param name="Change">Number in the change feed, rising by time; null in a test.</param>
/// <param name="Id">Of what changed.</param>
/// <param name="Code">Of a scenario or a goal; of a filing its scenario's; of an organization its credit code.</param>
/// <param name="Version">It has since the change, if it has versions.</param>
/// <param name="Period">The month, of a filing.</param>
/// <param name="Link">Path of the API where it is read now; null when it has none.</param>
public sealed record WebhookData(long? Change, string Kind, string Action, long Id, string? Code, int? Version, string? Period, string? Link);

/// <summary>A change as a webhook sees it.</summary>
internal sealed record FeedRow
{
    public long ChangeNo { get; init; }
    public DateTime OccurredAt { get; init; }
    public required string Kind { get; init; }
    public required string Action { get; init; }
    public long EntityId { get; init; }
    public int? Version { get; init; }
    public string? Period { get; init; }
    public long? ScenarioId { get; init; }
    public string? Code { get; init; }

    public WebhookMessage Message => new($"{Kind}.{Action}", OccurredAt, new(ChangeNo, Kind, Action, EntityId, Code, Version, Period, ScenarioId is { } scenario && Period is not null ? string.Create(CultureInfo.InvariantCulture, $"/api/v1/scenarios/{scenario}/filings/{Period}") : ChangeKind.Find(Kind)?.Link(EntityId)));
}

/// <summary>The change feed as one webhook sees it: its subtree, its kinds and actions.</summary>
internal sealed class WebhookFeed(Db db)
{
    public Task<IReadOnlyList<FeedRow>> Read(long organizationId, string? kinds, string? actions, long afterNo, long throughNo, CancellationToken ct) =>
        db.List<FeedRow>(WebhookSql.Feed, new { OrganizationId = organizationId, KindCodes = Codes(kinds) ?? AllKinds, ActionCodes = Codes(actions), AfterNo = afterNo, ThroughNo = throughNo }, ct);

    // Without a filter, all there are: what is no kind of the feed is told to nobody.
    public static readonly string AllKinds = SqlList.Of(ChangeKind.All.Select(k => k.Code));

    private static string? Codes(string? kept) => CodeText.Codes(kept) is { } codes ? SqlList.Of(codes) : null;
}

/// <summary>The log of attempts.</summary>
internal static class WebhookLog
{
    /// <summary>Inside a transaction.</summary>
    public static async Task Write(Db db, long webhookId, long? changeNo, string messageId, string type, int attempt, DateTime at, WebhookAnswer answer, CancellationToken ct)
    {
        var row = new
        {
            WebhookId = webhookId,
            ChangeNo = changeNo,
            MessageId = messageId,
            Type = type,
            Attempt = attempt,
            AttemptedAt = at,
            answer.DurationMs,
            answer.Status,
            answer.Error,
            Answer = answer.Excerpt
        };
        await db.Run(WebhookSql.NoteAttempt, row, ct);
        await db.Run(WebhookSql.InsertAttempt, row, ct);
    }
}
