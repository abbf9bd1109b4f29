using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>What became of one scenario that was sent.</summary>
/// <param name="Outcome">created, updated, or unchanged when it said nothing new.</param>
/// <param name="Version">Its version now.</param>
public sealed record ScenarioSaved(long Id, string Code, int Version, string State, string Outcome)
{
    public const string Created = "created", Updated = "updated", Unchanged = "unchanged";
}

/// <summary>
/// Writes the working copy: one path for the form, the machine door and the batch, so that all three find the same things wrong.
/// A refusal leaves nothing written but for <c>external-key-race</c>, which asks for the whole transaction to be undone.
/// </summary>
internal sealed partial class ScenarioRegister(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock)
{
    private readonly Dictionary<string, OrganizationRow?> _organizations = new(StringComparer.Ordinal);

    // What Preload read, so that saving many asks nothing one by one; kept in step with what this register itself writes.
    private readonly Dictionary<ExternalKey, long?> _idByKey = [];
    private readonly Dictionary<string, long?> _idByCode = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ScenarioRow> _rows = [];
    private readonly Dictionary<long, ExternalKey[]> _keys = [];

    /// <summary>Reads all that saving these will ask for, by a handful of statements however many they are.</summary>
    public async Task Preload(IReadOnlyList<ScenarioBody> bodies, CancellationToken ct)
    {
        foreach (var source in bodies.SelectMany(b => b.ExternalKeys ?? []).Where(k => k is not null && k.Key.Length <= ScenarioLimit.ExternalKey).Distinct().GroupBy(k => k.Source))
        {
            foreach (var key in source) _idByKey[key] = null;
            foreach (var found in await db.List<NamedRow>(ScenarioSql.IdsByKeys, new { Source = source.Key, ExternalKeyTexts = SqlList.Of(source.Select(k => k.Key)) }, ct)) _idByKey[new(source.Key, found.Name)] = found.ScenarioId;
        }
        string[] codes = [.. bodies.Select(b => b.Code).OfType<string>().Where(c => !string.IsNullOrWhiteSpace(c) && c.Length <= 64).Distinct()];
        foreach (var code in codes) _idByCode[code] = null;
        if (codes.Length > 0)
            foreach (var found in await db.List<NamedRow>(ScenarioSql.IdsByCodes, new { ScenarioCodes = SqlList.Of(codes) }, ct)) _idByCode[found.Name] = found.ScenarioId;
        var ids = new { ScenarioIds = SqlList.Of(_idByKey.Values.Concat(_idByCode.Values).OfType<long>().Distinct()) };
        if (ids.ScenarioIds != "[]")
        {
            foreach (var row in await db.List<ScenarioRow>(ScenarioSql.FindMany, ids, ct)) _rows[row.ScenarioId] = row;
            foreach (var of in (await db.List<KeyOfRow>(ScenarioSql.KeysOfMany, ids, ct)).GroupBy(k => k.ScenarioId)) _keys[of.Key] = [.. of.Select(k => new ExternalKey(k.Source, k.ExternalKey))];
        }
        string[] organizations = [.. bodies.Select(b => b.Organization).OfType<string>().Where(o => !string.IsNullOrWhiteSpace(o) && o.Length <= 64 && (OrganizationReference.IdOf(o) is not { } id || id.ToString(CultureInfo.InvariantCulture) == o)).Distinct()];
        foreach (var organization in organizations) _organizations[organization] = null;
        var byId = organizations.Select(OrganizationReference.IdOf).OfType<long>().ToArray();
        if (byId.Length > 0)
            foreach (var found in await db.List<OrganizationRow>(ScenarioSql.OrganizationsByIds, new { OrganizationIds = SqlList.Of(byId) }, ct))
                _organizations[found.OrganizationId.ToString(CultureInfo.InvariantCulture)] = found;
        string[] byCode = [.. organizations.Where(o => OrganizationReference.IdOf(o) is null)];
        if (byCode.Length > 0)
            foreach (var found in await db.List<OrganizationRow>(ScenarioSql.OrganizationsByCreditCodes, new { CreditCodes = SqlList.Of(byCode) }, ct)) _organizations[found.CreditCode!] = found;
    }

