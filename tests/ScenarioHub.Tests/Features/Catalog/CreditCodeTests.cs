using CsCheck;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Tests.Features.Catalog;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43")]   // the worked example of GB 32100-2015, with the check character it arrives at
    [InlineData("914403001922038216")]
    [InlineData("9144030071526726XG")]
    [InlineData("91110000802100433B")]
    [InlineData("91110000100010433L")]
    [InlineData("9111000010169286X1")]
    [InlineData("911100007109250324")]
    [InlineData("91440300708461136T")]
    public void A_published_code_is_right(string code)
    {
        Assert.True(CreditCode.TryCheck(code, out var fault), fault.ToString());
        Assert.Equal(code, CreditCode.Compute(code[..17]));
    }

    [Theory]
    [InlineData("91350100M000100Y4Z", CreditCodeFault.Character)]   // the standard's own wrong one: Z is not in the alphabet
    [InlineData("91350100M000100Y44", CreditCodeFault.CheckCharacter)]
    [InlineData("91350100M000100Y4", CreditCodeFault.Length)]
    [InlineData("91350100M000100Y433", CreditCodeFault.Length)]
    [InlineData("91350100m000100Y43", CreditCodeFault.Character)]
    [InlineData("9135010OM000100Y43", CreditCodeFault.Character)]
    [InlineData("91A50100M000100Y43", CreditCodeFault.Character)]
    [InlineData("", CreditCodeFault.Length)]
    [InlineData(null, CreditCodeFault.Length)]
    public void A_wrong_code_says_what_is_wrong(string? code, CreditCodeFault expected)
    {
        Assert.False(CreditCode.TryCheck(code, out var fault));
        Assert.Equal(expected, fault);
    }

    private static readonly Gen<string> Seventeen =
        Gen.Select(Gen.Char["0123456789ABCDEFGHJKLMNPQRTUWXY"].Array[2], Gen.Char["0123456789"].Array[6], Gen.Char["0123456789ABCDEFGHJKLMNPQRTUWXY"].Array[9])
            .Select((head, region, body) => string.Concat(head) + string.Concat(region) + string.Concat(body));

    [Fact]
    public void A_computed_code_is_right_and_no_single_slip_leaves_it_so() =>
        Gen.Select(Seventeen, Gen.Int[0, 17], Gen.Char["0123456789"]).Sample((first, place, slip) =>
        {
            var code = CreditCode.Compute(first);
            if (!CreditCode.TryCheck(code, out _)) return false;
            var slipped = code[..place] + slip + code[(place + 1)..];
            return slipped == code || !CreditCode.TryCheck(slipped, out _);
        });

    [Fact]
    public void Only_seventeen_characters_can_be_completed()
    {
        Assert.Throws<ArgumentException>(() => CreditCode.Compute("91350100M000100Y"));
        Assert.Throws<ArgumentException>(() => CreditCode.Compute("91350100M000100YI"));
    }
}
