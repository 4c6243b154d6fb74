using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The list of members: what a viewer must not see makes no difference to what is answered.</summary>
public sealed class DirectoryTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task What_is_hidden_changes_neither_who_is_listed_nor_the_order_nor_the_pages()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        var institute = await desk.EnterInstituteAsync("Order Lab");
        await desk.SetPrivacyAsync(new { email = "desk" });
        for (var i = 0; i < 27; i++)
            await desk.EnterPersonAsync(institute, $"Ordo{(char)('a' + i % 26)}", "Kappafamily", $"neutral{i:00}@order.example");
        async Task<string> AnswersAsync() =>
            string.Join(
                '\n',
                await Task.WhenAll(
                    ((string[])["kappa", "kappaf ordo", "appafam", "kapapfamily", "kappafamilz", "kappa@", "ppafa ord"]).Select(async q =>
                        (await me.JsonAsync(HttpMethod.Get, $"/api/members?q={Uri.EscapeDataString(q)}")).Body.ToString()
                    )
                )
            );
        var before = await AnswersAsync();
        Assert.Contains("Kappafamily", before, StringComparison.Ordinal);

        foreach (var box in (string[])["kappa", "kappaf", "kappafamilz", "kapapfamily", "appafam", "ppafa", "kappaa"])
            for (var i = 0; i < 8; i++)
                await desk.EnterPersonAsync(
                    institute,
                    $"Aaron{box}"[..5],
                    "Bystander",
                    i == 0 ? $"{box}@order.example" : $"{box}.{i}@order.example"
                );

        Assert.Equal(before, await AnswersAsync());
    }

    [Fact]
    public async Task A_line_of_the_list_holds_no_more_than_the_page_shows_whoever_asks()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        await desk.SetPrivacyAsync(new { phone = "members", email = "members" });
        await me.JsonAsync(HttpMethod.Post, "/api/me/contact", new { phone = "+49 40 8998 4712" });
        var email = portal.Read("select email from accounts where name = @0", account);

        foreach (var viewer in (Visitor[])[me, desk])
        {
            var (_, answer) = await viewer.JsonAsync(HttpMethod.Get, $"/api/members?q={email}");
            Assert.Equal(Guid.Parse(portal.MemberOf(account)), answer.GetProperty("members")[0].GetProperty("id").GetGuid());
            Assert.DoesNotContain("4712", answer.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Text_that_no_database_keeps_is_answered_all_the_same()
    {
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;

        foreach (
            var question in (string[])
                ["a%00@b", "%00", "0000-00%00", "%F0%9F%98%80@" + new string('x', 70), new string('x', 59) + "%F0%9F%98%80@"]
        )
            Assert.Equal(200, (await me.JsonAsync(HttpMethod.Get, "/api/members?q=" + question)).Status);
        using var half = new StringContent("""{"office":"\ud800"}""", System.Text.Encoding.UTF8, "application/json");
        var (status, problem) = await me.JsonAsync(HttpMethod.Post, "/api/me/contact", half);
        Assert.Equal((400, "request.malformed"), (status, problem.Code()));
    }
}
