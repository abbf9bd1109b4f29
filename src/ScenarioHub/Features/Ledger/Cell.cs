using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
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
/// <param name="Level">Of a level: the month whose tree it was read under; else null.</param>
/// <param name="AfterEntryNo">Of a change between two moments: only entries after this one; else 0.</param>
/// <param name="Kind">Of a change: only entries of this <see cref="ChangeKind"/>; else null.</param>
internal sealed record Cell(string Measure, string Book, string First, string Last, string By, string Member, long Scope, bool OwnOnly, string? Sector, string? Grade,
    long AsOfEntryNo, bool Restated, long TreeNo, long? Parent = null, string? Level = null, long AfterEntryNo = 0, string? Kind = null)
{
    public Period Asked => new(Month.Parse(First), Month.Parse(Last));

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(Seal.KeyBytes);
}

/// <summary>
/// Vouches for what a handle says. A roll-up has just added a cell up: its handle carries the sums and a keyed hash over all of it, so that whoever takes the cell apart
/// need not add up again, and nobody can give back other sums, another moment or another tree than were given out. The hash is the same for the same content: a closing reads
/// the same to the byte. It gives no rights: whoever gives a handle back is checked again.
/// </summary>
/// <param name="Key">The tenant's own (<c>ledger_head.handle_key</c>).</param>
/// <param name="RepairNo">Sums of balances that were replaced since are vouched for no more.</param>
internal sealed record Seal(byte[] Key, long RepairNo)
{
    public const int KeyBytes = 32;
    private const int HashBytes = 16;   // of 32: nobody finds another content with this hash, and handles stay short
    private const byte Format = 1;

    [Flags]
    private enum Says : byte { Filed = 1, OwnOnly = 2, Restated = 4, Sector = 8, Grade = 16, Parent = 32, Level = 64, Change = 128 }

    /// <param name="parts">What each part of the recipe comes to; of a change none, it is added up when it is asked for.</param>
    public string Handle(Cell cell, Recipe recipe, IReadOnlyList<Sums> parts)
    {
        using var bytes = new MemoryStream(160);
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Format);
        to.Write((byte)((cell.Book == Book.Filed ? Says.Filed : 0) | (cell.OwnOnly ? Says.OwnOnly : 0) | (cell.Restated ? Says.Restated : 0) | (cell.Sector is null ? 0 : Says.Sector)
            | (cell.Grade is null ? 0 : Says.Grade) | (cell.Parent is null ? 0 : Says.Parent) | (cell.Level is null ? 0 : Says.Level) | (cell.Kind is null ? 0 : Says.Change)));
        foreach (var text in new[] { cell.Measure, cell.First, cell.Last, cell.By, cell.Member }) to.Write(text);
        foreach (var number in new[] { cell.Scope, cell.AsOfEntryNo, cell.TreeNo }) to.Write7BitEncodedInt64(number);
        if (cell.Sector is { } sector) to.Write(sector);
        if (cell.Grade is { } grade) to.Write(grade);
        if (cell.Parent is { } parent) to.Write7BitEncodedInt64(parent);
        if (cell.Level is { } level) to.Write(level);
        if (cell.Kind is { } kind) { to.Write(kind); to.Write7BitEncodedInt64(cell.AfterEntryNo); }
        foreach (var sum in parts)
            foreach (var number in new[] { sum.Quantity, sum.Denominator, sum.Reported + sum.Zero, sum.Entries }) to.Write7BitEncodedInt64(Folded(number));
        to.Flush();
        var content = bytes.ToArray();
        return Base64Url.EncodeToString([.. content, .. Hash(content, recipe)]);
    }

    /// <summary>Whether this very handle was given out. Nothing in it may be believed before.</summary>
    public bool Vouches(Opened opened, Recipe recipe) => CryptographicOperations.FixedTimeEquals(Hash(opened.Content, recipe), opened.Hash);

    private byte[] Hash(byte[] content, Recipe recipe)
    {
        if (Key is not { Length: KeyBytes }) throw new InvalidOperationException("The ledger has no key to vouch with.");
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);
        hash.AppendData(BitConverter.GetBytes(RepairNo));
        hash.AppendData(Encoding.UTF8.GetBytes(recipe.Signature));
        hash.AppendData(content);
        return hash.GetHashAndReset()[..HashBytes];
    }

    // Small either side of zero is short: 0, -1, 1, -2 ...
    private static long Folded(long number) => (number << 1) ^ (number >> 63);

    private static long Unfolded(long number) => (long)((ulong)number >> 1) ^ -(number & 1);

    /// <summary>A handle taken to pieces, not yet believed.</summary>
    /// <param name="Sums">Four numbers for each part: quantity, denominator, figures, entries.</param>
    internal sealed record Opened(Cell Cell, IReadOnlyList<Sums> Sums, byte[] Content, byte[] Hash);

    /// <returns>Null when the text is no handle at all.</returns>
    public static Opened? Open(string? handle)
    {
        try
        {
            var all = Base64Url.DecodeFromChars(handle ?? "");
            if (all.Length <= HashBytes || all[0] != Format) return null;
            var content = all[..^HashBytes];
            using var bytes = new MemoryStream(content);
            using var from = new BinaryReader(bytes, new UTF8Encoding(false, true));
            from.ReadByte();
            var says = (Says)from.ReadByte();
            string Text() => from.ReadString();
            long Number() => from.Read7BitEncodedInt64();
            var (measure, first, last, by, member) = (Text(), Text(), Text(), Text(), Text());
            var (scope, asOf, tree) = (Number(), Number(), Number());
            var cell = new Cell(measure, says.HasFlag(Says.Filed) ? Book.Filed : Book.Approved, first, last, by, member, scope, says.HasFlag(Says.OwnOnly),
                says.HasFlag(Says.Sector) ? Text() : null, says.HasFlag(Says.Grade) ? Text() : null, asOf, says.HasFlag(Says.Restated), tree,
                says.HasFlag(Says.Parent) ? Number() : null, says.HasFlag(Says.Level) ? Text() : null);
            if (says.HasFlag(Says.Change)) cell = cell with { Kind = Text(), AfterEntryNo = Number() };
            var sums = new List<Sums>();
            while (bytes.Position < bytes.Length) sums.Add(Sums.Of(Unfolded(Number()), Unfolded(Number()), Unfolded(Number()), Unfolded(Number())));
            return new(cell, sums, content, all[^HashBytes..]);
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException or OverflowException) { return null; }   // cut short, not UTF-8, a length that is none
    }
}
