using Muster.Server.Tests.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A member sees who looked at the record or changed it, and takes a copy of everything.</summary>
public sealed class CopyTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Who_looked_at_the_record_is_in_its_history_once_an_hour_and_oneself_is_not()
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = me;
        var member = portal.MemberOf(account);
        using var desk = await portal.RegistrarAsync();

        await desk.GetAsync($"/desk/people/{member}");
        await desk.GetAsync($"/desk/people/{member}");
        Assert.Equal("1", Looks(member));
        await portal.LaterAsync(TimeSpan.FromMinutes(61));
        await desk.GetAsync($"/desk/people/{member}");
        Assert.Equal("2", Looks(member));

        await me.SignInAsync(account, Steps.Password);
        Assert.Contains("record looked at", (await me.GetAsync("/me")).Text, StringComparison.Ordinal);
        var registrar = portal.Read("select member_id from accounts where name = 'registrar'");
        await desk.GetAsync($"/desk/people/{registrar}");
        Assert.Equal("0", Looks(registrar));
    }

    [Fact]
    public async Task A_copy_holds_everything_and_nothing_of_anybody_else()
    {
        var certificate = portal.NextMember();
        var (me, account) = await portal.JoinAsync(certificate);
        using var _ = me;
        await me.SignInAsync(account, Steps.Password);

        var (status, copy) = await me.JsonAsync(HttpMethod.Get, "/api/me/copy");

        Assert.Equal(200, status);
        Assert.Equal(account, copy.GetProperty("account")[0].GetProperty("name").GetString());
        Assert.Equal(certificate.Email, copy.GetProperty("emails")[0].GetProperty("address").GetString());
        Assert.Equal(certificate.Subject, copy.GetProperty("certificates")[0].GetProperty("subject").GetString());
        Assert.Single(copy.GetProperty("conditions").EnumerateArray());
        Assert.NotEmpty(copy.GetProperty("memberships").EnumerateArray());
        var acts = copy.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("what").GetString()).ToList();
        Assert.Contains("registration.approved", acts);
        Assert.DoesNotContain("hash", copy.GetProperty("account").ToString(), StringComparison.OrdinalIgnoreCase);
        await me.GetAsync("/me/copy");
        Assert.Contains(certificate.Subject, me.Text, StringComparison.Ordinal);
        using var stranger = portal.Visit();
        Assert.Equal(401, (await stranger.JsonAsync(HttpMethod.Get, "/api/me/copy")).Status);
    }

    /// <summary>Where in a copy is what a table holds about somebody. What is not in it is named with why.</summary>
    private static readonly Dictionary<string, string> sections = new(StringComparer.Ordinal)
    {
        ["accounts"] = "account",
        ["address_requests"] = "addressRequests",
        ["audit_records"] = "history",
        ["aup_acceptances"] = "conditions",
        ["certificate_requests"] = "certificateRequests",
        ["collaboration_addresses"] = "collaborationAddresses",
        ["confirmations"] = "confirmations",
        ["ending_notices"] = "endingNotices",
        ["former_emails"] = "formerEmails",
        ["former_names"] = "formerNames",
        ["guide_ticks"] = "guide",
        ["import_changes"] = "imports",
        ["member_certificates"] = "certificates",
        ["member_contacts"] = "contact",
        ["member_emails"] = "emails",
        ["memberships"] = "memberships",
        ["outbox_orders"] = "orders",
        ["primary_changes"] = "primaryChanges",
        ["privacy_choices"] = "privacy",
        ["profile_looks"] = "looked",
        ["registrations"] = "registrations",
        ["representatives"] = "speaksFor",
        ["role_grants"] = "roles",
        ["round_invitations"] = "invitations",
        ["sessions"] = "sessions",
        // Made of the record, for the search.
        ["member_words"] = "person",
        // The account once more, as the built-in directory shows it.
        ["directory_entries"] = "account",
        // The hash of the password.
        ["credentials"] = "account",
    };

    [Fact]
    public async Task Every_table_that_names_a_member_or_an_account_is_in_the_copy()
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = me;
        await me.SignInAsync(account, Steps.Password);
        using var desk = await portal.RegistrarAsync();
        var member = portal.MemberOf(account);
        var registrar = portal.Read("select member_id from accounts where name = 'registrar'");
        Assert.Equal(200, (await desk.ApplyAsync(await desk.LookAtLinesAsync($"{member},Ottokar,Himbeere,,,,,,"))).Status);
        Assert.Equal(200, (await me.JsonAsync(HttpMethod.Get, $"/api/members/{registrar}")).Status);
        var (_, copy) = await me.JsonAsync(HttpMethod.Get, "/api/me/copy");

        var tables = Catalogue
            .Of(portal.Store)
            .Where(l => l.StartsWith("column ", StringComparison.Ordinal))
            .Select(l => l.Split(' ')[1].Split('.'))
            .Where(c => c[1].EndsWith("member_id", StringComparison.Ordinal) || c[1].EndsWith("account_id", StringComparison.Ordinal))
            .Select(c => c[0])
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.Contains("sessions", tables);
        Assert.All(tables, t => Assert.True(sections.TryGetValue(t, out var section) && copy.TryGetProperty(section, out var _), t));
        foreach (var filled in (string[])["orders", "registrations", "sessions", "history", "account", "looked", "imports"])
            Assert.NotEmpty(copy.GetProperty(filled).EnumerateArray());
    }

    private string Looks(string member) =>
        portal.Read("select count(*) from audit_records where action = 'member.viewed' and member_id = @0", member);
}
