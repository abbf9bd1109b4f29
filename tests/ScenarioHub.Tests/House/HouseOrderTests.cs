using System.Text.RegularExpressions;

namespace ScenarioHub.Tests.House;

/// <summary>
/// Who may name whom, read from the compiled code (what it really refers to) and from the using directives (constants leave no trace in it).
/// Broken once by hand: a Session field in Platform/Data, an OrganizationSql call in Access, an HttpContext parameter and a SELECT in a handler, a namespace unlike its folder.
/// </summary>
public partial class HouseOrderTests
{
    /// <summary>
    /// A feature may use those before it. Access stands above Tenants because a tenant opens with its first administrator.
    /// </summary>
    private static readonly string[] Order =
        ["Access", "Tenants", "Catalog", "Organizations", "Scenarios", "Filings", "Collections", "Ledger", "Rules", "Peers", "Goals", "Reports", "Imports", "Integration", "Audit"];

    private static readonly string[] Inner = ["Sql", "Handler", "Validator"];

    /// <summary>Uses of another feature's statements, handlers or validators that were argued for.</summary>
    private static readonly (string From, string To, string Because)[] Exceptions =
    [
        ("ScenarioHub.Features.Tenants.AddTenantHandler", "ScenarioHub.Features.Access.AccessSql",
            "the first administrator's name must be free in the whole deployment, asked in the transaction that opens the tenant")
    ];

    private static readonly string[] HttpFolders = ["src/ScenarioHub/Platform/Http/", "src/ScenarioHub/Platform/Hosting/"];

    private static bool IsProgram(CompiledType type) => type is { Namespace: "", Name: nameof(Program) } or { FullName: "ScenarioHub.Verbs" } || type.Files.Contains("src/ScenarioHub/Program.cs");

    [Fact]
    public void Features_use_only_features_above_them()
    {
        var uses = (from type in CompiledCode.Types
                    where type.Feature is not null
                    from used in type.Types
                    let to = CompiledCode.FeatureOf(used)
                    where to is not null && to != type.Feature
                    select (From: type.Feature!, To: to, Text: $"{type.FullName} uses {used}"))
            .Concat(from source in Repository.Sources
                    let @from = FeatureFolder().Match(source.Path)
                    where @from.Success
                    from Match named in FeatureName().Matches(source.Text)
                    where named.Groups[1].Value != @from.Groups[1].Value
                    select (From: @from.Groups[1].Value, To: named.Groups[1].Value, Text: $"{source.Path} names {named.Value}"))
            .ToArray();
        Assert.Contains(uses, u => u is { From: "Organizations", To: "Catalog" });
        Assert.Contains(uses, u => u is { From: "Organizations", To: "Access" });
        Walls.Stands($"A feature uses only those above it in the order {string.Join(", ", Order)}.", uses
            .Where(u => Array.IndexOf(Order, u.From) < 0 || Array.IndexOf(Order, u.To) < 0 || Array.IndexOf(Order, u.To) > Array.IndexOf(Order, u.From))
            .Select(u => u.Text));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var placed = CompiledCode.Types.Where(t => t.Namespace.Length > 0 && t.Files.Count > 0).ToArray();
        Assert.True(placed.Length > 50);
        Walls.Stands("A type's namespace says in which folder it stands.", from type in placed
                                                                           from file in type.Files
                                                                           let folder = Path.GetDirectoryName(file)!.Replace('\\', '/')
                                                                           where folder != "src/" + type.Namespace.Replace('.', '/')
                                                                           select $"{type.FullName} stands in {file}");
    }

    [Fact]
    public void The_platform_names_no_feature()
    {
        var platform = CompiledCode.Types.Where(t => t.Namespace.StartsWith("ScenarioHub.Platform", StringComparison.Ordinal)).ToArray();
        Assert.True(platform.Length > 20);
        Walls.Stands("Platform is what features lean on; it names none of them.",
            platform.SelectMany(t => t.Types.Where(u => CompiledCode.FeatureOf(u) is not null).Select(u => $"{t.FullName} uses {u}"))
                .Concat(from source in Repository.Sources
                        where source.Path.StartsWith("src/ScenarioHub/Platform/", StringComparison.Ordinal)
                        from Match named in FeatureName().Matches(source.Text)
                        select $"{source.Path} names {named.Value}"));
    }

