using ScenarioHub.Features.Catalog;
using Lists = ScenarioHub.Features.Catalog.ReferenceCatalog;

namespace ScenarioHub.Tests.Features.Catalog;

public sealed class CatalogTests
{
    private static readonly Lists Loaded = Lists.Load();

    [Fact]
    public void Every_list_has_the_rows_its_source_has()
    {
        Assert.Equal(25, Loaded.Sectors.Count);
        Assert.Equal(20, Loaded.Industries.Count(i => !i.IsDivision));
        Assert.Equal(Enumerable.Range(1, 97).Select(n => $"{n:00}"), Loaded.Industries.Where(i => i.IsDivision).Select(i => i.Code));
        Assert.Equal(40, Loaded.Regions.Count);
        Assert.Equal(["SCI_TECH", "INDUSTRY", "CONSUMPTION", "LIVELIHOOD", "GOVERNANCE", "GLOBAL"], Loaded.KeyActions.Select(a => a.Code));
        Assert.Equal(58, Loaded.Measures.Count);
        Assert.Equal(123, Loaded.Fields.Count);
        Assert.Equal(17, Loaded.List("subItem").Count);
        Assert.True(Loaded.Glossary.Count > 150);
    }

    [Fact]
    public void Each_division_belongs_to_one_sector_and_a_section_to_none()
    {
        var divisions = Loaded.Industries.Where(i => i.IsDivision).ToList();
        Assert.NotEmpty(divisions);
        Assert.All(divisions, d => Assert.True(Loaded.SectorOf(d.Code).RolledUp, d.Code));
        Assert.Equal("ENERGY_POWER", Loaded.SectorOf("44").Code);
        Assert.Throws<KeyNotFoundException>(() => Loaded.SectorOf("A"));
        Assert.Null(Loaded.FindDivision("A"));
        Assert.Null(Loaded.FindDivision("1"));
        Assert.Equal("农业", Loaded.FindDivision("01")!.NameZh);
    }

    [Fact]
    public void A_ratio_names_what_is_filed_above_and_below_the_line()
    {
        var ratios = Loaded.Measures.Where(m => m.Kind == MeasureKind.Ratio).ToList();
        Assert.NotEmpty(ratios);
        Assert.All(ratios, m =>
        {
            Assert.NotNull(m.Numerator);
            Assert.NotNull(m.Denominator);
            Assert.Equal(Aggregation.RatioOfSums, m.Aggregation);
        });
        // A percentage compares like with like; a share of kWh in hours would be nonsense.
        var percentages = ratios.Where(m => m.Unit.Code == "PERCENT" && m.Code != "FORECAST_ACC").ToList();
        Assert.NotEmpty(percentages);
        Assert.All(percentages, m => Assert.Equal(m.Numerator!.Units.Own, m.Denominator!.Units.Own));
    }

    [Fact]
    public void Only_flows_stocks_and_ratios_are_filed()
    {
        Assert.Contains(Loaded.Measures, m => m.Filed);
        Assert.All(Loaded.Measures, m => Assert.Equal(m.Kind is MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Ratio, m.Filed));
        Assert.Equal(["SCN_COUNT", "INVEST_PLAN"], Loaded.Measures.Where(m => m.Kind == MeasureKind.Register).Select(m => m.Code));
    }

    [Fact]
    public void Formulas_come_down_to_measures_that_are_filed()
    {
        var derived = Loaded.Measures.Where(m => m.Kind == MeasureKind.Derived).ToList();
        Assert.NotEmpty(derived);
        foreach (var term in derived.SelectMany(m => new[] { m.Sum, m.RatioNumerator, m.RatioDenominator }).OfType<TermSum>().SelectMany(s => s.Terms))
            Assert.True(Loaded.Measure(term.Measure).Filed, term.Measure);

        Assert.Equal(
            ["COST_SAVE+1", "REV_GAIN+1", "LOSS_AVOID+1", "OPEX_COMPUTE-1", "OPEX_MAINT-1", "OPEX_MODEL-1", "OPEX_LABOUR-1"],
            Loaded.Measure("NET_BENEFIT").Sum!.Terms.Select(t => $"{t.Measure}{t.Factor:+0;-0}"));
        Assert.Equal(["NPV", "IRR", "TCO3", "CYCLE_CUT"], derived.Where(m => !m.RolledUp).Select(m => m.Code));
    }

