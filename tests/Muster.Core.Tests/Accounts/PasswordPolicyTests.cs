using Muster.Core.Accounts;
using Xunit;

namespace Muster.Core.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    private static readonly PasswordSubject Ada = new("lovelace", "Ada", "Lovelace", null, ["ada.lovelace@example.org"]);

    [Theory]
    [InlineData("modern", "a long walk over the hills")]
    [InlineData("modern", "ひとりで歩く長い道のりの話です。")]
    [InlineData("classic", "Xk7-mQ2vRt")]
    public void A_good_password_has_no_reason_against_it(string profile, string password) => Assert.Empty(Reasons(profile, password));

    [Theory]
    [InlineData("modern", "short", "too-short")]
    [InlineData("modern", "aaaaaaaaaaaaaaaaaaaa", "too-simple")]
    [InlineData("modern", "1q2w3e4r5t6y7u8i9o0p", "common")]
    [InlineData("modern", "my name is lovelace indeed", "contains-account-name")]
    [InlineData("modern", "L0V3L4C3 and some more words", "contains-name")]
    [InlineData("modern", "ada.lovelace@example.org", "contains-email")]
    [InlineData("classic", "alllowercase", "too-few-classes")]
    [InlineData("classic", "Xk7-mQ2vRtXk7-mQ2vRt", "too-long")]
    [InlineData("classic", "Xk7-mQ2vRé", "forbidden-character")]
    [InlineData("classic", "Monkey-42", "dictionary-word")]
    public void Each_rule_has_its_reason(string profile, string password, string reason) =>
        Assert.Contains("password." + reason, Reasons(profile, password));

    [Fact]
    public void All_reasons_are_told_at_once()
    {
        var reasons = Reasons("classic", "lovelaceé");

        Assert.Contains("password.forbidden-character", reasons);
        Assert.Contains("password.too-few-classes", reasons);
        Assert.Contains("password.contains-account-name", reasons);
    }

    [Fact]
    public void Length_counts_characters_and_not_their_bytes()
    {
        Assert.DoesNotContain("password.too-short", Reasons("modern", string.Concat(Enumerable.Repeat("🐦", 8)) + "forêt🌲🌳"));
        Assert.Contains("password.too-short", Reasons("modern", "🐦🐧🐤🐣🐥🦆🦅🦉"));
    }

    private static IReadOnlyList<string> Reasons(string profile, string password) =>
        [
            .. PasswordPolicy
                .Check(
                    new PlainTextPassword(password),
                    Ada,
                    profile == "modern" ? PasswordProfile.Modern : PasswordProfile.Classic,
                    hasSecondFactor: false
                )
                .Select(r => r.Code),
        ];
}
