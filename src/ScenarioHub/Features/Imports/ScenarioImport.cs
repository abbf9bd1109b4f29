using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>Scenarios: a row is the body a batch would hold, saved by <see cref="ScenarioRegister"/>: by one of its external keys, else by its code, else as a new one.</summary>
internal sealed class ScenarioImport(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock, ImportMappingBody? mapping, string? source) : EntryImport
{
    private const int RowsAtOnce = 2_000, Body = 0, Key = 1, WholeRow = -1;

    private readonly ImportColumns _columns = ImportColumns.Scenarios(catalog);
    private readonly Dictionary<string, int> _fields = ImportColumns.Scenarios(catalog).All.Select((c, i) => (c.Key, i)).ToDictionary(x => x.Key, x => x.i, StringComparer.Ordinal);
    private readonly Dictionary<TableSheet, int> _sheetNumbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, int> _layouts = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly List<FoundInFile> _found = [];

    public override async Task<bool> Read(SourceFile file, RowSpool spool, Func<List<FoundInFile>, Task<bool>> hand, CancellationToken ct)
    {
        var isJson = file.Format is SourceFormat.Json or SourceFormat.Ndjson;
        if (isJson && mapping is null)
        {
            // Objects in the API's own words are read as the API reads them.
            foreach (var row in file.Rows(ct))
            {
                var sheet = new TableSheet("", ImportSubject.Scenarios, 0, []);
                if (!Counted(new(sheet, row.Row, row.Cells, row.Problem, row.Json), isJson)) break;
                if (row.Problem is null) Add(spool, 1, Layout(sheet, 1), row.Row, Encoding.UTF8.GetString(row.Json.Span));
                if (RowsRead % RowsAtOnce == 0 && !await hand(_found)) return false;
            }
            if (RowsRead == 0 && !Unusable)
            {
                Unusable = true;
                _found.Add(new(0, "", 0, null, null, "", FileProblem.Empty, null, Rules.Severity.Blocker, true, new("文件中没有可导入的记录。", "The file holds no entry to import.")));
            }
            return await hand(_found);
        }
        var table = new SourceTable(file, file.Format == SourceFormat.Xlsx ? ImportColumns.OfAll(catalog) : [_columns], mapping?.ForReader());
        foreach (var row in table.Rows(ct))
        {
            if (row.Sheet.Subject != ImportSubject.Scenarios && row.Problem is not { EndsFile: true }) continue;
            if (!Counted(row, isJson)) break;
            if (table.Notices.Count > 0 && table.Notices.Any(n => BlocksFor(table, n, ImportSubject.Scenarios))) break;
            if (row.Problem is null && BodyOf(row, isJson) is { } body) Add(spool, SheetNo(row.Sheet), Layout(row.Sheet, SheetNo(row.Sheet)), row.Row, body.ToJsonString(Json.Options));
            if (RowsRead % RowsAtOnce == 0 && !await hand(_found)) return false;
        }
        SayNotices(file, table, ImportSubject.Scenarios, isJson, _sheetNumbers, _found);
        return await hand(_found);
    }

    private bool Counted(TableRow row, bool isJson)
    {
        RowsRead++;
        if (RowsRead > ImportRule.MaxRows)
        {
            Unusable = true;
            Find(row, null, "", ImportFinding.TooManyRows, new($"文件超过 {ImportRule.MaxRows} 行,请拆分后分次导入。", $"The file has more than {ImportRule.MaxRows} rows; split it."));
        }
        else if (row.Problem is { } problem)
        {
            RowsRefused++;
            Unusable |= problem.EndsFile;
            Find(row, isJson ? null : problem.Column, "", problem.Code, problem.Message);
        }
        return !Unusable;
    }

    /// <summary>The row as a batch would hold it; null when a cell was not understood.</summary>
    private JsonObject? BodyOf(TableRow row, bool isJson)
    {
        var body = new JsonObject();
        var (bad, before) = (false, _found.Count);
        foreach (var (match, cell) in row.Known())
        {
            if (cell.IsEmpty) continue;
            var (value, problem) = Understand(cell, match);
            if (problem is not null)
            {
                bad = true;
                Find(row, isJson ? null : cell.Column, "/" + match.Column.Key, problem.Code, problem.Message);
            }
            else if (value is not null)
            {
                if (match.Column.Key == "externalKey") body["externalKeys"] = new JsonArray(new JsonObject { ["source"] = source ?? "file", ["key"] = value });
                else body[match.Column.Key] = value;
            }
        }
        foreach (var constant in mapping?.Constants ?? [])
            if (_columns.Find(constant.Field) is { } column && body[column.Key] is null && Understand(new(0, constant.Value, CellKind.Text, CellSource.Csv), new(column, null)) is ({ } value, null)) body[column.Key] = value;
        if (bad) RowsRefused++;
        var key = (body["externalKeys"] as JsonArray)?[0] is { } named ? $"{named["source"]}:{named["key"]}" : null;
        for (var i = before; i < _found.Count; i++) _found[i] = _found[i] with { ExternalKey = key };
        return bad ? null : body;
    }