    [Fact]
    public void Return_and_payback_take_the_months_their_definition_says()
    {
        var (roi, payback) = (Loaded.Measure("ROI"), Loaded.Measure("PAYBACK"));
        Assert.Equal((Basis.Cumulative, Basis.Cumulative), (roi.RatioNumerator!.Basis, roi.RatioDenominator!.Basis));
        Assert.Equal((Basis.Cumulative, Basis.Trailing12), (payback.RatioNumerator!.Basis, payback.RatioDenominator!.Basis));
        // Net benefit less investment: the six investments stand in the numerator with a minus.
        Assert.Equal(6, roi.RatioNumerator.Terms.Count(t => t is { Factor: -1 } && t.Measure.StartsWith("INVEST_", StringComparison.Ordinal)));
        Assert.Equal(6, roi.RatioDenominator.Terms.Count);
    }

    [Fact]
    public void Fields_are_found_by_code_and_by_their_name_in_the_API()
    {
        var field = Loaded.Field("capex_total");
        Assert.Equal("capexTotalCny", field.Json);
        Assert.Same(field, Loaded.FindFieldByJson("capexTotalCny"));
        Assert.Equal((FieldType.Money, FieldStorage.Column, "CNY"), (field.Type, field.Storage, field.Unit!.Code));
        Assert.Null(Loaded.FindFieldByJson("capexTotal"));
    }

