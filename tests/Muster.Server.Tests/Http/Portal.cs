using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Operator;
using Muster.Server.Operator.Demo;
using Muster.Server.Outbox;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Muster.Server.Tests.Journeys;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The whole server on real listeners and a real database, with a clock that the test moves; one for each class of tests.</summary>
public class Portal : IAsyncLifetime
{
    public const string RegistrarPassword = "the desk is open from nine to five";

    private static int issued;
    private readonly string folder = Directory.CreateTempSubdirectory("muster-http-").FullName;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
    private readonly Queue<DemoMember> free = new();
    private WebApplication? app;
    private DataFolder? lease;
    private TestDatabase? store;
    private DemoAuthority? authority;
    private DemoCollaboration? demo;
    private PortalOptions? options;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Settings that tests of one kind need beside the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string?> MoreSettings => new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Changes to the files before the server starts.</summary>
    private protected virtual void Dress(DemoAuthority made) { }

    internal PortalOptions Options => options ?? throw new InvalidOperationException("Not started.");
    internal DemoAuthority Authority => authority ?? throw new InvalidOperationException("Not started.");
    internal IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("Not started.");
    internal TestDatabase Store => store ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        demo = DemoCollaboration.Create(DateOnly.FromDateTime(Now.UtcDateTime));
        store = TestDatabase.In(folder);
        var storage = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:ConnectionString"] = store.ConnectionString };
        lease = DataFolder.Open(folder, storage);
        authority = DemoAuthority.Prepare(folder, demo, Now);
        var port = DemoProcess.FreePorts();
        options = new PortalOptions
        {
            Origin = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}"),
            CertificateOrigin = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port + 1}"),
        };
        Dress(authority);
        app = Program.Build(
            new Dictionary<string, string?>(MoreSettings, StringComparer.Ordinal)
            {
                ["Storage:DataFolder"] = folder,
                ["Storage:ConnectionString"] = store.ConnectionString,
                ["Portal:Origin"] = options.Origin,
                ["Portal:CertificateOrigin"] = options.CertificateOrigin,
                ["Portal:TlsCertificate"] = authority.ServerCertificatePath,
                ["Portal:TlsKey"] = authority.ServerKeyPath,
                ["Portal:TrustFolder"] = authority.TrustFolder,
            },
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        var hash = await app.Services.GetRequiredService<PasswordHashing>().HashAsync(new PlainTextPassword(RegistrarPassword), ct);
        await new Offline(app).WriteAsync((db, audit, at, unit) => DemoData.LoadAsync(db, audit, demo, hash, at, unit), ct);
        foreach (var member in demo.Members.Where(IsPlain))
            free.Enqueue(member);
        await app.StartAsync(ct);
        // What was loaded offline is looked for a while after the start; when that begins is the server's own affair.
        for (var tries = 0; tries < 500 && !IsSettled(); tries++)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
        }
        await SettleAsync();
    }

    /// <summary>A certificate for a member of the list who has done nothing yet.</summary>
    internal DemoCertificate NextMember()
    {
        var member = free.Dequeue();
        return Issue(member.CertificateSubject!, member.Email, member.Number); // plain members have one
    }

    /// <summary>A valid certificate for any subject.</summary>
    internal DemoCertificate Issue(string subject, string email, int number = 0) =>
        DemoAuthority.Issue(
            folder,
            string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref issued)}"),
            subject,
            email,
            number,
            Now
        );

    /// <summary>Certificates that are not plain.</summary>
    internal CertificateMill Mill => new(folder, Now);

    internal Visitor Visit(DemoCertificate? certificate = null) => new(this, certificate);

    /// <summary>Moves the clock, then does what is due.</summary>
    public async Task LaterAsync(TimeSpan time)
    {
        clock.Advance(time);
        await Services.GetRequiredService<PeriodicWorker>().RunAllOnceAsync(TestContext.Current.CancellationToken);
        await SettleAsync();
    }

    /// <summary>Moves the clock and does what is due, where orders cannot be worked.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        await Services.GetRequiredService<PeriodicWorker>().RunAllOnceAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Until it ends, no mail can be handed over: something lies where they go.</summary>
    internal MailFault BreakMail() => new(Path.Combine(folder, "mail"));

    /// <summary>Waits until orders that failed have been tried again.</summary>
    public async Task SettleAgainAsync()
    {
        for (var tries = 0; tries < 200 && !IsSettled(); tries++)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await SettleAsync();
    }

    /// <summary>Moves the clock a little, for what waits for it.</summary>
    public void Tick(TimeSpan time) => clock.Advance(time);

    /// <summary>Waits until every order that is due has been worked.</summary>
    public async Task SettleAsync()
    {
        for (var tries = 0; tries < 2000; tries++)
        {
            if (IsSettled())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Fail(Read("select key || ' ' || coalesce(last_error, '') from outbox_orders where done_at is null"));
    }

    private bool IsSettled() => Read("select count(*) from outbox_orders where done_at is null") == "0";

    /// <summary>Mails to this address, oldest first.</summary>
    internal async Task<IReadOnlyList<TestMail>> MailsAsync(string address)
    {
        await SettleAsync();
        var found = new List<(long Order, TestMail Mail)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "mail"), "*.eml"))
        {
            using var message = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            if (message.To.Mailboxes.Any(m => string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase)))
                found.Add(
                    (
                        long.Parse(Path.GetFileNameWithoutExtension(file).Split('.')[1], CultureInfo.InvariantCulture),
                        new TestMail(message.Subject ?? "", (message.TextBody ?? "").ReplaceLineEndings("\n"))
                    )
                );
        }
        return [.. found.OrderBy(f => f.Order).Select(f => f.Mail)];
    }

    internal async Task<string> LinkAsync(string address, string path) =>
        (await MailsAsync(address)).Select(m => m.Link(path)).Last(l => l is not null)!; // chosen so

    /// <summary>The first value of the first row; empty when there is none.</summary>
    public string Read(string sql, params string[] values) => Store.Read(sql, values);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        lease?.Dispose();
        store?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private bool IsPlain(DemoMember member) =>
        member is { Given: not null, Family: not null, Until: null, CertificateSubject: not null }
        && !member.FamilyFirst
        && demo!.Members.Count(m => m.Given == member.Given && m.Family == member.Family) == 1
        && demo.Representatives.All(r => r.MemberNumber != member.Number)
        && Authority.Certificates.All(c => c.MemberNumber != member.Number);
}

/// <summary>A file in the place of the folder of mails.</summary>
internal sealed class MailFault : IDisposable
{
    private readonly string mail;

    public MailFault(string mail)
    {
        this.mail = mail;
        Directory.Move(mail, mail + ".aside");
        File.WriteAllText(mail, "");
    }

    public void Dispose()
    {
        File.Delete(mail);
        Directory.Move(mail + ".aside", mail);
    }
}

internal sealed record TestMail(string Subject, string Text)
{
    public string? Link(string path) =>
        Text.Split('\n')
            .Select(l => l.Trim())
            .FirstOrDefault(l => l.StartsWith("https://", StringComparison.Ordinal) && l.Contains(path, StringComparison.Ordinal));
}