    private static (JsonNode? Value, CellProblem? Problem) Understand(in SourceCell cell, ColumnMatch match)
    {
        var column = match.Column;
        switch (column.Kind)
        {
            case ColumnKind.Number: return column.Units is { } units ? Of(CellText.Decimal(cell, units, match.Unit), v => JsonValue.Create(v))
                : Of(CellText.Number(cell), v => decimal.TryParse(v.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(v.Text));
            case ColumnKind.Integer: return Of(CellText.Integer(cell, column.Units), v => JsonValue.Create(v));
            case ColumnKind.Date: return Of(CellText.Date(cell), v => JsonValue.Create(v.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            case ColumnKind.Month: return Of(CellText.Month(cell), v => JsonValue.Create(v.ToString()));
            case ColumnKind.Bool: return Of(CellText.Bool(cell), v => JsonValue.Create(v));
            case ColumnKind.One: return Of(CellText.One(cell, column.Names!), v => JsonValue.Create(v));
            case ColumnKind.Many: return Of(CellText.Many(cell, column.Names!), v => column.Key == "measures"
                ? new JsonArray([.. v.Select(m => (JsonNode)new JsonObject { ["measure"] = m })]) : new JsonArray([.. v.Select(x => (JsonNode?)JsonValue.Create(x))]));
            case ColumnKind.List: return Of(CellText.List(cell), v => new JsonArray([.. v.Select(x => (JsonNode?)JsonValue.Create(x))]));
            case ColumnKind.Text: return Of(CellText.Text(cell), v => JsonValue.Create(v));
            // Less than 18 digits are an id of ours; all else is a credit code, with its check digit.
            case ColumnKind.Organization: return CellText.Code(cell) is { Ok: true } reference && OrganizationReference.IdOf(reference.Value) is not null ? (JsonValue.Create(reference.Value), null)
                : Of(CellText.CreditCode(cell), v => JsonValue.Create(v));
            default: return Of(CellText.Code(cell), v => JsonValue.Create(v));
        }

        static (JsonNode?, CellProblem?) Of<T>(Understood<T> understood, Func<T, JsonNode?> json) => (understood.Ok ? json(understood.Value) : null, understood.Problem);
    }

    /// <summary>Of two rows that mean the same scenario nobody could say which stands: the second is found, and says where the first is.</summary>
    private void Add(RowSpool spool, int sheetNo, int layout, int row, string json)
    {
        var keys = new List<string>();
        string? shown = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } body)
            {
                if (body.TryGetProperty("externalKeys", out var list) && list.ValueKind == JsonValueKind.Array)
                    foreach (var key in list.EnumerateArray())
                        if (key.ValueKind == JsonValueKind.Object && key.TryGetProperty("source", out var from) && key.TryGetProperty("key", out var name)) { keys.Add($"{from} {name}"); shown ??= $"{from}:{name}"; }
                if (body.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String) keys.Add($"{code}");
            }
        }
        catch (JsonException) { /* said as the batch says it, when it is saved */ }
        foreach (var key in keys)
            if (!_seen.TryAdd(key, row) && _seen[key] is var first && first != row)
            {
                RowsRefused++;
                var at = LayoutOf(layout);
                _found.Add(new(sheetNo, at.Sheet, row, null, shown, "", ImportFinding.EntryTwice, null, Rules.Severity.Blocker, true, new($"与第 {first} 行是同一场景({key}),无法判断以哪一行为准。", $"The same scenario as row {first} ({key}); it cannot be told which counts.")));
                return;
            }
        spool.Add(new(spool.Rows, -1), new(sheetNo, row, layout, false, [json, shown]));
    }

