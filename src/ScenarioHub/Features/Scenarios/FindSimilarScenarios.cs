using System.Text;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Scenarios of the caller's subtree whose names are much like one that is being typed: a warning before the same is registered twice, no judgement.
/// Alike is what share of their pairs of neighbouring characters two names have in common (Dice), case, width, blanks and punctuation apart.
/// </summary>
/// <param name="Name">2 to 100 characters.</param>
/// <param name="Except">The scenario the name is for, so that it is not found itself.</param>
public sealed record FindSimilarScenarios(string Name, long? Except) : IQuery<SimilarScenarios>;

/// <param name="Items">At most five, the likest first.</param>
public sealed record SimilarScenarios(IReadOnlyList<SimilarScenario> Items);

/// <param name="Likeness">0.5 to 1; 1 is the same name.</param>
public sealed record SimilarScenario(long Id, string Code, string Name, string State, string Stage, long OrganizationId, string OrganizationName, decimal Likeness);

internal sealed class FindSimilarScenariosValidator : AbstractValidator<FindSimilarScenarios>
{
    public FindSimilarScenariosValidator() => RuleFor(x => x.Name).Length(2, 100);
}

internal sealed class FindSimilarScenariosHandler(Db db) : IRequestHandler<FindSimilarScenarios, Result<SimilarScenarios>>
{
    private const int Pieces = 8, Candidates = 200, Shown = 5;
    private const decimal Alike = 0.5m;

    public async Task<Result<SimilarScenarios>> Handle(FindSimilarScenarios request, CancellationToken ct)
    {
        var asked = Pairs(request.Name);
        // Eight pairs spread over the name: enough to leave the few that can be alike, in one pass over the names.
        var pieces = asked.Count <= Pieces ? [.. asked] : Enumerable.Range(0, Pieces).Select(i => asked.ElementAt(i * asked.Count / Pieces)).ToArray();
        if (pieces.Length == 0) return new SimilarScenarios([]);
        string Piece(int i) => SqlLike.Contains(pieces[Math.Min(i, pieces.Length - 1)])!;
        var rows = await db.List<Row>(ScenarioSql.SharingPieces, new
        {
            P0 = Piece(0),
            P1 = Piece(1),
            P2 = Piece(2),
            P3 = Piece(3),
            P4 = Piece(4),
            P5 = Piece(5),
            P6 = Piece(6),
            P7 = Piece(7),
            Least = 2,
            Take = Candidates
        }, ct);
        return new SimilarScenarios([.. rows
            .Where(r => r.Id != request.Except)
            .Select(r => (Row: r, Likeness: Likeness(asked, Pairs(r.Name))))
            .Where(x => x.Likeness >= Alike)
            .OrderByDescending(x => x.Likeness).ThenBy(x => x.Row.Id)
            .Take(Shown)
            .Select(x => new SimilarScenario(x.Row.Id, x.Row.Code, x.Row.Name, x.Row.State, x.Row.Stage, x.Row.OrganizationId, x.Row.OrganizationName, x.Likeness))]);
    }

    private static decimal Likeness(HashSet<string> one, HashSet<string> other) =>
        Math.Round(2m * one.Count(other.Contains) / Math.Max(1, one.Count + other.Count), 2);

    private static HashSet<string> Pairs(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormKC).ToUpperInvariant().EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(r => r.ToString()).ToArray();
        return [.. letters.Zip(letters.Skip(1), (a, b) => a + b)];
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string State { get; init; }
        public required string Stage { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
    }
}
