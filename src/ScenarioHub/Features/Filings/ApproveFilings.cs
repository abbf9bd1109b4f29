using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Approves what is under review: its version stands in the approved book from then on. Publishes <see cref="FilingsChanged"/>. Refused with <c>too-many-filings</c>; all else is answered per item.</summary>
public sealed record ApproveFilings(FilingSelection Body) : ICommand<FilingsDecided>;

internal sealed class ApproveFilingsValidator : AbstractValidator<ApproveFilings>
{
    public ApproveFilingsValidator(IValidator<FilingSelection> selection) => RuleFor(x => x.Body).SetValidator(selection);
}

internal sealed class ApproveFilingsHandler(Db db, IMediator mediator, Caller caller, TimeProvider clock) : IRequestHandler<ApproveFilings, Result<FilingsDecided>>
{
    public Task<Result<FilingsDecided>> Handle(ApproveFilings request, CancellationToken ct) =>
        new DecidingFilings(db, mediator, caller, clock).Run(request.Body, FilingState.Submitted, FilingState.Approved, null, ct);
}