    [Fact]
    public void The_columns_of_the_register_are_these()
    {
        string[] columns =
        [
            "businessDomain", "capexTotalCny", "code", "critEconomic", "critLivelihood", "critStrategic", "goLiveOn", "industryDivision", "keyAction", "kind",
            "name", "openScope", "opexYearCny", "organization", "region", "stage", "stageSince", "stateSecret", "strategicBatch"
        ];
        Assert.Equal(columns, Loaded.Fields.Where(f => f.Storage == FieldStorage.Column).Select(f => f.Json).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tech_need", true, "kind=demand", "stateSecret=false")]
    [InlineData("tech_need", false, "kind=application", "stateSecret=false")]
    [InlineData("tech_need", false, "kind=demand", "stateSecret=true")]
    [InlineData("go_live", false, "kind=application", "stage=building", "stateSecret=false")]
    [InlineData("go_live", true, "kind=application", "stage=pilot", "stateSecret=false")]
    [InlineData("go_live", true, "kind=application", "stage=replicated", "stateSecret=false")]
    [InlineData("go_live", false, "kind=application", "stage=retired", "stateSecret=false")]
    [InlineData("go_live", false, "kind=application", "stateSecret=false")]
    [InlineData("mlps_cert_no", true, "mlpsLevel=3", "stage=scaled", "stateSecret=false")]
    [InlineData("mlps_cert_no", false, "mlpsLevel=1", "stage=scaled", "stateSecret=false")]
    [InlineData("mlps_cert_no", false, "stage=scaled", "stateSecret=false")]
    [InlineData("target_date", true, "target=0")]
    [InlineData("target_date", false)]
    public void A_field_is_wanted_when_its_condition_holds(string field, bool wanted, params string[] given)
    {
        var values = given.Select(g => g.Split('=')).ToDictionary(g => g[0], g => g[1], StringComparer.Ordinal);
        Assert.Equal(wanted, Loaded.Field(field).RequiredWhen!.Holds(json => values.GetValueOrDefault(json)));
    }

    [Fact]
    public void A_state_secret_asks_for_a_placeholder_only()
    {
        var conditions = Loaded.Fields.Where(f => f is { RequiredWhen: not null, Storage: FieldStorage.Column or FieldStorage.Document }).ToList();
        Assert.NotEmpty(conditions);
        Assert.All(conditions, f => Assert.Contains("stateSecret=false", f.RequiredWhen!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Stages_and_grades_rise_in_their_lists()
    {
        Assert.Equal(["idea", "approved", "building", "pilot", "scaled", "replicated", "retired"], Loaded.List("stage").Select(i => i.Code));
        Assert.Equal(["selfReported", "measured", "financeConfirmed", "thirdParty", "regulatorVerified"], Loaded.List("grade").Select(i => i.Code));
        Assert.Equal("财务确认", Loaded.FindItem("grade", "financeConfirmed")!.NameZh);
        Assert.Null(Loaded.FindItem("grade", "FinanceConfirmed"));
    }

    [Fact]
    public void The_version_is_the_content_and_not_how_it_was_checked_out()
    {
        Assert.Matches("^[0-9a-f]{12}$", Loaded.Version);
        Assert.Equal(Loaded.Version, Lists.Load().Version);
        Assert.Equal(Loaded.Version, CatalogFiles.Read(n => CatalogFiles.Embedded(n).ReplaceLineEndings("\r\n")).Version);
        Assert.NotEqual(Loaded.Version, Changed("sector", "工业制造", "工业").Version);
    }

    [Theory]
    [InlineData("sector", "COAL,煤炭", "MFG,煤炭", "sector.csv row 4: code MFG stands there twice")]
    [InlineData("sector", "code,name_zh", "code,name", "sector.csv row 1: the columns are")]
    [InlineData("industry", "Forestry,AGRI", "Forestry,FARM", "industry.csv row 23: 'FARM' is no sector that is rolled up")]
    [InlineData("industry", "02,A,", "02,Z,", "industry.csv row 23: there is no section Z")]
    [InlineData("industry", "Mining and Washing of Coal,COAL", "Mining and Washing of Coal,MFG", "sector.csv row 4: rolled_up is true exactly")]
    [InlineData("measure", "+HOURS_SAVED,,,,,1,2000", "+HOURS_SAVED,,,,,1,200", "its terms in HOUR do not give PERSON_YEAR")]
    [InlineData("measure", "+REV_GAIN +LOSS_AVOID", "+REV_GAINS +LOSS_AVOID", "there is no measure REV_GAINS")]
    [InlineData("measure", "+LOSS_AVOID -OPEX", "+LOSS_AVOID -NET_BENEFIT", "NET_BENEFIT is a part of itself")]
    [InlineData("measure", "+LOSS_AVOID -OPEX", "+LOSS_AVOID -YIELD", "YIELD does not add up")]
    [InlineData("measure", "Hours saved,flow,HOUR,hours", "Hours saved,flow,FORTNIGHT,hours", "unit 'FORTNIGHT' is not in unit.csv")]
    [InlineData("field", "kind=demand&stateSecret=false", "kind=wish&stateSecret=false", "'wish' is no code of kind")]
    [InlineData("field", "kind=demand&stateSecret=false", "kinds=demand&stateSecret=false", "required_when names no field 'kinds'")]
    [InlineData("field", "humanLoop,condition", "phases,condition", "'phases' is no code list for a enum")]
    [InlineData("code_list", "stage,pilot,试点,Pilot,4", "stage,pilot,试点,Pilot,5", "sort of stage runs 1, 2, 3")]
    [InlineData("key_action", "GLOBAL,", "WORLD,", "a subItem begins with the code of its key action")]
    [InlineData("region", "北京市,Beijing,municipality", "北京市,Beijing,city", "region.csv row 2: type 'city' is not in the list regionType")]
    [InlineData("glossary", "直报,Direct reporting,填报", "直报,Direct reporting", "glossary.csv row 2")]
    public void A_wrong_list_stops_the_start_with_file_row_and_reason(string file, string right, string wrong, string sentence)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Changed(file, right, wrong));
        Assert.StartsWith("db/seed/catalog/", refused.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    private static CatalogFiles Changed(string file, string right, string wrong) =>
        CatalogFiles.Read(name =>
        {
            var text = CatalogFiles.Embedded(name);
            if (name != file) return text;
            Assert.Contains(right, text, StringComparison.Ordinal);
            return text.Replace(right, wrong, StringComparison.Ordinal);
        });
}
