using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Returns what is under review to be changed; an earlier approved version stands on. Publishes <see cref="FilingsChanged"/>. Refused with <c>too-many-filings</c>; all else is answered per item.</summary>
/// <param name="Reason">Told to the filers: 1 to 500 characters.</param>
public sealed record ReturnFilings(string Reason, FilingSelection Body) : ICommand<FilingsDecided>;

internal sealed class ReturnFilingsValidator : AbstractValidator<ReturnFilings>
{
    public ReturnFilingsValidator(IValidator<FilingSelection> selection)
    {
        RuleFor(x => x.Reason).NotEmpty().WithErrorCode("return-reason-missing").WithMessage(_ => new Words("请写明退回原因。", "Say why it is returned.").ToString())
            .MaximumLength(FilingRule.MaxText);
        RuleFor(x => x.Body).SetValidator(selection);
    }
}

internal sealed class ReturnFilingsHandler(Db db, IMediator mediator, Caller caller, TimeProvider clock) : IRequestHandler<ReturnFilings, Result<FilingsDecided>>
{
    public Task<Result<FilingsDecided>> Handle(ReturnFilings request, CancellationToken ct) =>
        new DecidingFilings(db, mediator, caller, clock).Run(request.Body, FilingState.Submitted, FilingState.Returned, request.Reason.Trim(), ct);
}
