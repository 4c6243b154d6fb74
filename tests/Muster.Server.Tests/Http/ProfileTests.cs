using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Members among themselves: what is hidden is not shown, not found and not in what programs get; who looks is told.</summary>
public sealed class ProfileTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_member_finds_others_by_what_they_show_and_by_nothing_else()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        var institute = await desk.EnterInstituteAsync("Matterhorn Lab");
        var id = await desk.EnterPersonAsync(
            institute,
            "Philomena",
            "Quarkstein",
            "hidden.box@secret.example",
            "夸克",
            "0000-0001-5109-3700"
        );
        await desk.SetPrivacyAsync(
            new
            {
                email = "desk",
                orcid = "desk",
                native = "members",
                institute = "members",
            }
        );

        foreach (var question in (string[])["quarkst", "QUARKSTEIN phil", "夸", "matterhorn quark", "quarkstien", "uarkste"])
            Assert.Contains(id, await FindAsync(me, question));
        foreach (
            var question in (string[])
                ["hidden.box@secret.example", "hidden", "box", "0000-0001-5109-3700", "idden", "quarkstein hidden", "quarkstein box"]
        )
            Assert.DoesNotContain(id, await FindAsync(me, question));
        // Officers find more at the desk, where it leaves a trace, and no more than members here.
        foreach (var question in (string[])["hidden.box@secret.example", "hidden", "0000-0001-5109-3700", "quarkstein box"])
        {
            Assert.DoesNotContain(id, await FindAsync(desk, question));
            Assert.Contains(
                id.ToString(),
                (await desk.JsonAsync(HttpMethod.Get, $"/api/people?q={question}")).Body.ToString(),
                StringComparison.Ordinal
            );
        }

        var profile = await ReadAsync(me, id);
        Assert.Equal("Philomena Quarkstein", profile.GetProperty("name").GetString());
        Assert.False(profile.TryGetProperty("email", out _));
        Assert.DoesNotContain("secret.example", (await me.GetAsync($"/members/{id}")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret.example", (await me.GetAsync("/members?q=quarkstein")).Html, StringComparison.Ordinal);
        Assert.Contains("secret.example", (await desk.GetAsync($"/members/{id}")).Html, StringComparison.Ordinal);

        await desk.SetPrivacyAsync(
            new
            {
                email = "members",
                native = "desk",
                institute = "representatives",
            }
        );
        Assert.Contains(id, await FindAsync(me, "hidden.box@secret"));
        foreach (var question in (string[])["夸克", "matterhorn"])
            Assert.DoesNotContain(id, await FindAsync(me, question));
        Assert.DoesNotContain("夸克", (await me.GetAsync($"/members/{id}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_hidden_are_not_told_as_looked_for_instead_and_pages_follow_each_other()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        var institute = await desk.EnterInstituteAsync("Instead Lab");
        await desk.EnterPersonAsync(institute, "Zoe", "Visibleword", "zzsecretword@instead.example");
        for (var i = 0; i < 30; i++)
            await desk.EnterPersonAsync(institute, "Carla", "Cursorhausen", $"cursorpost{i:00}@instead.example");
        await desk.SetPrivacyAsync(new { email = "desk" });

        var (_, answer) = await me.JsonAsync(HttpMethod.Get, "/api/members?q=zzsecretwrod");
        Assert.Empty(answer.GetProperty("members").EnumerateArray());
        Assert.DoesNotContain("zzsecret", answer.ToString(), StringComparison.Ordinal);
        (_, answer) = await me.JsonAsync(HttpMethod.Get, "/api/members?q=visiblewrod");
        Assert.Equal("visibleword", answer.GetProperty("instead")[0].GetString());

        var seen = new List<Guid>();
        var next = "";
        for (var pages = 0; pages < 20 && next is not null; pages++)
        {
            (_, answer) = await me.JsonAsync(HttpMethod.Get, $"/api/members?q=cursorh&after={next}");
            seen.AddRange(Ids(answer));
            next = answer.GetProperty("next").GetString();
        }
        Assert.Equal(30, seen.Distinct().Count());
        Assert.Equal(30, seen.Count);
        (_, answer) = await me.JsonAsync(HttpMethod.Get, "/api/members?q=cursor&after=nonsense");
        Assert.NotEmpty(Ids(answer)); // what is no cursor of ours begins anew
        Assert.NotNull(answer.GetProperty("next").GetString());
    }

    [Fact]
    public async Task What_the_member_may_choose_the_member_chooses_and_the_choice_rests_while_there_is_none()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        using var other = await MemberAsync();
        var id = Own(me);
        await desk.SetPrivacyAsync(new { phone = "choice-desk", email = "choice-members" });
        await me.GetAsync("/me/contact");
        await me.PostAsync(("phone", "+49 40 8998 4711"), ("languages", "de, en"));
        Assert.Contains("Saved", me.Text, StringComparison.Ordinal);
        Assert.False((await ReadAsync(other, id)).TryGetProperty("phone", out _));

        await me.GetAsync("/me/privacy");
        await me.PostAsync(("phone", "members"), ("email", "desk"));

        Assert.Equal("/me/privacy", me.Path);
        var seen = await ReadAsync(other, id);
        Assert.Equal("+49 40 8998 4711", seen.GetProperty("phone").GetString());
        Assert.False(seen.TryGetProperty("email", out _));
        Assert.Equal("1", portal.Read("select count(*) from audit_records where action = 'privacy.chosen' and member_id = @0", Upper(id)));

        await desk.SetPrivacyAsync(new { phone = "desk" });
        Assert.False((await ReadAsync(other, id)).TryGetProperty("phone", out _));
        var (status, problem) = await me.JsonAsync(HttpMethod.Post, "/api/me/privacy", new { phone = "members" });
        Assert.Equal((422, "privacy.no-choice"), (status, problem.Code()));
        (status, problem) = await me.JsonAsync(HttpMethod.Post, "/api/me/privacy", new { email = "everybody" });
        Assert.Equal((422, "privacy.rule-unknown"), (status, problem.Code()));
        await desk.SetPrivacyAsync(new { phone = "choice-desk" });
        Assert.True((await ReadAsync(other, id)).TryGetProperty("phone", out _));
    }

    [Fact]
    public async Task Who_speaks_for_an_institute_sees_what_representatives_see()
    {
        using var desk = await portal.RegistrarAsync();
        using var speaker = await MemberAsync();
        using var member = await MemberAsync();
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{Own(speaker)}");
        var institute = person.GetProperty("memberships")[0].GetProperty("institute").GetString();
        var (status, answer) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/institutes/{institute}/representatives",
            new { member = Own(speaker), kind = "Representative" }
        );
        Assert.True(status == 200, answer.ToString());
        await desk.SetPrivacyAsync(new { memberSince = "representatives" });

        Assert.True((await ReadAsync(speaker, Own(member))).TryGetProperty("memberSince", out _));
        Assert.False((await ReadAsync(member, Own(speaker))).TryGetProperty("memberSince", out _));
    }

    [Fact]
    public async Task Rules_that_somebody_else_changed_meanwhile_are_not_overwritten_and_unknown_ones_not_taken()
    {
        using var one = await portal.RegistrarAsync();
        using var two = await portal.RegistrarAsync();
        await one.GetAsync("/desk/privacy");
        await two.GetAsync("/desk/privacy");

        await one.PostAsync(("web", "representatives"));
        Assert.Equal(200, one.Status);
        await two.PostAsync(("web", "desk"));

        two.AssertRefused(409, "privacy.changed-meanwhile");
        var (status, problem) = await two.JsonAsync(HttpMethod.Post, "/api/privacy", new { web = "everybody" });
        Assert.Equal((422, "privacy.rule-unknown"), (status, problem.Code()));
        (_, var rules) = await two.JsonAsync(HttpMethod.Get, "/api/privacy");
        Assert.Equal("representatives", rules.GetProperty("web").GetString());
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'privacy.changed' and details like @0", "%Web: representatives%")
        );
        using var member = await MemberAsync();
        Assert.Equal(403, (await member.JsonAsync(HttpMethod.Get, "/api/privacy")).Status);
    }

    [Fact]
    public async Task Who_looks_is_counted_by_the_day_and_told_to_the_member_and_in_the_copy()
    {
        using var me = await MemberAsync();
        using var other = await MemberAsync();
        var id = Own(me);

        await Task.WhenAll(ReadAsync(other, id), ReadAsync(other, id));
        await ReadAsync(me, id); // oneself does not count
        await portal.LaterAsync(TimeSpan.FromDays(1));
        await other.SignInAsync(Account(other), Steps.Password);
        await ReadAsync(other, id);

        await me.SignInAsync(Account(me), Steps.Password);
        var (_, looks) = await me.JsonAsync(HttpMethod.Get, "/api/me/looks");
        Assert.Equal([1, 2], looks.GetProperty("profile").EnumerateArray().Select(l => l.GetProperty("times").GetInt32()));
        Assert.All(looks.GetProperty("profile").EnumerateArray(), l => Assert.Equal(Account(other), l.GetProperty("by").GetString()));
        Assert.Contains(Account(other), (await me.GetAsync("/me/looks")).Text, StringComparison.Ordinal);
        var (_, copy) = await me.JsonAsync(HttpMethod.Get, "/api/me/copy");
        Assert.Equal(2, copy.GetProperty("looks").GetArrayLength());
        Assert.Single(copy.GetProperty("registrations").EnumerateArray());
    }

    [Fact]
    public async Task Whose_membership_has_ended_neither_looks_nor_is_seen()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        using var gone = await MemberAsync();
        var id = Own(gone);
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{id}");
        foreach (
            var m in person.GetProperty("memberships").EnumerateArray().Where(m => m.GetProperty("until").ValueKind == JsonValueKind.Null)
        )
        {
            var (changed, answer) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/people/{id}/memberships/{m.GetProperty("institute").GetString()}/{m.GetProperty("from").GetString()}",
                new
                {
                    position = "staff",
                    until = portal.Now.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                }
            );
            Assert.True(changed == 200, answer.ToString());
        }

        var (status, problem) = await gone.JsonAsync(HttpMethod.Get, "/api/members");
        Assert.Equal((403, "profile.members-only"), (status, problem.Code()));
        Assert.Equal(404, (await me.JsonAsync(HttpMethod.Get, $"/api/members/{id}")).Status);
        Assert.Equal(404, (await me.JsonAsync(HttpMethod.Get, $"/api/members/{Guid.Empty}")).Status);
        Assert.DoesNotContain(id, await FindAsync(me, person.GetProperty("family").GetString()!));
    }

    [Fact]
    public async Task Contact_is_changed_by_the_member_and_by_the_desk_with_history_and_faults_are_told_at_their_fields()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        using var other = await MemberAsync();
        var id = Own(me);
        await me.GetAsync("/me/contact");

        await me.PostAsync(("languages", "German"), ("phone", "040"), ("web", "javascript:alert(1)"));

        me.AssertRefused(422, "contact.language-unreadable");
        me.AssertRefused(422, "contact.phone-unreadable");
        me.AssertRefused(422, "contact.web-unreadable");
        await me.PostAsync(
            ("languages", "pt-br, DE"),
            ("phone", "+49 (0)40 8998-1"),
            ("office", "2b <i>/ 17"),
            ("web", "https://kek.jp/~me")
        );
        Assert.DoesNotContain("<i>", (await me.GetAsync("/me/contact")).Html, StringComparison.Ordinal);
        await me.PostAsync(); // again, and nothing changes
        await desk.GetAsync($"/desk/people/{id}/contact");
        await desk.PostAsync(("office", "Hall 3"));
        var (_, contact) = await me.JsonAsync(HttpMethod.Get, "/api/me/contact");
        Assert.Equal("pt-BR", contact.GetProperty("languages")[0].GetString());
        Assert.Equal("+49 40 8998 1", contact.GetProperty("phone").GetString());
        Assert.Equal("Hall 3", contact.GetProperty("office").GetString());
        Assert.Equal(
            "2",
            portal.Read("select count(*) from audit_records where action = 'member.contact-changed' and member_id = @0", Upper(id))
        );
        Assert.Contains("languages or contact changed", (await me.GetAsync("/me")).Text, StringComparison.Ordinal);
        var (_, copy) = await me.JsonAsync(HttpMethod.Get, "/api/me/copy");
        Assert.Equal("Hall 3", copy.GetProperty("contact")[0].GetProperty("office").GetString());
        Assert.Contains("Hall 3", (await me.GetAsync("/me/copy")).Text, StringComparison.Ordinal);

        Assert.Equal(403, (await other.JsonAsync(HttpMethod.Post, $"/api/people/{id}/contact", new { office = "mine" })).Status);
        Assert.Equal(
            404,
            (await desk.JsonAsync(HttpMethod.Post, $"/api/people/{Guid.CreateVersion7(portal.Now)}/contact", new { office = "x" })).Status
        );
        var both = await Task.WhenAll(
            me.JsonAsync(HttpMethod.Post, "/api/me/contact", new { languages = (string[])["en", "fr"] }),
            me.JsonAsync(HttpMethod.Post, "/api/me/contact", new { languages = (string[])["en", "fr"] })
        );
        Assert.All(both, b => Assert.Equal(200, b.Status));
        Assert.Equal(
            "3",
            portal.Read("select count(*) from audit_records where action = 'member.contact-changed' and member_id = @0", Upper(id))
        );
    }

    [Fact]
    public async Task A_choice_is_kept_also_where_it_is_what_the_collaboration_says_today()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        using var other = await MemberAsync();
        await me.JsonAsync(HttpMethod.Post, "/api/me/contact", new { phone = "+49 40 8998 4713" });
        await desk.SetPrivacyAsync(new { phone = "choice-desk" });

        await me.JsonAsync(HttpMethod.Post, "/api/me/privacy", new { phone = "desk" });
        await desk.SetPrivacyAsync(new { phone = "choice-members" });

        Assert.False((await ReadAsync(other, Own(me))).TryGetProperty("phone", out _));
    }

    [Fact]
    public async Task A_form_that_was_shown_before_somebody_changed_what_it_shows_takes_nothing_back()
    {
        using var desk = await portal.RegistrarAsync();
        using var me = await MemberAsync();
        var id = Own(me);
        await desk.SetPrivacyAsync(new { email = "choice-members", phone = "choice-desk" });
        await me.GetAsync("/me/privacy");
        await me.JsonAsync(HttpMethod.Post, "/api/me/privacy", new { email = "desk" });
        await me.PostAsync(("phone", "members"));
        me.AssertRefused(409, "privacy.changed-meanwhile");
        await me.GetAsync("/me/privacy");
        await me.PostAsync(("phone", "members"));
        Assert.Equal("1", portal.Read("select count(*) from privacy_choices where member_id = @0 and field = 'Phone'", Upper(id)));
        Assert.Equal("0", portal.Read("select count(*) from privacy_choices where member_id = @0 and field = 'Web'", Upper(id)));
        var (_, privacy) = await me.JsonAsync(HttpMethod.Get, "/api/me/privacy");
        Assert.Equal("desk", privacy.GetProperty("email").GetProperty("audience").GetString());

        await desk.GetAsync($"/desk/people/{id}/contact");
        await me.JsonAsync(HttpMethod.Post, "/api/me/contact", new { phone = "+49 40 8998 4714" });
        await desk.PostAsync(("office", "Hall 9"));
        desk.AssertRefused(409, "contact.changed-meanwhile");
        var (_, contact) = await me.JsonAsync(HttpMethod.Get, "/api/me/contact");
        Assert.Equal("+49 40 8998 4714", contact.GetProperty("phone").GetString());
        Assert.Equal("1", portal.Read("select count(*) from audit_records where action = 'member.viewed' and member_id = @0", Upper(id)));
    }

    private readonly Dictionary<Visitor, string> accounts = [];

    private async Task<Visitor> MemberAsync()
    {
        var (me, _, account) = await portal.MemberAsync();
        accounts[me] = account;
        return me;
    }

    private string Account(Visitor member) => accounts[member];

    private Guid Own(Visitor member) => Guid.Parse(portal.MemberOf(Account(member)));

    private static string Upper(Guid id) => id.ToString().ToUpperInvariant();

    private static async Task<List<Guid>> FindAsync(Visitor viewer, string question)
    {
        var (status, answer) = await viewer.JsonAsync(HttpMethod.Get, $"/api/members?q={Uri.EscapeDataString(question)}");
        Assert.True(status == 200, answer.ToString());
        return Ids(answer);
    }

    private static List<Guid> Ids(JsonElement answer) =>
        [.. answer.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("id").GetGuid())];

    private static async Task<JsonElement> ReadAsync(Visitor viewer, Guid id)
    {
        var (status, answer) = await viewer.JsonAsync(HttpMethod.Get, $"/api/members/{id}");
        Assert.True(status == 200, answer.ToString());
        return answer;
    }
}
