using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>
/// Divides an organization up (重组·分立). Each part becomes an organization of its own: beside the old one from the month of the day on, under it in the months before, so that what
/// the old one filed then adds up as it did. The scenarios given to a part go with their whole history, its children with all below them.
/// Refused with <c>organization-not-found</c>, <c>organization-root</c>, <c>organization-closed</c>, <c>organization-name-taken</c>, <c>credit-code-taken</c>, <c>effective-on-out-of-range</c>,
/// <c>given-twice</c>, <c>organization-not-child</c>, <c>scenario-not-of-organization</c>, <c>organization-not-empty</c>.
/// </summary>
/// <param name="EffectiveOn">The day of the split; not after today, not before the last change of those concerned.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
/// <param name="Parts">1 to 50.</param>
/// <param name="Closes">True when the old organization ends with it: everything must have been given away.</param>
/// <param name="ValidateOnly">True to be told what would change.</param>
public sealed record SplitOrganization(long OrganizationId, DateOnly EffectiveOn, string? Note, IReadOnlyList<SplitPart> Parts, bool Closes, bool ValidateOnly) : ICommand<Reorganized>;

/// <summary>A new organization that a split makes.</summary>
/// <param name="Kind">directory, group or subsidiary (regulator for a subordinate regulator).</param>
/// <param name="Name">At most 100 characters, unique among its siblings.</param>
/// <param name="NameEn">At most 200 characters.</param>
/// <param name="CreditCode">统一社会信用代码 with check digit; required for group and subsidiary.</param>
/// <param name="Region">GB/T 2260.</param>
/// <param name="IndustryDivision">GB/T 4754-2017 division, two digits.</param>
/// <param name="Scenarios">Ids of scenarios of the divided organization itself.</param>
/// <param name="Children">Ids of organizations directly below it.</param>
public sealed record SplitPart(string Kind, string Name, string? NameEn = null, string? CreditCode = null, string? Region = null, string? IndustryDivision = null,
    IReadOnlyList<long>? Scenarios = null, IReadOnlyList<long>? Children = null)
{
    internal OrganizationContent Content => new(Kind, Name, NameEn, CreditCode, Region, IndustryDivision);
}

internal sealed class SplitOrganizationValidator : AbstractValidator<SplitOrganization>
{
    public const int MaxParts = 50, MaxGiven = 50_000;

    public SplitOrganizationValidator(ReferenceCatalog catalog)
    {
        var content = new OrganizationContentValidator(catalog);
        RuleFor(x => x.Note).MaximumLength(TreeChange.MaxNote);
        RuleFor(x => x.Parts).Must(p => p is { Count: >= 1 and <= MaxParts }).WithErrorCode("parts-size")
            .WithMessage(_ => new Words($"须有 1 至 {MaxParts} 个新单位。", $"Between 1 and {MaxParts} parts.").ToString());
        RuleFor(x => x.Parts).Custom((parts, context) =>
        {
            if (parts is null) return;
            if (parts.Sum(p => (p?.Scenarios?.Count ?? 0) + (p?.Children?.Count ?? 0)) > MaxGiven)
                Found("Parts", "parts-size", new($"一次最多划出 {MaxGiven} 个场景和下级单位。", $"At most {MaxGiven} scenarios and children in one split."));
            var (scenarios, children) = (new HashSet<long>(), new HashSet<long>());
            for (var i = 0; i < parts.Count; i++)
            {
                if (parts[i] is not { } part) { Found($"Parts[{i}]", "required", new("不能为 null。", "This must not be null.")); continue; }
                foreach (var failure in content.Validate(part.Content).Errors)
                    context.AddFailure(new FluentValidation.Results.ValidationFailure($"Parts[{i}].{failure.PropertyName}", failure.ErrorMessage) { ErrorCode = failure.ErrorCode });
                Once(part.Scenarios, scenarios, $"Parts[{i}].Scenarios");
                Once(part.Children, children, $"Parts[{i}].Children");
            }

            // Given to two, its figures would count in both.
            void Once(IReadOnlyList<long>? given, HashSet<long> seen, string at)
            {
                for (var j = 0; j < (given?.Count ?? 0); j++)
                    if (!seen.Add(given![j])) Found($"{at}[{j}]", "given-twice", new($"{given[j]} 已划给一个新单位。", $"{given[j]} is given to a part already."));
            }

            void Found(string at, string code, Words words) => context.AddFailure(new FluentValidation.Results.ValidationFailure(at, words.ToString()) { ErrorCode = code });
        });
    }
}