    private async ValueTask<long?> IdByKey(ExternalKey key, CancellationToken ct) => _idByKey.TryGetValue(key, out var known) ? known : await db.Find<long?>(ScenarioSql.FindIdByKey, key, ct);

    private async ValueTask<long?> IdByCode(string code, CancellationToken ct) => _idByCode.TryGetValue(code, out var known) ? known : await db.Find<long?>(ScenarioSql.FindIdByCode, new { Code = code }, ct);

    public async Task<Result<ScenarioSaved>> Register(ScenarioContent sent, IReadOnlyList<ExternalKey>? keys, CancellationToken ct)
    {
        var content = ScenarioChanges.Tidy(sent);
        var (findings, organizationId) = await Check(content, keys, standing: null, ct);
        if (findings.Count > 0) return Refusal.Invalid(findings);
        foreach (var key in keys ?? [])
            if (await IdByKey(key, ct) is not null) return ScenarioRefusal.KeyTaken(key);

        content = content with { Organization = organizationId!.Value.ToString(CultureInfo.InvariantCulture) };
        var (scenarioId, now) = (await db.NextId(ct), clock.GetUtcNow().UtcDateTime);
        for (; ; )
        {
            var coded = content.Code is null ? content with { Code = await NextCode(content, ct) } : content;
            var row = ScenarioRow.Of(scenarioId, organizationId.Value, ScenarioState.Draft, 1, coded);
            if (await Write(ScenarioSql.Insert, row, expected: null, now, ct) is null)
            {
                if (await Clash(row, ct) is not { } clash) continue; // whoever held it has given up meanwhile
                // Somebody gave by hand what the counter came to: take the next number.
                if (clash.Code == "scenario-code-taken" && content.Code is null) continue;
                // Or the very same was sent twice at once, and the other has our key by now: then it is no clash of names.
                foreach (var key in keys ?? [])
                    if (await db.Find<long?>(ScenarioSql.FindIdByKey, key, ct) is not null) return ScenarioRefusal.KeyRace;
                return clash;
            }
            foreach (var key in (keys ?? []).Distinct())
                if (!await AddKey(scenarioId, key, ct)) return ScenarioRefusal.KeyRace;
            var changes = ScenarioChanges.Between(null, coded);
            if (keys is { Count: > 0 }) changes.Add(ScenarioChanges.Change("externalKeys", null, JsonSerializer.SerializeToNode(keys, StoredJson.Options)));
            await ScenarioHistory.Append(db, caller, now, scenarioId, 1, ScenarioEvent.Registered, ScenarioState.Draft, null, changes, coded, ct);
            return new ScenarioSaved(scenarioId, coded.Code!, 1, ScenarioState.Draft, ScenarioSaved.Created);
        }
    }

