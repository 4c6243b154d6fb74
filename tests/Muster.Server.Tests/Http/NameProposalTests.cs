using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The form shows what was made of the certificate's names, and says that it is a proposal.</summary>
public sealed class NameProposalTests(Portal portal) : IClassFixture<Portal>
{
    private const string Organisation = "/DC=org/DC=demo-grid";
    private string Form => portal.Options.CertificateLink("/register/certificate");

    [Theory]
    [InlineData("/C=CH/CN=alovelace Ada Lovelace", "Ada", "Lovelace", "A log-in name was left out.", "The order is only a proposal.")]
    [InlineData("/C=CH/CN=alovelace/CN=712345/CN=Ada Lovelace", "Ada", "Lovelace", "The order is only a proposal.")]
    [InlineData(
        "/C=CH/CN=Ada Lovelace 712345 a@example.org",
        "Ada",
        "Lovelace",
        "Numbers were left out.",
        "An e-mail address was left out.",
        "The order is only a proposal."
    )]
    [InlineData(
        "/C=CH/CN=Ada LOVELACE",
        "Ada",
        "Lovelace",
        "Capital letters were turned into ordinary ones.",
        "The order is a proposal: the family name stood in capitals."
    )]
    [InlineData("/C=JP/CN=Yamada Taro", "Taro", "Yamada", "The order is a proposal after the habit of the country.")]
    [InlineData("/C=CH/CN=712345", "", "", "Numbers were left out.", "The certificate has no usable name. Please type it.")]
    [InlineData("/C=CH/OU=Somebody without a name", "", "", "The certificate has no usable name. Please type it.")]
    public async Task The_fields_are_filled_and_what_was_done_is_listed(string names, string given, string family, params string[] notes)
    {
        var stranger = portal.Mill.Subject(Organisation + names, new Recipe());

        using var visitor = await portal.Visit(stranger).GetAsync(Form);

        Assert.True(visitor.Status == 200, visitor.Text);
        var fields = visitor.Fields();
        Assert.Equal((given, family), (fields.GetValueOrDefault("given", ""), fields.GetValueOrDefault("family", "")));
        Assert.Equal(notes[^1].Contains("habit", StringComparison.Ordinal) ? "family-first" : "given-first", fields["order"]);
        Assert.Equal(notes, Notes(visitor));
    }

    [Fact]
    public async Task Whose_name_is_on_the_list_is_told_that_the_order_is_the_lists()
    {
        using var visitor = await portal.Visit(portal.NextMember()).GetAsync(Form);

        Assert.Contains("The order is that of the members list.", Notes(visitor));
        Assert.DoesNotContain(Notes(visitor), note => note.Contains("proposal", StringComparison.Ordinal));
    }

    /// <summary>The list between the heading of the name and its first field.</summary>
    private static List<string> Notes(Visitor visitor)
    {
        var before = visitor.Html[..visitor.Html.IndexOf("id=\"given\"", StringComparison.Ordinal)];
        var list = before[before.LastIndexOf("<ul class=\"small quiet\">", StringComparison.Ordinal)..];
        return [.. list.Split("<li>")[1..].Select(item => item[..item.IndexOf("</li>", StringComparison.Ordinal)])];
    }
}
