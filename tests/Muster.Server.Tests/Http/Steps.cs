using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Ways that several tests begin with.</summary>
internal static class Steps
{
    public const string Password = "four birds over the tunnel";

    /// <summary>Opens the form and sends it as it was proposed.</summary>
    public static async Task<Visitor> RegisterAsync(this Portal portal, DemoCertificate holder, params (string Field, string Value)[] fill)
    {
        var visitor = portal.Visit(holder);
        await visitor.GetAsync(portal.Options.CertificateLink("/register/certificate"));
        Assert.Equal(200, visitor.Status);
        return await visitor.PostAsync([("email", holder.Email), ("aup", "on"), .. fill]);
    }

    /// <summary>From the certificate to an account that has its password.</summary>
    public static async Task<(Visitor Visitor, string Account)> JoinAsync(this Portal portal, DemoCertificate holder)
    {
        var visitor = await portal.RegisterAsync(holder);
        Assert.True(visitor.Path.StartsWith("/registrations/R-", StringComparison.Ordinal), visitor.Text);
        await visitor.GetAsync(await portal.LinkAsync(holder.Email, "/confirm/"));
        await visitor.GetAsync(await portal.LinkAsync(holder.Email, "/password/set/"));
        await visitor.PostAsync(("password", Password), ("repeat", Password));
        Assert.StartsWith("/sign-in", visitor.Path, StringComparison.Ordinal);
        return (visitor, visitor.Fields()["account"]);
    }

    public static async Task<Visitor> SignInAsync(this Visitor visitor, string account, string password)
    {
        await visitor.GetAsync("/sign-in");
        return await visitor.PostAsync(("account", account), ("password", password));
    }

    /// <summary>A member who is signed in.</summary>
    public static async Task<(Visitor Me, DemoCertificate Holder, string Account)> MemberAsync(this Portal portal)
    {
        var holder = portal.NextMember();
        var (me, account) = await portal.JoinAsync(holder);
        await me.SignInAsync(account, Password);
        return (me, holder, account);
    }

    public static string MemberOf(this Portal portal, string account) =>
        portal.Read("select member_id from accounts where name = @0", account);

    public static async Task SetPrivacyAsync(this Visitor desk, object rules)
    {
        var (status, answer) = await desk.JsonAsync(HttpMethod.Post, "/api/privacy", rules);
        Assert.True(status == 200, answer.ToString());
    }

    public static Task<Visitor> RegistrarAsync(this Portal portal) => portal.Visit().SignInAsync("registrar", Portal.RegistrarPassword);

    public static string Reference(this Visitor visitor) => visitor.Path.Split('/')[2].Split('?')[0];

    /// <summary>A refusal is on the page, with its code.</summary>
    public static void AssertRefused(this Visitor visitor, int status, string code)
    {
        Assert.True(visitor.Status == status, $"{visitor.Status} at {visitor.Path}: {visitor.Text}");
        Assert.Contains($"/help/codes#{code}\"", visitor.Html, StringComparison.Ordinal);
    }
}
