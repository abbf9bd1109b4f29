using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;

namespace ScenarioHub.Features.Catalog;

internal static class CatalogEndpoints
{
    public static void MapCatalog(this IEndpointRouteBuilder api)
    {
        var catalog = api.MapGroup("/catalog").WithTags("Catalog");
        catalog.MapGet("/sectors", Sectors).Needs(Permission.CatalogRead).Produces<CatalogList<Sector>>();
        catalog.MapGet("/industries", Industries).Needs(Permission.CatalogRead).Produces<CatalogList<Industry>>();
        catalog.MapGet("/regions", Regions).Needs(Permission.CatalogRead).Produces<CatalogList<Region>>();
        catalog.MapGet("/key-actions", KeyActions).Needs(Permission.CatalogRead).Produces<CatalogList<KeyAction>>();
        catalog.MapGet("/measures", Measures).Needs(Permission.CatalogRead).Produces<CatalogList<MeasureLine>>();
        catalog.MapGet("/fields", Fields).Needs(Permission.CatalogRead).Produces<CatalogList<FieldLine>>();
        catalog.MapGet("/code-lists", CodeLists).Needs(Permission.CatalogRead).Produces<CatalogList<CodeItem>>();
    }

    /// <summary>行业板块, in the order they are shown.</summary>
    private static Microsoft.AspNetCore.Http.IResult Sectors(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog, catalog.Sectors, http, ct);

    /// <summary>GB/T 4754-2017 sections and divisions, each division with its one sector.</summary>
    private static Microsoft.AspNetCore.Http.IResult Industries(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog, catalog.Industries, http, ct);

    /// <summary>GB/T 2260 provinces, separately planned cities and the 兵团.</summary>
    private static Microsoft.AspNetCore.Http.IResult Regions(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog, catalog.Regions, http, ct);

    /// <summary>The six key actions of 国发〔2025〕11号.</summary>
    private static Microsoft.AspNetCore.Http.IResult KeyActions(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog, catalog.KeyActions, http, ct);

    /// <summary>What can be filed or looked at: unit, direction, formula, and the way it adds up.</summary>
    private static Microsoft.AspNetCore.Http.IResult Measures(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog,
        [.. catalog.Measures.Select(m => new MeasureLine(m.Code, m.Group, m.NameZh, m.NameEn, Code(m.Kind), m.Unit.Code, m.UnitZh, m.UnitEn, [.. m.Units.All.Select(u => u.Code)], Code(m.Direction), m.Filed, m.RolledUp, Code(m.Basis), m.Decimals,
            Part(m.Numerator), Part(m.Denominator), m.FormulaZh, m.FormulaEn, m.Note))], http, ct);

    /// <summary>The field dictionary: names, types, limits, units and when a field is required. Validation reads the same rows.</summary>
    private static Microsoft.AspNetCore.Http.IResult Fields(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog,
        [.. catalog.Fields.Select(f => new FieldLine(f.Code, f.Json, f.Group, f.GroupEn, f.NameZh, f.NameEn, Code(f.Type), f.MinLength, f.MaxLength, f.Min, f.Max, f.Unit?.Code, f.CodeList, Code(f.Required), f.RequiredWhen?.ToString(), Code(f.Storage), f.DescZh, f.DescEn, f.Note))], http, ct);

    /// <summary>Every code list of the dictionary, in order.</summary>
    private static Microsoft.AspNetCore.Http.IResult CodeLists(ReferenceCatalog catalog, HttpContext http, CancellationToken ct) => Answer(catalog, [.. catalog.ListNames.SelectMany(catalog.List)], http, ct);

    // The lists change only with a release: a reader that has this version already is told so.
    private static Microsoft.AspNetCore.Http.IResult Answer<T>(ReferenceCatalog catalog, IReadOnlyList<T> items, HttpContext http, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var tag = $"\"{catalog.Version}\"";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch == tag ? TypedResults.StatusCode(304) : TypedResults.Ok(new CatalogList<T>(catalog.Version, items));
    }

    private static string Code<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static MeasurePart? Part(RatioPart? part) => part is null ? null : new(part.NameZh, part.NameEn, part.Units.Own.Code, [.. part.Units.All.Select(u => u.Code)]);
}

/// <param name="Version">Hash of all lists; also the ETag.</param>
public sealed record CatalogList<T>(string Version, IReadOnlyList<T> Items);

/// <param name="Kind">flow, stock, ratio, derived or register.</param>
/// <param name="Unit">Code of the unit values are answered in.</param>
/// <param name="AcceptedUnits">Codes of the units it may be filed in, that one first.</param>
/// <param name="Filed">False: computed or posted by the register, never filed.</param>
/// <param name="RolledUp">False: cannot be added up (IRR).</param>
/// <param name="Numerator">What is filed as numerator of a ratio.</param>
public sealed record MeasureLine(string Code, string Group, string NameZh, string NameEn, string Kind, string Unit, string UnitZh, string UnitEn, IReadOnlyList<string> AcceptedUnits, string Direction,
    bool Filed, bool RolledUp, string Basis, int Decimals, MeasurePart? Numerator, MeasurePart? Denominator, string FormulaZh, string FormulaEn, string? Note);

public sealed record MeasurePart(string NameZh, string NameEn, string Unit, IReadOnlyList<string> AcceptedUnits);

/// <param name="Json">Name of the field in the API.</param>
/// <param name="Type">text, enum, multi, decimal, integer, money, date, month, instant, bool, ref, list or score.</param>
/// <param name="CodeList">A list of /catalog/code-lists, or what is referred to.</param>
/// <param name="Required">always, never, system (given by the product) or condition.</param>
/// <param name="RequiredWhen">Clauses that must all hold, such as <c>stage&gt;=pilot&amp;stateSecret=false</c>.</param>
public sealed record FieldLine(string Code, string Json, string Group, string GroupEn, string NameZh, string NameEn, string Type, int? MinLength, int? MaxLength, decimal? Min, decimal? Max, string? Unit,
    string? CodeList, string Required, string? RequiredWhen, string Storage, string DescZh, string DescEn, string? Note);
