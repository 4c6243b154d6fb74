using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The registrar lets a membership end later, and says why.</summary>
public sealed class ExtensionTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task What_cannot_be_extended_is_refused_at_its_field()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Refused");
        using var _1 = me;
        await portal.EndAsync(member, 5);
        using var desk = await portal.RegistrarAsync();
        var own = $"{institute}/2024-01-01";

        foreach (
            var (named, day, reason, code) in new[]
            {
                (own, portal.Day(50), "", "extension.reason-missing"),
                (own, portal.Day(50), "bell \a", "person.bad-characters"),
                (own, "", "why", "renewal.day-missing"),
                (own, "soon", "why", "day.unreadable"),
                (own, portal.Day(5), "why", "renewal.not-longer"),
                (own, portal.Day(5_000), "why", "renewal.too-far"),
                ($"{Guid.CreateVersion7()}/2024-01-01", portal.Day(50), "why", "membership.unknown"),
                ("../..", portal.Day(50), "why", "membership.unknown"),
            }
        )
        {
            var (status, problem) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/people/{member}/extend",
                new
                {
                    membership = named,
                    lastDay = day,
                    reason,
                }
            );
            Assert.Equal((422, code), (status, problem.Code()));
        }
        Assert.Equal(404, (await portal.ExtendAsync(desk, Guid.CreateVersion7(), portal.Day(50), "why", own)).Status);
        Assert.Equal(403, (await portal.ExtendAsync(await SignedInAsync(me, member), member, portal.Day(50), "why", own)).Status);

        await desk.GetAsync($"/desk/people/{member}");
        await desk.PostFormAsync("extend-reason", ("lastDay", portal.Day(50)));
        desk.AssertRefused(422, "extension.reason-missing");
        Assert.Contains("href=\"#extend-reason\"", desk.Html, StringComparison.Ordinal);
        await desk.PostFormAsync("extend-reason", ("lastDay", portal.Day(50)), ("reason", "Finishes the thesis"));
        Assert.Contains("Finishes the thesis", desk.Text, StringComparison.Ordinal);
        Assert.Equal(portal.Day(51), portal.Read("select \"until\" from memberships where member_id = @0", member.Upper()));
    }

    [Fact]
    public async Task Sent_twice_at_the_same_moment_an_extension_counts_once()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Twice");
        using var _1 = me;
        await portal.EndAsync(member, -1);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        using var desk = await portal.RegistrarAsync();

        var both = await Task.WhenAll(
            portal.ExtendAsync(desk, member, portal.Day(50), "once", $"{institute}/2024-01-01"),
            portal.ExtendAsync(desk, member, portal.Day(50), "again", $"{institute}/2024-01-01")
        );

        Assert.Equal([200, 422], both.Select(b => b.Status).Order());
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'membership.extended' and member_id = @0", member.Upper())
        );
    }

    private async Task<Visitor> SignedInAsync(Visitor visitor, Guid member) =>
        await visitor.SignInAsync(portal.Read("select name from accounts where member_id = @0", member.Upper()), Steps.Password);
}
