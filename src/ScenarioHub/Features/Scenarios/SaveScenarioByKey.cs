using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Creates or updates the scenario with this external key, with the whole content; the same again changes nothing and adds no version.
/// A key nobody has yet is given to the scenario whose code the body names, if it names one. Refused as <see cref="ReviseScenario"/>.
/// </summary>
/// <param name="Version">Optional: the version the update must be based on.</param>
public sealed record SaveScenarioByKey(ExternalKey Key, int? Version, ScenarioBody Body) : ICommand<ScenarioSaved>;

internal sealed class SaveScenarioByKeyHandler(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock) : IRequestHandler<SaveScenarioByKey, Result<ScenarioSaved>>
{
    public async Task<Result<ScenarioSaved>> Handle(SaveScenarioByKey request, CancellationToken ct)
    {
        if (ScenarioRegister.Misspelt(request.Key) is var (part, right)) return Refusal.Field(ScenarioFinding.KeySpelling, "?" + part, right);
        // After those of the body, so that findings count as the body does.
        return await new ScenarioRegister(db, rules, catalog, caller, clock).Save(request.Body, [.. request.Body.ExternalKeys ?? [], request.Key], request.Version, ct);
    }
}
