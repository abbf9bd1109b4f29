using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Submits drafts for review; a submitted version is frozen. Publishes <see cref="FilingsChanged"/>. Refused with <c>too-many-filings</c>; all else is answered per item.</summary>
public sealed record SubmitFilings(FilingSelection Body) : ICommand<FilingsDecided>;

internal sealed class SubmitFilingsValidator : AbstractValidator<SubmitFilings>
{
    public SubmitFilingsValidator(IValidator<FilingSelection> selection) => RuleFor(x => x.Body).SetValidator(selection);
}

internal sealed class SubmitFilingsHandler(Db db, IMediator mediator, Caller caller, TimeProvider clock) : IRequestHandler<SubmitFilings, Result<FilingsDecided>>
{
    public Task<Result<FilingsDecided>> Handle(SubmitFilings request, CancellationToken ct) =>
        new DecidingFilings(db, mediator, caller, clock).Run(request.Body, FilingState.Draft, FilingState.Submitted, null, ct);
}
