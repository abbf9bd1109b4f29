using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace ScenarioHub.Features.Catalog;

/// <summary>The lists of db/seed/catalog, read and checked against each other. Whatever is wrong stops the start with file, row and reason.</summary>
internal sealed class CatalogFiles
{
    private static readonly string[] Names = ["code_list", "field", "glossary", "industry", "key_action", "measure", "region", "sector", "unit"];

    // What a Ref may point at, apart from the lists of code_list.csv.
    private static readonly string[] RefTargets = ["organization", "industry", "region", "keyAction", "sector", "measure"];

    // These files are ours: a stray quote or a missing comma is a mistake to be told, not to be guessed around.
    private static readonly CsvReaderOptions AsWritten = new()
    {
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        TrackLineNumbers = true
    };

    private readonly Func<string, string> _read;

    private CatalogFiles(Func<string, string> read)
    {
        _read = read;
        Codes = ReadCodes();
        Units = ReadUnits();
        Sectors = ReadSectors();
        Industries = ReadIndustries();
        Regions = ReadRegions();
        KeyActions = ReadKeyActions();
        Measures = ReadMeasures();
        Fields = ReadFields();
        Glossary = ReadGlossary();
        // Line ends depend on how the sources were checked out; the version must not.
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Concat(Names.Select(n => $"{n}\n{_read(n).ReplaceLineEndings("\n")}")))))[..12];
    }

    public string Version { get; }

    public IReadOnlyList<CodeItem> Codes { get; }

    public IReadOnlyList<AcceptedUnits> Units { get; }

    public IReadOnlyList<Sector> Sectors { get; }

    public IReadOnlyList<Industry> Industries { get; }

    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<KeyAction> KeyActions { get; }

    public IReadOnlyList<Measure> Measures { get; }

    public IReadOnlyList<Field> Fields { get; }

    public IReadOnlyList<GlossaryTerm> Glossary { get; }

    /// <param name="read">Text of a list by its name without folder and ending.</param>
    public static CatalogFiles Read(Func<string, string> read) => new(read);

    public static string Embedded(string name)
    {
        var resource = $"db/seed/catalog/{name}.csv";
        using var stream = typeof(CatalogFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"{resource} is not built into the executable.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private List<CodeItem> ReadCodes()
    {
        var rows = Rows("code_list", "list,code,name_zh,name_en,sort");
        var seen = new HashSet<(string, string)>();
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        return rows.ConvertAll(r =>
        {
            var item = new CodeItem(r["list"], r["code"], r["name_zh"], r["name_en"], r.Int("sort"));
            r.Must(seen.Add((item.List, item.Code)), $"the list {item.List} has {item.Code} twice");
            r.Must(item.Sort == last.GetValueOrDefault(item.List) + 1, $"sort of {item.List} runs 1, 2, 3 in the order of the file");
            last[item.List] = item.Sort;
            return item;
        });
    }

    private List<AcceptedUnits> ReadUnits()
    {
        var units = Unique(Rows("unit", "code,family,quantity,name_zh,name_en,factor,whole"), "code", r =>
        {
            var factor = r.Long("factor");
            r.Must(factor > 0, "factor is above 0");
            return new MeasureUnit(r["code"], r["family"], r["quantity"], r["name_zh"], r["name_en"], factor, r.Bool("whole"));
        });
        return units.ConvertAll(own => new AcceptedUnits(own, [own, .. units.Where(u => u.Family == own.Family && u != own)]));
    }

    private List<Sector> ReadSectors() =>
        Unique(Rows("sector", "code,name_zh,name_en,rolled_up,note"), "code", r => new Sector(r["code"], r["name_zh"], r["name_en"], r.Bool("rolled_up"), r.Optional("note")));

    private List<Industry> ReadIndustries()
    {
        var rows = Rows("industry", "code,parent,name_zh,name_en,sector");
        var sections = rows.Where(r => r.Optional("parent") is null).Select(r => r["code"]).ToHashSet(StringComparer.Ordinal);
        var industries = Unique(rows, "code", r =>
        {
            var industry = new Industry(r["code"], r.Optional("parent"), r["name_zh"], r["name_en"], r.Optional("sector"));
            if (!industry.IsDivision)
            {
                r.Must(industry.Code is [>= 'A' and <= 'T'], "a section is a letter A to T");
                r.Must(industry.Sector is null, "a section has no sector, its divisions have");
                return industry;
            }
            r.Must(industry.Code is [>= '0' and <= '9', >= '0' and <= '9'], "a division is two digits");
            r.Must(sections.Contains(industry.Parent!), $"there is no section {industry.Parent}");
            r.Must(Sectors.Any(s => s.Code == industry.Sector && s.RolledUp), $"'{industry.Sector}' is no sector that is rolled up");
            return industry;
        });
        var used = industries.Select(i => i.Sector).ToHashSet();
        foreach (var row in Rows("sector", "code,name_zh,name_en,rolled_up,note"))
            row.Must(row.Bool("rolled_up") == used.Contains(row["code"]), "rolled_up is true exactly where industry.csv has a division of the sector");
        return industries;
    }

    private List<Region> ReadRegions()
    {
        var rows = Rows("region", "code,parent,name_zh,name_en,type");
        var codes = rows.Select(r => r["code"]).ToHashSet(StringComparer.Ordinal);
        return Unique(rows, "code", r =>
        {
            var region = new Region(r["code"], r.Optional("parent"), r["name_zh"], r["name_en"], r["type"]);
            r.Must(region.Code.Length == 6 && region.Code.All(char.IsAsciiDigit), "a region is six digits");
            r.Must(region.Parent is null || codes.Contains(region.Parent), $"there is no region {region.Parent}");
            MustBeItem(r, "type", "regionType");
            return region;
        });
    }

    private List<KeyAction> ReadKeyActions()
    {
        var actions = Unique(Rows("key_action", "code,name_zh,name_en"), "code", r => new KeyAction(r["code"], r["name_zh"], r["name_en"]));
        foreach (var row in Rows("code_list", "list,code,name_zh,name_en,sort").Where(r => r["list"] == "subItem"))
            row.Must(actions.Any(a => row["code"].StartsWith(a.Code + "_", StringComparison.Ordinal)), "a subItem begins with the code of its key action");
        return actions;
    }

    private List<Measure> ReadMeasures()
    {
        var rows = Rows("measure", "code,group,name_zh,name_en,kind,unit,quantity,direction,filed,aggregate,basis,decimals,numerator_zh,numerator_en,numerator_unit,"
            + "denominator_zh,denominator_en,denominator_unit,terms,numerator_terms,numerator_basis,denominator_terms,denominator_basis,multiply_by,divide_by,formula_zh,formula_en,note");
        var byCode = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var row in rows) row.Must(byCode.TryAdd(row["code"], row), $"code {row["code"]} stands there twice");
        return rows.ConvertAll(r => ReadMeasure(r, byCode));
    }

    private Measure ReadMeasure(Row r, Dictionary<string, Row> byCode)
    {
        MustBeItem(r, "group", "measureGroup");
        var kind = r.OneOf<MeasureKind>("kind");
        var units = UnitsOf(r, "unit");
        var aggregation = r.OneOf<Aggregation>("aggregate");
        var basis = r.OneOf<Basis>("basis");
        var (multiplyBy, divideBy) = (r.Long("multiply_by"), r.Long("divide_by"));
        r.Must(units.Own.Quantity == r["quantity"], $"quantity is {units.Own.Quantity}, as its unit's");
        r.Must(multiplyBy > 0 && divideBy > 0, "multiply_by and divide_by are above 0");
        var measure = new Measure(r["code"], r["group"], r["name_zh"], r["name_en"], kind, units, r.OneOf<Direction>("direction"), r.Bool("filed"),
            aggregation, basis, r.Int("decimals"), Part(r, "numerator"), Part(r, "denominator"),
            Terms(r, "terms", basis, byCode), Terms(r, "numerator_terms", BasisOf(r, "numerator_basis"), byCode), Terms(r, "denominator_terms", BasisOf(r, "denominator_basis"), byCode),
            multiplyBy, divideBy, r["formula_zh"], r["formula_en"], r.Optional("note"));

        r.Must(measure.Filed == kind is MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Ratio, "flow, stock and ratio are filed, derived and register are not");
        r.Must((measure.Numerator is not null) == (kind == MeasureKind.Ratio) && (measure.Denominator is not null) == (kind == MeasureKind.Ratio), "a ratio has numerator and denominator, nothing else has");
        r.Must(kind == MeasureKind.Derived || (measure.Sum ?? measure.RatioNumerator ?? measure.RatioDenominator) is null, "only a derived measure has terms");
        r.Must((measure.RatioNumerator is null) == (measure.RatioDenominator is null) && (measure.Sum is null || measure.RatioNumerator is null), "a formula is a sum, or a numerator and a denominator");
        var fits = kind switch
        {
            MeasureKind.Flow => (aggregation, basis) == (Aggregation.Sum, Basis.Range),
            MeasureKind.Stock or MeasureKind.Register => (aggregation, basis) == (Aggregation.Sum, Basis.Level),
            MeasureKind.Ratio => (aggregation, basis) == (Aggregation.RatioOfSums, Basis.Range),
            _ => aggregation == (measure.Sum is not null ? Aggregation.Sum : measure.RatioNumerator is not null ? Aggregation.RatioOfSums : Aggregation.None)
        };
        r.Must(fits, $"aggregate and basis do not fit a {r["kind"]} measure");
        MustHaveScale(r, measure, byCode);
        return measure;
    }

    /// <summary>The constants of a formula follow from the units of what goes in and what comes out.</summary>
    private void MustHaveScale(Row r, Measure measure, Dictionary<string, Row> byCode)
    {
        MeasureUnit UnitOf(Term term) => UnitsOf(byCode[term.Measure], "unit").Own;
        if (measure.Sum is { } sum)
            foreach (var unit in sum.Terms.Select(UnitOf))
                r.Must(unit.Family == measure.Unit.Family && unit.Factor * measure.DivideBy == measure.Unit.Factor * measure.MultiplyBy, $"its terms in {unit.Code} do not give {measure.Unit.Code}");
        else if (measure.RolledUp && measure.Aggregation == Aggregation.RatioOfSums)
        {
            r.Must((measure.MultiplyBy, measure.DivideBy) == (measure.Unit.Code == "PERCENT" ? 100 : 1, 1), "a ratio is multiplied by 100 when it is in PERCENT, else by 1");
            r.Must(measure.RatioNumerator is not { } over || over.Terms.Concat(measure.RatioDenominator!.Terms).Select(UnitOf).Distinct().Count() == 1, "all terms of a derived ratio are in one unit");
        }
        else r.Must((measure.MultiplyBy, measure.DivideBy) == (1, 1), "without a formula multiply_by and divide_by are 1");
    }

    private RatioPart? Part(Row r, string part)
    {
        var name = r.Optional($"{part}_zh");
        r.Must((name is null) == (r.Optional($"{part}_en") is null) && (name is null) == (r.Optional($"{part}_unit") is null), $"{part} has both names and a unit, or none of them");
        return name is null ? null : new(name, r[$"{part}_en"], UnitsOf(r, $"{part}_unit"));
    }

    private static Basis BasisOf(Row r, string column) => r.Optional(column) is null ? r.OneOf<Basis>("basis") : r.OneOf<Basis>(column);

    /// <summary>The formula with every derived measure in it replaced by its own terms.</summary>
    private static TermSum? Terms(Row r, string column, Basis basis, Dictionary<string, Row> byCode)
    {
        if (r.Optional(column) is not { } text) return null;
        var factors = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(r, text, 1, [r["code"]]);
        return new([.. factors.Where(f => f.Value != 0).Select(f => new Term(f.Key, f.Value))], basis);

        void Add(Row at, string terms, int sign, List<string> within)
        {
            foreach (var term in terms.Split(' '))
            {
                at.Must(term is ['+' or '-', _, ..], $"'{term}' is not a sign and a measure");
                var (code, factor) = (term[1..], term[0] == '-' ? -sign : sign);
                at.Must(byCode.ContainsKey(code), $"there is no measure {code}");
                at.Must(!within.Contains(code), $"{code} is a part of itself");
                var named = byCode[code];
                if (named.Optional("terms") is { } inner) Add(named, inner, factor, [.. within, code]);
                else
                {
                    at.Must(named["kind"] is "flow" or "stock" or "register", $"{code} does not add up and cannot be a term");
                    factors[code] = factors.GetValueOrDefault(code) + factor;
                }
            }
        }
    }

    private List<Field> ReadFields()
    {
        var rows = Rows("field", "group,group_en,code,json,name_zh,name_en,type,max_length,min_length,min,max,unit,code_list,required,required_when,storage,desc_zh,desc_en,note");
        var json = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            row.Must(json.Add(row["json"]), $"json {row["json"]} stands there twice");
            row.Must(char.IsAsciiLetterLower(row["json"][0]) && row["json"].All(char.IsAsciiLetterOrDigit), "json is camelCase");
        }
        var rankings = rows.Where(r => r["type"] == "enum").ToFrozenDictionary(r => r["json"],
            r => (IReadOnlyDictionary<string, int>)Codes.Where(c => c.List == r["code_list"]).ToFrozenDictionary(c => c.Code, c => c.Sort), StringComparer.Ordinal);
        var sort = 0;
        return Unique(rows, "code", r =>
        {
            var type = r.OneOf<FieldType>("type");
            var required = r.OneOf<Requirement>("required");
            var field = new Field(r["group"], r["group_en"], r["code"], r["json"], r["name_zh"], r["name_en"], type,
                r.OptionalInt("max_length"), r.OptionalInt("min_length"), r.OptionalDecimal("min"), r.OptionalDecimal("max"),
                r.Optional("unit") is null ? null : UnitsOf(r, "unit").Own, r.Optional("code_list"), required, ConditionOf(r, json, rankings), r.OneOf<FieldStorage>("storage"),
                r["desc_zh"], r["desc_en"], r.Optional("note"), ++sort);
            r.Must((required == Requirement.Condition) == (field.RequiredWhen is not null), "required_when stands exactly where required is condition");
            r.Must(type != FieldType.Text || field.MaxLength > 0, "a text has a max_length");
            r.Must((field.MinLength ?? 0) <= (field.MaxLength ?? int.MaxValue) && (field.Min ?? decimal.MinValue) <= (field.Max ?? decimal.MaxValue), "the least is no more than the most");
            r.Must(type is not (FieldType.Decimal or FieldType.Integer or FieldType.Money or FieldType.Score) || field.Min is not null, "a number has a min");
            r.Must(type != FieldType.Money || (field.Unit?.Code == "CNY" && field.Json.EndsWith("Cny", StringComparison.Ordinal)), "money is in CNY and its json ends in Cny");
            r.Must(type != FieldType.Score || (field.Min, field.Max) == (0, 5), "a score is 0 to 5");
            r.Must(type switch
            {
                FieldType.Enum or FieldType.Multi => Codes.Any(c => c.List == field.CodeList),
                FieldType.Ref => RefTargets.Contains(field.CodeList),
                _ => field.CodeList is null
            }, $"'{field.CodeList}' is no code list for a {r["type"]}");
            return field;
        });
    }

    private static Condition? ConditionOf(Row r, HashSet<string> json, FrozenDictionary<string, IReadOnlyDictionary<string, int>> rankings)
    {
        if (r.Optional("required_when") is not { } text) return null;
        try
        {
            var condition = Condition.Parse(text, rankings);
            foreach (var clause in condition.Clauses) r.Must(json.Contains(clause.Json), $"required_when names no field '{clause.Json}'");
            return condition;
        }
        catch (FormatException wrong)
        {
            throw r.Wrong($"required_when: {wrong.Message}");
        }
    }

    private List<GlossaryTerm> ReadGlossary() =>
        Unique(Rows("glossary", "term_zh,term_en,category"), "term_zh", r => new GlossaryTerm(r["term_zh"], r["term_en"], r["category"]));

    private AcceptedUnits UnitsOf(Row r, string column) =>
        Units.FirstOrDefault(u => u.Own.Code == r[column]) ?? throw r.Wrong($"{column} '{r[column]}' is not in unit.csv");

    private void MustBeItem(Row r, string column, string list) =>
        r.Must(Codes.Any(c => c.List == list && c.Code == r[column]), $"{column} '{r[column]}' is not in the list {list}");

    private static List<T> Unique<T>(List<Row> rows, string key, Func<Row, T> make)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return rows.ConvertAll(r =>
        {
            r.Must(seen.Add(r[key]), $"{key} {r[key]} stands there twice");
            return make(r);
        });
    }

    private List<Row> Rows(string file, string columns)
    {
        using var csv = CsvReader.FromText(_read(file), AsWritten);
        var names = columns.Split(',');
        var rows = new List<Row>();
        try
        {
            csv.ReadHeader();
            if (!csv.Headers.SequenceEqual(names)) throw new InvalidDataException($"db/seed/catalog/{file}.csv row 1: the columns are {columns}.");
            while (csv.Read())
                rows.Add(new(file, csv.LineNumber, names.Select((name, i) => (name, value: csv.GetString(i))).ToDictionary(x => x.name, x => x.value, StringComparer.Ordinal)));
        }
        catch (CsvFormatException wrong)
        {
            throw new InvalidDataException($"db/seed/catalog/{file}.csv row {wrong.LineNumber}: {wrong.Message}", wrong);
        }
        return rows.Count > 0 ? rows : throw new InvalidDataException($"db/seed/catalog/{file}.csv row 2: the list is empty.");
    }

    /// <summary>One row, by column; what cannot be read as wanted is a sentence with file and row.</summary>
    private sealed class Row(string file, long number, Dictionary<string, string> values)
    {
        public string this[string column] => Optional(column) ?? throw Wrong($"{column} is empty");

        public string? Optional(string column)
        {
            var value = values[column];
            if (value != value.Trim()) throw Wrong($"{column} begins or ends with a blank");
            return value.Length == 0 ? null : value;
        }

        public int Int(string column) => OptionalInt(column) ?? throw Wrong($"{column} is empty");

        public int? OptionalInt(string column) => Optional(column) is not { } text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong($"{column} '{text}' is no whole number");

        public long Long(string column) =>
            long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong($"{column} '{this[column]}' is no whole number");

        public decimal? OptionalDecimal(string column) => Optional(column) is not { } text ? null
            : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong($"{column} '{text}' is no number");

        public bool Bool(string column) => this[column] switch { "true" => true, "false" => false, var other => throw Wrong($"{column} '{other}' is neither true nor false") };

        /// <summary>Spelled in the file as snake_case of the name in code.</summary>
        public T OneOf<T>(string column) where T : struct, Enum
        {
            foreach (var value in Enum.GetValues<T>())
                if (string.Equals(value.ToString(), this[column].Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) return value;
            throw Wrong($"{column} '{this[column]}' is none of {string.Join(", ", Enum.GetNames<T>())}");
        }

        public void Must(bool holds, string sentence)
        {
            if (!holds) throw Wrong(sentence);
        }

        public InvalidDataException Wrong(string sentence) => new($"db/seed/catalog/{file}.csv row {number}: {sentence}.");
    }
}