    [Fact]
    public void Across_features_only_messages_are_named()
    {
        static bool IsInner(string type) => Inner.Any(end => type.EndsWith(end, StringComparison.Ordinal));
        Assert.Contains(CompiledCode.Types, t => t.Feature is not null && t.Types.Any(u => CompiledCode.FeatureOf(u) == t.Feature && IsInner(u)));
        var uses = (from type in CompiledCode.Types
                    where type.Feature is not null
                    from used in type.Types
                    where IsInner(used) && CompiledCode.FeatureOf(used) is { } to && to != type.Feature
                    select (From: type.FullName, To: used)).ToArray();
        Walls.Stands("Another feature's *Sql, *Handler and *Validator are its own business: send it a message.",
            uses.Where(u => !Exceptions.Any(e => (e.From, e.To) == u)).Select(u => $"{u.From} uses {u.To}"));
        Walls.Stands("An exception that nothing needs any more is to be taken off the list.",
            Exceptions.Where(e => !uses.Contains((e.From, e.To))).Select(e => $"{e.From} -> {e.To} ({e.Because})"));
    }

    [Fact]
    public void Only_endpoints_speak_HTTP()
    {
        const string Http = "Microsoft.AspNetCore.";
        var speaking = CompiledCode.Types.Where(t => t.Types.Any(u => u.StartsWith(Http, StringComparison.Ordinal))).ToArray();
        Assert.Contains(speaking, t => t.Name == "OrganizationEndpoints");
        Walls.Stands("ASP.NET is named in *Endpoints.cs, Platform/Http, Platform/Hosting and Program.cs; passwords are hashed in Access.",
            from type in speaking
            where !IsProgram(type)
            where type.Files.Count == 0 || type.Files.Any(file => !file.EndsWith("Endpoints.cs", StringComparison.Ordinal) && !HttpFolders.Any(h => file.StartsWith(h, StringComparison.Ordinal)))
            from used in type.Types
            where used.StartsWith(Http, StringComparison.Ordinal) && !(type.Feature == "Access" && used.StartsWith(Http + "Identity.", StringComparison.Ordinal))
            select $"{type.FullName} uses {used}");
    }

    [Fact]
    public void Statements_stand_in_Sql_files()
    {
        var statements = (from type in CompiledCode.Types
                          from text in type.Strings
                          where Statement().IsMatch(text.Text)
                          select (Type: type, text.Method, text.Text, File: text.File ?? type.Files.FirstOrDefault() ?? "?")).ToArray();
        Assert.Contains(statements, s => s.File.EndsWith("OrganizationSql.cs", StringComparison.Ordinal));
        Walls.Stands("SQL stands in the feature's *Sql.cs, or in Platform/Data.", statements
            .Where(s => !s.File.EndsWith("Sql.cs", StringComparison.Ordinal) && !s.File.StartsWith("src/ScenarioHub/Platform/Data/", StringComparison.Ordinal))
            .Select(s => $"{s.File} ({s.Type.Name}.{s.Method}): {s.Text}"));
    }

    [GeneratedRegex(@"^src/ScenarioHub/Features/(\w+)/")] private static partial Regex FeatureFolder();
    [GeneratedRegex(@"(?<![.\w])(?:ScenarioHub\.)?Features\.(\w+)")] private static partial Regex FeatureName();
    [GeneratedRegex(@"\bSELECT\b[\s\S]*\bFROM\b|\bSELECT\s+[@(]|(?i:\bINSERT\s+INTO\s+\w+\s*\(|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\s+\w+)")] private static partial Regex Statement();
}
