using System.Collections.Frozen;

namespace ScenarioHub.Features.Catalog;

/// <summary>行业板块, the roll-up dimension.</summary>
/// <param name="RolledUp">False for a sector without a division of its own (NUCLEAR): a label of enterprises, never a line of a roll-up.</param>
public sealed record Sector(string Code, string NameZh, string NameEn, bool RolledUp, string? Note);

/// <summary>A section (A..T) or division (01..97) of GB/T 4754-2017.</summary>
/// <param name="Parent">Section of a division; null for a section, and so is <paramref name="Sector"/>.</param>
/// <param name="Sector">Code of the one sector a division belongs to.</param>
public sealed record Industry(string Code, string? Parent, string NameZh, string NameEn, string? Sector)
{
    public bool IsDivision => Parent is not null;
}

/// <summary>A province, separately planned city or reporting unit; six digits of GB/T 2260 (990000 is a private code).</summary>
/// <param name="Parent">Province of a separately planned city; null otherwise.</param>
/// <param name="Type">Code of the list <c>regionType</c>.</param>
public sealed record Region(string Code, string? Parent, string NameZh, string NameEn, string Type);

/// <summary>One of the six key actions of 国发〔2025〕11号.</summary>
public sealed record KeyAction(string Code, string NameZh, string NameEn);

/// <summary>One value of an enumeration of the field dictionary.</summary>
/// <param name="Sort">1.. in the list's order, which carries meaning: stage and grade rise with it.</param>
public sealed record CodeItem(string List, string Code, string NameZh, string NameEn, int Sort);

/// <summary>A term of the glossary.</summary>
public sealed record GlossaryTerm(string TermZh, string TermEn, string Category);

/// <summary>
/// Sectors, industries, regions, key actions, measures, units, the field dictionary, code lists and the glossary: read-only and complete in memory,
/// the same for every tenant. Lookups by code distinguish case; a plain name (<c>Measure</c>) throws where there is none, <c>Find...</c> answers null.
/// </summary>
public sealed class ReferenceCatalog
{
    private readonly FrozenDictionary<string, Sector> _sectors;
    private readonly FrozenDictionary<string, Industry> _industries;
    private readonly FrozenDictionary<string, Region> _regions;
    private readonly FrozenDictionary<string, KeyAction> _keyActions;
    private readonly FrozenDictionary<string, Measure> _measures;
    private readonly FrozenDictionary<string, AcceptedUnits> _units;
    private readonly FrozenDictionary<string, Field> _fields;
    private readonly FrozenDictionary<string, Field> _fieldsByJson;
    private readonly FrozenDictionary<string, IReadOnlyList<CodeItem>> _lists;
    private readonly FrozenDictionary<(string List, string Code), CodeItem> _items;

    internal ReferenceCatalog(CatalogFiles files)
    {
        Version = files.Version;
        Sectors = files.Sectors;
        Industries = files.Industries;
        Regions = files.Regions;
        KeyActions = files.KeyActions;
        Measures = files.Measures;
        Fields = files.Fields;
        Glossary = files.Glossary;
        _sectors = Sectors.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _industries = Industries.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _regions = Regions.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _keyActions = KeyActions.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _measures = Measures.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _units = files.Units.ToFrozenDictionary(x => x.Own.Code, StringComparer.Ordinal);
        _fields = Fields.ToFrozenDictionary(x => x.Code, StringComparer.Ordinal);
        _fieldsByJson = Fields.ToFrozenDictionary(x => x.Json, StringComparer.Ordinal);
        _lists = files.Codes.GroupBy(x => x.List).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<CodeItem>)[.. g], StringComparer.Ordinal);
        _items = files.Codes.ToFrozenDictionary(x => (x.List, x.Code));
    }

    /// <summary>First 12 hex digits of the SHA-256 over the files: equal versions are equal catalogs. Goes into ETags and receipts.</summary>
    public string Version { get; }

    public IReadOnlyList<Sector> Sectors { get; }

    /// <summary>20 sections, then 97 divisions.</summary>
    public IReadOnlyList<Industry> Industries { get; }

    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<KeyAction> KeyActions { get; }

    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<Field> Fields { get; }

    public IReadOnlyList<GlossaryTerm> Glossary { get; }

    public IEnumerable<string> ListNames => _lists.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the lists built into the executable and checks that they fit together.</summary>
    /// <exception cref="InvalidDataException">A list is wrong; the sentence names file, row and what is wrong.</exception>
    public static ReferenceCatalog Load() => new(CatalogFiles.Read(CatalogFiles.Embedded));

    public Sector Sector(string code) => _sectors.GetValueOrDefault(code) ?? throw None("sector", code);

    public Sector? FindSector(string? code) => code is null ? null : _sectors.GetValueOrDefault(code);

    /// <summary>Section or division.</summary>
    public Industry Industry(string code) => _industries.GetValueOrDefault(code) ?? throw None("industry", code);

    public Industry? FindIndustry(string? code) => code is null ? null : _industries.GetValueOrDefault(code);

    /// <summary>The one sector of a division (01..97). What came from outside is first looked up with <see cref="FindDivision"/>.</summary>
    public Sector SectorOf(string division) => _sectors[FindDivision(division)?.Sector ?? throw None("industry division", division)];

    /// <summary>A division; null for a section and for no industry at all.</summary>
    public Industry? FindDivision(string? code) => FindIndustry(code) is { IsDivision: true } division ? division : null;

    public Region Region(string code) => _regions.GetValueOrDefault(code) ?? throw None("region", code);

    public Region? FindRegion(string? code) => code is null ? null : _regions.GetValueOrDefault(code);

    public KeyAction KeyAction(string code) => _keyActions.GetValueOrDefault(code) ?? throw None("key action", code);

    public KeyAction? FindKeyAction(string? code) => code is null ? null : _keyActions.GetValueOrDefault(code);

    public Measure Measure(string code) => _measures.GetValueOrDefault(code) ?? throw None("measure", code);

    public Measure? FindMeasure(string? code) => code is null ? null : _measures.GetValueOrDefault(code);

    /// <summary>By the dictionary's code, such as <c>capex_total</c>.</summary>
    public Field Field(string code) => _fields.GetValueOrDefault(code) ?? throw None("field", code);

    public Field? FindField(string? code) => code is null ? null : _fields.GetValueOrDefault(code);

    /// <summary>By the name in the API, such as <c>capexTotalCny</c>.</summary>
    public Field? FindFieldByJson(string? json) => json is null ? null : _fieldsByJson.GetValueOrDefault(json);

    /// <summary>The items of a list of code_list.csv, in their order.</summary>
    public IReadOnlyList<CodeItem> List(string list) => _lists.GetValueOrDefault(list) ?? throw None("code list", list);

    public CodeItem? FindItem(string list, string? code) => code is null ? null : _items.GetValueOrDefault((list, code));

    /// <summary>A unit with all it converts with, such as <c>CNY</c>: for amounts that are no measure.</summary>
    public AcceptedUnits UnitsOf(string unit) => _units.GetValueOrDefault(unit) ?? throw None("unit", unit);

    private static KeyNotFoundException None(string noun, string code) => new($"There is no {noun} '{code}' in the catalog.");
}
