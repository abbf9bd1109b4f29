using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>Why there is a new tree; what stands in <c>organization_tree.cause</c>.</summary>
internal static class TreeCause
{
    public const string Added = "added", Moved = "moved", Renamed = "renamed", Merged = "merged", Split = "split", Closed = "closed";
}

/// <summary>
/// Changes the tree: the present one (<c>organization</c>, <c>organization_ancestor</c>), the day's record (<c>organization_place</c>) and that of all months (<c>organization_path</c>).
/// Every change has a number of its own, for a row known from one tree on cannot be closed by the same.
/// </summary>
internal sealed class TreeChange(Db db, Caller caller, TimeProvider clock)
{
    public const long Still = long.MaxValue;
    public const int MaxNote = 500;
    /// <summary>Before the first month and after the last.</summary>
    public const string Ever = "0000-00", Never = "9999-99";

    private static readonly string[] PlaceColumns = ["place_id", "organization_id", "parent_id", "effective_on", "recorded_at", "recorded_by", "tree_no"];

    private readonly DateTime _now = clock.GetUtcNow().UtcDateTime;

    /// <summary>Before anything is read: whoever changes the tree or a name waits for whoever does already.</summary>
    public Task Hold(CancellationToken ct) => db.Run(OrganizationSql.HoldTree, null, ct);

    /// <param name="organizationId">Null when several move at once: their places name the tree.</param>
    /// <returns>The number of the tree that comes about.</returns>
    public async Task<long> Next(string cause, long? organizationId, long? otherId, DateOnly effectiveOn, string? note, CancellationToken ct)
    {
        var treeNo = await db.One<long>(TreeSql.NextNo, null, ct);
        await db.Run(TreeSql.Insert, new { TreeNo = treeNo, Cause = cause, OrganizationId = organizationId, OtherId = otherId, EffectiveOn = effectiveOn, Note = note, Now = _now, caller.UserId }, ct);
        return treeNo;
    }

    /// <summary>A new organization under a parent: in every month, for what it files of the past is its own; or in the months before a split under the one it comes from.</summary>
    /// <param name="from">Of a split: the organization it stood in, and the first month in which it no longer did.</param>
    /// <returns>False when the parent is not the caller's to see.</returns>
    public async Task<bool> Add(long treeNo, long organizationId, long parentId, OrganizationContent body, DateOnly effectiveOn, (long OrganizationId, string Month)? from, CancellationToken ct)
    {
        var args = new { OrganizationId = organizationId, ParentId = parentId, body.Kind, body.CreditCode, body.Name, body.NameEn, body.Region, body.IndustryDivision, Now = _now, TreeNo = treeNo, Still };
        if (await db.Run(OrganizationSql.Insert, args, ct) == 0) return false;
        await db.Run(OrganizationSql.InsertAncestors, args, ct);
        await db.Run(TreeSql.InsertName, args, ct);
        await db.Run(TreeSql.InsertSelf, args, ct);
        if (from is { } split) await db.Run(TreeSql.HangUnder, new { OrganizationId = organizationId, ParentId = split.OrganizationId, From = Ever, Until = split.Month, TreeNo = treeNo, Still }, ct);
        await db.Run(TreeSql.HangUnder, new { OrganizationId = organizationId, ParentId = parentId, From = from?.Month ?? Ever, Until = Never, TreeNo = treeNo, Still }, ct);
        await Place(treeNo, [organizationId], parentId, effectiveOn, ct);
        db.Record(new Change("organization", from is null ? "added" : "split", organizationId, organizationId, 1)
        {
            Fields = [.. Change.New(body).Select(f => f!.DeepClone()), Change.Field("parent", null, parentId)]
        });
        return true;
    }

    /// <summary>Hangs siblings, each with all below it, under another parent from the month of the day on.</summary>
    public async Task Move(long treeNo, IReadOnlyCollection<long> roots, long parentId, DateOnly effectiveOn, CancellationToken ct)
    {
        var args = new { RootIds = SqlList.Of(roots), ParentId = parentId, TreeNo = treeNo, Month = Month.Of(effectiveOn).ToString(), Still, Now = _now };
        await db.Run(OrganizationSql.Move, args, ct);
        await db.Run(OrganizationSql.CutAncestors, args, ct);
        await db.Run(OrganizationSql.JoinAncestors, args, ct);
        await db.Run(OrganizationSql.Relevel, args, ct);
        await db.Run(TreeSql.KeepBefore, args, ct);
        await db.Run(TreeSql.Cut, args, ct);
        await db.Run(TreeSql.Join, args, ct);
        await Place(treeNo, roots, parentId, effectiveOn, ct);
        foreach (var moved in await db.List<VersionRow>(OrganizationSql.VersionsOf, args, ct))
            db.Record(new Change("organization", "moved", moved.OrganizationId, moved.OrganizationId, moved.Version) { Fields = [Change.Field("parent", null, parentId), Change.Field("effectiveOn", null, effectiveOn)] });
    }

    public async Task Rename(long treeNo, long organizationId, OrganizationContent body, CancellationToken ct)
    {
        var args = new { OrganizationId = organizationId, TreeNo = treeNo, Still, body.Name, body.NameEn, body.CreditCode };
        await db.Run(TreeSql.CloseName, args, ct);
        await db.Run(TreeSql.InsertName, args, ct);
    }

    /// <param name="mergedInto">Who took it up; null when it was divided up.</param>
    public async Task Close(long organizationId, long? mergedInto, DateOnly on, CancellationToken ct)
    {
        await db.Run(OrganizationSql.Close, new { OrganizationId = organizationId, MergedInto = mergedInto, ClosedOn = on, Now = _now }, ct);
        var closed = await db.One<VersionRow>(OrganizationSql.VersionsOf, new { RootIds = SqlList.Of([organizationId]) }, ct);
        db.Record(new Change("organization", mergedInto is null ? "closed" : "merged", organizationId, organizationId, closed.Version)
        {
            Fields = [Change.Field("mergedInto", null, mergedInto), Change.Field("closedOn", null, on)]
        });
    }

    private sealed record VersionRow
    {
        public long OrganizationId { get; init; }
        public int Version { get; init; }
    }

    /// <summary>True when hanging the roots under it would close a circle in the month of the day or any after it, as now known.</summary>
    public async Task<bool> Circles(IReadOnlyCollection<long> roots, long parentId, DateOnly effectiveOn, CancellationToken ct) =>
        await db.One<int>(TreeSql.IsUnderSince, new { RootIds = SqlList.Of(roots), OrganizationId = parentId, Month = Month.Of(effectiveOn).ToString(), Still }, ct) > 0;

    /// <summary>The first day from which a change of these places can count: that of the last change before it, or the first day figures can be of.</summary>
    /// <param name="parties">Of a merger or split: the organization whose earlier ones must not come after this one; 0 for a move.</param>
    public Task<DateOnly> Earliest(IReadOnlyCollection<long> placed, long parties, CancellationToken ct) =>
        db.One<DateOnly>(TreeSql.LastChange, new { PlacedIds = SqlList.Of(placed), OrganizationId = parties, First = Month.First.FirstDay }, ct);

    private async Task Place(long treeNo, IReadOnlyCollection<long> organizations, long parentId, DateOnly effectiveOn, CancellationToken ct)
    {
        var rows = new List<object?[]>(organizations.Count);
        foreach (var organizationId in organizations) rows.Add([await db.NextId(ct), organizationId, parentId, effectiveOn, _now, caller.UserId, treeNo]);
        await db.Append("organization_place", PlaceColumns, rows, ct);
    }
}
