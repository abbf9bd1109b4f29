using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Registers a scenario as a draft, version 1, of an organization in the caller's subtree.
/// Refused with <c>invalid</c>, <c>scenario-code-taken</c>, <c>scenario-name-taken</c>, <c>external-key-taken</c>, <c>external-key-race</c>.
/// </summary>
public sealed record RegisterScenario(ScenarioBody Body) : ICommand<ScenarioSaved>;

internal sealed class RegisterScenarioHandler(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock) : IRequestHandler<RegisterScenario, Result<ScenarioSaved>>
{
    public Task<Result<ScenarioSaved>> Handle(RegisterScenario request, CancellationToken ct) =>
        new ScenarioRegister(db, rules, catalog, caller, clock).Register(request.Body, request.Body.ExternalKeys, ct);
}
