using FluentValidation;
using MediatR;
using ScenarioHub.Features.Collections;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>Has changes of a subtree sent to an address, from now on. Refused with <c>organization-not-found</c>, <c>too-many-webhooks</c>, <c>invalid</c> (<c>webhook-url-…</c>, <c>webhook-address-not-allowed</c>, …).</summary>
public sealed record AddWebhook(WebhookContent Body) : ICommand<WebhookAdded>;

/// <param name="SealedSecret">Opens with <see cref="WebhookSecret.Purpose"/>: outcomes are kept for idempotency, and a secret must not lie open there.</param>
public sealed record WebhookAdded(long Id, int Version, string SealedSecret);

/// <summary>Of which row a sealed secret is.</summary>
internal static class WebhookSecret
{
    public static string Purpose(long tenantId, long webhookId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"webhook-secret:{tenantId}:{webhookId}");
}

internal sealed class AddWebhookValidator : AbstractValidator<AddWebhook>
{
    public AddWebhookValidator(IValidator<WebhookContent> content) => RuleFor(x => x.Body).SetValidator(content);
}

internal sealed class AddWebhookHandler(Db db, Caller caller, Sealing sealing, TimeProvider clock) : IRequestHandler<AddWebhook, Result<WebhookAdded>>
{
    public async Task<Result<WebhookAdded>> Handle(AddWebhook request, CancellationToken ct)
    {
        var (body, now) = (request.Body, clock.GetUtcNow().UtcDateTime);
        var organizationId = body.Organization ?? caller.OrganizationId;
        if (await db.Find<string>(WebhookSql.OrganizationName, new { OrganizationId = organizationId }, ct) is null) return WebhookRefusal.OrganizationNotFound;
        if (await db.One<int>(WebhookSql.CountOfOrganization, new { OrganizationId = organizationId }, ct) >= WebhookRule.MostOfAnOrganization) return WebhookRefusal.TooMany;
        var id = await db.NextId(ct);
        await db.Run(WebhookSql.Insert, new
        {
            WebhookId = id,
            OrganizationId = organizationId,
            Url = new Uri(body.Url).AbsoluteUri,
            body.Description,
            Kinds = CodeText.Of(body.Kinds),
            Actions = CodeText.Of(body.Actions),
            State = body.On ? WebhookState.On : WebhookState.Off,
            OffReason = body.On ? null : WebhookOff.ByPerson,
            OffAt = body.On ? (DateTime?)null : now,
            caller.UserId,
            Now = now
        }, ct);
        var secret = sealing.Seal(WebhookSecret.Purpose(caller.TenantId, id), WebhookSignature.NewSecret());
        await db.Run(WebhookSql.InsertSecret, new { WebhookId = id, SecretNo = 1L, Sealed = secret, caller.UserId, Now = now }, ct);
        db.Record(new Change("webhook", "added", id, organizationId, 1) { Fields = Change.Between(new { }, (object)body) });
        return new WebhookAdded(id, 1, secret);
    }
}
