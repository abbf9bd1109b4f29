using MediatR;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports;

/// <summary>The file as a workbook with every finding at its cell. Refused with <c>import-not-found</c>, <c>import-not-finished</c>, and the code of a file that cannot be read at all.</summary>
internal sealed record AnnotateImport(long ImportId) : IQuery<AnnotatedFile>;

/// <param name="Content">From its beginning; gone when closed.</param>
internal sealed record AnnotatedFile(string Name, Stream Content);

internal sealed class AnnotateImportHandler(Db db, HubSettings settings) : IRequestHandler<AnnotateImport, Result<AnnotatedFile>>
{
    /// <summary>More nobody works through in a workbook; the list has them all.</summary>
    private const int MostFindings = 50_000;

    public async Task<Result<AnnotatedFile>> Handle(AnnotateImport request, CancellationToken ct)
    {
        if (await db.Find<ImportRow>(ImportSql.Find, new { request.ImportId }, ct) is not { } run) return ImportRefusal.NotFound;
        if (run.State is ImportState.Queued or ImportState.Running) return ImportRefusal.NotEnded;
        var rows = await db.List<ImportFindingRow>(ImportSql.Findings, new { request.ImportId, Severity = (string?)null, AfterSheet = -1, AfterRow = 0, AfterFinding = 0, Take = MostFindings }, ct);
        var folder = Path.Combine(settings.DataFolder, "imports");
        await using var source = Scratch.File(folder);
        await KeptFile.CopyTo(db, run.FileId, source, ct);
        var output = Scratch.File(folder);
        try
        {
            var notice = run.Findings <= MostFindings ? null
                : new Words($"问题共 {run.Findings} 处,此处只列前 {MostFindings} 处;全部见 /api/v1/imports/{run.Id}/findings。", $"{run.Findings} findings, of which the first {MostFindings} stand here; all are at /api/v1/imports/{run.Id}/findings.").ToString();
            if (AnnotatedCopy.Write(source, run.FileName, [.. rows.Select(Cell)], output, notice, null, ct) is { } why)
            {
                await output.DisposeAsync();
                return why;
            }
            output.Position = 0;
            return new AnnotatedFile(AnnotatedCopy.NameOf(run.FileName), output);
        }
        catch { await output.DisposeAsync(); throw; }
    }

    private static CellFinding Cell(ImportFindingRow f)
    {
        var line = f.Line();
        return new(f.Sheet, f.RowNo, f.Cell is null ? null : ColumnOf(f.Cell), f.Severity switch
        {
            Rules.Severity.Blocker => FindingWeight.Blocker,
            Rules.Severity.Error => FindingWeight.Error,
            Rules.Severity.Warning => FindingWeight.Warning,
            _ => FindingWeight.Info
        }, f.RuleId ?? f.Code, line.Right is null ? line.Message : $"{line.Message} {new Words("应为:", "Right would be: ")}{line.Right}");
    }

    private static int ColumnOf(string cell)
    {
        var column = 0;
        foreach (var letter in cell.TakeWhile(char.IsAsciiLetterUpper)) column = column * 26 + (letter - 'A' + 1);
        return column - 1;
    }
}
