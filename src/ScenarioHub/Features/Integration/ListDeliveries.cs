using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>Every attempt of the last 30 days, the newest first. Refused with <c>webhook-not-found</c>.</summary>
/// <param name="Change">Only attempts at this change.</param>
/// <param name="Failed">True: only those that were no success; false: only those that were.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListDeliveries(long WebhookId, long? Change, bool? Failed, int? Limit, string? After) : IQuery<Page<DeliveryView>>;

/// <summary>One attempt to send one message.</summary>
public sealed record DeliveryView
{
    /// <summary>1 for the first attempt of the webhook, and so on.</summary>
    public long No { get; init; }
    /// <summary>Number of the change in the feed; null of a test.</summary>
    public long? Change { get; init; }
    /// <summary>The webhook-id it was sent with: the same at every attempt.</summary>
    public required string MessageId { get; init; }
    public required string Type { get; init; }
    /// <summary>1 for the first attempt at this message, up to 10; a replay begins again.</summary>
    public int Attempt { get; init; }
    public DateTime At { get; init; }
    public int DurationMs { get; init; }
    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }
    public bool Delivered { get; init; }
    /// <summary>status, redirect, timedOut, nameNotFound, connectionFailed, tlsFailed, badAnswer or addressNotAllowed; null when it was delivered.</summary>
    public string? Error { get; init; }
    /// <summary>The same for a person.</summary>
    public string? Detail { get; init; }
    /// <summary>The beginning of the answer's body.</summary>
    public string? Answer { get; init; }
    /// <summary>When it is tried again; null when it was delivered, was tried again already, or is not tried any more.</summary>
    public DateTime? NextAttemptAt { get; init; }

    internal DeliveryView Worded() => this with { Delivered = Error is null, Detail = Error is { } error ? WebhookError.Of(error, Status).ToString() : null };
}

internal sealed class ListDeliveriesValidator : AbstractValidator<ListDeliveries>
{
    public ListDeliveriesValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class ListDeliveriesHandler(Db db) : IRequestHandler<ListDeliveries, Result<Page<DeliveryView>>>
{
    public async Task<Result<Page<DeliveryView>>> Handle(ListDeliveries request, CancellationToken ct)
    {
        if (!Cursor.TryRead<DeliveryView, long>(request.After, out var before)) return Cursor.Bad;
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is null) return WebhookRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<DeliveryView>(WebhookSql.Attempts, new
        {
            request.WebhookId,
            ChangeNo = request.Change,
            IsFailed = request.Failed,
            BeforeNo = request.After is null ? long.MaxValue : before,
            Take = limit + 1
        }, ct);
        return Cursor.Page(rows.Select(r => r.Worded()).ToList(), limit, r => r.No);
    }
}
