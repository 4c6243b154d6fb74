using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The registrar's hand on other people's addresses: with a reason, on record, and both ends are told.</summary>
public sealed class AddressDeskTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    [Fact]
    public async Task Where_the_old_mailbox_is_dead_the_registrar_makes_the_confirmed_new_one_primary_at_once()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        using var desk = await portal.RegistrarAsync();
        var person = $"/api/people/{portal.MemberOf(account)}/addresses";
        var email = AddressSteps.Fresh();

        await desk.RefusedAsync(person, new { email }, "address.reason-missing");
        await desk.DoneAsync(person, new { email, reason = "the institute closed its mail server" });
        await desk.RefusedAsync(person + "/primary", new { email, reason = "dead" }, "address.not-confirmed");
        using (var reader = await portal.ConfirmAsync(email))
            Assert.Equal("/addresses/confirmed", reader.Path);
        await me.DoneAsync(AddressSteps.Api + "/primary", new { email });
        await desk.DoneAsync(person + "/primary", new { email, reason = "dead" });

        Assert.Equal(email, portal.Read("select email from accounts where name = @0", account));
        Assert.Equal("Registrar", portal.Read("select outcome from primary_changes where member_id = @0", portal.MemberOf(account)));
        foreach (var end in (string[])[email, holder.Email])
            Assert.Contains(
                await portal.MailsAsync(end),
                m => m.Subject == "Your primary address has changed" && m.Text.Contains("Reason: dead", StringComparison.Ordinal)
            );
        Assert.Contains(
            "\"reason\":\"dead\"",
            portal.Read(
                "select details from audit_records where action = 'address.primary-changed' and member_id = @0",
                portal.MemberOf(account)
            ),
            StringComparison.Ordinal
        );
        using var late = await portal.Visit().GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        late.AssertRefused(410, "address.change-over");

        await desk.DoneAsync(person + "/remove", new { email = holder.Email, reason = "dead" });
        Assert.Contains(await portal.MailsAsync(holder.Email), m => m.Subject == "An address was removed from your record");
        Assert.Equal([holder.Email], (await me.AddressesAsync()).Emails("former"));
        await desk.RefusedAsync(person + "/remove", new { email, reason = "all of it" }, "address.is-primary");
    }

    [Fact]
    public async Task The_page_of_a_person_shows_every_address_with_its_state_and_takes_changes()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Desk " + Guid.CreateVersion7().ToString("N")[^6..]);
        var (first, second) = (AddressSteps.Fresh("first"), AddressSteps.Fresh("second"));
        var id = await desk.EnterPersonAsync(institute, "Ottilie", "Umlauf", first);

        await desk.GetAsync($"/desk/people/{id}");
        await desk.PostFormAsync("value=\"address\"", ("email", second), ("reason", "her letter"));
        Assert.Contains($"{second} not confirmed", desk.Text, StringComparison.Ordinal);
        // Nobody has an account yet, so the list may be put right without her.
        await desk.PostFormAsync("value=\"primary\"", ("email", second));
        Assert.Contains($"{first}", desk.Text, StringComparison.Ordinal);
        desk.AssertRefused(422, "address.reason-missing");
        await desk.PostFormAsync("value=\"primary\"", ("email", second), ("reason", "her letter"));
        Assert.Contains($"{second} primary not confirmed", desk.Text, StringComparison.Ordinal);
        await desk.PostFormAsync("value=\"remove\"", ("email", first), ("reason", "her letter"));

        Assert.Contains($"{first} former", desk.Text, StringComparison.Ordinal);
        await desk.PostFormAsync("value=\"alias\"", ("alias", "Ottilie"), ("reason", "her wish"));
        Assert.Contains("ottilie@collab.example alias shown first", desk.Text, StringComparison.Ordinal);
        Assert.Equal([id], (await desk.FindAsync(first)).Ids());
        Assert.Equal([id], (await desk.FindAsync("ottilie@collab.example")).Ids());
        Assert.Contains("Addresses for everybody", (await desk.GetAsync("/desk/people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_belongs_to_another_or_would_go_in_a_circle_is_refused_and_a_member_has_no_such_power()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        using var desk = await portal.RegistrarAsync();
        var registrar = $"/api/people/{portal.MemberOf("registrar")}/addresses";

        await desk.RefusedAsync(registrar, new { email = holder.Email, reason = "mine" }, "person.email-of-another");
        await desk.RefusedAsync(registrar, new { email = "x@collab.example", reason = "mine" }, "address.own-domain");
        await desk.RefusedAsync(registrar + "/remove", new { email = holder.Email, reason = "mine" }, "address.unknown");
        await desk.RefusedAsync(registrar + "/primary", new { email = "<script>", reason = "mine" }, "address.unknown");
        await desk.RefusedAsync(
            $"/api/people/{Guid.CreateVersion7()}/addresses",
            new { email = "x@example.org", reason = "?" },
            "person.unknown",
            404
        );
        await me.RefusedAsync(
            $"/api/people/{portal.MemberOf(account)}/aliases",
            new { alias = "boss", reason = "!" },
            "request.not-allowed",
            403
        );
        await me.RefusedAsync(registrar, new { email = "x@example.org", reason = "!" }, "request.not-allowed", 403);
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            "/api/people",
            new
            {
                given = "Cy",
                family = "Clic",
                email = "cy@collab.example",
                institute = await desk.EnterInstituteAsync("Circle"),
                position = "staff",
                from = "2024-01-01",
            }
        );
        Assert.Equal((422, "address.own-domain"), (status, body.Code()));
    }

    [Fact]
    public async Task An_old_list_finds_the_person_by_the_former_address_does_not_bring_it_back_and_the_address_follows_its_name()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Old List");
        var (former, now) = (AddressSteps.Fresh("former"), AddressSteps.Fresh("now"));
        var id = await desk.EnterPersonAsync(institute, "Gisela", "Altmann-Vogt", now);
        await desk.DoneAsync($"/api/people/{id}/addresses", new { email = former, reason = "a second one" });
        await desk.DoneAsync($"/api/people/{id}/addresses/remove", new { email = former, reason = "given up" });
        await desk.DoneAsync($"/api/people/{id}/aliases", new { alias = "gisela.altmann-vogt", reason = "by name" });

        var look = await desk.LookAtLinesAsync($",Gisela,Altmann-Vogt-Neu,{former},,Old List,staff,2024-01-01,");
        var (status, applied) = await desk.ApplyAsync(look);

        Assert.True(status == 200, applied.ToString());
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{id}");
        Assert.Equal("Altmann-Vogt-Neu", person.GetProperty("family").GetString());
        Assert.Equal([now], person.GetProperty("emails").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(["gisela.altmann-vogt-neu@collab.example", "gisela.altmann-vogt@collab.example"], Own(person));
        Assert.Equal(200, (await desk.RollBackAsync(look)).Status);
        portal.Tick(TimeSpan.FromSeconds(6)); // what an import orders is looked for
        (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{id}");
        Assert.Equal(["gisela.altmann-vogt@collab.example", "gisela.altmann-vogt-neu@collab.example"], Own(person));
    }

    [Fact]
    public async Task A_registration_with_an_address_that_we_give_ourselves_is_refused()
    {
        var holder = portal.NextMember();
        using var visitor = await portal.RegisterAsync(holder, ("email", "me@collab.example"));

        visitor.AssertRefused(400, "address.own-domain");
    }

    private static List<string?> Own(JsonElement person) =>
        [
            .. person
                .GetProperty("addresses")
                .GetProperty("collaboration")
                .EnumerateArray()
                .Select(a => a.GetProperty("address").GetString()),
        ];
}
