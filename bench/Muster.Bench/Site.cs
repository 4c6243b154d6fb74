using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Operator;
using Muster.Server.Operator.Demo;
using Muster.Server.Register.Members;
using Muster.Server.Web;

namespace Muster.Bench;

/// <summary>An installation of its own in a throw-away folder: the demo's 1,000 members, more when asked, and free ports.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly X509Certificate2 own;
    private Process? server;

    private Site(string folder, DemoAuthority authority, PortalOptions portal)
    {
        Folder = folder;
        Authority = authority;
        Portal = portal;
        own = PemPair.In(Path.Combine(folder, "tls"), "localhost").Open();
    }

    public string Folder { get; }
    public DemoAuthority Authority { get; }
    public PortalOptions Portal { get; }
    public string MailFolder => Path.Combine(Folder, "mail");
    public int Pid => server?.Id ?? throw new InvalidOperationException("The server was not started.");
    public TimeSpan StartedIn { get; private set; }

    /// <param name="extra">Subjects and addresses of members beyond the demo's.</param>
    /// <param name="registrarHash">Of the registrar's password; nobody can sign in with the default.</param>
    /// <param name="connection">Of an empty PostgreSQL database; null for SQLite in the folder.</param>
    public static async Task<Site> MakeAsync(
        IEnumerable<(string Subject, string Email, string Given, string Family)> extra,
        string registrarHash = "no password",
        string? connection = null
    )
    {
        var path = Directory.CreateTempSubdirectory("muster-bench-").FullName;
        var now = TimeProvider.System.GetUtcNow();
        var demo = DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime));
        using var folder = DataFolder.Open(path);
        var authority = DemoAuthority.Prepare(path, demo, now);
        var portal = Ports();
        await using var app = Server.Program.Build(
            new Dictionary<string, string?>
            {
                ["Storage:DataFolder"] = path,
                ["Storage:ConnectionString"] = connection ?? "",
                ["Portal:TlsCertificate"] = authority.ServerCertificatePath,
                ["Portal:TlsKey"] = authority.ServerKeyPath,
            }
        );
        await new Offline(app).WriteAsync(
            async (db, audit, at, ct) =>
            {
                await DemoData.LoadAsync(db, audit, demo, registrarHash, at, ct);
                var institute = await db.Set<Institute>().Select(i => i.Id).FirstAsync(ct);
                foreach (var (subject, email, given, family) in extra)
                {
                    var name = PersonName.Create(given, family, NameOrder.GivenFirst, null).Value;
                    var member = Member.Enter(new MemberId(Guid.CreateVersion7(at)), name, null, at);
                    member.AddEmail(EmailAddress.Parse(email).Value);
                    member.AddCertificate(
                        new MemberCertificate(member.Id, DistinguishedName.ParseSlash(subject).Value.Key, subject, "list", at)
                    );
                    _ = member
                        .Join(
                            institute,
                            new MembershipTerms(
                                "student",
                                MembershipCategory.Student,
                                100,
                                DateOnly.FromDateTime(at.UtcDateTime).AddDays(-30),
                                null
                            )
                        )
                        .Value;
                    db.Add(member);
                }
                await db.SaveChangesAsync(ct);
                return true;
            },
            CancellationToken.None
        );
        var settings = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Portal"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Origin"] = portal.Origin,
                ["CertificateOrigin"] = portal.CertificateOrigin,
                ["TlsCertificate"] = authority.ServerCertificatePath,
                ["TlsKey"] = authority.ServerKeyPath,
                ["TrustFolder"] = authority.TrustFolder,
            },
            ["Storage"] = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionString"] = connection ?? "" },
        };
        await File.WriteAllTextAsync(Path.Combine(path, "muster.json"), JsonSerializer.Serialize(settings));
        return new Site(path, authority, portal);
    }

    /// <summary>Starts <c>muster serve</c> and waits for the first answer.</summary>
    public async Task StartAsync()
    {
        using var probe = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOurs } });
        var watch = Stopwatch.StartNew();
        server = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "../../../app/muster"), ["serve", "--data", Folder])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        );
        server!.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is { Length: > 0 } line)
                Console.Error.WriteLine(line);
        };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        while (true)
        {
            try
            {
                using var answer = await probe.GetAsync(new Uri(Portal.Link("/")));
                if (answer.StatusCode == HttpStatusCode.OK)
                    break;
            }
            catch (HttpRequestException) when (!server.HasExited && watch.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
        StartedIn = watch.Elapsed;
    }

    /// <summary>Whether that is the certificate made for this installation, byte for byte.</summary>
    public bool IsOurs(object _, X509Certificate? seen, X509Chain? chain, SslPolicyErrors errors) =>
        seen is not null && own.RawDataMemory.Span.SequenceEqual(seen.GetRawCertData());

    public async ValueTask DisposeAsync()
    {
        own.Dispose();
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }

    private static PortalOptions Ports()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        static string Origin(TcpListener l) =>
            string.Create(CultureInfo.InvariantCulture, $"https://localhost:{((IPEndPoint)l.LocalEndpoint).Port}");
        return new PortalOptions { Origin = Origin(first), CertificateOrigin = Origin(second) };
    }
}
