namespace ScenarioHub.Tests.House;

/// <summary>The checked-out tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string At(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Every C# file of the product, as a path from the root with forward slashes, and its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } = Directory.EnumerateFiles(At("src"), "*.cs", SearchOption.AllDirectories)
        .Select(file => (Path: Path.GetRelativePath(Root, file).Replace('\\', '/'), File: file))
        .Where(s => !s.Path.Contains("/bin/", StringComparison.Ordinal) && !s.Path.Contains("/obj/", StringComparison.Ordinal))
        .OrderBy(s => s.Path, StringComparer.Ordinal)
        .Select(s => (s.Path, File.ReadAllText(s.File))).ToArray();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ScenarioHub.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No ScenarioHub.sln above {AppContext.BaseDirectory}: the walls read the source tree.");
    }
}

/// <summary>A file that says what the code says, so that a change of it is seen in review. SCENARIOHUB_APPROVE=1 rewrites it.</summary>
internal static class Approved
{
    public static void Is(string file, string actual)
    {
        var path = Repository.At(file);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == actual) return;
        if (Environment.GetEnvironmentVariable("SCENARIOHUB_APPROVE") == "1") { File.WriteAllText(path, actual); return; }
        var (was, now) = (approved.Split('\n'), actual.Split('\n'));
        Walls.Stands($"{file} no longer says what the code says. Read the difference; if it is meant, run the suite once with SCENARIOHUB_APPROVE=1 and commit the file.",
            was.Except(now).Select(line => "- " + line).Concat(now.Except(was).Select(line => "+ " + line)).DefaultIfEmpty("(the same lines in another order)"));
    }
}

internal static class Walls
{
    /// <summary>Fails with every finding at once, the rule above them.</summary>
    public static void Stands(string rule, IEnumerable<string> findings)
    {
        var found = findings.Distinct().ToArray();
        if (found.Length > 0) Assert.Fail($"{rule}\n{string.Join("\n", found)}");
    }
}
