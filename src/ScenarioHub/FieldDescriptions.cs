using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Http;

namespace ScenarioHub;

/// <summary>The field dictionary as the API's description gives it: one row for the form, the limits and the documentation.</summary>
internal static class FieldDescriptions
{
    public static Func<Type, string, FieldDescription?> From(ReferenceCatalog catalog) => (type, name) =>
        Describes(type) && catalog.FindFieldByJson(name) is { } field && (field.Storage == FieldStorage.Figures) == (type == typeof(FigureInput)) ? Of(catalog, field) : null;

    private static bool Describes(Type type) => typeof(ScenarioContent).IsAssignableFrom(type) || type == typeof(FigureInput);

    private static FieldDescription Of(ReferenceCatalog catalog, Field field)
    {
        var codes = field.Type is FieldType.Enum or FieldType.Multi && field.CodeList is { } list ? " " + string.Join(", ", catalog.List(list).Select(c => $"{c.Code} {c.NameZh}")) + "." : "";
        var wanted = field.Required switch
        {
            Requirement.Always => " Required.",
            Requirement.Condition => $" Required when {field.RequiredWhen}.",
            _ => ""
        };
        var unit = field.Unit is { } u ? $" Unit: {u.Code} {u.NameZh}." : "";
        // Length and range of a multi or list are those of its entries, which the schema says elsewhere.
        var scalar = field.Type is not (FieldType.Multi or FieldType.List);
        return new($"{field.NameZh}:{field.DescZh}。 {field.NameEn}: {field.DescEn}.{codes}{unit}{wanted}", scalar ? field.MaxLength : null, scalar ? Text(field.Min) : null, scalar ? Text(field.Max) : null);
    }

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