internal sealed class SplitOrganizationHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<SplitOrganization, Result<Reorganized>>
{
    public async Task<Result<Reorganized>> Handle(SplitOrganization request, CancellationToken ct)
    {
        var tree = new TreeChange(db, caller, clock);
        await tree.Hold(ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is not { } divided) return OrganizationRefusal.NotFound;
        if (divided.ParentId is not { } parentId || divided.Id == caller.OrganizationId) return OrganizationRefusal.RootStays;
        if (divided.ClosedOn is not null) return OrganizationRefusal.Closed(divided);
        var children = (await db.List<ChildRow>(OrganizationSql.Children, new { request.OrganizationId }, ct)).ToDictionary(c => c.Id);
        for (var i = 0; i < request.Parts.Count; i++)
            foreach (var child in request.Parts[i].Children ?? [])
                if (!children.ContainsKey(child)) return OrganizationRefusal.NotChild(child, divided.Name).At($"/parts/{i}/children");
        var given = request.Parts.SelectMany(p => p.Children ?? []).ToHashSet();
        var (first, today) = (await tree.Earliest([divided.Id, .. given], divided.Id, ct), clock.Today());
        if (request.EffectiveOn < first || request.EffectiveOn > today) return OrganizationRefusal.EffectiveOn(first, today);
        if (await Clashes(request.Parts, parentId, ct) is { } clash) return clash;

        // Asked before anything is written, so that a preview and the split itself refuse the same.
        var (total, month, left) = (Rehomed.None, Month.Of(request.EffectiveOn).ToString(), long.MaxValue);
        for (var i = 0; i < request.Parts.Count; i++)
        {
            var asked = await mediator.Send(Rehome(0, request.Parts[i], validateOnly: true), ct);
            if (!asked.Ok) return asked.Why!.At($"/parts/{i}/scenarios");
            total = total.And(asked.Value);
            left = Math.Min(left, asked.Value.Left + asked.Value.Scenarios);
        }
        if (request.Closes && (left > total.Scenarios || children.Values.Any(c => !given.Contains(c.Id)))) return OrganizationRefusal.NotEmpty(divided.Name, left - total.Scenarios, children.Count - given.Count);

        var organizations = request.Parts.Count + (given.Count == 0 ? 0 : await db.One<long>(OrganizationSql.CountSubtrees, new { RootIds = SqlList.Of(given) }, ct));
        var created = new List<OrganizationAdded>();
        if (!request.ValidateOnly)
        {
            foreach (var part in request.Parts)
            {
                var organizationId = await db.NextId(ct);
                var treeNo = await tree.Next(TreeCause.Split, organizationId, divided.Id, request.EffectiveOn, request.Note, ct);
                if (!await tree.Add(treeNo, organizationId, parentId, part.Content, request.EffectiveOn, (divided.Id, month), ct)) return OrganizationRefusal.NotFound;
                if (part.Children is { Count: > 0 } some)
                    await tree.Move(await tree.Next(TreeCause.Moved, null, organizationId, request.EffectiveOn, request.Note, ct), some, organizationId, request.EffectiveOn, ct);
                created.Add(new(organizationId, 1));
            }
            if (request.Closes)
            {
                await tree.Next(TreeCause.Closed, divided.Id, null, request.EffectiveOn, request.Note, ct);
                await tree.Close(divided.Id, null, request.EffectiveOn, ct);
            }
            for (var i = 0; i < request.Parts.Count; i++)
                if ((await mediator.Send(Rehome(created[i].Id, request.Parts[i], validateOnly: false), ct)).Why is { } why) return why.At($"/parts/{i}/scenarios");
        }
        if (!request.ValidateOnly && !request.Closes)
            db.Record(new Change("organization", "divided", divided.Id, divided.Id) { Fields = [Change.Field("parts", null, created.Select(c => c.Id)), Change.Field("effectiveOn", null, request.EffectiveOn)] });
        return new Reorganized(request.ValidateOnly, organizations, total.Scenarios, total.Filings, total.FirstPeriod, total.LastPeriod, created);

        RehomeScenarios Rehome(long to, SplitPart part, bool validateOnly) => new(divided.Id, to, null, [.. part.Scenarios ?? []], TreeCause.Split, request.Note, divided.Name, validateOnly);
    }

    private async Task<Refusal?> Clashes(IReadOnlyList<SplitPart> parts, long parentId, CancellationToken ct)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, earlier) = (parts[i], parts.Take(i));
            var clash = await Clash.Of(db, 0, parentId, part.Content, ct)
                ?? (part.CreditCode is not null && earlier.Any(p => p.CreditCode == part.CreditCode) ? OrganizationRefusal.CreditCodeTaken(part.CreditCode)
                    : earlier.Any(p => p.Name == part.Name) ? OrganizationRefusal.NameTaken(part.Name) : null);
            if (clash is not null) return clash.At($"/parts/{i}{clash.Errors![0].Pointer}");
        }
        return null;
    }
}
