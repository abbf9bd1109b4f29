using FluentValidation;
using MediatR;
using ScenarioHub.Features.Collections;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>One webhook, with its secrets but not what they are. Refused with <c>webhook-not-found</c>.</summary>
public sealed record GetWebhook(long WebhookId) : IQuery<WebhookView>;

/// <summary>Webhooks of organizations of the caller's subtree, the oldest first.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListWebhooks(int? Limit, string? After) : IQuery<Page<WebhookView>>;

/// <summary>A webhook and how it fares.</summary>
public sealed record WebhookView
{
    public long Id { get; init; }
    public required string Url { get; init; }
    public string? Description { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    /// <summary>Null is all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }
    /// <summary>Null is all.</summary>
    public IReadOnlyList<string>? Actions { get; init; }
    public bool On { get; init; }
    /// <summary>Why it is off; null while it is on.</summary>
    public WebhookOffView? Off { get; init; }
    /// <summary>All changes up to this number were sent, set aside or are none of its own.</summary>
    public long SentUpTo { get; init; }
    /// <summary>How many numbers of the change feed it has not come to yet, those that are none of its own among them.</summary>
    public long Behind { get; init; }
    /// <summary>How many changes failed and are tried again.</summary>
    public int Waiting { get; init; }
    /// <summary>How many changes failed for good in the last 30 days; see replay.</summary>
    public int Failed { get; init; }
    /// <summary>Since when nothing got through; null while all is well.</summary>
    public DateTime? FailingSince { get; init; }
    public DateTime? LastSuccessAt { get; init; }
    public DateTime? LastAttemptAt { get; init; }
    /// <summary>Those that sign at present, the newest first; null in a list.</summary>
    public IReadOnlyList<WebhookSecretView>? Secrets { get; init; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; init; }
}

/// <param name="Reason">byPerson, gone, failing, secretUnreadable or cut.</param>
/// <param name="Detail">The same for a person.</param>
public sealed record WebhookOffView(string Reason, string Detail, DateTime At);

/// <summary>A secret, without itself.</summary>
public sealed record WebhookSecretView
{
    public long No { get; init; }
    public DateTime CreatedAt { get; init; }
    /// <summary>Until when it still signs beside a newer one; null for the newest.</summary>
    public DateTime? EndsAt { get; init; }
}

internal sealed record WebhookRow
{
    public long Id { get; init; }
    public required string Url { get; init; }
    public string? Description { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public string? Kinds { get; init; }
    public string? Actions { get; init; }
    public required string State { get; init; }
    public string? OffReason { get; init; }
    public DateTime? OffAt { get; init; }
    public long CheckpointNo { get; init; }
    public long HeadNo { get; init; }
    public int Waiting { get; init; }
    public int Failed { get; init; }
    public DateTime? FailingSince { get; init; }
    public DateTime? LastSuccessAt { get; init; }
    public DateTime? LastAttemptAt { get; init; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; init; }

    public WebhookContent Content => new(Url, Description, OrganizationId, CodeText.Codes(Kinds), CodeText.Codes(Actions), State == WebhookState.On);

    public WebhookView View() => new()
    {
        Id = Id,
        Url = Url,
        Description = Description,
        OrganizationId = OrganizationId,
        OrganizationName = OrganizationName,
        Kinds = CodeText.Codes(Kinds),
        Actions = CodeText.Codes(Actions),
        On = State == WebhookState.On,
        Off = OffReason is { } reason ? new(reason, WebhookOff.Of(reason).ToString(), OffAt!.Value) : null,
        SentUpTo = CheckpointNo,
        Behind = Math.Max(0, HeadNo - CheckpointNo),
        Waiting = Waiting,
        Failed = Failed,
        FailingSince = FailingSince,
        LastSuccessAt = LastSuccessAt,
        LastAttemptAt = LastAttemptAt,
        CreatedAt = CreatedAt,
        Version = Version
    };
}

internal sealed class ListWebhooksValidator : AbstractValidator<ListWebhooks>
{
    public ListWebhooksValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetWebhookHandler(Db db, TimeProvider clock) : IRequestHandler<GetWebhook, Result<WebhookView>>, IRequestHandler<ListWebhooks, Result<Page<WebhookView>>>
{
    public async Task<Result<WebhookView>> Handle(GetWebhook request, CancellationToken ct) =>
        await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is { } row
            ? row.View() with { Secrets = await db.List<WebhookSecretView>(WebhookSql.Secrets, new { request.WebhookId, Now = clock.GetUtcNow().UtcDateTime }, ct) }
            : WebhookRefusal.NotFound;

    public async Task<Result<Page<WebhookView>>> Handle(ListWebhooks request, CancellationToken ct)
    {
        if (!Cursor.TryRead<WebhookView, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<WebhookRow>(WebhookSql.List, new { AfterId = after, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(r => r.View()).ToList(), limit, w => w.Id);
    }
}
