using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>Plans a collection over an organization of the caller's subtree; the clock opens it on its day. Refused with <c>organization-not-found</c>, <c>invalid</c>.</summary>
public sealed record AddCollection(CollectionContent Body) : ICommand<CollectionAdded>;

public sealed record CollectionAdded(long Id, int Version);

internal sealed class AddCollectionValidator : AbstractValidator<AddCollection>
{
    public AddCollectionValidator(IValidator<CollectionContent> content) => RuleFor(x => x.Body).SetValidator(content);
}

internal sealed class AddCollectionHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AddCollection, Result<CollectionAdded>>
{
    public async Task<Result<CollectionAdded>> Handle(AddCollection request, CancellationToken ct)
    {
        var (body, now) = (request.Body, clock.GetUtcNow().UtcDateTime);
        var id = await db.NextId(ct);
        var written = await db.Run(CollectionSql.Insert, new
        {
            CollectionId = id,
            body.Name,
            body.Note,
            body.FirstPeriod,
            body.LastPeriod,
            OrganizationId = body.Organization ?? caller.OrganizationId,
            Sectors = CodeText.Of(body.Sectors),
            Measures = CodeText.Of(body.Measures),
            ExtraMeasures = CodeText.Of(body.ExtraMeasures),
            State = CollectionState.Planned,
            body.OpensOn,
            body.DueOn,
            body.LocksOn,
            RemindDays = CodeText.Of(body.RemindDays),
            NextOn = body.OpensOn,
            caller.UserId,
            Now = now
        }, ct);
        if (written == 0) return CollectionRefusal.OrganizationNotFound("/organization");
        await new CollectionSteps(db, caller, clock).Done(id, StepKind.Called, null, 0, ct);
        return new CollectionAdded(id, 1);
    }
}
