using System.Text.Json.Nodes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// What submit, approve, return, withdraw and retire have in common. The read finds the row and words the refusals; who comes first is decided by
/// the UPDATE with state and version in its WHERE, and by nothing before it.
/// </summary>
internal static class ScenarioStep
{
    /// <summary>The row, if it is the caller's to see, in one of the states and at the version.</summary>
    public static async Task<Result<ScenarioRow>> Open(Db db, long scenarioId, int? version, IReadOnlyList<string> states, Func<string, Refusal> otherwise, CancellationToken ct)
    {
        if (await db.Find<ScenarioRow>(ScenarioSql.Find, new { ScenarioId = scenarioId }, ct) is not { } row) return ScenarioRefusal.NotFound;
        // The state first: who comes second is to learn that it was decided, not that his copy is old.
        if (!states.Contains(row.State)) return otherwise(row.State);
        if (version is not { } based) return Refusal.VersionMissing;
        return based == row.Version ? row : Refusal.Stale(row.Version);
    }

    /// <summary>Words the refusal when the UPDATE found no row: somebody else came first.</summary>
    public static async Task<Refusal> Lost(Db db, ScenarioRow row, IReadOnlyList<string> states, Func<string, Refusal> otherwise, CancellationToken ct) =>
        (await Open(db, row.ScenarioId, row.Version, states, otherwise, ct)).Why ?? Refusal.Stale(row.Version + 1);

    /// <summary>A change of state without a change of content.</summary>
    public static async Task<Result<ScenarioSaved>> Take(
        Db db, Caller caller, DateTime now, ScenarioRow row, string state, string what, string? reason, Func<string, Refusal> otherwise, CancellationToken ct)
    {
        var written = await db.Run(ScenarioSql.ChangeState, new { row.ScenarioId, row.Version, Expected = row.State, State = state, ReturnReason = what == ScenarioEvent.Returned ? reason : null, Now = now }, ct);
        if (written == 0) return await Lost(db, row, [row.State], otherwise, ct);
        await ScenarioHistory.Append(db, caller, now, row.ScenarioId, row.Version + 1, what, state, reason, new JsonArray(), row.Content(), ct);
        return new ScenarioSaved(row.ScenarioId, row.Code, row.Version + 1, state, ScenarioSaved.Updated);
    }

    /// <summary>A reason somebody must be able to read: 1 to 500 characters.</summary>
    public static Refusal? ReasonMissing(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Field(ScenarioFinding.Required, "/reason", new("请填写原因。", "Give the reason."))
        : reason.Length > ScenarioLimit.Reason ? Refusal.Field(ScenarioFinding.TooLong, "/reason", new(
            $"原因最多 {ScenarioLimit.Reason} 个字符,现有 {reason.Length} 个。", $"The reason may have at most {ScenarioLimit.Reason} characters and has {reason.Length}."))
        : null;
}