    public override async Task<ChunkOutcome> Write(IReadOnlyList<List<SpooledRow>> entries, bool isTrial, CancellationToken ct)
    {
        var outcome = new ChunkOutcome();
        var register = new ScenarioRegister(db, rules, catalog, caller, clock);
        var bodies = entries.Select(e => Read(e[0])).ToArray();
        await register.Preload([.. bodies.Select(b => b.Body).OfType<ScenarioBody>()], ct);
        for (var i = 0; i < entries.Count; i++)
        {
            var (row, (body, why)) = (entries[i][0], bodies[i]);
            var saved = body is null ? Result<ScenarioSaved>.Refused(why!) : await register.Save(body, body.ExternalKeys, null, ct);
            if (saved.Why is { Code: ScenarioRefusal.KeyRaceCode }) throw new KeyRaceException();
            if (saved.Ok)
            {
                outcome.Says($"{saved.Value.Outcome} {saved.Value.Version} {saved.Value.State}");
                if (saved.Value.Outcome == ScenarioSaved.Created) outcome.Created++;
                else if (saved.Value.Outcome == ScenarioSaved.Updated) outcome.Updated++;
                else outcome.Unchanged++;
                continue;
            }
            outcome.Refused++;
            // A refusal wrote nothing, so the same again finds the same, in the other language.
            var english = saved.Why!.Errors is not { Count: > 0 } ? null : body is null ? await InEnglish(() => Task.FromResult(Read(row).Why)) : (await InEnglish(() => register.Save(body, body.ExternalKeys, null, ct))).Why;
            if (saved.Why.Errors is not { Count: > 0 } errors) Found(outcome, row, "", saved.Why.Code, saved.Why.Detail);
            else
                for (var e = 0; e < errors.Count; e++)
                    Found(outcome, row, errors[e].Pointer, errors[e].Code, new(errors[e].Message, english?.Errors?.ElementAtOrDefault(e)?.Message ?? errors[e].Message), errors[e].RuleId);
        }
        return outcome;
    }

    private static (ScenarioBody? Body, Refusal? Why) Read(SpooledRow row)
    {
        try { return (JsonSerializer.Deserialize<ScenarioBody>(row.Fields[Body]!, Json.Options), null); }
        catch (JsonException e) { return (null, JsonRefusal.Of(e)); }
    }

    private void Found(ChunkOutcome outcome, SpooledRow row, string pointer, string code, Words message, string? ruleId = null)
    {
        var layout = LayoutOf(row);
        var name = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";
        var field = _fields.GetValueOrDefault(name == "externalKeys" ? "externalKey" : name, WholeRow);
        outcome.Found.Add(new(row.SheetNo, layout.Sheet, row.RowNo, layout.Cell(field, row.RowNo), row.Fields[Key], pointer, code, ruleId, Rules.Severity.Blocker, true, message));
        outcome.Says($"{row.SheetNo} {row.RowNo} {pointer} {code}");
    }

    public override async Task<(string Entries, string Locks)> Touched(IReadOnlyList<List<SpooledRow>> entries, CancellationToken ct)
    {
        var bodies = entries.Select(e => Read(e[0]).Body).OfType<ScenarioBody>().ToArray();
        var ids = new HashSet<long>();
        if (bodies.Select(b => b.Code).OfType<string>().Where(c => c.Length <= 64).Distinct().ToArray() is { Length: > 0 } codes)
            ids.UnionWith((await db.List<Named>(ImportSql.ScenariosByCode, new { ScenarioCodes = SqlList.Of(codes) }, ct)).Select(n => n.ScenarioId));
        foreach (var keys in bodies.SelectMany(b => b.ExternalKeys ?? []).Where(k => k is not null && k.Key.Length <= 200).GroupBy(k => k.Source))
            ids.UnionWith((await db.List<Named>(ImportSql.ScenariosByKey, new { Source = keys.Key, ExternalKeyTexts = SqlList.Of(keys.Select(k => k.Key).Distinct()) }, ct)).Select(n => n.ScenarioId));
        var stands = new ChunkOutcome();
        foreach (var s in await db.List<Standing>(ImportSql.TouchedScenarios, new { ScenarioIds = SqlList.Of(ids) }, ct)) stands.Says(string.Create(CultureInfo.InvariantCulture, $"{s.ScenarioId} {s.Version}"));
        return (stands.Sha256(), new ChunkOutcome().Sha256());
    }

    private int SheetNo(TableSheet sheet)
    {
        if (!_sheetNumbers.TryGetValue(sheet, out var number)) _sheetNumbers[sheet] = number = _sheetNumbers.Count + 1;
        return number;
    }

    private int Layout(TableSheet sheet, int sheetNo)
    {
        if (_layouts.TryGetValue(sheetNo, out var known)) return known;
        TableColumn?[] columns = [.. sheet.Columns];
        return _layouts[sheetNo] = Layout(new RowLayout(sheetNo, sheet.Name, sheet.HeaderRow == 0 ? null : [.. _columns.All.Select(c => Array.FindIndex(columns, x => x?.Match?.Column == c))], [.. _columns.All.Select(c => "/" + c.Key)]));
    }

    private void Find(TableRow row, int? column, string pointer, string code, Words message) => _found.Add(new(row.Sheet.Columns.Count == 0 ? 1 : SheetNo(row.Sheet), row.Sheet.Name, row.Row,
        column is { } c ? RowLayout.CellName(c, row.Row) : null, null, pointer, code, null, Rules.Severity.Blocker, true, message));

    private sealed record Named
    {
        public required string Name { get; init; }
        public long ScenarioId { get; init; }
    }

    private sealed record Standing
    {
        public long ScenarioId { get; init; }
        public int Version { get; init; }
    }
}
