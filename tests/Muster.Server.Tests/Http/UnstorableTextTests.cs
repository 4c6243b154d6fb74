using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Characters that not every engine can keep: zero, and one that a bound cuts in the middle.</summary>
public sealed class UnstorableTextTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_zero_character_makes_a_form_unreadable()
    {
        using var visitor = await portal.Visit().SignInAsync("gho\0st", "any words will do here");

        visitor.AssertRefused(400, "form.unreadable");
    }

    [Fact]
    public async Task A_zero_character_in_another_kind_of_form_is_part_of_a_name_that_nobody_has()
    {
        using var visitor = await portal.Visit().GetAsync("/sign-in");
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in visitor.Fields())
            if (field is not ("account" or "password"))
                form.Add(new StringContent(value), field);
        form.Add(new StringContent("gho\0st"), "account");
        form.Add(new StringContent("any words will do here"), "password");

        await visitor.SendAsync("/sign-in", form);

        visitor.AssertRefused(401, "sign-in.wrong");
    }

    [Theory]
    [InlineData("email", "zero\0@nowhere.example")]
    [InlineData("accountName", "ze\0ro")]
    [InlineData("native", "ze\0ro")]
    [InlineData("formKey", "a\0aaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("proposed", "ze\0ro")]
    public async Task A_zero_character_from_a_program_is_no_failure_of_ours(string field, string value)
    {
        var me = portal.NextMember();
        using var visitor = portal.Visit(me);
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["given"] = "Zero",
            ["family"] = "Free",
            ["order"] = "given-first",
            ["email"] = me.Email,
            ["accountName"] = "zerofree",
            ["acceptsAup"] = true,
            ["aupVersion"] = "1.0",
        };
        body[field] = value;

        var (status, _) = await visitor.JsonAsync(HttpMethod.Post, portal.Options.CertificateLink("/api/registrations"), body);

        Assert.InRange(status, 200, 499);
    }

    [Fact]
    public async Task Words_that_are_cut_in_the_middle_of_a_character_are_kept_without_it()
    {
        const int Kept = 1_000;
        var me = portal.Issue("/DC=org/DC=demo-grid/C=XX/O=Nowhere/CN=Nobody Cut", "cut@nowhere.example");
        using var visitor = await portal.RegisterAsync(me);
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        var reference = visitor.Reference();
        var words = new string('a', Kept - 1) + "\U0001F600 and more";

        using var registrar = await portal.RegistrarAsync();
        await registrar.GetAsync($"/desk/registrations/{reference}");
        await registrar.SendAsync(
            $"/desk/registrations/{reference}/refuse",
            [.. registrar.Fields().Where(f => f.Key == "formToken"), new("words", words)]
        );

        Assert.Equal("Refused", portal.Read("select state from registrations where reference = @0", reference));
        Assert.Equal(new string('a', Kept - 1), portal.Read("select decision_note from registrations where reference = @0", reference));
    }
}
