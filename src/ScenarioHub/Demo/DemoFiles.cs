using CsvHelper;

namespace ScenarioHub.Demo;

/// <summary>A row of db/seed/demo/group.csv: a central group as published on 2025-07-29; its sector is ours.</summary>
internal sealed record DemoGroup(string NameZh, string NameEn, string Sector);

/// <summary>A row of db/seed/demo/scenario.csv: a really published scenario. What it claims is the enterprise's own word.</summary>
internal sealed record DemoScenario(string Id, string Name, string Enterprise, string ParentGroup, string Level, string Division, string Region, string WhatItDoes,
    string PublishedBenefit, string Stage, string PublishedOn, string SourceUrl, string SourceSeen, string Confidence);

internal static class DemoFiles
{
    public static IReadOnlyList<DemoGroup> Groups() => [.. Rows("group", 4).Select(r => new DemoGroup(r[1], r[2], r[3]))];

    public static IReadOnlyList<DemoScenario> Scenarios() =>
        [.. Rows("scenario", 14).Select(r => new DemoScenario(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13]))];

    private static List<string[]> Rows(string file, int columns)
    {
        using var stream = new StreamReader(typeof(DemoFiles).Assembly.GetManifestResourceStream($"db/seed/demo/{file}.csv")!);
        using var csv = CsvReader.FromText(stream.ReadToEnd());
        csv.ReadHeader();
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add([.. Enumerable.Range(0, columns).Select(csv.GetString)]);
        return rows;
    }
}
