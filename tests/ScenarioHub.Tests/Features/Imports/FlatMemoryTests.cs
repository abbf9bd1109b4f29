using System.IO.Compression;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>What reading keeps in memory. Measured of the whole process, so it runs alone: beside others it counted what they kept.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public class FlatMemoryTests
{
    private const string Name = "alone, for its memory";

    [Fact]
    public void A_million_rows_are_read_in_flat_memory()
    {
        using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using (var text = new StreamWriter(new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true)))
        {
            text.Write("scenario,period,measure,value\n");
            for (var i = 0; i < 1_000_000; i++) text.Write($"S-{i},2026-08,COST_SAVE,{i}.25\n");
        }
        using var source = SourceFile.Open(file, "figures.csv.gz").Value;
        var (rows, most, before) = (0, 0L, GC.GetTotalMemory(forceFullCollection: true));
        foreach (var row in new SourceTable(source, ImportColumns.OfAll(ReferenceCatalog.Load())).Rows(TestContext.Current.CancellationToken))
            if (++rows % 250_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(1_000_000, rows);
        Assert.True(most < 20 << 20, $"{most >> 20} MB are kept while reading.");
    }
}