    /// <param name="now">The row the change is based on, read in this transaction.</param>
    public async Task<Result<ScenarioSaved>> Revise(ScenarioRow now, ScenarioContent sent, IReadOnlyList<ExternalKey>? keys, CancellationToken ct)
    {
        var before = now.Content();
        var content = ScenarioChanges.Tidy(sent);
        if (content.Code is null) content = content with { Code = now.Code };
        var known = _keys.TryGetValue(now.ScenarioId, out var keysRead) ? keysRead : [.. (await db.List<KeyRow>(ScenarioSql.KeysOf, new { now.ScenarioId }, ct)).Select(k => new ExternalKey(k.Source, k.ExternalKey))];
        var added = (keys ?? []).Where(k => !known.Contains(k)).Distinct().ToArray();
        var (findings, organizationId) = await Check(content, keys, now, ct);
        if (organizationId is { } found) content = content with { Organization = found.ToString(CultureInfo.InvariantCulture) };
        var changes = ScenarioChanges.Between(before, content);
        // The same again is no change in any state: a machine that repeats itself is told what stands.
        if (changes.Count == 0 && added.Length == 0) return new ScenarioSaved(now.ScenarioId, now.Code, now.Version, now.State, ScenarioSaved.Unchanged);
        if (now.State == ScenarioState.Retired) return ScenarioRefusal.IsRetired;
        if (changes.Count > 0 && now.State == ScenarioState.Submitted) return ScenarioRefusal.UnderReview;
        if (findings.Count > 0) return Refusal.Invalid(findings);
        if (now.ApprovedVersion is not null && organizationId != now.OrganizationId) return ScenarioRefusal.OrganizationFixed;
        if (now.ApprovedVersion is not null && content.Code != now.Code) return ScenarioRefusal.CodeFixed;
        foreach (var key in added)
            if (await IdByKey(key, ct) is not null) return ScenarioRefusal.KeyTaken(key);

        var at = clock.GetUtcNow().UtcDateTime;
        var state = changes.Count > 0 ? ScenarioState.Draft : now.State;
        var row = ScenarioRow.Of(now.ScenarioId, organizationId!.Value, state, now.Version, content);
        switch (await Write(ScenarioSql.Revise, row, now.State, at, ct))
        {
            case null: return await Clash(row, ct) ?? Refusal.Stale(now.Version + 1);
            case 0: return Refusal.Stale(now.Version + 1);
        }
        foreach (var key in added)
            if (!await AddKey(now.ScenarioId, key, ct)) return ScenarioRefusal.KeyRace;
        var what = changes.Count > 0 ? ScenarioEvent.Revised : ScenarioEvent.KeysAdded;
        if (added.Length > 0) changes.Add(ScenarioChanges.Change("externalKeys", KeysNode(known), KeysNode([.. known, .. added])));
        await ScenarioHistory.Append(db, caller, at, now.ScenarioId, now.Version + 1, what, state, null, changes, content, ct);
        return new ScenarioSaved(now.ScenarioId, content.Code!, now.Version + 1, state, ScenarioSaved.Updated);
    }

    /// <summary>Creates or updates: the scenario that has one of the keys; else the one that has the code; else a new one.</summary>
    /// <param name="version">When given, the version the change must be based on.</param>
    public async Task<Result<ScenarioSaved>> Save(ScenarioContent sent, IReadOnlyList<ExternalKey>? keys, int? version, CancellationToken ct)
    {
        long? scenarioId = null;
        ExternalKey? byKey = null;
        foreach (var key in keys ?? [])
            if (key is not null && await IdByKey(key, ct) is { } owner)
            {
                if (scenarioId is { } other && other != owner) return ScenarioRefusal.KeyTaken(key);
                (scenarioId, byKey) = (owner, key);
            }
        if (byKey is null && !string.IsNullOrWhiteSpace(sent.Code)) scenarioId = await IdByCode(sent.Code, ct);
        if (scenarioId is null) return version is null ? await Register(sent, keys, ct) : Refusal.Stale(0);
        // Taken, and not the caller's to see: he learns that the name is in use, and nothing else.
        if ((_rows.TryGetValue(scenarioId.Value, out var read) ? read : await db.Find<ScenarioRow>(ScenarioSql.Find, new { ScenarioId = scenarioId }, ct)) is not { } row)
            return byKey is not null ? ScenarioRefusal.KeyTaken(byKey) : ScenarioRefusal.CodeTaken(sent.Code);
        if (version is { } based && based != row.Version) return Refusal.Stale(row.Version);
        return await Revise(row, sent, keys, ct);
    }

