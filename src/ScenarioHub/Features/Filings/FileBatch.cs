using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Files up to 1,000 scenarios and months at once, each as <see cref="FileFigures"/> would; a refused item keeps no other from being saved.</summary>
/// <param name="Items">1 to 1,000, each scenario and month once.</param>
/// <param name="ValidateOnly">Answers the same and writes nothing.</param>
public sealed record FileBatch(IReadOnlyList<FilingItem> Items, bool ValidateOnly = false) : ICommand<IReadOnlyList<Result<FilingSaved>>>;

internal sealed class FileBatchValidator : AbstractValidator<FileBatch>
{
    public FileBatchValidator()
    {
        RuleFor(x => x.Items).Must(i => i.Count is > 0 and <= FilingRule.MaxBatchItems).WithErrorCode("batch-size").WithMessage(x => new Words(
            $"一批须有 1 至 {FilingRule.MaxBatchItems} 条,本次为 {x.Items.Count} 条;更多请用 /api/v1/imports。",
            $"A batch holds 1 to {FilingRule.MaxBatchItems} items, this one {x.Items.Count}; more go through /api/v1/imports.").ToString());
        RuleForEach(x => x.Items).NotNull().WithErrorCode("required");
    }
}

internal sealed class FileBatchHandler(Db db, Caller caller, TimeProvider clock, ReferenceCatalog catalog) : IRequestHandler<FileBatch, Result<IReadOnlyList<Result<FilingSaved>>>>
{
    public async Task<Result<IReadOnlyList<Result<FilingSaved>>>> Handle(FileBatch request, CancellationToken ct) =>
        Result<IReadOnlyList<Result<FilingSaved>>>.Of(await new SavingFilings(db, caller, clock, catalog).Run(
            [.. request.Items.Select((item, i) => new SavingFilings.Sent(item, $"/items/{i}", $"/items/{i}/period"))], write: !request.ValidateOnly, ct));
}
