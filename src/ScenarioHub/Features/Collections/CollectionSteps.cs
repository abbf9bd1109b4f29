using System.Text.Json.Nodes;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>Common to all that is done with a collection: may the caller, is it in the right state, and the row that says it was done.</summary>
internal sealed class CollectionSteps(Db db, Caller caller, TimeProvider clock)
{
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public DateOnly Today { get; } = clock.Today();

    private readonly List<JsonNode?> _differing = [];

    /// <summary>What a revision changes, for the audit; said before the step is.</summary>
    public void Differs(CollectionContent before, CollectionContent after) => _differing.AddRange(Change.Between(before, after).Select(f => f!.DeepClone()));

    /// <summary>The collection, held until the end of the transaction so that nobody else moves it meanwhile.</summary>
    public async Task<Result<CollectionRow>> Open(long collectionId, CancellationToken ct)
    {
        await db.Run(CollectionSql.Hold, new { CollectionId = collectionId }, ct);
        if (await db.Find<CollectionRow>(CollectionSql.Find, new { CollectionId = collectionId }, ct) is not { } found) return CollectionRefusal.NotFound;
        return found.IsYours > 0 ? found : CollectionRefusal.AboveYou;
    }

    /// <summary>Writes the row as it is to be, with what the clock has to do next; <paramref name="from"/> is the first day it looks at.</summary>
    public async Task<CollectionRow> Save(CollectionRow row, DateOnly from, CancellationToken ct, bool newVersion = true)
    {
        var saved = row with { NextOn = CollectionRule.NextOn(row, from), Version = newVersion ? row.Version + 1 : row.Version };
        var written = await db.Run(CollectionSql.Save, new
        {
            saved.CollectionId,
            saved.Name,
            saved.Note,
            saved.FirstPeriod,
            saved.LastPeriod,
            saved.OrganizationId,
            saved.Sectors,
            saved.Measures,
            saved.ExtraMeasures,
            saved.State,
            saved.OpensOn,
            saved.DueOn,
            saved.LocksOn,
            saved.RemindDays,
            saved.NextOn,
            NewVersion = saved.Version,
            row.Version,
            Now
        }, ct);
        return written == 1 ? saved : throw new InvalidOperationException("A collection that is held changes under nobody's hands.");
    }

    /// <summary>A step that is done with its command.</summary>
    public Task Done(long collectionId, string kind, string? reason, long touched, CancellationToken ct, long? organizationId = null) =>
        Write(collectionId, kind, reason, touched, Now, organizationId, ct);

    /// <summary>A step that touches many rows, to be worked off by <see cref="AdvanceCollection"/>.</summary>
    public Task Begin(long collectionId, string kind, string? reason, CancellationToken ct, long? organizationId = null) =>
        Write(collectionId, kind, reason, 0, null, organizationId, ct);

    private async Task Write(long collectionId, string kind, string? reason, long touched, DateTime? finishedAt, long? organizationId, CancellationToken ct)
    {
        var place = await db.One<PlaceOf>(CollectionSql.PlaceOf, new { CollectionId = collectionId }, ct);
        db.Record(new Change("collection", kind, collectionId, place.OrganizationId, place.Version)
        {
            Fields = [.. reason is null ? [] : new[] { Change.Field("reason", null, reason) }, .. organizationId is null ? [] : new[] { Change.Field("organization", null, organizationId) }, .. _differing]
        });
        _differing.Clear();   // of the revision, not of the step it may begin
        await db.Run(CollectionSql.InsertStep, new
        {
            CollectionId = collectionId,
            Kind = kind,
            OrganizationId = organizationId,
            OnDay = Today,
            Reason = reason,
            Touched = touched,
            caller.UserId,
            Now,
            FinishedAt = finishedAt
        }, ct);
    }

    private sealed record PlaceOf
    {
        public long OrganizationId { get; init; }
        public int Version { get; init; }
    }

    /// <summary>Reasons are part of the record: 1 to 500 characters.</summary>
    public static Result<string> Reason(string? given)
    {
        var reason = given?.Trim() ?? "";
        if (reason.Length == 0) return Refusal.Field("required", "/reason", new("请填写原因。", "Give the reason."));
        return reason.Length <= CollectionRule.MaxText ? reason : Refusal.Field("maximum-length", "/reason", new(
            $"共 {reason.Length} 字,最多 {CollectionRule.MaxText} 字。", $"{reason.Length} characters; at most {CollectionRule.MaxText}."));
    }
}
