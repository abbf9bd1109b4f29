using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

/// <summary>Every version of a scenario, newest first: who, when, why, and which fields went from what to what. Refused with <c>scenario-not-found</c>.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record GetScenarioHistory(long ScenarioId, int? Limit, string? After) : IQuery<Page<ScenarioVersionView>>;

/// <param name="Event">registered, revised, keysAdded, submitted, approved, returned, withdrawn, retired, merged or split.</param>
/// <param name="State">The state after it.</param>
/// <param name="Reason">Of a return or retirement; the note of a merger or split.</param>
/// <param name="UserName">Display name of who did it.</param>
/// <param name="At">UTC.</param>
/// <param name="Changes">Empty for a mere change of state.</param>
public sealed record ScenarioVersionView(int Version, string Event, string State, string? Reason, long UserId, string? UserName, DateTime At, IReadOnlyList<FieldChange> Changes);

/// <param name="Field">Its name in the API.</param>
/// <param name="Label">Its name in the language of the request.</param>
/// <param name="From">The value before; null when it was not given.</param>
/// <param name="To">The value after; null when it was taken away.</param>
public sealed record FieldChange(string Field, string Label, JsonElement? From, JsonElement? To);

internal sealed class GetScenarioHistoryValidator : AbstractValidator<GetScenarioHistory>
{
    public GetScenarioHistoryValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetScenarioHistoryHandler(Db db, ReferenceCatalog catalog) : IRequestHandler<GetScenarioHistory, Result<Page<ScenarioVersionView>>>
{
    public async Task<Result<Page<ScenarioVersionView>>> Handle(GetScenarioHistory request, CancellationToken ct)
    {
        if (!Cursor.TryRead<ScenarioVersionView, int>(request.After, out var before)) return Cursor.Bad;
        if (await db.Find<ScenarioRow>(ScenarioSql.Find, new { request.ScenarioId }, ct) is null) return ScenarioRefusal.NotFound;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var rows = await db.List<Row>(ScenarioSql.History, new { request.ScenarioId, Before = request.After is null ? int.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page(rows.Select(View).ToList(), limit, v => v.Version);
    }

    private ScenarioVersionView View(Row row) => new(row.Version, row.Event, row.State, row.Reason, row.UserId, row.UserName, row.At,
        [.. JsonSerializer.Deserialize<Stored[]>(row.Changes, StoredJson.Options)!.Select(c => new FieldChange(c.Field, Label(c.Field), c.From, c.To))]);

    private string Label(string json) => json switch
    {
        "measures" => Language.Pick("成效指标", "Measures"),
        "externalKeys" => Language.Pick("外部键", "External keys"),
        _ => catalog.FindFieldByJson(json) is { } field ? Language.Pick(field.NameZh, field.NameEn) : json
    };

    private sealed record Stored(string Field, JsonElement? From, JsonElement? To);

    private sealed record Row
    {
        public int Version { get; init; }
        public required string Event { get; init; }
        public required string State { get; init; }
        public string? Reason { get; init; }
        public required string Changes { get; init; }
        public long UserId { get; init; }
        public string? UserName { get; init; }
        public DateTime At { get; init; }
    }
}
