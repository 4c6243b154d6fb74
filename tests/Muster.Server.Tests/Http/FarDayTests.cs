using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The last day there is, and the first: as the end of a membership, and as the day that a list is asked for.</summary>
public sealed class FarDayTests(ShortGracePortal portal) : IClassFixture<ShortGracePortal>
{
    private static readonly string[] lists =
    [
        "/desk/people?on={0}",
        "/desk/people?q=a&on={0}",
        "/desk/people/print?on={0}",
        "/api/people?on={0}",
        "/api/people.csv?on={0}",
        "/api/people.json?on={0}",
        "/desk/institutes?on={0}",
        "/api/institutes?on={0}",
        "/desk/institutes/{1}?on={0}",
        "/api/institutes/{1}?on={0}",
        "/desk/author-list?reference=far&on={0}",
        "/desk/numbers?on={0}",
        "/desk/numbers?to={0}",
        "/api/numbers?series=by-institute&from={0}&to={0}&on={0}",
        "/api/numbers.csv?series=by-institute&from={0}&to={0}",
        "/desk/expiring?within=180&on={0}",
        "/api/expiring?on={0}",
        "/api/expiring.csv?on={0}",
        "/api/expiring.csv?show=Grace&on={0}",
        "/api/expiring.csv?show=Expired&on={0}",
    ];

    [Fact]
    public async Task Every_list_answers_for_the_last_days_and_the_first_and_refuses_what_is_beyond_them()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Far Days");
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        Assert.Equal(200, await EndAsync(desk, member, institute, "9999-12-30"));

        foreach (var list in lists)
        {
            foreach (var day in (string[])["9999-12-30", "1900-01-01"])
                await AskAsync(list, day, 200);
            foreach (var day in (string[])["9999-12-31", "0001-01-01"])
                await AskAsync(list, day, 400);
        }
        Assert.Equal(422, await EndAsync(desk, member, institute, "9999-12-31"));
        var (_, last) = await desk.JsonAsync(HttpMethod.Get, "/api/expiring?on=9999-12-30");
        Assert.Contains(
            last.GetProperty("ending").EnumerateArray(),
            l => l.GetProperty("id").GetGuid() == member && l.GetProperty("lastDay").GetString() == "9999-12-30"
        );

        async Task AskAsync(string list, string day, int status)
        {
            var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, list, day, institute);
            await desk.GetAsync(path);
            var usual = status == 400 && desk.Status == 422 ? 400 : desk.Status; // the author list refuses in its own way
            Assert.True(usual == status, $"{desk.Status} at {path}: {desk.Text}");
            if (status == 400)
                Assert.Contains("day.unreadable", desk.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_membership_to_the_last_day_there_is_ends_a_grace_like_any_other()
    {
        var (me, account, member, email, institute) = await portal.MemberAsync("Far End");
        using var _1 = me;
        await portal.EndAsync(member, -10);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.LaterAsync(TimeSpan.FromDays(3));
        Assert.Contains(await portal.MailsAsync(email), m => m.Subject.Contains("rests", StringComparison.Ordinal));
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(200, await EndAsync(desk, member, institute, "9999-12-30"));

        Assert.Equal("9999-12-31", portal.Read("select membership_end from accounts where name = @0", account));
        await portal.LaterAsync(TimeSpan.FromMinutes(11));
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", me.Path);
    }

    private static async Task<int> EndAsync(Visitor desk, Guid member, Guid institute, string lastDay)
    {
        (int Status, JsonElement _) answer = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/memberships/{institute}/2024-01-01",
            new { position = "staff", until = lastDay }
        );
        return answer.Status;
    }
}
