using System.Collections.Frozen;
using System.Globalization;

namespace ScenarioHub.Features.Catalog;

/// <summary>
/// What a field holds. <c>Ref</c>: an id, code or external key of what <see cref="Field.CodeList"/> names. <c>Score</c>: a whole number 0..5.
/// <c>Money</c>: yuan with at most 2 decimals. <c>Instant</c>: UTC. <c>Multi</c>: several codes of one list. <c>List</c>: several texts.
/// </summary>
public enum FieldType { Text, Enum, Multi, Decimal, Integer, Money, Date, Month, Instant, Bool, Ref, List, Score }

/// <summary>Who must give it: always; never; the system gives it and nobody else; or when <see cref="Field.RequiredWhen"/> holds.</summary>
public enum Requirement { Always, Never, System, Condition }

/// <summary>Where it is kept: a column of the scenario, its document, by the system, or with the figures of a filing.</summary>
public enum FieldStorage { Column, Document, System, Figures }

/// <summary>One field of the registration form and of the API. Source: db/seed/catalog/field.csv.</summary>
/// <param name="Code">Name in the dictionary, snake_case; <paramref name="Json"/> is its name in the API.</param>
/// <param name="MaxLength">Longest text in UTF-16 units; of a list, of one of its texts. Set for every Text.</param>
/// <param name="Min">Smallest number; of Multi and List, the fewest entries. So <paramref name="Max"/>.</param>
/// <param name="Unit">Unit the number is in.</param>
/// <param name="CodeList">List of code_list.csv (Enum, Multi), or what is referred to (Ref): organization, industry, region, keyAction, sector, measure.</param>
/// <param name="Sort">Its place in the dictionary, from 1.</param>
public sealed record Field(
    string Group, string GroupEn, string Code, string Json, string NameZh, string NameEn, FieldType Type, int? MaxLength, int? MinLength,
    decimal? Min, decimal? Max, MeasureUnit? Unit, string? CodeList, Requirement Required, Condition? RequiredWhen, FieldStorage Storage,
    string DescZh, string DescEn, string? Note, int Sort);

/// <summary>When a field is wanted: clauses that must all hold, written <c>stage&gt;=pilot&amp;stateSecret=false</c>.</summary>
public sealed class Condition
{
    // Two characters first, or >= would be read as a name ending in >.
    private static readonly string[] Operators = [">=", "<=", "!=", "="];

    private readonly string _text;

    private Condition(string text, IReadOnlyList<Clause> clauses) => (_text, Clauses) = (text, clauses);

    public IReadOnlyList<Clause> Clauses { get; }

    /// <param name="valueOf">The value of a field by its API name, as text: a code, <c>true</c>/<c>false</c>, a number; null when not given.</param>
    /// <returns>Whether all clauses hold. A field that was not given equals the empty text and is neither above nor below anything.</returns>
    public bool Holds(Func<string, string?> valueOf) => Clauses.All(c => c.Holds(valueOf(c.Json) ?? ""));

    public override string ToString() => _text;

    /// <param name="rankings">Of the enum fields: API name to the places of its codes, so that <c>stage&gt;=pilot</c> knows the order.</param>
    internal static Condition Parse(string text, FrozenDictionary<string, IReadOnlyDictionary<string, int>> rankings)
    {
        var clauses = new List<Clause>();
        foreach (var part in text.Split('&'))
        {
            var sign = Operators.FirstOrDefault(s => part.Contains(s, StringComparison.Ordinal))
                ?? throw new FormatException($"'{part}' has none of = != >= <=");
            var at = part.IndexOf(sign, StringComparison.Ordinal);
            var (json, value) = (part[..at], part[(at + sign.Length)..]);
            var ranking = rankings.GetValueOrDefault(json);
            if (ranking is not null && value.Length > 0 && !ranking.ContainsKey(value)) throw new FormatException($"'{value}' is no code of {json}");
            if (ranking is null && sign is ">=" or "<=" && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
                throw new FormatException($"'{value}' is no number to compare {json} with");
            clauses.Add(new(json, sign, value, ranking));
        }
        return new(text, clauses);
    }

    /// <summary>One comparison: =, !=, &gt;= or &lt;=. With an empty <see cref="Value"/>, != means "given".</summary>
    public sealed class Clause
    {
        private readonly IReadOnlyDictionary<string, int>? _ranking;

        internal Clause(string json, string @operator, string value, IReadOnlyDictionary<string, int>? ranking) =>
            (Json, Operator, Value, _ranking) = (json, @operator, value, ranking);

        public string Json { get; }

        public string Operator { get; }

        public string Value { get; }

        internal bool Holds(string actual) => Operator switch
        {
            "=" => actual == Value,
            "!=" => actual != Value,
            ">=" => Compare(actual) is >= 0,
            _ => Compare(actual) is <= 0
        };

        private int? Compare(string actual)
        {
            if (_ranking is not null) return _ranking.TryGetValue(actual, out var place) ? place.CompareTo(_ranking[Value]) : null;
            return decimal.TryParse(actual, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? number.CompareTo(decimal.Parse(Value, CultureInfo.InvariantCulture))
                : null;
        }
    }
}
