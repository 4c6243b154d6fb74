using Muster.Server.Operator.Demo;
using Muster.Server.Web;

namespace Muster.Server.Tests.Journeys;

/// <summary>
/// Goes on until there is an account with a password, wherever the last try ended: reads in the database how far things are,
/// does the next step as a browser would, and tells of a server that died under it.
/// </summary>
internal sealed class StubbornApplicant(string folder, int port, DemoAuthority authority)
{
    private const string Password = "nothing is lost when the lights go out";
    private readonly PortalOptions portal = new()
    {
        Origin = $"https://localhost:{port}",
        CertificateOrigin = $"https://localhost:{port + 1}",
    };
    private readonly DemoCertificate me = authority["on-list"];

    /// <summary>True once the account is active; false when the server went away.</summary>
    public async Task<bool> GoOnAsync(CancellationToken ct)
    {
        using var browser = new DemoBrowser(portal, authority, me);
        var mails = new DemoMails(Path.Combine(folder, "mail"), me.Email);
        try
        {
            while (true)
            {
                switch (State())
                {
                    case "Active":
                        await browser.GetAsync(portal.Link("/sign-in"), "password", ct);
                        await browser.PostAsync(
                            form =>
                            {
                                form["account"] = Read("select name from accounts where registration_id is not null");
                                form["password"] = Password;
                            },
                            "/me",
                            ct
                        );
                        return true;
                    case "":
                        await browser.GetAsync(portal.CertificateLink("/register/certificate"), "accountName", ct);
                        await browser.PostAsync(
                            form =>
                            {
                                form["email"] = me.Email;
                                form["aup"] = "on";
                            },
                            "/registrations/R-",
                            ct
                        );
                        break;
                    case "Draft":
                        await browser.GetAsync(await mails.WaitForLinkAsync("/confirm/", ct), "", ct);
                        if (State() == "Draft")
                            await browser.PostAsync(_ => { }, "/registrations/R-", ct);
                        break;
                    default:
                        await browser.GetAsync(await mails.WaitForLinkAsync("/password/set/", ct), "name=\"password\"", ct);
                        await browser.PostAsync(
                            form =>
                            {
                                form["password"] = Password;
                                form["repeat"] = Password;
                            },
                            "/sign-in",
                            ct
                        );
                        break;
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is TimeoutException && !Answers())
        {
            return false;
        }

        bool Answers()
        {
            using var probe = new System.Net.Sockets.TcpClient();
            try
            {
                probe.Connect(System.Net.IPAddress.Loopback, port);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        }
    }

    /// <summary>State of the account, or else of the registration, or else nothing.</summary>
    private string State()
    {
        var account = Read("select state from accounts where registration_id is not null");
        return account.Length > 0 ? account : Read("select state from registrations");
    }

    /// <summary>The first value of the first row; empty when there is none.</summary>
    public string Read(string sql) => Database.Read(Path.Combine(folder, "muster.db"), sql);
}
