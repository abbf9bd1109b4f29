using System.Buffers.Text;
using System.Text.Json;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Ledger;

/// <summary>Everything that makes a cell what it is, so that it can be taken apart later and still be the same cell.</summary>
/// <param name="Measure">Code.</param>
/// <param name="Book">approved or filed.</param>
/// <param name="First">First month asked for.</param>
/// <param name="Last">Last month asked for.</param>
/// <param name="By">The layout it was a cell of; <c>none</c> for totals and for an organization's cell.</param>
/// <param name="Member">Its place in the layout.</param>
/// <param name="Scope">The organization whose subtree was added up.</param>
/// <param name="OwnOnly">Only what is the scope's own, without those below it.</param>
/// <param name="Sector">Filter, or null.</param>
/// <param name="Grade">Filter, or null.</param>
/// <param name="AsOfEntryNo">All entries up to this one, and none after it.</param>
/// <param name="Restated">Under the tree of now; else each month under the tree of then.</param>
/// <param name="TreeNo">The tree it was added up under.</param>
/// <param name="Parent">Of an organization's cell under the trees of the time: whom it must have hung under for a month to count; else null.</param>
/// <param name="AfterEntryNo">Of a change between two moments: only entries after this one; else 0.</param>
/// <param name="Kind">Of a change: only entries of this <see cref="ChangeKind"/>; else null.</param>
internal sealed record Cell(string Measure, string Book, string First, string Last, string By, string Member, long Scope, bool OwnOnly, string? Sector, string? Grade,
    long AsOfEntryNo, bool Restated, long TreeNo, long? Parent = null, long AfterEntryNo = 0, string? Kind = null)
{
    /// <summary>Not signed: it names what to show, never who may see it, and whoever gives it back is checked again.</summary>
    public string Handle => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[]
        { Measure, Book, First, Last, By, Member, Scope, OwnOnly, Sector, Grade, AsOfEntryNo, Restated, TreeNo, Parent, AfterEntryNo, Kind }));

    public static bool TryRead(string? handle, out Cell cell)
    {
        cell = null!;
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(handle ?? ""));
            if (parts is not { Length: 16 }) return false;
            cell = new(parts[0].GetString()!, parts[1].GetString()!, parts[2].GetString()!, parts[3].GetString()!, parts[4].GetString()!, parts[5].GetString()!,
                parts[6].GetInt64(), parts[7].GetBoolean(), parts[8].GetString(), parts[9].GetString(), parts[10].GetInt64(), parts[11].GetBoolean(), parts[12].GetInt64(),
                parts[13].ValueKind == JsonValueKind.Null ? null : parts[13].GetInt64(), parts[14].GetInt64(), parts[15].GetString());
            return Ledger.Book.All.Contains(cell.Book) && (cell.By == Dimension.None || Dimension.All.Contains(cell.By)) && cell.Member is not null && (cell.By != Dimension.Month || Month.TryParse(cell.Member, out _))
                && (cell.Kind is null || ChangeKind.All.Contains(cell.Kind))
                && Month.TryParse(cell.First, out var first) && Month.TryParse(cell.Last, out var last) && first <= last;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException) { return false; }
    }

    public Period Asked => new(Month.Parse(First), Month.Parse(Last));
}
