using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Muster.Core.Roles;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Every route names the power it needs, and turns away everybody who has it not: all routes are walked with all roles.</summary>
public sealed class PowerTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        Assert.Empty(Routes().Where(r => r.Metadata.GetMetadata<AccessRule>() is null).Select(r => r.DisplayName));
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in_wherever_it_is_not_open()
    {
        using var stranger = await portal.Visit().GetAsync("/sign-in");
        var token = Token(stranger);
        foreach (var (method, path, _) in Closed())
        {
            await AskAsync(stranger, method, path, token);
            if (method == "GET" && !path.StartsWith("/api", StringComparison.Ordinal))
                Assert.StartsWith("/sign-in?to=", stranger.Path, StringComparison.Ordinal);
            else
                Assert.True(stranger.Status == 401, $"{method} {path}: {stranger.Status}");
        }
    }

    [Fact]
    public async Task Every_role_gets_through_where_it_has_the_power_and_nowhere_else()
    {
        var lines = Closed().Where(r => r.Path != "/sign-out").ToList();
        Assert.NotEmpty(lines);
        foreach (var role in RoleRules.Grantable.Cast<Role?>().Append(null))
        {
            using var holder = await HolderAsync(role);
            var token = Token(holder);
            foreach (var (method, path, power) in lines)
            {
                await AskAsync(holder, method, path, token);
                var turnedAway = holder.Status == 403 && holder.Html.Contains("request.not-allowed", StringComparison.Ordinal);
                var may = power is null || (role is { } held && RoleRules.PowersOf(held).Contains(power.Value));
                Assert.True(turnedAway != may, $"{role} {method} {path} ({power}): {holder.Status}");
                await holder.GetAsync("/me");
                Assert.Equal("/me", holder.Path); // still signed in
            }
        }
    }

    [Fact]
    public async Task A_role_is_granted_on_the_page_shown_to_all_who_may_read_and_ended_on_record()
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = me;
        using var administrator = await portal.RegistrarAsync();

        await administrator.GetAsync("/desk/roles");
        await administrator.PostFormAsync("name=\"account\"", ("account", account), ("role", "coordinator"), ("scope", "tracking"));

        Assert.Equal("/desk/roles", administrator.Path);
        Assert.Contains("Group coordinator", administrator.Text, StringComparison.Ordinal);
        Assert.Equal(
            "tracking",
            portal.Read("select scope_id from role_grants g join accounts a on a.id = g.account_id where a.name = @0", account)
        );
        await administrator.PostFormAsync("name=\"account\"", ("account", account), ("role", "coordinator"), ("scope", "tracking"));
        administrator.AssertRefused(422, "role.held");

        await administrator.GetAsync("/desk/roles");
        var id = portal.Read("select g.id from role_grants g join accounts a on a.id = g.account_id where a.name = @0", account);
        await administrator.SendAsync($"/desk/roles/{id}/end", Token(administrator));
        await administrator.SendAsync($"/desk/roles/{id}/end", Token(administrator));

        Assert.DoesNotContain("tracking", administrator.Text, StringComparison.Ordinal);
        Assert.Contains("tracking", (await administrator.GetAsync("/desk/roles?ended")).Text, StringComparison.Ordinal);
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'role.ended' and details like @0", $"%\"{account}\"%")
        );
    }

    [Fact]
    public async Task A_power_begins_and_ends_with_its_role_at_once()
    {
        var day = DateOnly.FromDateTime(portal.Now.UtcDateTime.AddDays(1));
        using var auditor = await HolderAsync(Role.Auditor, lastDay: day);
        Assert.Equal(200, (await auditor.GetAsync("/desk/roles")).Status);
        var account = portal.Read("select a.name from accounts a join role_grants g on g.account_id = a.id where g.until is not null");

        await portal.LaterAsync(TimeSpan.FromDays(2));

        await auditor.SignInAsync(account, Steps.Password);
        (await auditor.GetAsync("/desk/roles")).AssertRefused(403, "request.not-allowed");
    }

    [Theory]
    [InlineData("none", "registrar", "", "", "role.no-account")]
    [InlineData("", "registrar", "", "", "role.account-missing")]
    [InlineData("registrar", "auditor", "", "", "role.oneself")]
    [InlineData("none", "emperor", "", "", "role.unknown")]
    [InlineData("none", "representative", "", "", "role.not-granted")]
    [InlineData("none", "coordinator", "", "", "role.scope-missing")]
    [InlineData("none", "auditor", "", "tomorrow", "day.unreadable")]
    public async Task What_cannot_be_granted_is_refused(string account, string role, string scope, string until, string code)
    {
        using var administrator = await portal.RegistrarAsync();

        var (status, body) = await administrator.JsonAsync(
            HttpMethod.Post,
            "/api/roles",
            new
            {
                account,
                role,
                scope,
                until,
            }
        );

        Assert.Equal(422, status);
        Assert.Equal(code, body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_form_without_our_token_grants_nothing()
    {
        using var administrator = await portal.RegistrarAsync();

        await administrator.SendAsync("/api/roles", [new("account", "registrar"), new("role", "auditor")]);

        administrator.AssertRefused(400, "form.stale");
    }

    private IEnumerable<RouteEndpoint> Routes() =>
        portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct();

    private IEnumerable<(string Method, string Path, Power? Power)> Closed() =>
        from route in Routes()
        let rule = route.Metadata.GetMetadata<AccessRule>()
        where rule is { IsOpen: false }
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods // every route of ours names its methods
        select (method, Path(route.RoutePattern), rule.Power);

    /// <summary>An address that the pattern matches; what it names does not exist.</summary>
    private static string Path(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            _ => "0192f0c0-0000-7000-8000-000000000001",
                        }
                    )
                )
            )
        );

    private static async Task AskAsync(Visitor visitor, string method, string path, IEnumerable<KeyValuePair<string, string>> token)
    {
        if (method == "GET")
            await visitor.GetAsync(path);
        else if (method == "POST")
            await visitor.SendAsync(path, token);
        else
            Assert.Fail($"{method} {path}: the walk does not know this method.");
    }

    private static List<KeyValuePair<string, string>> Token(Visitor visitor) => [.. visitor.Fields().Where(f => f.Key == "formToken")];

    private async Task<Visitor> HolderAsync(Role? role, DateOnly? lastDay = null)
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        await me.SignInAsync(account, Steps.Password);
        if (role is not { } wanted)
            return me;
        using var administrator = await portal.RegistrarAsync();
        var scoped = RoleRules.ScopeOf(wanted) != ScopeKind.Everything;
        var (status, _) = await administrator.JsonAsync(
            HttpMethod.Post,
            "/api/roles",
            new
            {
                account,
                role = RoleRules.NameOf(wanted),
                scope = scoped ? "walk" : "",
                until = lastDay is { } day ? Days.Iso(day) : "",
            }
        );
        Assert.Equal(201, status);
        return me;
    }
}
