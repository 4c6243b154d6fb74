using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muster.Server.Storage;
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
        await desk.RefusedAsync(
            $"/api/people/{portal.MemberOf(account)}/addresses/primary",
            new { email = "<script>", reason = "mine" },
            "address.unknown"
        );
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
    public async Task A_registrar_makes_no_own_address_primary_and_none_at_once_of_somebody_with_a_role_over_everything()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        using var desk = await portal.RegistrarAsync();
        var own = $"/api/people/{portal.MemberOf("registrar")}/addresses";
        var mine = AddressSteps.Fresh("mine");
        await desk.DoneAsync(own, new { email = mine, reason = "my wish" });
        (await portal.ConfirmAsync(mine)).Dispose();
        await desk.RefusedAsync(own + "/primary", new { email = mine, reason = "my wish" }, "address.own-record");

        await desk.GetAsync("/desk/roles");
        await desk.PostFormAsync("name=\"account\"", ("account", account), ("role", "administrator"));
        Assert.Equal("/desk/roles", desk.Path);
        var person = $"/api/people/{portal.MemberOf(account)}/addresses";
        var email = AddressSteps.Fresh("thief");
        await desk.DoneAsync(person, new { email, reason = "her call" });
        (await portal.ConfirmAsync(email)).Dispose();
        await desk.DoneAsync(person + "/primary", new { email, reason = "her call" });

        Assert.Equal(holder.Email, portal.Read("select email from accounts where name = @0", account));
        using var forgetful = await portal.Visit().GetAsync("/password/forgot");
        await forgetful.PostAsync(("account", account));
        Assert.Contains("Set a new password", (await portal.MailsAsync(holder.Email))[^1].Subject, StringComparison.Ordinal);
        Assert.Single(await portal.MailsAsync(email)); // the link that confirmed it, and nothing to agree with
        using var old = await portal.Visit().GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        await old.PostAsync(("answer", "stop"));
        Assert.Equal("/addresses/answered?stopped", old.Path);
        await portal.LaterAsync(TimeSpan.FromHours(25));
        Assert.Equal(holder.Email, portal.Read("select email from accounts where name = @0", account));
    }

    [Fact]
    public async Task What_a_registrar_adds_is_listed_whatever_the_member_has_asked_for_a_moment_ago()
    {
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        var person = $"/api/people/{portal.MemberOf(account)}/addresses";
        var (email, another) = (AddressSteps.Fresh(), AddressSteps.Fresh());
        await me.AddAsync(email);
        await me.AddAsync(AddressSteps.Fresh());

        await desk.DoneAsync(person, new { email, reason = "on the phone" });
        await desk.DoneAsync(person, new { email = another, reason = "on the phone" });

        var listed = (await me.AddressesAsync()).Emails();
        Assert.Contains(email, listed);
        Assert.Contains(another, listed);
        Assert.Single(await portal.MailsAsync(email)); // the link of a moment ago
        Assert.Equal(
            "2",
            portal.Read(
                "select count(*) from audit_records where action = 'address.asked' and details like '%on the phone%' and member_id = @0",
                portal.MemberOf(account)
            )
        );
    }

    [Fact]
    public async Task Whoever_reads_the_mail_has_the_address_whoever_was_listed_with_it()
    {
        var (me, _, account) = await portal.MemberAsync();
        var (other, _, mistaken) = await portal.MemberAsync();
        using var _1 = me;
        using var _2 = other;
        using var desk = await portal.RegistrarAsync();
        var email = AddressSteps.Fresh();
        await desk.DoneAsync($"/api/people/{portal.MemberOf(mistaken)}/addresses", new { email, reason = "mistyped" });
        var wrong = await portal.LinkAsync(email, "/addresses/confirm/");

        await portal.AddedAsync(me, email);

        Assert.DoesNotContain(email, (await other.AddressesAsync()).Emails());
        Assert.Equal([email], (await other.AddressesAsync()).Emails("former"));
        using var late = await portal.Visit().GetAsync(wrong);
        await late.PostAsync();
        late.AssertRefused(409, "address.of-another");

        // Somebody without an account who was listed with nothing else.
        var institute = await desk.EnterInstituteAsync("Mistyped");
        var second = AddressSteps.Fresh();
        var id = await desk.EnterPersonAsync(institute, "Leopold", "Verschrieben", second);
        await portal.AddedAsync(me, second);
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{id}");
        Assert.Equal(0, person.GetProperty("emails").GetArrayLength());
        var found = (await desk.FindAsync(second)).Ids();
        Assert.Contains(Guid.Parse(portal.MemberOf(account)), found);
    }

    [Fact]
    public async Task An_address_that_another_member_has_confirmed_admits_nobody_else()
    {
        var (other, _, account) = await portal.MemberAsync();
        using var _ = other;
        using var desk = await portal.RegistrarAsync();
        var email = AddressSteps.Fresh();
        using var applicant = await portal.RegisterAsync(portal.NextMember(), ("email", email), ("askRegistrar", "on"));
        var reference = applicant.Reference();
        var link = await portal.LinkAsync(email, "/confirm/");
        await portal.AddedAsync(other, email);
        await applicant.GetAsync(link);
        var member = portal.Read("select member_id from registrations where reference = @0", reference);

        await desk.GetAsync($"/desk/registrations/{reference}");
        await desk.PostFormAsync("/approve", ("member", member));

        desk.AssertRefused(400, "registration.email-of-another");
        Assert.Equal("1", portal.Read("select count(*) from member_emails where \"key\" = @0", email));
        // Known by now: whoever tries it again learns nothing here, and its owner is told of the account.
        using var again = await portal.RegisterAsync(portal.NextMember(), ("email", email), ("askRegistrar", "on"));
        Assert.StartsWith("/registrations/R-", again.Path, StringComparison.Ordinal);
        Assert.Contains(account, (await portal.MailsAsync(email))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_brings_no_address_of_the_own_domain_and_gives_a_former_one_to_its_new_holder()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("New Holders");
        var former = AddressSteps.Fresh("office");
        var id = await desk.EnterPersonAsync(institute, "Wolfram", "Vorgaenger");
        await desk.DoneAsync($"/api/people/{id}/addresses", new { email = former, reason = "of the office" });
        await desk.DoneAsync($"/api/people/{id}/addresses/remove", new { email = former, reason = "left the office" });

        var circle = await desk.LookAtLinesAsync($"{id},Wolfram,Vorgaenger,w@collab.example,,New Holders,staff,2024-01-01,");
        Assert.Equal(["address.own-domain"], circle.Codes());
        var look = await desk.LookAtLinesAsync($"new,Adelheid,Nachfolgerin,{former},,New Holders,staff,2024-01-01,");
        Assert.Empty(look.Codes());
        Assert.Equal(200, (await desk.ApplyAsync(look)).Status);

        Assert.Equal("1", portal.Read("select count(*) from member_emails where \"key\" = @0", former));
    }

    [Fact]
    public async Task The_doctor_names_mailboxes_of_the_own_domain_that_are_on_record_from_before()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Circles");
        var (email, circular) = (AddressSteps.Fresh("kreisel"), "kreisel@collab.example");
        var id = await desk.EnterPersonAsync(institute, "Zirkulia", "Kreisel", email);
        const string Rename = "update member_emails set address = @0, \"key\" = @0 where \"key\" = @1 returning address";
        portal.Read(Rename, circular, email);

        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "muster"),
            ["doctor", "addresses", "--data", portal.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["MUSTER_Addresses__Domain"] = AddressPortal.Domain,
                ["MUSTER_Storage__ConnectionString"] = portal.Store.ConnectionString,
                ["MUSTER_Portal__TlsCertificate"] = portal.Authority.ServerCertificatePath,
                ["MUSTER_Portal__TlsKey"] = portal.Authority.ServerKeyPath,
                ["MUSTER_Portal__TrustFolder"] = portal.Authority.TrustFolder,
            },
        };
        using var doctor = Process.Start(start)!; // null only with the shell
        var named = await doctor.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await doctor.WaitForExitAsync(TestContext.Current.CancellationToken);

        portal.Read(Rename, email, circular);
        Assert.Equal((1, $"{id}  {circular}\n"), (doctor.ExitCode, named));
    }

    [Fact]
    public async Task A_registration_with_an_address_that_we_give_ourselves_is_refused()
    {
        var holder = portal.NextMember();
        using var visitor = await portal.RegisterAsync(holder, ("email", "me@collab.example"));

        visitor.AssertRefused(422, "address.own-domain");
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
