using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>Every rule as it is in force today.</summary>
public sealed record GetRuleCatalog : IQuery<RuleCatalog>;

/// <summary>One rule set with its rules. Refused with <c>rule-set-not-found</c>.</summary>
public sealed record GetRuleSet(long RuleSetId) : IQuery<RuleSetView>;

/// <summary>Rule sets, the latest number first; the built-in one (number 1) is no row of the list.</summary>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ListRuleSets(int? Limit, string? After) : IQuery<Page<RuleSetLine>>;

/// <param name="RuleSet">Number of the set in force; 1 is the built-in one.</param>
/// <param name="RuleSetId">Null of the built-in one.</param>
/// <param name="EffectiveOn">Since when; null of the built-in one.</param>
public sealed record RuleCatalog(int RuleSet, long? RuleSetId, DateOnly? EffectiveOn, IReadOnlyList<RuleLine> Items);

/// <summary>A rule, in both languages, as a set has it.</summary>
/// <param name="Id">H-nn: within one entry and its registration. S-nn: plausible beside its history, its plan and its peers.</param>
/// <param name="Severity">blocker (refused), error (refused until explained), warning or info.</param>
/// <param name="WhyZh">What the rule asks and why.</param>
/// <param name="RightZh">What would be right, and what to do.</param>
public sealed record RuleLine(string Id, string NameZh, string NameEn, string WhyZh, string WhyEn, string RightZh, string RightEn, string Severity, string BuiltInSeverity, bool Enabled, IReadOnlyList<RuleParameterLine> Parameters);

/// <param name="Value">As the set has it.</param>
public sealed record RuleParameterLine(string Name, string LabelZh, string LabelEn, decimal Value, decimal Default, decimal Min, decimal Max);

/// <summary>A rule set in a list.</summary>
/// <param name="State">draft or published.</param>
/// <param name="EffectiveOn">The first day it is in force; null of a draft.</param>
/// <param name="InForce">Filings submitted today are judged by it.</param>
public sealed record RuleSetLine(long Id, int Number, string State, DateOnly? EffectiveOn, bool InForce, string? Note, int Version, string? CreatedByName, DateTime CreatedAt, DateTime UpdatedAt, string? PublishedByName, DateTime? PublishedAt);

/// <summary>A rule set. <paramref name="Version"/> is the ETag.</summary>
public sealed record RuleSetView(long Id, int Number, string State, DateOnly? EffectiveOn, bool InForce, string? Note, int Version, string? CreatedByName, DateTime CreatedAt, DateTime UpdatedAt, string? PublishedByName, DateTime? PublishedAt, IReadOnlyList<RuleLine> Rules);

internal sealed class ListRuleSetsValidator : AbstractValidator<ListRuleSets>
{
    public ListRuleSetsValidator() => RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
}

internal sealed class GetRuleSetHandler(Db db, Judging judging) : IRequestHandler<GetRuleCatalog, Result<RuleCatalog>>, IRequestHandler<GetRuleSet, Result<RuleSetView>>, IRequestHandler<ListRuleSets, Result<Page<RuleSetLine>>>
{
    public async Task<Result<RuleCatalog>> Handle(GetRuleCatalog request, CancellationToken ct)
    {
        var rules = await judging.InForce(ct);
        return new RuleCatalog(rules.Number, rules.Id, rules.EffectiveOn, Lines(rules));
    }

    public async Task<Result<RuleSetView>> Handle(GetRuleSet request, CancellationToken ct)
    {
        if (await db.Find<RuleSetRow>(RuleSql.FindSet, new { request.RuleSetId }, ct) is not { } s) return RuleRefusal.RuleSetNotFound;
        var inForce = await judging.InForce(ct);
        return new RuleSetView(s.Id, s.Number, s.State, s.EffectiveOn, inForce.Id == s.Id, s.Note, s.Version, s.CreatedByName, s.CreatedAt, s.UpdatedAt, s.PublishedByName, s.PublishedAt,
            Lines(await judging.Read(s.Id, s.Number, s.EffectiveOn, ct)));
    }

    public async Task<Result<Page<RuleSetLine>>> Handle(ListRuleSets request, CancellationToken ct)
    {
        if (!Cursor.TryRead<RuleSetLine, int>(request.After, out var before)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var inForce = await judging.InForce(ct);
        var rows = await db.List<RuleSetRow>(RuleSql.ListSets, new { BeforeNo = request.After is null ? int.MaxValue : before, Take = limit + 1 }, ct);
        return Cursor.Page<RuleSetLine, int>([.. rows.Select(s => new RuleSetLine(
            s.Id, s.Number, s.State, s.EffectiveOn, inForce.Id == s.Id, s.Note, s.Version, s.CreatedByName, s.CreatedAt, s.UpdatedAt, s.PublishedByName, s.PublishedAt))], limit, s => s.Number);
    }

    private static RuleLine[] Lines(RulesInForce rules) => [.. rules.Items.Select(i => new RuleLine(
        i.Rule.Id, i.Rule.Name.Zh, i.Rule.Name.En, i.Rule.Why.Zh, i.Rule.Why.En, i.Rule.Right.Zh, i.Rule.Right.En, i.Severity, i.Rule.Severity, i.Enabled,
        [.. i.Rule.Parameters.Select(p => new RuleParameterLine(p.Name, p.Label.Zh, p.Label.En, i.Parameters.GetValueOrDefault(p.Name, p.Default), p.Default, p.Min, p.Max))]))];
}