    /// <summary>All that is wrong with it at once: the dictionary, the organization, the keys, and the stage against what was approved.</summary>
    private async Task<(List<FieldProblem> Findings, long? OrganizationId)> Check(ScenarioContent content, IReadOnlyList<ExternalKey>? keys, ScenarioRow? standing, CancellationToken ct)
    {
        var findings = rules.Validate(content).Problems().ToList();
        long? organizationId = null;
        if (!string.IsNullOrWhiteSpace(content.Organization))
        {
            var organization = await OrganizationOf(content.Organization, ct);
            organizationId = organization?.OrganizationId;
            if (organization is { ClosedOn: { } closed }) Found("organization", ScenarioFinding.ClosedOrganization, new(
                $"单位“{organization.Name}”已于 {closed:yyyy-MM-dd} 因重组关闭,请填写承接单位。", $"“{organization.Name}” was closed by a reorganization on {closed:yyyy-MM-dd}; name the organization that took it up."));
            if (organizationId is null) Found("organization", ScenarioFinding.UnknownOrganization, new(
                $"没有找到单位“{content.Organization}”,或不在您的权限范围内;请填写单位 id 或统一社会信用代码。", $"There is no organization “{content.Organization}” within what you may see; give its id or credit code."));
        }
        // Forward only from what the regulator accepted: before that a wrong stage is a slip of the pen and may be put right.
        if (standing is { ApprovedStage: { } former, ApprovedStageSince: { } formerSince } && Stage.Rank(content.Stage) >= 0)
        {
            if (Stage.Rank(content.Stage) < Stage.Rank(former)) Found("stage", ScenarioFinding.StageBackwards, new(
                $"阶段不能从已核定的“{catalog.FindItem("stage", former)!.NameZh}”退回“{catalog.FindItem("stage", content.Stage)!.NameZh}”。", $"The stage cannot go back from {former}, which was approved, to {content.Stage}."));
            else if (content.StageSince < formerSince) Found("stageSince", ScenarioFinding.StageSince, new(
                $"阶段起始日期 {content.StageSince:yyyy-MM-dd} 早于上一阶段的起始日期 {formerSince:yyyy-MM-dd}。", $"Stage since is {content.StageSince:yyyy-MM-dd}, before {formerSince:yyyy-MM-dd}, when the stage before began."));
        }
        if (keys?.Count > ScenarioLimit.ExternalKeys)
            Found("externalKeys", ScenarioFinding.TooManyEntries, new($"外部键最多 {ScenarioLimit.ExternalKeys} 个。", $"There may be at most {ScenarioLimit.ExternalKeys} external keys."));
        for (var i = 0; i < (keys?.Count ?? 0); i++)
        {
            if (keys![i] is not { } key) Found($"externalKeys/{i}", ScenarioFinding.Required, new("此处须为一个外部键,不能为 null。", "This must be an external key, not null."));
            else if (Misspelt(key) is var (part, words)) Found($"externalKeys/{i}/{part}", ScenarioFinding.KeySpelling, words);
        }
        return (findings, organizationId);

        void Found(string at, string code, Words words) => findings.Add(new(code, "/" + at, words.ToString()));
    }

    /// <summary>Which part of a key is spelt wrong, and how it is right; null when it is in order.</summary>
    public static (string Part, Words Right)? Misspelt(ExternalKey key) =>
        !SourceSpelling().IsMatch(key.Source) ? ("source", new("外部键的来源须为 1 至 32 个字母、数字或 . _ -。", "The source of an external key is 1 to 32 letters, digits, dots, underscores or hyphens."))
        : key.Key.Length is 0 or > ScenarioLimit.ExternalKey || key.Key != key.Key.Trim() || key.Key.Any(char.IsControl)
            ? ("key", new($"外部键须为 1 至 {ScenarioLimit.ExternalKey} 个字符,首尾无空格。", $"An external key is 1 to {ScenarioLimit.ExternalKey} characters without blanks at its ends."))
        : null;

    private async Task<OrganizationRow?> OrganizationOf(string reference, CancellationToken ct)
    {
        if (_organizations.TryGetValue(reference, out var known)) return known;
        return _organizations[reference] = OrganizationReference.IdOf(reference) is { } id
            ? await db.Find<OrganizationRow>(ScenarioSql.FindOrganizationById, new { OrganizationId = id }, ct)
            : await db.Find<OrganizationRow>(ScenarioSql.FindOrganizationByCreditCode, new { CreditCode = reference }, ct);
    }

