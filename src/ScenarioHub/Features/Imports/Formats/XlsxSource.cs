namespace ScenarioHub.Features.Imports.Formats;

internal sealed class XlsxSource : IDisposable
{
    public IReadOnlyList<SourceSheet> Sheets { get; } = [];
    public static XlsxSource Open(Stream content, SourceOptions options) => throw new UnreadableException(FileProblem.WorkbookBroken, new("暂不读取工作簿。", "Workbooks are not read yet."));
    public IEnumerable<SourceRow> Rows(CancellationToken ct) => Sheets.Select(s => new SourceRow(s.Name, 0, 0, []));
    public void Dispose() { }
}
