using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Addresses of the collaboration: given with admission, followed by the name, never given twice; and the table behind them.</summary>
public sealed class CollaborationAddressTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    [Fact]
    public async Task Who_is_admitted_has_an_address_made_of_the_name_and_it_is_in_the_table_within_seconds()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        var own = await OwnAsync(me);

        var first = Assert.Single(own);
        Assert.Matches("^[a-z-]+[.][a-z.-]+[0-9]*@collab[.]example$", first.Address);
        Assert.True(first.IsShown);
        Assert.Contains(first.Address, (await me.GetAsync("/me/addresses")).Text, StringComparison.Ordinal);
        await TableHoldsAsync($"{first.Address}  {holder.Email}\n");
        using var desk = await portal.RegistrarAsync();
        Assert.Equal([Guid.Parse(portal.MemberOf(account))], (await desk.FindAsync(first.Address)).Ids());
        Assert.Equal("1", Audited("address.given", account));
    }

    [Fact]
    public async Task Another_name_brings_another_address_and_the_old_one_still_arrives()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        using var desk = await portal.RegistrarAsync();
        var before = Assert.Single(await OwnAsync(me)).Address;

        await RenameAsync(desk, account, "Zenobia", "Quatermain-Xu");

        var own = await OwnAsync(me);
        Assert.Equal([("zenobia.quatermain-xu@collab.example", true), (before, false)], own.Select(o => (o.Address, o.IsShown)));
        await TableHoldsAsync($"{before}  {holder.Email}\n");
        await TableHoldsAsync($"zenobia.quatermain-xu@collab.example  {holder.Email}\n");
        Assert.Contains(await portal.MailsAsync(holder.Email), m => m.Subject == "Your address zenobia.quatermain-xu@collab.example");

        // The member prefers the old one; a second person of that name gets the next.
        await me.DoneAsync("/api/me/addresses/shown", new { alias = before.Split('@')[0] });
        Assert.Equal(before, (await OwnAsync(me))[0].Address);
        var (other, _, second) = await portal.MemberAsync();
        using var _1 = other;
        await RenameAsync(desk, second, "Zenobia M.", "Quatermain-Xu");
        Assert.Equal("zenobia.m.quatermain-xu@collab.example", (await OwnAsync(other))[0].Address);
    }

    [Fact]
    public async Task A_change_that_makes_no_other_address_leaves_the_choice_and_one_that_was_ended_stays_so()
    {
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        var person = $"/api/people/{portal.MemberOf(account)}";
        await RenameAsync(desk, account, "Philomena", "Krautwickel");
        var alias = "philo" + Guid.CreateVersion7().ToString("N")[^6..];
        await desk.DoneAsync(person + "/aliases", new { alias, reason = "her wish" });
        await me.DoneAsync("/api/me/addresses/shown", new { alias });

        await desk.DoneAsync(
            person,
            new
            {
                given = "Philomena",
                family = "Krautwickel",
                native = "Филомена Краутвикель",
                familyFirst = true,
            }
        );
        Assert.Equal($"{alias}@collab.example", (await OwnAsync(me))[0].Address);

        await desk.DoneAsync(person + "/aliases/end", new { alias = "philomena.krautwickel", reason = "harassed there" });
        await RenameAsync(desk, account, "Philomena", "Sauerbraten");
        await RenameAsync(desk, account, "Philomena", "Krautwickel");
        Assert.Equal("philomena.krautwickel2@collab.example", (await OwnAsync(me)).Single(o => o.IsShown).Address);
        Assert.Equal(
            "1",
            portal.Read("select count(*) from collaboration_addresses where local_part = 'philomena.krautwickel' and ended_at is not null")
        );
    }

    [Fact]
    public async Task The_file_follows_an_import_within_seconds_and_keeps_who_may_read_it()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        await TableHoldsAsync($"{Assert.Single(await OwnAsync(me)).Address}  {holder.Email}\n");
        const UnixFileMode First = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        Assert.Equal(First, File.GetUnixFileMode(portal.TableFile));
        File.SetUnixFileMode(portal.TableFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await RenameAsync(desk, account, "Ottokar", "Blaubeere"); // the wait for news begins anew
        await TableHoldsAsync($"ottokar.blaubeere@collab.example  {holder.Email}\n");
        portal.Tick(TimeSpan.FromSeconds(2));

        var look = await desk.LookAtLinesAsync($"{portal.MemberOf(account)},Ottokar,Himbeere,,,,,,");
        Assert.Equal(200, (await desk.ApplyAsync(look)).Status);

        await TableHoldsAsync(t => t.Contains("\nottokar.himbeere@", StringComparison.Ordinal), mostTicks: 10);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(portal.TableFile));
        await portal.LaterAsync(TimeSpan.FromSeconds(6)); // an import's mails are found at the next look
    }

    [Fact]
    public async Task An_alias_is_given_and_ended_with_a_reason_and_never_goes_to_anybody_else()
    {
        var (me, holder, account) = await portal.MemberAsync();
        var (other, _, second) = await portal.MemberAsync();
        using var _ = me;
        using var _1 = other;
        using var desk = await portal.RegistrarAsync();
        var person = $"/api/people/{portal.MemberOf(account)}";
        var alias = "higgs" + Guid.CreateVersion7().ToString("N")[^6..];

        await desk.RefusedAsync(person + "/aliases", new { alias }, "address.reason-missing");
        await desk.DoneAsync(person + "/aliases", new { alias = alias.ToUpperInvariant(), reason = "known by it" });
        await desk.RefusedAsync(person + "/aliases", new { alias, reason = "again" }, "alias.have-already");
        await TableHoldsAsync($"{alias}@collab.example  {holder.Email}\n");
        var others = $"/api/people/{portal.MemberOf(second)}/aliases";
        await desk.RefusedAsync(others, new { alias, reason = "me too" }, "alias.taken");
        await desk.DoneAsync(person + "/aliases/end", new { alias, reason = "no longer" });

        await desk.RefusedAsync(person + "/aliases/end", new { alias, reason = "no longer" }, "alias.ended");
        await desk.RefusedAsync(others, new { alias, reason = "me too" }, "alias.taken");
        await other.RefusedAsync("/api/me/addresses/shown", new { alias }, "alias.unknown");
        await me.RefusedAsync("/api/me/addresses/shown", new { alias }, "alias.ended");
        Assert.DoesNotContain(alias, await TableAsync(desk), StringComparison.Ordinal);
        await TableHoldsAsync(t => !t.Contains(alias, StringComparison.Ordinal));
        Assert.Contains(await portal.MailsAsync(holder.Email), m => m.Subject == $"The address {alias}@collab.example has ended");
        Assert.Single((await desk.FindAsync($"{alias}@collab")).Ids());
    }

    [Theory]
    [InlineData("postmaster", "alias.reserved")]
    [InlineData("Dean", "alias.reserved")]
    [InlineData("physics-confirm", "alias.reserved")]
    [InlineData("", "alias.missing")]
    [InlineData("two words", "alias.malformed")]
    [InlineData("a@b", "alias.malformed")]
    [InlineData("x' or '1'='1", "alias.malformed")]
    public async Task What_cannot_be_an_alias_is_refused(string alias, string code)
    {
        using var desk = await portal.RegistrarAsync();
        var person = portal.MemberOf("registrar");

        await desk.RefusedAsync($"/api/people/{person}/aliases", new { alias, reason = "because" }, code);
    }

    [Fact]
    public async Task Everybody_gets_an_address_in_one_act_that_was_shown_before_and_changes_nothing_when_done_again()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Addressees " + Guid.CreateVersion7().ToString("N")[^6..]);
        var one = await desk.EnterPersonAsync(institute, "Xaver", "Unterholzner");
        portal.Tick(TimeSpan.FromSeconds(1));
        var two = await desk.EnterPersonAsync(institute, "Xaver", "Unterholzner");
        portal.Tick(TimeSpan.FromSeconds(1));
        var three = await desk.EnterPersonAsync(institute, "Xaver Yves", "Unterholzner");
        var left = await desk.EnterPersonAsync(institute, "Xaver", "Gonebefore", from: "2024-01-01");
        var dead = await desk.EnterPersonAsync(institute, "Xaver", "Unvergessen");
        await desk.DoneAsync(
            $"/api/people/{dead}",
            new
            {
                given = "Xaver",
                family = "Unvergessen",
                deceasedOn = "2025-06-01",
            }
        );
        await desk.DoneAsync($"/api/people/{left}/memberships/{institute}/2024-01-01", new { position = "staff", until = "2024-06-30" });

        await desk.GetAsync("/desk/addresses");
        Assert.Contains("active members have none yet", desk.Text, StringComparison.Ordinal);
        var (_, plan) = await desk.JsonAsync(HttpMethod.Get, "/api/addresses");
        Assert.Contains("\"xaver.unterholzner@collab.example\"", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal("0", Given(one));
        await desk.PostFormAsync("/desk/addresses/give");

        Assert.Contains("Everybody has one", desk.Text, StringComparison.Ordinal);
        Assert.Equal(("xaver.unterholzner", "xaver.unterholzner2", "xaver.y.unterholzner"), (Local(one), Local(two), Local(three)));
        foreach (var line in plan.GetProperty("waiting").EnumerateArray())
            Assert.Equal(line.GetProperty("address").GetString(), Local(line.GetProperty("id").GetGuid()) + "@collab.example");
        Assert.Equal(("0", "0"), (Given(left), Given(dead)));
        var again = await desk.DoneAsync("/api/addresses/give", new { });
        Assert.Equal(0, again.GetProperty("given").GetInt32());
        // Listed, but nobody has said that the mailbox is theirs: nothing is delivered there.
        Assert.DoesNotContain("unterholzner", await TableAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_cannot_be_taken_back_in_the_database_either()
    {
        var (me, _, account) = await portal.MemberAsync();
        me.Dispose();
        foreach (
            var sql in (string[])
                [
                    "delete from collaboration_addresses",
                    "update collaboration_addresses set local_part = local_part || '2'",
                    "update collaboration_addresses set member_id = (select id from members order by id limit 1)",
                ]
        )
            Assert.ThrowsAny<System.Data.Common.DbException>(() => portal.Read(sql + " returning local_part"));
        Assert.NotEqual("0", portal.Read("select count(*) from collaboration_addresses where member_id = @0", portal.MemberOf(account)));
    }

    [Fact]
    public async Task The_table_is_sent_again_only_when_it_has_changed_and_only_to_those_who_may()
    {
        using var desk = await portal.RegistrarAsync();
        var (_, first, tag) = await desk.AskAsync("/api/virtual-aliases", null);

        Assert.Equal((304, ""), await StatusAsync(tag));
        await portal.MemberAsync();
        var (status, table, other) = await desk.AskAsync("/api/virtual-aliases", tag);

        Assert.Equal(200, status);
        Assert.NotEqual((first, tag), (table, other));
        Assert.Equal(
            table.Split('\n').Where(l => l.Contains('@', StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            table.Split('\n').Where(l => l.Contains('@', StringComparison.Ordinal))
        );
        Assert.All(table.Split('\n'), l => Assert.Matches("^($|# |[a-z0-9.-]+@collab[.]example  [^ ,]+@[a-z0-9.-]+$)", l));
        var (member, _, _) = await portal.MemberAsync();
        using var _1 = member;
        Assert.Equal(403, (await member.JsonAsync(HttpMethod.Get, "/api/virtual-aliases")).Status);

        async Task<(int, string)> StatusAsync(string seen)
        {
            var (answer, text, _) = await desk.AskAsync("/api/virtual-aliases", seen);
            return (answer, text);
        }
    }

    [Fact]
    public async Task After_the_last_membership_mail_arrives_for_the_grace_and_the_address_stays_reserved()
    {
        var (me, holder, account) = await portal.MemberAsync();
        me.Dispose();
        using var desk = await portal.RegistrarAsync();
        var person = portal.MemberOf(account);
        var local = Local(Guid.Parse(person));
        var (_, record) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{person}");
        var today = DateOnly.FromDateTime(portal.Now.UtcDateTime);
        foreach (
            var m in record
                .GetProperty("memberships")
                .EnumerateArray()
                .Where(m => m.GetProperty("until").ValueKind == System.Text.Json.JsonValueKind.Null)
        )
            await desk.DoneAsync(
                $"/api/people/{person}/memberships/{m.GetProperty("institute").GetGuid()}/{m.GetProperty("from").GetString()}",
                new { position = m.GetProperty("position").GetString(), until = Web.Days.Iso(today) }
            );

        await portal.LaterAsync(TimeSpan.FromDays(1));
        await desk.SignInAsync("registrar", Portal.RegistrarPassword);
        Assert.Contains($"\n{local}@collab.example  {holder.Email}\n", await TableAsync(desk), StringComparison.Ordinal); // the day of grace
        await portal.LaterAsync(TimeSpan.FromDays(1));

        await desk.SignInAsync("registrar", Portal.RegistrarPassword);
        Assert.DoesNotContain($"{local}@", await TableAsync(desk), StringComparison.Ordinal);
        await TableHoldsAsync(t => !t.Contains($"{local}@", StringComparison.Ordinal));
        await desk.RefusedAsync(
            $"/api/people/{portal.MemberOf("registrar")}/aliases",
            new { alias = local, reason = "free?" },
            "alias.taken"
        );
    }

    private async Task<List<(string Address, bool IsShown)>> OwnAsync(Visitor me) =>
        [
            .. (await me.AddressesAsync())
                .GetProperty("collaboration")
                .EnumerateArray()
                .Select(a => (a.GetProperty("address").GetString()!, a.GetProperty("isShown").GetBoolean())),
        ];

    private async Task RenameAsync(Visitor desk, string account, string given, string family) =>
        await desk.DoneAsync($"/api/people/{portal.MemberOf(account)}", new { given, family });

    private string Local(Guid member) =>
        portal.Read(
            "select local_part from collaboration_addresses where member_id = @0 and is_shown",
            member.ToString().ToUpperInvariant()
        );

    private string Given(Guid member) =>
        portal.Read("select count(*) from collaboration_addresses where member_id = @0", member.ToString().ToUpperInvariant());

    private string Audited(string action, string account) =>
        portal.Read("select count(*) from audit_records where action = @0 and member_id = @1", action, portal.MemberOf(account));

    private Task TableHoldsAsync(string line) => TableHoldsAsync(t => t.Contains("\n" + line, StringComparison.Ordinal));

    /// <summary>The table of this moment.</summary>
    private static async Task<string> TableAsync(Visitor desk)
    {
        var (status, table, _) = await desk.AskAsync("/api/virtual-aliases", null);
        Assert.Equal(200, status);
        return table;
    }

    /// <summary>The file comes to hold it within some seconds of the server's clock, two for each tick.</summary>
    private async Task TableHoldsAsync(Func<string, bool> holds, int mostTicks = 100)
    {
        var table = "";
        for (var tries = 0; tries < 200; tries++)
        {
            table = File.Exists(portal.TableFile)
                ? await File.ReadAllTextAsync(portal.TableFile, TestContext.Current.CancellationToken)
                : "";
            if (table.Length > 0 && holds(table))
                return;
            if (tries < mostTicks)
                portal.Tick(TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Fail(table);
    }
}