    /// <summary><c>{province}-{division}-{year}-{number}</c>, such as 11-44-2026-0007.</summary>
    private async Task<string> NextCode(ScenarioContent content, CancellationToken ct)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{content.Region![..2]}-{content.IndustryDivision}-{clock.Today().Year}-");
        if (await db.Run(ScenarioSql.CountCodeUp, new { Prefix = prefix }, ct) == 0)
            try { await db.Run(ScenarioSql.StartCodeCounter, new { Prefix = prefix }, ct); }
            catch (DbException e) when (UniqueIndex.RefusedIt(e)) { await db.Run(ScenarioSql.CountCodeUp, new { Prefix = prefix }, ct); }
        return prefix + (await db.One<int>(ScenarioSql.LastCodeNumber, new { Prefix = prefix }, ct)).ToString("0000", CultureInfo.InvariantCulture);
    }

    /// <returns>Rows written; null when a unique index refused it.</returns>
    private async Task<int?> Write(SqlText sql, ScenarioRow row, string? expected, DateTime now, CancellationToken ct)
    {
        _rows.Remove(row.ScenarioId);
        _idByCode.Remove(row.Code);
        try
        {
            return await db.Run(sql, new
            {
                row.ScenarioId,
                row.OrganizationId,
                row.Code,
                row.Name,
                row.Kind,
                row.State,
                row.Stage,
                row.StageSince,
                row.IndustryDivision,
                row.Region,
                row.KeyAction,
                row.BusinessDomain,
                row.OpenScope,
                row.StrategicBatch,
                row.StateSecret,
                row.GoLiveOn,
                row.CapexTotalFen,
                row.OpexYearFen,
                row.CritStrategic,
                row.CritEconomic,
                row.CritLivelihood,
                row.Document,
                row.Version,
                Expected = expected,
                caller.UserId,
                Now = now
            }, ct);
        }
        catch (DbException e) when (UniqueIndex.RefusedIt(e)) { return null; }
    }

    private async Task<Refusal?> Clash(ScenarioRow row, CancellationToken ct)
    {
        var clash = await db.One<ClashRow>(ScenarioSql.Clashes, new { row.ScenarioId, row.OrganizationId, row.Code, row.Name }, ct);
        return clash.Names > 0 ? ScenarioRefusal.NameTaken(row.Name) : clash.Codes > 0 ? ScenarioRefusal.CodeTaken(row.Code) : null;
    }

    private async Task<bool> AddKey(long scenarioId, ExternalKey key, CancellationToken ct)
    {
        _idByKey[key] = scenarioId;
        _keys.Remove(scenarioId);
        try { return await db.Run(ScenarioSql.InsertKey, new { key.Source, key.Key, ScenarioId = scenarioId }, ct) == 1; }
        catch (DbException e) when (UniqueIndex.RefusedIt(e)) { return false; }
    }

    private static JsonNode? KeysNode(ExternalKey[] keys) => keys.Length == 0 ? null : JsonSerializer.SerializeToNode(keys, StoredJson.Options);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,32}\z")] private static partial Regex SourceSpelling();

    private sealed record OrganizationRow
    {
        public long OrganizationId { get; init; }
        public required string Name { get; init; }
        public DateOnly? ClosedOn { get; init; }
        public string? CreditCode { get; init; }
    }

    private sealed record NamedRow
    {
        public required string Name { get; init; }
        public long ScenarioId { get; init; }
    }

    private sealed record KeyOfRow
    {
        public long ScenarioId { get; init; }
        public required string Source { get; init; }
        public required string ExternalKey { get; init; }
    }

    private sealed record ClashRow
    {
        public int Codes { get; init; }
        public int Names { get; init; }
    }
}

internal sealed record KeyRow
{
    public required string Source { get; init; }
    public required string ExternalKey { get; init; }
}

/// <summary>The record of every event: who, when, which fields from what to what, and the content as it was then.</summary>
internal static class ScenarioHistory
{
    public static Task Append(Db db, Caller caller, DateTime now, long scenarioId, int version, string what, string state, string? reason, JsonArray changes, ScenarioContent content, CancellationToken ct)
    {
        // A new one differs from nothing in everything: its first version says it.
        db.Record(new Change("scenario", what, scenarioId, long.Parse(content.Organization!, CultureInfo.InvariantCulture), version) { Fields = version == 1 ? null : changes });
        return db.Run(ScenarioSql.InsertVersion, new
        {
            ScenarioId = scenarioId,
            Version = version,
            Event = what,
            State = state,
            Reason = reason,
            Changes = changes.ToJsonString(StoredJson.Options),
            Content = ScenarioChanges.Stored(content).ToJsonString(StoredJson.Options),
            caller.UserId,
            Now = now
        }, ct);
    }
}
